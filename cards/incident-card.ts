import type { Incident, IncidentState } from '#domain/incident/incident';
import { stateLabel, stateOf } from '#domain/incident/incident';
import type { IncidentKind } from '#domain/incident/kinds';
import { costOf } from '#domain/incident/kinds';
import { formatYuan } from '#domain/money';
import { say, type Text } from '#domain/text';
import { asks, button, type Card, card, does, note, row, type Tone, text } from './kit.ts';
import { coloured, type Markup, md } from './markup.ts';
import { both, bullets, lines } from './words.ts';

export interface IncidentView {
  incident: Incident;
  kind: IncidentKind | undefined;
  /** Names by person id. */
  names: Map<number, string>;
  /** Where the employee stands on the ladder of faults. */
  ladder?: Text[];
  may: { dispute: boolean; decide: boolean };
  /** The employee's open_id, for the button that lists the others. */
  personWord: string;
  news?: Text;
}

const tones: Record<IncidentState, Tone> = { recorded: 'orange', disputed: 'violet', upheld: 'red', withdrawn: 'grey' };

/** How much of a reason one card shows; the whole of it stays on record. */
const SHOWN = 600;
export const shortened = (words: string): string =>
  [...words].length > SHOWN ? `${[...words].slice(0, SHOWN).join('')}…` : words;

/** 考核事件: what was recorded, by whom, what it costs, both sides' words. For its owner, those above, HR and finance only. */
export function incidentCard({ incident, kind, names, ladder = [], may, personWord, news }: IncidentView): Card {
  const state = stateOf(incident);
  const name = (id: number) => names.get(id) ?? '—';
  const { dispute, decision } = incident;
  const fact = (label: Text, value: Text | Markup) =>
    both(
      (t) => md`${coloured('grey', t(label))}　${typeof value === 'object' && 'source' in value ? value : t(value)}`,
    );
  const facts = [
    fact(say('员工', 'Employee'), name(incident.personId)),
    fact(
      say('条款', 'Clause'),
      kind ? say(`${kind.clause} ${kind.label.zh}`, `${kind.clause} ${kind.label.en}`) : incident.clause,
    ),
    fact(
      say('日期', 'Date'),
      say(`${incident.date}（计入 ${incident.month}）`, `${incident.date} (counts in ${incident.month})`),
    ),
    ...(incident.orderNo ? [fact(say('订单', 'Order'), incident.orderNo)] : []),
    ...(incident.declaration ? [fact(say('报关单', 'Declaration'), incident.declaration)] : []),
    ...(incident.lossFen === null
      ? []
      : [
          fact(
            say('公司损失', 'Company loss'),
            say(`共 ${formatYuan(incident.lossFen)} 元`, `of ${formatYuan(incident.lossFen)} yuan`),
          ),
        ]),
    ...(kind
      ? [
          fact(
            say('考核', 'Cost'),
            state === 'withdrawn'
              ? say('不扣款（已撤回）', 'costs nothing (withdrawn)')
              : costOf(kind, { lossFen: incident.lossFen ?? undefined, amountFen: incident.amountFen ?? undefined }),
          ),
        ]
      : []),
    ...(incident.evidence.length > 0
      ? [fact(say('证据', 'Evidence'), say(`${incident.evidence.length} 个附件`, `${incident.evidence.length} files`))]
      : []),
  ];
  return card({
    title: say('考核事件', 'Incident'),
    subtitle: `#${incident.id}`,
    tone: tones[state],
    tags: [{ text: stateLabel[state], colour: tones[state] }],
    personal: true,
    body: [
      news !== undefined && text(both((t) => md`${t(news)}`)),
      text(both((_, locale) => lines(...facts.map((each) => each[locale])))),
      text(both((t) => md`**${t(say('登记人', 'Recorded by'))} ${name(incident.by)}**：${shortened(incident.note)}`)),
      dispute &&
        text(both((t) => md`**${t(say('异议', 'Objection'))} ${name(dispute.by)}**：${shortened(dispute.reason)}`)),
      decision &&
        text(
          both(
            (t) =>
              md`**${t(say('决定', 'Decision'))} ${name(decision.by)}：${t(stateLabel[decision.kind])}**：${shortened(decision.reason)}`,
          ),
        ),
      ladder.length > 0 && text(bullets(ladder)),
      (may.dispute || may.decide) &&
        row(
          may.dispute &&
            button(say('有异议', 'Object'), asks('incident dispute', { incident: incident.id }), { look: 'danger' }),
          may.decide &&
            button(say('维持', 'Uphold'), asks('incident decide', { incident: incident.id, decision: 'uphold' }), {
              look: 'primary_filled',
            }),
          may.decide &&
            button(say('撤回', 'Withdraw'), asks('incident decide', { incident: incident.id, decision: 'withdraw' })),
        ),
      may.dispute &&
        note(
          say(
            '当月结算锁定前都可以提出异议，由上一级决定；撤回的事件保留记录、不扣款。',
            'You can object until the month is locked; one level up decides. A withdrawn incident stays on record and costs nothing.',
          ),
        ),
      row(
        button(say('查看全部', 'See all'), does('incident list', { person: personWord, month: incident.month }), {
          size: 'small',
          look: 'text',
        }),
      ),
    ],
  });
}
