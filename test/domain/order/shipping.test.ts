import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sumFen } from '#domain/money';
import { netShipped, partAmounts, readSizes } from '#domain/order/shipping';

/** Parts that really happen: never more out than ordered, never more back than out. */
const history = fc
  .record({
    qty: fc.integer({ min: 1, max: 5_000 }),
    amountFen: fc.bigInt({ min: 0n, max: 10n ** 12n }),
    moves: fc.array(fc.record({ back: fc.boolean(), share: fc.double({ min: 0.01, max: 1, noNaN: true }) }), {
      maxLength: 12,
    }),
  })
  .map(({ qty, amountFen, moves }) => {
    const parts: { qty: number }[] = [];
    let out = 0;
    for (const { back, share } of moves) {
      const most = back ? out : qty - out;
      const pieces = Math.ceil(most * share);
      if (pieces === 0) continue;
      parts.push({ qty: back ? -pieces : pieces });
      out += back ? -pieces : pieces;
    }
    return { order: { qty, amountFen }, parts };
  });

describe('amounts of part shipments (O10)', () => {
  it('add up to the whole order once everything has left, and to nothing once everything is back', () => {
    fc.assert(
      fc.property(history, ({ order, parts }) => {
        const net = netShipped(parts);
        const all = [...parts, ...(net < order.qty ? [{ qty: order.qty - net }] : [])];
        expect(sumFen(partAmounts(order, all))).toBe(order.amountFen);
        const back = [...parts, ...(net > 0 ? [{ qty: -net }] : [])];
        expect(sumFen(partAmounts(order, back))).toBe(0n);
      }),
    );
  });

  it('never run beyond the order or below nothing, and a part is never worth less than nothing', () => {
    fc.assert(
      fc.property(history, ({ order, parts }) => {
        let sum = 0n;
        partAmounts(order, parts).forEach((amount, i) => {
          sum += amount;
          expect(sum).toBeGreaterThanOrEqual(0n);
          expect(sum).toBeLessThanOrEqual(order.amountFen);
          if (parts[i]!.qty > 0) expect(amount).toBeGreaterThanOrEqual(0n);
          else expect(amount).toBeLessThanOrEqual(0n);
        });
      }),
    );
  });

  it('100 yuan in three equal parts: 33.33, 33.33, and the last takes 33.34', () => {
    expect(partAmounts({ qty: 3, amountFen: 10_000n }, [{ qty: 1 }, { qty: 1 }, { qty: 1 }])).toEqual([
      3333n,
      3333n,
      3334n,
    ]);
  });
});

describe('colours and sizes', () => {
  it.each([
    [
      '红/M:120 红/L:80',
      [
        ['红/M', 120],
        ['红/L', 80],
      ],
    ],
    [
      '红M：１２０，蓝=80件',
      [
        ['红M', 120],
        ['蓝', 80],
      ],
    ],
    [
      'navy blue:5; black×7',
      [
        ['navy blue', 5],
        ['black', 7],
      ],
    ],
  ])('%s', (typed, lines) => {
    expect(readSizes(typed)?.map(({ name, qty }) => [name, qty])).toEqual(lines);
  });

  it.each(['', '红', '红:', ':5', '红:1e3', '红:-5'])('%j is not understood, never guessed', (typed) => {
    expect(readSizes(typed)).toBeUndefined();
  });
});
