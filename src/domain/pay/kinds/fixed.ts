import { z } from 'zod';
import { formatYuan, shortYuan, yuanText } from '#domain/money';
import { employmentShare } from '#domain/pay/employment';
import { yuanTextField } from '#domain/pay/fields';
import { defineKind, ruleSchema } from '#domain/pay/kind';
import { readMoney } from '#domain/pay/read';
import { text } from '#domain/pay/text';

/**
 * A fixed monthly amount: the scheme's own figure or the employee's position wage (JW-P1.1, LB-P2, KPI-P1.base).
 *
 * Joiners and leavers get the share of the month that the setting `proration` says.
 */
const schema = ruleSchema('fixed', {
  amount: yuanTextField.optional(),
  of: z.literal('positionWage').optional(),
}).refine(({ amount, of }) => (amount === undefined) !== (of === undefined), {
  error: 'fixed 需要 amount（金额）或 of: positionWage 之一',
});

export const fixed = defineKind<z.output<typeof schema>>({
  kind: 'fixed',
  schema,
  lines(rule, context) {
    const wage =
      rule.amount === undefined
        ? readMoney(context.facts.profile.positionWage, 'profile.positionWage', text('岗位工资', 'position wage'))
        : { value: rule.amount, shown: formatYuan(rule.amount), cell: yuanText(rule.amount), use: undefined };
    const share = employmentShare(context);
    const facts = [...(wage.use ? [wage.use] : []), ...(share?.facts ?? [])];
    if (!share) return [{ amountFen: wage.value, formula: text(wage.shown, wage.shown), sheet: wage.cell, facts }];
    return [
      {
        amountFen: share.of(wage.value),
        formula: text(`${wage.shown} ${share.shown.zh}`, `${wage.shown} ${share.shown.en}`),
        sheet: share.sheet(wage.cell),
        facts,
      },
    ];
  },
  sentence: ({ amount }) =>
    amount === undefined
      ? text('每月按本人岗位工资', "the employee's position wage each month")
      : text(`每月 ${shortYuan(amount)} 元`, `${shortYuan(amount)} yuan a month`),
});
