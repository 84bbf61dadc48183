import { describe, expect, it } from 'vitest';
import type { FactsInput } from '#domain/pay/facts';
import { amountOf, codesOf, settled } from '#test/support/pay';

const lb = (overrides: Partial<FactsInput> = {}) => settled('lb', overrides);

describe("month's pay = position wage + commission × score (LB-P1, LB-P2)", () => {
  it('adds up', () => {
    const month = lb({ measures: { sales: '812345.67' }, appraisal: { score: '86.5' } });
    expect(month.lines.map(({ clause, amountFen }) => [clause, amountFen])).toEqual([
      ['LB-P2', 3000_00n],
      ['LB-P1', 351_34n], // 812,345.67 × 0.5‰ × 86.5% = 351.3395…
    ]);
    expect(month.totalFen).toBe(3351_34n);
  });

  it('is rounded once at the end, half away from zero', () => {
    expect(amountOf(lb({ measures: { sales: '2100.00' }, appraisal: { score: 50 } }), 'LB-P1')).toBe(53n); // 0.525
    expect(amountOf(lb({ measures: { sales: '2090.00' }, appraisal: { score: 50 } }), 'LB-P1')).toBe(52n); // 0.5225; rounding the commission first would make 0.53
    expect(amountOf(lb({ measures: { sales: '-2100.00' }, appraisal: { score: 50 } }), 'LB-P1')).toBe(-53n);
  });

  it('counts shipped sales unless the company chooses another basis', () => {
    const sales = { shipped: '100000.00', received: '50000.00' };
    expect(amountOf(lb({ measures: { sales } }), 'LB-P1')).toBe(50_00n);
    expect(amountOf(lb({ measures: { sales }, settings: { salesBasis: 'received' } }), 'LB-P1')).toBe(25_00n);
    expect(() => lb({ measures: { sales }, settings: { salesBasis: 'ordered' } })).toThrow('measures.sales.ordered');
  });

  it('adds up from orders, and a return reduces the month in which it came back', () => {
    const shipped = [
      { value: '60000.00', order: 'SO-1001', source: { messageId: 'om_1' } },
      { value: '50000.00', order: 'SO-1002' },
      { value: '-10000.00', order: 'SO-0990' },
    ];
    const month = lb({ measures: { sales: { shipped } } });
    expect(amountOf(month, 'LB-P1')).toBe(50_00n);
    const [use] = month.lines[1]!.facts;
    expect(use?.sources).toEqual([
      { messageId: 'om_1', order: 'SO-1001', value: '60000.00' },
      { order: 'SO-1002', value: '50000.00' },
      { order: 'SO-0990', value: '-10000.00' },
    ]);
  });
});

describe('the appraisal score', () => {
  it.each([
    [0, 0n],
    ['0.1', 40n],
    [100, 400_00n],
  ])('%s', (score, fen) => expect(amountOf(lb({ appraisal: { score } }), 'LB-P1')).toBe(fen));

  it.each([100.1, '86.55', -1, 'A'])('%s is no score', (score) => {
    expect(() => lb({ appraisal: { score } })).toThrow('appraisal.score');
  });

  it('a missing score is an error: no score is invented', () => {
    expect(() => lb({ appraisal: undefined })).toThrow('主管尚未打分');
  });

  it('points by criterion must add up to it', () => {
    const items = { 'LB-A1.performance': 45, 'LB-A1.teamwork': 25, 'LB-A1.attitude': '16.5' };
    expect(amountOf(lb({ appraisal: { score: '86.5', items } }), 'LB-P1')).toBe(346_00n);
    expect(() => lb({ appraisal: { score: 90, items } })).toThrow('各项得分之和与总分不符');
  });

  it('unanswered counts and shows as such; disputed and draft block approval', () => {
    const codes = (state: 'unanswered' | 'disputed' | 'draft' | 'confirmed') =>
      codesOf(lb({ appraisal: { score: 90, state } }))[0];
    expect([codes('unanswered'), codes('disputed'), codes('draft')]).toEqual([
      'APPRAISAL-UNANSWERED',
      'APPRAISAL-DISPUTED',
      'APPRAISAL-DRAFT',
    ]);
    expect(codes('confirmed')).toBe('MINIMUM-WAGE-UNCHECKED');
  });
});

describe('joiners and leavers (LB-P2 is prorated, the commission is not)', () => {
  it('by calendar days', () => {
    const month = lb({ profile: { positionWage: '3000.00', hiredOn: '2026-06-11' } });
    expect([amountOf(month, 'LB-P2'), amountOf(month, 'LB-P1')]).toEqual([2000_00n, 400_00n]);
    expect(month.lines[0]?.formula.zh).toBe('3,000.00 × 20/30（2026-06-11 至 2026-06-30 在职 20 天）');
  });
  it('both ends, and a single day', () => {
    const wage = (hiredOn?: string, leftOn?: string) =>
      amountOf(lb({ profile: { positionWage: '3000', hiredOn, leftOn } }), 'LB-P2');
    expect([
      wage('2026-06-30'),
      wage(undefined, '2026-06-01'),
      wage('2026-06-05', '2026-06-14'),
      wage('2020-01-01', '2026-06-30'),
    ]).toEqual([100_00n, 100_00n, 1000_00n, 3000_00n]);
  });
  it('or by 21.75 paid days, never more than the month', () => {
    const settings = { proration: 'paid-days' };
    const wage = (hiredOn: string, month = '2026-06') =>
      amountOf(lb({ month, profile: { positionWage: '3000', hiredOn }, settings }), 'LB-P2');
    expect(wage('2026-06-22')).toBe(965_52n); // 7 paid days × 3,000 ÷ 21.75
    expect(wage('2026-07-02', '2026-07')).toBe(3000_00n); // 22 paid days
  });
  it('somebody not employed in the month is an error', () => {
    expect(() => lb({ profile: { positionWage: '3000', hiredOn: '2026-07-01' } })).toThrow('尚未入职');
    expect(() => lb({ profile: { positionWage: '3000', leftOn: '2026-05-31' } })).toThrow('已经离职');
  });
});
