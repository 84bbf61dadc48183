import { describe, expect, it } from 'vitest';
import { isAtRisk, type Watched, worriesOf, worryText } from '#domain/order/risk';
import { inLocale } from '#domain/text';

const order = (over: Partial<Watched> = {}): Watched => ({
  status: 'open',
  qty: 1200,
  deliveryDate: '2026-12-20',
  actualDelivery: null,
  nextStage: 'sewing',
  nextDue: '2026-12-11',
  paceStage: null,
  paceDone: null,
  paceFrom: null,
  paceDue: null,
  lastDay: '2026-11-23',
  ...over,
});
const kinds = (over: Partial<Watched>, today = '2026-11-23') => worriesOf(order(over), today).map(({ kind }) => kind);

describe('what is to worry about in an order (O4)', () => {
  it('nothing when all is well, closed or delivered', () => {
    expect(kinds({})).toEqual([]);
    expect(kinds({ status: 'closed', deliveryDate: '2026-01-01' })).toEqual([]);
    expect(kinds({ actualDelivery: '2026-11-20', deliveryDate: '2026-11-21', nextDue: '2027-01-05' })).toEqual([]);
  });

  it('the pace so far against the working days that are left, in words with the numbers', () => {
    // 400 of 1,200 in 5 working days: 80 a day, 10 more needed, 9 there are until 4 December
    const slow = { paceStage: 'sewing', paceDone: 400, paceFrom: '2026-11-17', paceDue: '2026-12-04' };
    const worries = worriesOf(order(slow), '2026-11-23');
    expect(worries).toMatchObject([{ kind: 'slow', perDay: 80, left: 800, needed: 10, available: 9 }]);
    expect(inLocale(worryText(worries[0]!, '件'), 'zh')).toBe(
      '缝制平均每天 80件，剩 800件 还要 10 个工作日，到 12-04 只有 9 个',
    );
    expect(isAtRisk(worries)).toBe(true);
    expect(kinds({ ...slow, paceDue: '2026-12-07' })).toEqual([]);
  });

  it('a stage that has passed its planned day', () => {
    expect(worriesOf(order({ nextDue: '2026-11-19' }), '2026-11-23')).toMatchObject([
      { kind: 'behind', stage: 'sewing', workdays: 2 },
    ]);
  });

  it.each([
    ['2026-11-18', []],
    ['2026-11-17', ['stalled']],
  ])('no entry since %s: weekends are not counted as silence', (lastDay, expected) => {
    expect(kinds({ lastDay }, '2026-11-23')).toEqual(expected);
  });

  it('due soon within seven days, overdue from the day after', () => {
    expect(kinds({ deliveryDate: '2026-11-30' })).toEqual(['due-soon']);
    expect(kinds({ deliveryDate: '2026-12-01' })).toEqual([]);
    expect(kinds({ deliveryDate: '2026-11-23' })).toEqual(['due-soon']);
    expect(kinds({ deliveryDate: '2026-11-22' })).toEqual(['overdue']);
  });
});
