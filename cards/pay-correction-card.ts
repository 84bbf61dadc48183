import { formatYuan } from '#domain/money';
import { say, type Text } from '#domain/text';
import { asks, button, type Card, card, does, note, row, text } from './kit.ts';
import { coloured, md } from './markup.ts';
import { clip, money } from './pay-parts.ts';
import { both } from './words.ts';

export interface CorrectionView {
  month: string;
  /** Stored now, or only found. */
  stored: boolean;
  rows: readonly {
    name: string;
    intoMonth: string | undefined;
    amountFen: bigint;
    changed: readonly string[];
    differences: readonly { clause: string; label: Text; beforeFen: bigint; afterFen: bigint }[];
    problem: string | undefined;
  }[];
}

const SHOWN = 15;

/** 更正: what a locked month would pay now, person by person, and where the difference goes. */
export function payCorrectionCard({ month, stored, rows }: CorrectionView): Card {
  const ready = rows.some(({ problem }) => problem === undefined);
  return card({
    title: say('工资更正', 'Pay corrections'),
    subtitle: month,
    tone: rows.length === 0 ? 'green' : stored ? 'green' : 'orange',
    personal: 'amounts',
    body: [
      rows.length === 0 &&
        text(
          say(
            '锁定以后没有事实变化，不需要更正。',
            'No facts changed since the month was locked; there is nothing to correct.',
          ),
        ),
      ...rows.slice(0, SHOWN).map(({ name, amountFen, intoMonth, changed, differences, problem }) =>
        text(
          both((t) => {
            const lines = differences
              .slice(0, 5)
              .map(
                ({ clause, label, beforeFen, afterFen }) =>
                  `${t(label)}（${clause}）${formatYuan(beforeFen)} → ${formatYuan(afterFen)}`,
              )
              .join('；');
            return problem === undefined
              ? md`**${name}** ${money(amountFen)}${intoMonth ? ` → ${intoMonth}` : ''}　${coloured('grey', clip(lines || changed.join('、'), 200))}`
              : md`**${name}** ⛔ ${t(say('还不能更正：', 'not yet: '))}${clip(problem, 200)}`;
          }),
        ),
      ),
      rows.length > SHOWN && note(say(`……还有 ${rows.length - SHOWN} 人`, `… and ${rows.length - SHOWN} more`)),
      stored &&
        note(
          say(
            '差额会作为「更正」行写进对应月份的核算，由另一位审批人审批。锁定的月份不变。',
            'The differences become lines of the run of that month, approved by a second person. The locked month stays as it is.',
          ),
        ),
      row(
        !stored &&
          ready &&
          button(say('写入更正', 'Store the corrections'), asks('pay correct', { month, apply: 'yes' }), {
            look: 'primary_filled',
          }),
        button(say('返回核算', 'Back to the run'), does('pay check', { month }), { size: 'small' }),
      ),
    ],
  });
}
