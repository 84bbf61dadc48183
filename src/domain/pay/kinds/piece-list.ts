import type { z } from 'zod';
import { formatYuan, sumFen, yuanText } from '#domain/money';
import { defineKind, ruleSchema } from '#domain/pay/kind';
import { missing } from '#domain/pay/problem';
import { text } from '#domain/pay/text';

/** Trial samples by the company's sample-making price list: Σ pieces × price (JW-P1.3). One line, exact. */
const schema = ruleSchema('piece-list', {});

export const pieceList = defineKind<z.output<typeof schema>>({
  kind: 'piece-list',
  schema,
  lines(_, { facts }) {
    const { samples, samplePrices } = facts;
    if (!samples)
      throw missing('samples', '试板样件数（没有请写空列表）', 'the list of samples (empty when there are none)');
    const kinds = [...new Set(samples.map(({ kind }) => kind))].sort();
    const parts = kinds.map((kind) => {
      const price = samplePrices?.[kind];
      if (!price) throw missing(`samplePrices.${kind}`, `「${kind}」的打样单价`, `the price of sample kind "${kind}"`);
      const own = samples.filter((sample) => sample.kind === kind);
      const pieces = own.reduce((sum, sample) => sum + sample.pieces, 0n);
      return { kind, price, own, pieces };
    });
    const formula = parts
      .map(({ kind, pieces, price }) => `${kind} ${pieces} × ${formatYuan(price.value)}`)
      .join(' + ');
    return [
      {
        amountFen: sumFen(parts.map(({ pieces, price }) => pieces * price.value)),
        formula: text(formula || '没有试板样', formula || 'no samples'),
        sheet: parts.map(({ kind }) => `{samples.${kind}}*{samplePrices.${kind}}`).join('+') || '0',
        facts: parts.flatMap(({ kind, pieces, price, own }) => [
          {
            label: text(`${kind}件数`, `pieces of ${kind}`),
            path: `samples.${kind}`,
            sources: own.flatMap((sample) => (sample.source ? [{ ...sample.source, value: `${sample.pieces}` }] : [])),
            value: `${pieces}`,
          },
          {
            label: text(`${kind}单价`, `price of ${kind}`),
            path: `samplePrices.${kind}`,
            sources: price.source ? [price.source] : [],
            value: yuanText(price.value),
          },
        ]),
      },
    ];
  },
  sentence: () => text('试板样件数 × 打样单价之和', 'the sum of sample pieces × their price'),
});
