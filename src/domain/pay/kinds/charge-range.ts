import type { z } from 'zod';
import { formatYuan, shortYuan } from '#domain/money';
import { yuanTextField } from '#domain/pay/fields';
import { chargeLines, incidentUse } from '#domain/pay/incidents';
import { defineKind, ruleSchema } from '#domain/pay/kind';
import { invalid, missing } from '#domain/pay/problem';
import { text } from '#domain/pay/text';

/** An amount that the manager chooses inside a range, both ends included, and gives a reason for: JW-K3. */
const schema = ruleSchema('charge-range', { from: yuanTextField, to: yuanTextField });

export const chargeRange = defineKind<z.output<typeof schema>>({
  kind: 'charge-range',
  schema,
  lines: (rule, context) =>
    chargeLines(rule.clause, context, (incident) => {
      const { fen, ...use } = incidentUse(incident, 'amount');
      if (fen < rule.from || fen > rule.to) {
        const range = `${formatYuan(rule.from)}–${formatYuan(rule.to)}`;
        throw invalid(
          use.path,
          `${rule.clause} 的金额 ${formatYuan(fen)} 不在 ${range} 之内`,
          `${formatYuan(fen)} is outside ${range}`,
        );
      }
      if (!incident.reason) {
        throw missing(
          `incidents.${incident.id}.reason`,
          `${rule.clause} ${incident.date} 事件的理由`,
          `the reason of the ${rule.clause} incident`,
        );
      }
      return { fen, formula: text(formatYuan(fen), formatYuan(fen)), sheet: `-{${use.path}}`, facts: [use] };
    }),
  sentence: ({ from, to }) =>
    text(
      `每次由主管在 ${shortYuan(from)}–${shortYuan(to)} 元之间确定`,
      `${shortYuan(from)} to ${shortYuan(to)} yuan each time, chosen by the manager`,
    ),
  lint: ({ clause, from, to }) =>
    from > to
      ? [
          {
            code: 'unreachable',
            level: 'error',
            clause,
            text: text(`范围 ${shortYuan(from)}–${shortYuan(to)} 是空的`, 'the range is empty'),
          },
        ]
      : [
          {
            code: 'example',
            level: 'info',
            clause,
            text: text(
              `${formatYuan(from - 1n)} 不行，${formatYuan(from)} 可以；${formatYuan(to)} 可以，${formatYuan(to + 1n)} 不行`,
              `${formatYuan(from - 1n)} is refused, ${formatYuan(from)} is not; ${formatYuan(to)} is not, ${formatYuan(to + 1n)} is`,
            ),
          },
        ],
});
