import { z } from 'zod';
import { formatYuan, multiply, sumFen, yuanText } from '#domain/money';
import type { PayContext } from '#domain/pay/context';
import { rateField } from '#domain/pay/fields';
import { defineKind, ruleSchema } from '#domain/pay/kind';
import { type MeasureName, measureLabel, measureNames, readMeasure } from '#domain/pay/read';
import { text } from '#domain/pay/text';

/**
 * A rate of one measure of the month, e.g. 50 yuan per 10,000 yuan of processing fee (JW-P1.2), or of another clause
 * (`of: line:JW-P1.1`).
 *
 * In proportion, not per full unit: one line, rounded once to the fen, half away from zero.
 */
const ofSchema = z.union([z.enum(measureNames), z.templateLiteral(['line:', z.string().min(1)])]);
const schema = ruleSchema('rate', { of: ofSchema, rate: rateField });
type Rule = z.output<typeof schema>;

/** The clause that `of` points to, when it is no measure. */
function clauseOf(of: Rule['of']): string | undefined {
  return of.startsWith('line:') ? of.slice('line:'.length) : undefined;
}

function baseOf({ of }: Rule, context: PayContext) {
  const clause = clauseOf(of);
  if (clause === undefined) return readMeasure(context, of as MeasureName);
  const lines = context.lines.filter((line) => line.clause === clause);
  const value = sumFen(lines.map(({ amountFen }) => amountFen));
  return {
    value,
    shown: formatYuan(value),
    cell: `(${lines.map(({ id }) => `{line:${id}}`).join('+') || yuanText(0n)})`,
    label: text(`${clause} 金额`, `amount of ${clause}`),
    use: undefined,
  };
}

export const rate = defineKind<Rule>({
  kind: 'rate',
  schema,
  lines(rule, context) {
    const base = baseOf(rule, context);
    return [
      {
        amountFen: multiply(base.value, rule.rate),
        formula: text(
          `${base.label.zh} ${base.shown} × ${rule.rate.text}`,
          `${base.label.en} ${base.shown} × ${rule.rate.text}`,
        ),
        sheet: `ROUND(${base.cell}*${rule.rate.numerator}/${rule.rate.denominator},2)`,
        facts: base.use ? [base.use] : [],
      },
    ];
  },
  sentence({ of, rate: share }, settings) {
    const clause = clauseOf(of);
    const label =
      clause === undefined
        ? measureLabel(of as MeasureName, settings)
        : text(`${clause} 金额`, `the amount of ${clause}`);
    return text(
      `${label.zh} × ${share.text}，按比例，四舍五入到分`,
      `${label.en} × ${share.text}, in proportion, rounded to the fen`,
    );
  },
  dependsOn({ of }) {
    const clause = clauseOf(of);
    return clause === undefined ? [] : [clause];
  },
  lint: ({ clause, rate: share, of }) =>
    share.numerator < 0n
      ? [
          {
            code: 'less-for-more',
            level: 'warning',
            clause,
            text: text(
              `${of} 越多，${clause} 越少（${share.text}）`,
              `the more ${of}, the less ${clause} pays (${share.text})`,
            ),
          },
        ]
      : [],
});
