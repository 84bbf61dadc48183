import { formatYuan } from '#domain/money';
import type { RunStepKind } from '#domain/pay/run';
import { join, say, type Text } from '#domain/text';
import { asks, button, type Card, card, divider, does, figures, note, panel, row, type Tone, text } from './kit.ts';
import { coloured, md } from './markup.ts';
import { clip } from './pay-parts.ts';
import { both } from './words.ts';

/** One person of the check list. */
export interface RunFinding {
  name: string;
  words: Text;
}

export interface RunView {
  month: string;
  state: RunStepKind | 'none';
  attempt: number;
  count: number;
  totalFen: bigint;
  /** What keeps the month from being approved. */
  problems: readonly RunFinding[];
  blocks: readonly RunFinding[];
  /** What somebody should look at: legal warnings (the first of so many people), big changes, hand-entered facts. */
  legal: { readonly count: number; readonly first: readonly RunFinding[] };
  changes: readonly RunFinding[];
  touched: readonly string[];
  late: readonly string[];
  by: Readonly<Partial<Record<RunStepKind, { name: string; at: string }>>>;
  payslips?: {
    sent: number;
    read: number;
    confirmed: number;
    objected: readonly RunFinding[];
    silent: readonly string[];
  };
  news?: Text;
}

export const stateLabel: Record<RunStepKind | 'none', Text> = {
  none: say('还没有核算', 'not run yet'),
  started: say('正在核算', 'running'),
  drafted: say('已核算，待检查', 'drafted, to be checked'),
  checked: say('已检查，待审批', 'checked, to be approved'),
  approved: say('已审批，待锁定', 'approved, to be locked'),
  locked: say('已锁定', 'locked'),
  payslips: say('工资条已发', 'payslips sent'),
  paid: say('已发放', 'paid'),
};
const tones: Record<RunStepKind | 'none', Tone> = {
  none: 'grey',
  started: 'blue',
  drafted: 'orange',
  checked: 'orange',
  approved: 'turquoise',
  locked: 'green',
  payslips: 'green',
  paid: 'green',
};

/** 工资核算: where a month's run stands, and everything that should be looked at before it is approved. */
export function payRunCard(view: RunView): Card {
  const { month, state, problems, blocks, legal, changes, touched, late, payslips } = view;
  const ready = problems.length === 0 && blocks.length === 0;
  return card({
    title: say('工资核算', 'Pay run'),
    subtitle: month,
    tone: ready ? tones[state] : 'orange',
    tags: [{ text: stateLabel[state], colour: ready ? 'turquoise' : 'orange' }],
    personal: 'amounts',
    body: [
      view.news !== undefined && text(both((t) => md`✅ ${t(view.news!)}`)),
      figures(
        { label: say('人数', 'People'), value: `${view.count}` },
        { label: say('应发合计', 'Total'), value: formatYuan(view.totalFen), colour: 'blue' },
      ),
      section(say('⛔ 还缺事实，算不出来', '⛔ Facts are missing'), problems, true),
      section(say('⛔ 不能审批', '⛔ Cannot be approved'), blocks, true),
      section(say('⚠️ 和上月相差很大', '⚠️ Far from last month'), changes),
      section(say('⚖️ 合规提示', '⚖️ Legal notes'), legal.first, false, legal.count),
      touched.length > 0 &&
        note(
          say(
            `✍️ 有手工录入或更正：${clip(touched.join('、'), 200)}`,
            `✍️ Entered or corrected by hand: ${clip(touched.join(', '), 200)}`,
          ),
        ),
      late.length > 0 &&
        note(
          say(
            `🕘 已锁定月份有还没算差额的更正：${clip(late.join('、'), 200)}，用 /工资 更正 处理`,
            `🕘 Corrections of locked months that are not computed yet: ${clip(late.join(', '), 200)}; see /pay correct`,
          ),
        ),
      ready && state !== 'none' && state !== 'started' && note(say('检查项都没有问题。', 'Nothing stands against it.')),
      payslips && divider(),
      payslips &&
        text(
          both((_, locale) =>
            locale === 'zh'
              ? md`工资条：发出 **${payslips.sent}**，已读 **${payslips.read}**，已确认 **${payslips.confirmed}**，有异议 **${payslips.objected.length}**`
              : md`Payslips: **${payslips.sent}** sent, **${payslips.read}** read, **${payslips.confirmed}** confirmed, **${payslips.objected.length}** objected`,
          ),
        ),
      payslips && section(say('📝 异议', '📝 Objections'), payslips.objected, true),
      payslips &&
        payslips.silent.length > 0 &&
        note(
          say(
            `还没有回复：${clip(payslips.silent.join('、'), 300)}`,
            `No answer yet: ${clip(payslips.silent.join(', '), 300)}`,
          ),
        ),
      steps(view.by),
      row(...buttons(month, state, ready)),
    ],
  });
}

/** How many people of a list are shown. */
export const SHOWN = 12;

function section(title: Text, findings: readonly RunFinding[], expanded = false, count = findings.length) {
  if (count === 0) return undefined;
  return panel(
    join([title, ` ${count}`]),
    [
      ...findings
        .slice(0, SHOWN)
        .map(({ name, words }) => text(both((t) => md`**${clip(name, 30)}**　${clip(t(words), 160)}`))),
      ...(count > SHOWN ? [note(say(`……还有 ${count - SHOWN} 人`, `… and ${count - SHOWN} more`))] : []),
    ],
    { expanded },
  );
}

function steps(by: RunView['by']) {
  const labels: [RunStepKind, Text][] = [
    ['started', say('核算', 'run')],
    ['checked', say('检查', 'checked')],
    ['approved', say('审批', 'approved')],
    ['locked', say('锁定', 'locked')],
    ['payslips', say('发工资条', 'payslips')],
    ['paid', say('发放', 'paid')],
  ];
  const told = labels.flatMap(([kind, label]) => {
    const step = by[kind];
    return step ? [{ label, ...step }] : [];
  });
  if (told.length === 0) return undefined;
  return text(
    both((t) => md`${coloured('grey', told.map(({ label, name, at }) => `${t(label)} ${name} ${at}`).join(' → '))}`),
  );
}

function buttons(month: string, state: RunStepKind | 'none', ready: boolean) {
  const again = button(say('重新核算', 'Run again'), does('pay run', { month }));
  const check = button(say('检查', 'Check'), does('pay check', { month }), { look: 'primary_filled' });
  switch (state) {
    case 'none':
      return [button(say('核算', 'Run'), does('pay run', { month }), { look: 'primary_filled' })];
    case 'started':
      return [check];
    case 'drafted':
      return [check, again];
    case 'checked':
      return ready
        ? [
            button(say('审批', 'Approve'), does('pay approve', { month }), {
              look: 'primary_filled',
              confirm: {
                title: say('审批这个月的工资？', 'Approve this month’s pay?'),
                text: say('审批后由财务锁定，锁定后不能再改。', 'Finance then locks it; nothing changes after that.'),
              },
            }),
            again,
          ]
        : [check, again];
    case 'approved':
      return [
        button(say('锁定', 'Lock'), does('pay lock', { month }), {
          look: 'primary_filled',
          confirm: {
            title: say('锁定这个月？', 'Lock this month?'),
            text: say(
              '锁定后这个月的任何事实都不能再改，只能在以后的月份更正。',
              'No fact of it can change after that; corrections go into later months.',
            ),
          },
        }),
        again,
      ];
    case 'locked':
      return [
        button(say('发工资条', 'Send payslips'), does('pay payslips', { month }), { look: 'primary_filled' }),
        button(say('导出', 'Export'), does('pay export', { month })),
      ];
    case 'payslips':
      return [
        button(say('刷新', 'Refresh'), does('pay check', { month })),
        button(say('标记已发放', 'Mark as paid'), does('pay paid', { month }), { look: 'primary_filled' }),
        button(say('导出', 'Export'), does('pay export', { month })),
      ];
    case 'paid':
      return [
        button(say('刷新', 'Refresh'), does('pay check', { month })),
        button(say('导出', 'Export'), does('pay export', { month })),
        button(say('更正', 'Correct'), asks('pay correct', { month })),
      ];
  }
}

/** While a job works on a run. */
export const payProgressCard = (month: string, what: Text, done: number, of: number): Card =>
  card({
    title: say('工资核算', 'Pay run'),
    subtitle: month,
    personal: 'amounts',
    body: [
      text(both((t) => md`${t(what)} **${done}** / ${of}`)),
      text(
        both(
          () =>
            md`${'▓'.repeat(of === 0 ? 20 : Math.floor((done * 20) / of))}${'░'.repeat(of === 0 ? 0 : 20 - Math.floor((done * 20) / of))}`,
        ),
      ),
    ],
  });
