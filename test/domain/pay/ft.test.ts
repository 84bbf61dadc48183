import { describe, expect, it } from 'vitest';
import type { FactsInput } from '#domain/pay/facts';
import { rewardPayBy } from '#domain/pay/kinds/yearly-reward';
import { amountOf, codesOf, settled } from '#test/support/pay';

type DeclarationInput = NonNullable<FactsInput['declarations']>[number];
type FaultInput = NonNullable<FactsInput['faults']>[number];

/** One declaration a month, 15th, order of the same number: 12 × 30 = 360 yuan. */
const oneAMonth: DeclarationInput[] = Array.from({ length: 12 }, (_, at) => {
  const month = `${at + 1}`.padStart(2, '0');
  return { no: `D${month}`, date: `2026-${month}-15`, order: `SO-${month}` };
});
const fault = (date: string, more: Partial<FaultInput> = {}): FaultInput => ({ clause: 'FT-F2', date, ...more });
const faultsOn = (...dates: string[]) => dates.map((date) => fault(date));
const december = (overrides: Partial<FactsInput> = {}) =>
  settled('ft', { month: '2026-12', declarations: oneAMonth, ...overrides });
/** The rewards of the year after everything that was lost. */
const rewards = (overrides: Partial<FactsInput> = {}) => december(overrides).totalFen - 4000_00n;

describe('30 yuan per export declaration (FT-R1), paid once a year before the lunar new year (FT-R2)', () => {
  it('a month pays the base wage and says what has accrued', () => {
    const month = settled('ft', { month: '2026-03', declarations: oneAMonth.slice(0, 3) });
    expect(month.lines.map(({ clause, amountFen }) => [clause, amountFen])).toEqual([
      ['FT-BASE', 4000_00n],
      ['FT-R1', 0n],
    ]);
    expect(month.lines[1]?.formula.zh).toBe(
      '本月 1 票，有效 1 票 × 30.00 = 30.00；2026 年累计 90.00，2027-02-05 前一次性发放',
    );
  });
  it('December pays the year', () => {
    expect(december().lines.map(({ clause, amountFen }) => [clause, amountFen])).toEqual([
      ['FT-BASE', 4000_00n],
      ['FT-R1', 360_00n],
    ]);
  });
  it('is due the day before the lunar new year', () => {
    expect([2025, 2026, 2027].map((year) => rewardPayBy(year, {}))).toEqual(['2026-02-16', '2027-02-05', '2028-01-25']);
    expect(() => rewardPayBy(2030, {})).toThrow('2031 年春节日期尚未录入');
  });
  it('pays none in probation; its last day is still probation', () => {
    const profile = { positionWage: '4000', probationUntil: '2026-03-15' };
    expect(rewards({ profile })).toBe(270_00n);
    expect(rewards({ profile, settings: { probationLastDay: 'regular' } })).toBe(300_00n);
    expect(rewards({ profile: { ...profile, probationUntil: '2026-03-14' } })).toBe(300_00n);
  });
  it('missing lists are errors, never zero', () => {
    expect(() => settled('ft', { declarations: undefined })).toThrow('declarations');
    expect(() => settled('ft', { faults: undefined })).toThrow('faults');
  });
  it('the same declaration twice is an error', () => {
    expect(() => december({ declarations: [...oneAMonth, oneAMonth[0]!] })).toThrow('报关单 D01 重复');
  });
});

describe('a fault costs the reward of its own order (FT-F1, FT-F2)', () => {
  it.each(['FT-F1', 'FT-F2'])('%s names a declaration', (clause) => {
    const month = december({ faults: [fault('2026-05-20', { clause, declaration: 'D05' })] });
    expect([amountOf(month, clause), month.totalFen]).toEqual([-30_00n, 4330_00n]);
  });
  it('one that names an order costs all its declarations', () => {
    const declarations = [...oneAMonth, { no: 'D05b', date: '2026-08-01', order: 'SO-05' }];
    expect(rewards({ declarations, faults: [fault('2026-05-20', { order: 'SO-05' })] })).toBe(330_00n);
    expect(
      rewards({ declarations, faults: [fault('2026-05-20', { order: 'SO-05' })], settings: { orderFault: 'none' } }),
    ).toBe(390_00n);
  });
  it('two faults of one declaration cost it once and count twice on the ladder', () => {
    const declarations = [...oneAMonth, { no: 'D05b', date: '2026-05-16' }];
    const faults = [
      fault('2026-05-20', { declaration: 'D05' }),
      fault('2026-05-21', { clause: 'FT-F1', declaration: 'D05' }),
    ];
    expect(rewards({ declarations, faults })).toBe(330_00n); // all of May
    expect(rewards({ declarations, faults, settings: { sameDeclarationFaults: 'once' } })).toBe(360_00n);
  });
  it('withdrawn faults cost nothing; a disputed one counts and blocks approval', () => {
    expect(rewards({ faults: [fault('2026-05-20', { declaration: 'D05', status: 'withdrawn' })] })).toBe(360_00n);
    const open = december({ faults: [fault('2026-05-20', { declaration: 'D05', status: 'disputed' })] });
    expect([open.totalFen, codesOf(open).includes('DISPUTE-OPEN')]).toEqual([4330_00n, true]);
  });
  it('a fault of an unknown clause is an error', () => {
    expect(() => december({ faults: [fault('2026-05-20', { clause: 'FT-F9' })] })).toThrow('方案没有差错条款 FT-F9');
  });
});

describe('the ladder (FT-F3, FT-F4, FT-F5): faults that name nothing only climb', () => {
  const inMay = (count: number) => faultsOn(...Array.from({ length: count }, (_, at) => `2026-05-${10 + at}`));
  it.each([
    ['1 in a month: nothing', inMay(1), 360_00n],
    ['2 in a month: the month', inMay(2), 330_00n],
    ['3 in a month: the quarter', inMay(3), 270_00n],
    ['4 in a month: still the quarter', inMay(4), 270_00n],
    ['5 in a month are 5 in the quarter: the year', inMay(5), 0n],
    [
      '4 in a quarter, spread: only months with 2',
      faultsOn('2026-04-01', '2026-04-30', '2026-05-01', '2026-06-30'),
      330_00n,
    ],
    ['5 in a quarter, spread', faultsOn('2026-04-01', '2026-04-30', '2026-05-01', '2026-05-02', '2026-06-30'), 0n],
    ['5 across two quarters', faultsOn('2026-03-30', '2026-03-31', '2026-04-01', '2026-05-01', '2026-06-30'), 330_00n],
    ['month ends are exact', faultsOn('2026-05-31', '2026-06-01'), 360_00n],
  ])('%s', (_, faults, fen) => expect(rewards({ faults })).toBe(fen));

  it('7 in a year raise no flag, 8 do; the bot never writes "resigned"', () => {
    const eight = ['01', '02', '03', '04', '05', '06', '07', '08'].map((month) => `2026-${month}-20`);
    const flagged = (dates: string[]) =>
      codesOf(december({ faults: faultsOn(...dates) })).includes('YEARLY-FAULT-LIMIT');
    expect([flagged(eight.slice(1)), flagged(eight)]).toEqual([false, true]);
    const { lines } = december({ faults: faultsOn(...eight) });
    const text = JSON.stringify(lines.map(({ label, formula, warnings, quote }) => [label, formula, warnings, quote]));
    expect(text).not.toMatch(/离职|resign/);
  });

  it('each clause that took rewards is a line of its own', () => {
    const faults = [
      fault('2026-05-10', { declaration: 'D01' }),
      ...faultsOn('2026-05-11', '2026-08-01', '2026-08-02', '2026-08-03'),
    ];
    expect(december({ faults }).lines.map(({ clause, amountFen }) => [clause, amountFen])).toEqual([
      ['FT-BASE', 4000_00n],
      ['FT-R1', 360_00n],
      ['FT-F2', -30_00n],
      ['FT-F3', -120_00n], // May, and July to September
    ]);
  });

  it('faults in probation and faults without a reward still climb', () => {
    const profile = { positionWage: '4000', probationUntil: '2026-05-31' };
    expect(rewards({ profile, faults: inMay(3) })).toBe(180_00n); // June falls with the quarter
  });
});

describe('what is known at the end of a month', () => {
  it('accrual sees faults up to the month’s end only', () => {
    const faults = [fault('2026-04-30', { declaration: 'D03' }), fault('2026-05-01', { declaration: 'D02' })];
    const april = settled('ft', { month: '2026-04', declarations: oneAMonth, faults });
    expect(april.lines[1]?.formula.zh).toContain('2026 年累计 90.00');
  });
  it('a fault of a later year takes back a reward that was paid, and climbs its own year', () => {
    const declarations = [{ no: 'OLD', date: '2025-11-03', paid: true }, ...oneAMonth];
    const faults = [fault('2026-02-03', { declaration: 'OLD' }), fault('2026-02-04')];
    const month = december({ declarations, faults });
    expect(month.lines.map(({ id, amountFen }) => [id, amountFen])).toEqual([
      ['FT-BASE', 4000_00n],
      ['FT-R1', 360_00n],
      ['FT-F3', -30_00n],
      ['FT-F2/taken-back', -30_00n],
    ]);
    expect(rewards({ declarations, faults, settings: { laterYearFault: 'ladder-only' } })).toBe(330_00n);
  });
});

describe('leavers', () => {
  const leaving = (settings = {}) =>
    settled('ft', {
      month: '2026-06',
      declarations: oneAMonth.slice(0, 6),
      profile: { positionWage: '3000', leftOn: '2026-06-15' },
      settings,
    });
  it('get accrued rewards with the leaving month', () => {
    expect([amountOf(leaving(), 'FT-BASE'), amountOf(leaving(), 'FT-R1')]).toEqual([1500_00n, 180_00n]);
  });
  it('or not, where the company says so', () => {
    expect(amountOf(leaving({ leaverReward: 'forfeited' }), 'FT-R1')).toBe(0n);
  });
});
