import { describe, expect, it } from 'vitest';
import { contributionOf, readContribution } from '#domain/pay/contributions';
import type { FactsInput } from '#domain/pay/facts';
import { estimateTakeHome, type MonthOfPay, type TakeHomeTerms } from '#domain/pay/take-home';
import { settled, version } from '#test/support/pay';

const terms: TakeHomeTerms = {
  insuranceBaseFen: undefined,
  fundBaseFen: undefined,
  specialFen: 0n,
  basic: 'employed',
  bonusTax: undefined,
};
const month = (of: string, wage: string, more: Partial<TakeHomeTerms> = {}): MonthOfPay => ({
  month: of,
  settlement: settled('lb', { month: of, profile: { positionWage: wage }, measures: { sales: '0' } }),
  version: version('lb', of),
  terms: { ...terms, ...more },
  rules: [],
});
const jw = (overrides: Partial<FactsInput>): MonthOfPay => ({
  month: '2026-06',
  settlement: settled('jw', overrides),
  version: version('jw'),
  terms,
  rules: [],
});
const same = { paidIn: 'same-month' as const };
const next = { paidIn: 'next-month' as const };

describe('contributions lie between floor and cap', () => {
  const taken = (written: string, base: bigint) => contributionOf(readContribution('fund', written)!, base).amountFen;
  it.each([
    ['the floor counts', '8%:4492-24930', 4491_99n, 359_36n],
    ['between the two the base counts', '8%:4492-24930', 4493_00n, 359_44n],
    ['the cap counts', '8%:4492-24930', 30000_00n, 1994_40n],
    ['half a yuan is rounded up where whole yuan are usual', '7%:1-99999:yuan', 2750_00n, 193_00n],
    ['and less than half is not', '7%:1-99999:yuan', 2749_00n, 192_00n],
    ['a few yuan come on top', '2%+3', 4000_00n, 83_00n],
  ])('%s', (_, written, base, amount) => expect(taken(written, base)).toBe(amount));
});

describe('tax is cumulative over the months of payment of one calendar year', () => {
  it('December’s pay that is paid in January begins the new year', () => {
    const december = month('2025-12', '20000.00');
    const january = month('2026-01', '20000.00');
    // 15,000 × 3 % when January's pay is the first of its year; with December's before it, 30,000 × 3 % − 450
    expect(estimateTakeHome(january, [december], same).taxFen).toBe(450_00n);
    expect(estimateTakeHome(january, [december], next).taxFen).toBe(450_00n);
    const months = [december, january];
    // paid in March: December's and January's pay were paid in January and February of the same year
    expect(estimateTakeHome(month('2026-02', '20000.00'), months, next).taxFen).toBe(1080_00n + 900_00n - 900_00n);
  });

  it('months that are missing are counted from when the person came', () => {
    const note = (hiredOn?: string) =>
      estimateTakeHome(month('2026-06', '8000.00'), [month('2026-05', '8000.00')], { ...same, hiredOn }).notes.map(
        ({ zh }) => zh,
      );
    expect(note().join()).toContain('缺少本年 4 个月');
    expect(note('2026-04-10').join()).toContain('缺少本年 1 个月');
    expect(note('2026-05-06').join()).not.toContain('缺少本年');
  });
});

describe('what is taken after tax does not lower the tax', () => {
  it('damages and fines are set off afterwards', () => {
    const clean = estimateTakeHome(jw({ measures: { processingFee: '2000000.00' } }), [], same);
    const fined = estimateTakeHome(
      jw({
        measures: { processingFee: '2000000.00' },
        incidents: [{ clause: 'JW-K2', date: '2026-06-03' }],
      }),
      [],
      same,
    );
    expect([fined.taxFen, fined.afterTaxFen, fined.netFen]).toEqual([clean.taxFen, -100_00n, clean.netFen - 100_00n]);
  });
});

describe('a one-off bonus', () => {
  const december = (bonusTax?: 'apart' | 'merged'): MonthOfPay => ({
    month: '2026-12',
    settlement: settled('ft', {
      month: '2026-12',
      profile: { positionWage: '6000.00' },
      declarations: Array.from({ length: 100 }, (_, at) => ({ no: `D-${at + 100}`, date: '2026-03-05' })),
      faults: [{ clause: 'FT-F1', date: '2026-03-06', declaration: 'D-100' }],
    }),
    version: version('ft', '2026-12'),
    terms: { ...terms, bonusTax },
    rules: [],
  });
  it('the yearly reward is one, less what faults took of it', () => {
    expect(estimateTakeHome(december(), [], same)).toMatchObject({ wageFen: 6000_00n, bonusFen: 2970_00n });
  });
  it('is taxed as the person chose, and both ways are shown', () => {
    // apart: 1,000 × 3 % and 2,970 × 3 %; merged: 3,970 × 3 %, which is the same
    const apart = estimateTakeHome(december('apart'), [], same);
    expect([apart.taxFen, apart.bonusTaxFen, apart.bonus?.better]).toEqual([30_00n, 89_10n, 'equal']);
    const merged = estimateTakeHome(december('merged'), [], same);
    expect([merged.taxFen, merged.bonusTaxFen, merged.netFen]).toEqual([119_10n, 0n, apart.netFen]);
  });
  it('merging is better while the year’s taxable wage is below 0, apart when it is high', () => {
    const bonus = (wage: string) =>
      estimateTakeHome(month('2026-06', wage), [], { ...same, bonusFen: 30_000_00n }).bonus;
    expect(bonus('2000.00')).toMatchObject({ apartFen: 900_00n, mergedFen: 810_00n, better: 'merged' });
    expect(bonus('105000.00')?.better).toBe('apart');
  });
  it('joins the month once the rule for taxing it apart has ended', () => {
    const after = estimateTakeHome(month('2028-01', '6000.00'), [], { ...same, bonusFen: 1000_00n });
    expect([after.bonus, after.bonusTaxFen, after.taxFen]).toEqual([undefined, 0n, 60_00n]);
    expect(after.notes.map(({ zh }) => zh).join()).toContain('没有年终奖单独计税的办法');
  });
});

it('never shows less than 0, and says that a person has to settle it', () => {
  const rules = [readContribution('pension', '8%:4492-24930')!];
  const low = { ...month('2026-06', '100.00', { insuranceBaseFen: 4492_00n }), rules };
  const found = estimateTakeHome(low, [], same);
  expect(found.netFen).toBe(0n);
  expect(found.notes.map(({ zh }) => zh).join()).toContain('请人工处理');
});
