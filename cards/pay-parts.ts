import { formatYuan } from '#domain/money';
import type { Line, Warning } from '#domain/pay/context';
import type { OpenLine } from '#domain/pay/partial';
import type { PayProblem } from '#domain/pay/problem';
import { inLocale, type Text } from '#domain/text';
import { type Element, note, text } from './kit.ts';
import { coloured, type Markup, md } from './markup.ts';
import { both, lines as stacked } from './words.ts';

/** What estimate, payslip and explanation cards share. */

/** The first `max` characters; what people typed may be thousands long. */
export function clip(words: string, max: number): string {
  const all = [...words];
  return all.length > max ? `${all.slice(0, max - 1).join('')}…` : words;
}

export const clipText = (words: Text, max: number): Text =>
  typeof words === 'string' ? clip(words, max) : { zh: clip(words.zh, max), en: clip(words.en, max) };

export const money = (fen: bigint): Markup =>
  fen < 0n ? coloured('red', formatYuan(fen)) : md`**${formatYuan(fen)}**`;

/** More lines than fit on a card are summed up; the explanation shows them all. */
export const MOST_LINES = 16;

/** One line of pay under the other: amount, name, and how it comes about. */
export function payLines(lines: readonly Line[], { most = MOST_LINES, formula = 110 } = {}): Element[] {
  const shown = lines.slice(0, most);
  const rest = lines.slice(most);
  return [
    ...shown.map((line) =>
      text(
        both((t) =>
          stacked(
            md`${money(line.amountFen)}　${t(line.label)} ${coloured('grey', line.clause)}`,
            md`${coloured('grey', clip(t(line.formula), formula))}`,
          ),
        ),
      ),
    ),
    ...(rest.length > 0
      ? [
          text(
            both(
              (_, locale) =>
                md`${money(rest.reduce((sum, { amountFen }) => sum + amountFen, 0n))}　${locale === 'zh' ? `其余 ${rest.length} 项` : `${rest.length} more lines`}`,
            ),
          ),
        ]
      : []),
  ];
}

/** Warnings that the viewer may see: those for finance and HR never reach the employee. */
export const visibleWarnings = (warnings: readonly Warning[], legal: boolean): Warning[] => [
  ...new Map(
    warnings
      .filter(({ audience }) => legal || audience === undefined)
      .map((warning) => [warning.code + warning.text.zh, warning]),
  ).values(),
];

export function warningLines(warnings: readonly Warning[]): Element[] {
  return warnings
    .slice(0, 8)
    .map(({ text: words, source, level }) =>
      text(
        both(
          (t) =>
            md`${level === 'blocks' ? '⛔' : level === 'warning' ? '⚠️' : 'ℹ️'} ${clip(t(words), 240)}${source ? coloured('grey', `（${clip(source, 80)}）`) : ''}`,
        ),
      ),
    );
}

/** What is missing, line by line, so that somebody can record it. */
export function openLines(open: readonly OpenLine[], problems: readonly PayProblem[]): Element[] {
  const items = [
    ...problems.slice(0, 10).map(({ text: words }) => words as Text),
    ...open.slice(0, 10).map(
      ({ rule, problems: own }): Text => ({
        zh: `${rule.label.zh}：${own.map((each) => each.text.zh).join('；')}`,
        en: `${rule.label.en}: ${own.map((each) => each.text.en).join('; ')}`,
      }),
    ),
  ];
  return items.map((words) => note(both((t) => md`◻️ ${clip(t(words), 200)}`)));
}

export const inWords = inLocale;
