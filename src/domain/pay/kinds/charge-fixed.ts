import type { z } from 'zod';
import { formatYuan, shortYuan, yuanText } from '#domain/money';
import { yuanTextField } from '#domain/pay/fields';
import { chargeLines, occurrenceUse } from '#domain/pay/incidents';
import { defineKind, ruleSchema } from '#domain/pay/kind';
import { text } from '#domain/pay/text';

/** A fixed amount for each incident: JW-K2, K4, K5, K6. One line an incident. */
const schema = ruleSchema('charge-fixed', { amount: yuanTextField });

export const chargeFixed = defineKind<z.output<typeof schema>>({
  kind: 'charge-fixed',
  schema,
  lines: (rule, context) =>
    chargeLines(rule.clause, context, (incident) => {
      const use = occurrenceUse(incident);
      return {
        fen: rule.amount,
        formula: text(formatYuan(rule.amount), formatYuan(rule.amount)),
        sheet: `-{${use.path}}*${yuanText(rule.amount)}`,
        facts: [use],
      };
    }),
  sentence: ({ amount }) => text(`每次扣 ${shortYuan(amount)} 元`, `${shortYuan(amount)} yuan each time`),
});
