import { describe, expect, it } from 'vitest';
import { bonusTaxApart, type TaxMonth, TaxTableGap, withholdCumulatively } from '#domain/pay/tax';

const yuan = (amount: number) => BigInt(amount) * 100n;
const paid = (month: number, income: number, contributions = 0, special = 0): TaxMonth => ({
  paidIn: `2026-${`${month}`.padStart(2, '0')}`,
  incomeFen: yuan(income),
  contributionsFen: yuan(contributions),
  specialFen: yuan(special),
});
const year = (income: number, contributions = 0, special = 0) =>
  Array.from({ length: 12 }, (_, at) => paid(at + 1, income, contributions, special));

describe('cumulative withholding', () => {
  it('gives the official example: 555, 625, 1,850 in the first three months, 27,480 for the year', () => {
    const months = withholdCumulatively(year(30_000, 4_500, 2_000));
    expect(months.slice(0, 3).map(({ taxFen }) => taxFen)).toEqual([yuan(555), yuan(625), yuan(1_850)]);
    expect(months.reduce((sum, { taxFen }) => sum + taxFen, 0n)).toBe(yuan(27_480));
  });
  it('a month below the allowance withholds 0 and is made up for by later months, with no refund', () => {
    const taxes = withholdCumulatively([paid(1, 10_000), paid(2, 0), paid(3, 10_000)]).map(({ taxFen }) => taxFen);
    expect(taxes).toEqual([yuan(150), 0n, 0n]); // 5,000 taxable in all: February used up March's
  });
  it('36,000 still has 3 %, a fen more 10 % of the whole less the quick deduction', () => {
    const tax = (fen: bigint) =>
      withholdCumulatively([{ ...paid(1, 5_000), incomeFen: yuan(41_000) + fen }])[0]!.taxFen;
    expect([tax(0n), tax(100n)]).toEqual([yuan(1_080), yuan(1_080) + 10n]);
  });
  it('a first job counts 5,000 since January; a low income of last year 60,000 at once', () => {
    expect(withholdCumulatively([paid(7, 12_000)])[0]?.taxFen).toBe(yuan(210));
    expect(withholdCumulatively([paid(7, 12_000)], 'from-january')[0]?.taxFen).toBe(0n);
    expect(withholdCumulatively(year(5_000), 'whole-year').every(({ taxFen }) => taxFen === 0n)).toBe(true);
  });
  it('a new year starts anew, so months of two years are refused', () => {
    expect(() => withholdCumulatively([paid(12, 1), { ...paid(1, 1), paidIn: '2027-01' }])).toThrow(RangeError);
  });
});

describe('year-end bonus', () => {
  it.each([
    [36_000, 1_080_00n],
    [144_000, 14_190_00n],
    [300_000, 58_590_00n],
    [420_000, 102_340_00n],
    [660_000, 193_590_00n],
    [960_000, 328_840_00n],
  ])('apart: %s yuan is the last amount of its row', (amount, tax) => {
    expect(bonusTaxApart(yuan(amount), '2026-12-31')).toBe(tax);
  });
  it('a yuan more than 36,000 costs 2,310.10', () => {
    expect(bonusTaxApart(yuan(36_001), '2026-12-31') - bonusTaxApart(yuan(36_000), '2026-12-31')).toBe(2_310_10n);
  });
  it('the separate rule ends on 31 December 2027', () => {
    expect(bonusTaxApart(yuan(100), '2027-12-31')).toBe(3_00n);
    expect(() => bonusTaxApart(yuan(100), '2028-01-01')).toThrow(TaxTableGap);
  });
});
