import { formatYuan } from '#domain/money';
import type { Finding } from '#domain/pay/finding';
import { say, type Text } from '#domain/text';
import { asks, button, type Card, card, divider, does, figures, note, panel, row, text } from './kit.ts';
import { coloured, md } from './markup.ts';
import { clip } from './pay-parts.ts';
import { both } from './words.ts';

/** Cards about pay schemes: the rules themselves are no secret, what they mean for a person is. */

export interface SchemeRow {
  scheme: string;
  name: Text;
  version: string;
  /** Adopted by two people, or as it ships with the bot. */
  adopted: boolean;
  people: number;
}

export interface ProposalRow {
  id: number;
  scheme: string;
  fromMonth: string;
  by: string;
  adoptedBy: string | undefined;
}

export function schemeListCard({
  month,
  schemes,
  proposals,
  news,
}: {
  month: string;
  schemes: readonly SchemeRow[];
  proposals: readonly ProposalRow[];
  news?: Text;
}): Card {
  return card({
    title: say('工资方案', 'Pay schemes'),
    subtitle: month,
    personal: true,
    body: [
      news !== undefined && text(both((t) => md`✅ ${t(news)}`)),
      ...schemes
        .slice(0, 20)
        .flatMap(({ scheme, name, version, adopted, people }) => [
          text(
            both(
              (t) =>
                md`**${t(name)}** ${coloured('grey', scheme)}　${t(say(`${version} 起`, `from ${version}`))}　${t(adopted ? say('公司采用', 'adopted') : say('内置', 'built in'))}　${t(say(`${people} 人`, `${people} people`))}`,
            ),
          ),
          row(
            button(say('看规则', 'Rules'), does('scheme show', { scheme, month }), { size: 'small' }),
            button(say('检查', 'Check'), does('scheme check', { scheme }), { size: 'small' }),
          ),
        ]),
      proposals.length > 0 && divider(),
      ...proposals
        .slice(0, 10)
        .map(({ id, scheme, fromMonth, by, adoptedBy }) =>
          text(
            both(
              (t) =>
                md`#${id} ${scheme}　${t(say(`${fromMonth} 起`, `from ${fromMonth}`))}　${by}${adoptedBy ? ` → ✅ ${adoptedBy}` : t(say('　待第二人批准', ' · waits for a second person'))}`,
            ),
          ),
        ),
      note(
        say(
          '新的方案文件（YAML）直接私聊发给我就会检查；采用要两个人。',
          'Send a new scheme file (YAML) to me in private to have it checked; adopting it takes two people.',
        ),
      ),
    ],
  });
}

export function schemeShowCard({
  scheme,
  name,
  version,
  source,
  rules,
  settings,
}: {
  scheme: string;
  name: Text;
  version: string;
  source: string;
  rules: readonly { clause: string; label: Text; sentence: Text; quote: string }[];
  settings: readonly { question: Text; answer: Text; isDefault: boolean }[];
}): Card {
  return card({
    title: name,
    subtitle: say(`${scheme} · ${version} 起`, `${scheme} · from ${version}`),
    body: [
      text(both((t) => md`${t(say('出处', 'Source'))}：${clip(source, 120)}`)),
      ...rules
        .slice(0, 18)
        .map(({ clause, label, sentence, quote }) =>
          text(
            both(
              (t) =>
                md`**${t(label)}** ${coloured('grey', clause)}　${clip(t(sentence), 150)}　${coloured('grey', `「${clip(quote, 80)}」`)}`,
            ),
          ),
        ),
      rules.length > 18 && note(say(`……还有 ${rules.length - 18} 条`, `… and ${rules.length - 18} more`)),
      panel(
        say('制度没有写明的地方', 'Where the document is silent'),
        settings
          .slice(0, 20)
          .map(({ question, answer, isDefault }) =>
            text(both((t) => md`${clip(t(question), 60)}：${clip(t(answer), 60)}${isDefault ? '' : ' *'}`)),
          ),
      ),
      row(button(say('检查', 'Check'), does('scheme check', { scheme }), { size: 'small' })),
    ],
  });
}

const levels: Record<Finding['level'], string> = { error: '⛔', warning: '⚠️', info: 'ℹ️' };

/** What is odd about a scheme; for a file that was just sent also what can be done with it. */
export function schemeCheckCard({
  scheme,
  name,
  findings,
  rules,
  text: offered,
  changes,
}: {
  scheme: string;
  name: Text;
  findings: readonly (Finding & { version: string })[];
  rules: number;
  /** The text that can be proposed: its hash. */
  text: string | undefined;
  /** What differs from the scheme in force. */
  changes: readonly string[];
}): Card {
  const order = { error: 0, warning: 1, info: 2 };
  const sorted = [...findings].sort((a, b) => order[a.level] - order[b.level]);
  const bad = findings.some(({ level }) => level === 'error');
  const shown = sorted.slice(0, 24);
  return card({
    title: say('方案检查', 'Scheme check'),
    subtitle: scheme,
    tone: bad ? 'red' : 'green',
    personal: true,
    body: [
      text(
        both(
          (t) =>
            md`**${t(name)}**　${t(say(`${rules} 条规则，${findings.length} 条说明`, `${rules} rules, ${findings.length} findings`))}`,
        ),
      ),
      changes.length > 0 &&
        panel(
          say(`和现行方案不同：${changes.length} 处`, `Differs from what is in force: ${changes.length}`),
          changes.slice(0, 12).map((change) => text(both(() => md`${clip(change, 160)}`))),
          { expanded: true },
        ),
      ...shown.map(({ level, clause, version, text: words }) =>
        text(both((t) => md`${levels[level]} ${coloured('grey', `${version} ${clause}`)}　${clip(t(words), 150)}`)),
      ),
      findings.length > shown.length &&
        note(say(`……还有 ${findings.length - shown.length} 条`, `… and ${findings.length - shown.length} more`)),
      offered !== undefined &&
        !bad &&
        row(
          button(say('提议采用', 'Propose it'), asks('scheme adopt', { text: offered }), { look: 'primary_filled' }),
          button(say('用过去的月份试算', 'Replay past months'), does('scheme replay', { text: offered })),
        ),
    ],
  });
}

/** A draft scheme over past months: who gains, who loses, and the total. */
export function schemeReplayCard({
  scheme,
  months,
  rows,
  problems,
}: {
  scheme: string;
  months: readonly string[];
  rows: readonly { name: string; beforeFen: bigint; afterFen: bigint }[];
  problems: readonly string[];
}): Card {
  const sum = (of: (row: (typeof rows)[number]) => bigint) => rows.reduce((total, each) => total + of(each), 0n);
  const delta = ({ beforeFen, afterFen }: (typeof rows)[number]) => afterFen - beforeFen;
  const size = (fen: bigint) => (fen < 0n ? -fen : fen);
  const sorted = [...rows].sort((a, b) => (size(delta(a)) > size(delta(b)) ? -1 : 1));
  const signed = (fen: bigint) => `${fen > 0n ? '+' : ''}${formatYuan(fen)}`;
  return card({
    title: say('方案试算', 'Scheme replay'),
    subtitle: scheme,
    personal: 'amounts',
    body: [
      text(both((t) => md`${t(say('月份', 'Months'))}：${months.join('、') || '—'}`)),
      figures(
        { label: say('现行合计', 'In force'), value: formatYuan(sum((each) => each.beforeFen)) },
        { label: say('新方案合计', 'Draft'), value: formatYuan(sum((each) => each.afterFen)) },
        { label: say('相差', 'Difference'), value: signed(sum(delta)), colour: 'blue' },
      ),
      text(
        both(
          (t) =>
            md`${t(
              say(
                `变多 ${rows.filter((each) => delta(each) > 0n).length} 人，变少 ${rows.filter((each) => delta(each) < 0n).length} 人，不变 ${rows.filter((each) => delta(each) === 0n).length} 人`,
                `${rows.filter((each) => delta(each) > 0n).length} gain, ${rows.filter((each) => delta(each) < 0n).length} lose, ${rows.filter((each) => delta(each) === 0n).length} stay`,
              ),
            )}`,
        ),
      ),
      ...sorted
        .slice(0, 15)
        .map((each) =>
          text(
            both(
              () =>
                md`**${clip(each.name, 30)}**　${formatYuan(each.beforeFen)} → ${formatYuan(each.afterFen)}　${signed(delta(each))}`,
            ),
          ),
        ),
      problems.length > 0 &&
        panel(
          say(`算不出来：${problems.length}`, `Not computed: ${problems.length}`),
          problems.slice(0, 8).map((problem) => text(both(() => md`${clip(problem, 200)}`))),
        ),
      rows.length === 0 && note(say('还没有锁定的月份可以试算。', 'There are no locked months to replay yet.')),
      note(say('只是试算，什么都没有改。', 'Only a calculation; nothing was changed.')),
    ],
  });
}
