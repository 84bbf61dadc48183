import { formatYuan, yuanText } from '#domain/money';
import type { Line } from '#domain/pay/context';
import { earnedParts, partsOfPay } from '#domain/pay/parts';
import { inLocale, type Locale, say } from '#domain/text';
import { button, type Card, card, chart, divider, does, figures, note, row, text } from './kit.ts';
import { coloured, md } from './markup.ts';
import { clip, money } from './pay-parts.ts';
import { both } from './words.ts';

export interface ChartedMonth {
  month: string;
  totalFen: bigint;
  locked: boolean;
  lines: readonly Pick<Line, 'nature' | 'label' | 'amountFen'>[];
}

export interface PayChartView {
  person: { name: string; openId: string };
  other: boolean;
  /** Oldest first; the last one is the month that was asked for. */
  months: readonly ChartedMonth[];
  locale: Locale;
}

/** A chart takes plain numbers: yuan with two decimals, exact as far as anybody is paid. */
const yuan = (fen: bigint): number => Number(yuanText(fen));

/** 工资图表: months side by side, and what the last of them is made of. Only in the private chat, like every amount. */
export function payChartCard({ person, other, months, locale }: PayChartView): Card {
  const whose = other ? { person: person.openId } : {};
  const last = months.at(-1)!;
  const before = months.at(-2);
  // a ring has no room for what is below 0
  const parts = earnedParts(last.lines).filter(({ amountFen }) => amountFen > 0n);
  const named = (month: ChartedMonth) =>
    month.locked ? month.month : `${month.month} ${inLocale(say('预估', 'estimate'), locale)}`;
  return card({
    title: say('工资图表', 'Pay in charts'),
    subtitle: last.month,
    personal: 'amounts',
    wide: true,
    body: [
      other && text(both(() => md`**${person.name}**`)),
      figures(
        {
          label: last.locked ? say('应发', 'Total') : say('预估', 'Estimate'),
          value: formatYuan(last.totalFen),
          colour: 'blue',
        },
        ...(before
          ? [
              {
                label: say(`比 ${before.month}`, `Against ${before.month}`),
                value: `${last.totalFen >= before.totalFen ? '+' : ''}${formatYuan(last.totalFen - before.totalFen)}`,
              },
            ]
          : []),
      ),
      months.length > 1 && text(say('各月对照', 'Months side by side')),
      months.length > 1 &&
        chart({
          type: 'bar',
          stack: true,
          xField: 'month',
          yField: 'yuan',
          seriesField: 'part',
          data: {
            values: months.flatMap((month) =>
              partsOfPay(month.lines).map(({ label, amountFen }) => ({
                month: named(month),
                part: inLocale(label, locale),
                yuan: yuan(amountFen),
              })),
            ),
          },
          legends: { visible: true, orient: 'bottom' },
        }),
      parts.length > 0 && text(say(`${last.month} 的组成`, `What ${last.month} is made of`)),
      parts.length > 0 &&
        chart({
          type: 'pie',
          categoryField: 'part',
          valueField: 'yuan',
          outerRadius: 0.8,
          innerRadius: 0.5,
          data: {
            values: parts.map(({ label, amountFen }) => ({ part: inLocale(label, locale), yuan: yuan(amountFen) })),
          },
          // written beside the ring, small parts overlap on a phone; the legend and the words below name all of them
          label: { visible: false },
          legends: { visible: true, orient: 'bottom' },
        }),
      divider(),
      // a client that draws no charts shows the same in words
      ...months
        .slice(-12)
        .reverse()
        .map((month) =>
          text(
            both(
              (t) =>
                md`${month.month} ${money(month.totalFen)}　${coloured(
                  'grey',
                  clip(
                    partsOfPay(month.lines)
                      .map(({ label, amountFen }) => `${t(label)} ${formatYuan(amountFen)}`)
                      .join(' · '),
                    160,
                  ),
                )}`,
            ),
          ),
        ),
      months.length === 1 && note(say('还没有锁定的月份可以对照。', 'No locked month to compare with yet.')),
      row(
        button(say('工资', 'Pay'), does('pay', { month: last.month, ...whose }), { look: 'primary_filled' }),
        button(say('年度', 'Year'), does('pay year', { year: last.month.slice(0, 4), ...whose })),
      ),
    ],
  });
}
