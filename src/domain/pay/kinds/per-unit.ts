import { z } from 'zod';
import { formatYuan, shortYuan, yuanText } from '#domain/money';
import { yuanTextField } from '#domain/pay/fields';
import { defineKind, ruleSchema } from '#domain/pay/kind';
import { PayProblemFound } from '#domain/pay/problem';
import { readCount } from '#domain/pay/read';
import { text } from '#domain/pay/text';

/** A count × a price; night shifts by the company's own rate (JW-P4). A rate nobody set is an error once there is a night. */
const schema = ruleSchema('per-unit', {
  of: z.literal('nights'),
  amount: yuanTextField.optional(),
  setting: z.literal('nightRate').optional(),
}).refine(({ amount, setting }) => (amount === undefined) !== (setting === undefined), {
  error: 'per-unit 需要 amount（单价）或 setting: nightRate 之一',
});

export const perUnit = defineKind<z.output<typeof schema>>({
  kind: 'per-unit',
  schema,
  lines(rule, { facts, settings }) {
    const nights = readCount(facts.nights, 'nights', text('夜班次数', 'night shifts'));
    if (nights.value === 0n)
      return [{ amountFen: 0n, formula: text('没有夜班', 'no night shifts'), sheet: '0', facts: [nights.use] }];
    const price = rule.amount ?? settings.nightRate;
    if (price === undefined) {
      throw new PayProblemFound({
        code: 'setting',
        at: 'settings.nightRate',
        text: text('夜班费标准（nightRate）尚未设置', 'the night shift rate (nightRate) is not set'),
      });
    }
    const formula = (unit: string) => `${nights.shown} ${unit} × ${formatYuan(price)}`;
    return [
      {
        amountFen: nights.value * price,
        formula: text(formula('次'), formula('nights')),
        sheet: `${nights.cell}*${yuanText(price)}`,
        facts: [nights.use],
        special: true,
      },
    ];
  },
  sentence({ amount }, { nightRate }) {
    const price = amount ?? nightRate;
    return price === undefined
      ? text('夜班次数 × 公司标准（尚未设置）', 'night shifts × the company rate (not set)')
      : text(`夜班每次 ${shortYuan(price)} 元`, `${shortYuan(price)} yuan per night shift`);
  },
  lint: ({ clause, amount }) =>
    amount !== undefined && amount < 0n
      ? [
          {
            code: 'less-for-more',
            level: 'warning',
            clause,
            text: text('夜班越多，工资越少', 'more night shifts pay less'),
          },
        ]
      : [],
});
