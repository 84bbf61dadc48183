import { z } from 'zod';
import {
  compareFractions,
  type Fraction,
  formatYuan,
  multiply,
  ratio,
  shortYuan,
  sumFractions,
  yuanText,
} from '#domain/money';
import type { PayContext } from '#domain/pay/context';
import { yuanTextField } from '#domain/pay/fields';
import type { Finding } from '#domain/pay/finding';
import { defineKind, ruleSchema } from '#domain/pay/kind';
import { gather } from '#domain/pay/problem';
import { type Reading, readFlag, readHours } from '#domain/pay/read';
import { text } from '#domain/pay/text';

/**
 * An amount per hour: overtime (JW-P2.1), or, with `of: short`, hours attended fewer than required (JW-P1.4).
 *
 * Short hours are always taken off; `unless` names a manager's statement that stops the line (JW-P2.2).
 */
const schema = ruleSchema('per-hour', {
  of: z.enum(['overtime', 'short']),
  amount: yuanTextField,
  unless: z
    .strictObject({ flag: z.literal('compliance'), clause: z.string().min(1), text: z.string().min(1) })
    .optional(),
});
type Rule = z.output<typeof schema>;

function hoursOf({ of }: Rule, { facts }: PayContext) {
  if (of === 'overtime') {
    const hours = readHours(facts, 'overtime');
    return {
      value: hours.value,
      cell: hours.cell,
      shown: text(`${hours.shown} 小时`, `${hours.shown} hours`),
      facts: [hours.use],
    };
  }
  const [required, attended] = gather(
    (['required', 'attended'] as const).map((name) => () => readHours(facts, name)),
  ) as [Reading<Fraction>, Reading<Fraction>];
  const short = compareFractions(attended.value, required.value) < 0;
  const value = short ? difference(required.value, attended.value) : ratio(0n, 1n);
  const enough = text('出勤未少于应出勤工时', 'attendance was not short');
  return {
    value,
    cell: `MAX(0,${required.cell}-${attended.cell})`,
    shown: short
      ? text(
          `（应出勤 ${required.shown} − 实出勤 ${attended.shown}）小时`,
          `(required ${required.shown} − attended ${attended.shown}) hours`,
        )
      : enough,
    facts: [required.use, attended.use],
  };
}

function difference(a: Fraction, b: Fraction): Fraction {
  return sumFractions([a, ratio(-b.numerator, b.denominator)]);
}

export const perHour = defineKind<Rule>({
  kind: 'per-hour',
  schema,
  lines(rule, context) {
    const hours = hoursOf(rule, context);
    const sign = rule.of === 'short' ? -1n : 1n;
    const minus = rule.of === 'short' ? '−' : '';
    const full = multiply(sign * rule.amount, hours.value);
    const none = (why: { zh: string; en: string }, facts = hours.facts) => [
      { amountFen: 0n, formula: why, sheet: '0', facts },
    ];
    if (rule.of === 'short' && hours.value.numerator === 0n)
      return [{ ...none(hours.shown)[0]!, sheet: sheetOf(rule, hours.cell) }];
    if (rule.of === 'short' && context.settings.absence === 'award-only') {
      return none(text('出勤不足只按比例扣奖金（公司设置）', 'absence counts only in the award (company setting)'));
    }
    const formula = text(
      `${minus}${hours.shown.zh} × ${formatYuan(rule.amount)}`,
      `${minus}${hours.shown.en} × ${formatYuan(rule.amount)}`,
    );
    if (!rule.unless)
      return [
        {
          amountFen: full,
          formula,
          sheet: sheetOf(rule, hours.cell),
          facts: hours.facts,
          special: rule.of === 'overtime',
        },
      ];
    const kept = readFlag(context.facts, rule.unless.flag);
    const facts = [...hours.facts, kept.use];
    const sheet = `IF(${kept.cell}=1,${sheetOf(rule, hours.cell)},0)`;
    if (kept.value) return [{ amountFen: full, formula, sheet, facts, special: true }];
    const reason = kept.reason ? `：${kept.reason}` : '';
    return [
      {
        amountFen: 0n,
        formula: text(
          `不计发（${rule.unless.clause}${reason}），原应 ${formula.zh} = ${formatYuan(full)}`,
          `not paid (${rule.unless.clause}${kept.reason ? `: ${kept.reason}` : ''}), otherwise ${formula.en} = ${formatYuan(full)}`,
        ),
        sheet,
        facts,
      },
    ];
  },
  sentence: ({ of, amount, unless }) =>
    of === 'short'
      ? text(`出勤每少 1 小时扣 ${shortYuan(amount)} 元`, `${shortYuan(amount)} yuan less per hour short`)
      : text(
          `加班每小时 ${shortYuan(amount)} 元${unless ? `；${unless.text}` : ''}`,
          `${shortYuan(amount)} yuan per overtime hour${unless ? ' unless work was not done by the rules or in time' : ''}`,
        ),
  whyNotMore(rule, context) {
    if (!rule.unless) return [];
    const kept = readFlag(context.facts, rule.unless.flag);
    const hours = hoursOf(rule, context);
    const worthFen = multiply(rule.amount, hours.value);
    if (kept.value || worthFen === 0n) return [];
    return [
      {
        clause: rule.unless.clause,
        worthFen,
        text: text(
          `主管认定未达到「${kept.label.zh}」，加班补助未计发`,
          `the manager did not find "${kept.label.en}": overtime is not paid`,
        ),
      },
    ];
  },
  lint: ({ clause, of, amount }): Finding[] => {
    const sign = of === 'short' ? -1n : 1n;
    const worse: Finding[] =
      amount < 0n
        ? [
            {
              code: 'less-for-more',
              level: 'warning',
              clause,
              text:
                of === 'short'
                  ? text(
                      `出勤每少 1 小时反而多 ${shortYuan(-amount)} 元`,
                      `each hour short pays ${shortYuan(-amount)} yuan`,
                    )
                  : text(
                      `每多加班 1 小时反而少 ${shortYuan(-amount)} 元`,
                      `each overtime hour costs ${shortYuan(-amount)} yuan`,
                    ),
            },
          ]
        : [];
    const example: Finding = {
      code: 'example',
      level: 'info',
      clause,
      text:
        of === 'short'
          ? text(
              `出勤刚好 → 0.00；少 1 小时 → ${formatYuan(sign * amount)}`,
              `full attendance → 0.00; an hour short → ${formatYuan(sign * amount)}`,
            )
          : text(
              `没有加班 → 0.00；1 小时 → ${formatYuan(sign * amount)}`,
              `no overtime → 0.00; one hour → ${formatYuan(sign * amount)}`,
            ),
    };
    return [...worse, example];
  },
});

function sheetOf({ of, amount }: Rule, cell: string): string {
  return `ROUND(${of === 'short' ? '-' : ''}${cell}*${yuanText(amount)},2)`;
}
