import { describe, expect, it } from 'vitest';
import type { FactsInput } from '#domain/pay/facts';
import { carriedForward } from '#domain/pay/settle';
import { amountOf, codesOf, settled } from '#test/support/pay';

const accident = { id: 'acc', clause: 'JW-K1', date: '2026-06-10', loss: '20000.00' };
const unsealed = { id: 'seal', clause: 'JW-K2', date: '2026-06-11' };
const jw = (guard: string, overrides: Partial<FactsInput> = {}, settings = {}) =>
  settled('jw', { ...overrides, settings: { guard, ...settings } });
const legalCodes = [
  'FINE',
  'FINE-STOPPED',
  'DAMAGES-CAP',
  'MINIMUM-WAGE',
  'MINIMUM-WAGE-UNCHECKED',
  'OVERTIME-BELOW-LAW',
  'COMPREHENSIVE-HOURS',
];

describe('fines without legal basis', () => {
  it('off: as the document says, in silence', () => {
    const month = jw('off', { incidents: [unsealed, accident] });
    expect([amountOf(month, 'JW-K2'), amountOf(month, 'JW-K1')]).toEqual([-100_00n, -1000_00n]);
    expect(codesOf(month).filter((code) => legalCodes.includes(code))).toEqual([]);
  });
  it('warn, the default: as the document says, with the law behind the warning', () => {
    const month = settled('jw', { incidents: [unsealed] });
    const [warning] = month.lines.find(({ clause }) => clause === 'JW-K2')!.warnings;
    expect([amountOf(month, 'JW-K2'), warning?.code]).toEqual([-100_00n, 'FINE']);
    expect(warning?.source).toContain('国务院令第 516 号');
  });
  it('enforce: not deducted, shown as 0 with the reason', () => {
    const month = jw('enforce', { incidents: [unsealed] });
    const line = month.lines.find(({ clause }) => clause === 'JW-K2');
    expect([line?.amountFen, line?.formula.zh]).toEqual([0n, '2026-06-11：−100.00；无法律依据，不扣（原应扣 100.00）']);
  });
  it('stays deducted, with its warning, where the company says that local rules allow it', () => {
    const month = jw('enforce', { incidents: [unsealed] }, { fines: 'deduct' });
    expect(amountOf(month, 'JW-K2')).toBe(-100_00n);
    expect(codesOf(month)).toContain('FINE');
  });
  it('a stopped fine still counts as an own deduction for JW-P3', () => {
    const incidents = [unsealed, { ...unsealed, id: 'b' }, { ...unsealed, id: 'c' }];
    expect(amountOf(jw('enforce', { incidents }), 'JW-P3')).toBe(0n);
    expect(amountOf(jw('enforce', { incidents }, { stoppedFineCounts: 'no' }), 'JW-P3')).toBe(250_00n);
  });
});

describe('damages: at most 20 % of the month’s wage, rounded down to the fen', () => {
  // Earnings: 700 + 1,234.58 (fee 246,916.00) = 1,934.58; the award is lost with the loss. 20 % = 386.916 → 386.91
  const overrides = { measures: { processingFee: '246916.00' }, incidents: [accident] };
  it('warn leaves the charge and names the cap', () => {
    const month = jw('warn', overrides);
    expect([amountOf(month, 'JW-K1'), month.totalFen]).toEqual([-1000_00n, 934_58n]);
    expect(month.warnings[0]?.text.zh).toContain('最多可扣 386.91');
  });
  it('enforce gives back the rest as a line, which later months claim again', () => {
    const month = jw('enforce', overrides);
    expect([amountOf(month, 'JW-K1'), amountOf(month, 'DAMAGES-OUT'), month.totalFen]).toEqual([
      -1000_00n,
      613_09n,
      1547_67n,
    ]);
    expect(carriedForward(month).damagesBalanceFen).toBe(613_09n);
    const next = jw('enforce', { month: '2026-07', damagesBalance: '613.09' });
    // 20 % of 2,950.00 = 590.00
    expect([amountOf(next, 'DAMAGES-IN'), amountOf(next, 'DAMAGES-OUT'), next.totalFen]).toEqual([
      -613_09n,
      23_09n,
      2360_00n,
    ]);
  });
  it('exactly 20 % passes, a fen more does not', () => {
    const at = (loss: string) =>
      jw('enforce', {
        measures: { processingFee: '0' },
        flags: { conduct: false },
        incidents: [{ ...accident, loss }],
      });
    expect(amountOf(at('2800.00'), 'DAMAGES-OUT')).toBeUndefined(); // 5 % = 140.00 = 20 % of 700
    expect(amountOf(at('2800.20'), 'DAMAGES-OUT')).toBe(1n);
  });
  it('and what is left may not fall below the minimum wage', () => {
    const settings = { region: '河北/二类' };
    const month = jw('enforce', { measures: { processingFee: '320000' }, incidents: [accident] }, settings);
    // Earnings 2,300: 20 % would be 460, but only 70 are above 2,230
    expect([amountOf(month, 'DAMAGES-OUT'), month.totalFen]).toEqual([930_00n, 2230_00n]);
  });
  it('a company may take less than 20 %, never more', () => {
    const month = jw('enforce', overrides, { damagesCap: '10%' });
    // 10 % of 1,934.58
    expect(amountOf(month, 'DAMAGES-OUT')).toBe(1000_00n - 193_45n);
    expect(month.lines.find(({ clause }) => clause === 'DAMAGES-OUT')?.formula.zh).toContain('的 10% 为 193.45');
    expect(() => jw('enforce', overrides, { damagesCap: '20.01%' })).toThrow('不能超过当月工资的 20%');
  });
  it('together with a carried-in debt never makes the month negative', () => {
    const month = jw('enforce', {
      measures: { processingFee: '0' },
      flags: { conduct: false },
      incidents: [accident],
      carriedIn: '900',
    });
    expect([amountOf(month, 'DAMAGES-OUT'), amountOf(month, 'CARRY-OUT'), month.totalFen]).toEqual([
      1000_00n,
      200_00n,
      0n,
    ]);
  });
});

describe('minimum wage', () => {
  const low = {
    measures: { processingFee: '100000' },
    hours: { required: 168, attended: 168, overtime: 30 },
    flags: { conduct: false },
  };
  it('a place that is not configured is said to be unchecked', () => {
    expect(codesOf(jw('warn'))).toContain('MINIMUM-WAGE-UNCHECKED');
    expect(codesOf(jw('warn', {}, { region: '火星' }))).toContain('MINIMUM-WAGE-UNCHECKED');
  });
  it('counts pay for normal hours, without overtime and shift pay', () => {
    const month = jw('warn', low, { region: '河北/二类' });
    const warning = month.warnings.find(({ code }) => code === 'MINIMUM-WAGE');
    expect(warning?.text.zh).toContain('正常工时工资 1,200.00 低于最低工资 2,230.00，差 1,030.00');
    expect(month.totalFen).toBe(1260_00n);
  });
  it('is a warning unless the company tops up while enforcing', () => {
    expect(amountOf(jw('enforce', low, { region: '河北/二类' }), 'MINIMUM-WAGE')).toBeUndefined();
    expect(amountOf(jw('enforce', low, { region: '河北/二类', minimumWageTopUp: 'yes' }), 'MINIMUM-WAGE')).toBe(
      1030_00n,
    );
  });
  it('follows the date: Guangzhou rose on 1 September 2026', () => {
    const shortIn = (month: string) =>
      jw('warn', { ...low, month }, { region: '广东/广州' }).warnings.find(({ code }) => code === 'MINIMUM-WAGE')?.text
        .zh;
    expect(shortIn('2026-08')).toContain('2,500.00');
    expect(shortIn('2026-09')).toContain('2,680.00');
  });
  it('a company’s own figure wins over the table, for a place that the table does not know as well', () => {
    const shortOf = (settings: object) =>
      jw('warn', low, settings).warnings.find(({ code }) => code === 'MINIMUM-WAGE')?.text.zh;
    expect(shortOf({ minimumWage: '1200.00' })).toBeUndefined();
    expect(shortOf({ minimumWage: '1200.01' })).toContain('差 0.01');
    expect(shortOf({ minimumWage: '2000', region: '上海' })).toContain('低于最低工资 2,000.00');
  });
  it('where contributions come on top, the figure rises by them; unknown ones are said to be left out', () => {
    const zh = (profile: FactsInput['profile'], settings: object) =>
      jw('warn', { ...low, ...(profile && { profile }) }, settings).warnings.find(({ code }) => code === 'MINIMUM-WAGE')
        ?.text.zh;
    expect(zh({ contributions: '300' }, { region: '上海' })).toContain('低于最低工资 3,040.00（含个人社保公积金）');
    expect(zh(undefined, { region: '上海' })).toContain(
      '低于最低工资 2,740.00（当地标准不含个人社保公积金，本人缴费未登记',
    );
    expect(zh({ contributions: '300' }, { region: '上海', minimumWageBasis: 'gross' })).toContain(
      '低于最低工资 2,740.00，',
    );
    expect(zh({ contributions: '300' }, { region: '河北/二类', minimumWageBasis: 'net' })).toContain('2,530.00');
  });
  it('names the law and the local notice behind the figure', () => {
    const source = jw('warn', low, { region: '广东/深圳' }).warnings.find(
      ({ code }) => code === 'MINIMUM-WAGE',
    )?.source;
    expect(source).toContain('最低工资规定');
    expect(source).toContain('广东省 2025 年最低工资标准');
  });
  it('is due in proportion for joiners', () => {
    const profile = { hiredOn: '2026-06-16' };
    const zh = jw('warn', { ...low, profile, measures: { processingFee: '0' } }, { region: '河北/二类' }).warnings.find(
      ({ code }) => code === 'MINIMUM-WAGE',
    )?.text.zh;
    expect(zh).toContain('350.00 低于最低工资 1,115.00');
  });
});

describe('hours', () => {
  it('overtime below the statutory multiples is flagged with the amount, never corrected', () => {
    const hours = { required: 168, attended: 168, overtime: 20, overtimeRestDay: 8, overtimeHoliday: 4 };
    const month = jw('enforce', { hours });
    // 700 ÷ 174 × (8 × 1.5 + 8 × 2 + 4 × 3) = 160.92
    expect(month.warnings.find(({ code }) => code === 'OVERTIME-BELOW-LAW')?.text.zh).toContain(
      '至少 160.92，差 120.92',
    );
    expect(amountOf(month, 'JW-P2.1')).toBe(40_00n);
  });
  it('a company that promises more is held to it, and none may promise less than the law', () => {
    const hours = { required: 168, attended: 168, overtime: 20 };
    // 700 ÷ 174 × 20 × 2
    expect(
      jw('warn', { hours }, { overtimeMultiples: '200/250/300' }).warnings.find(
        ({ code }) => code === 'OVERTIME-BELOW-LAW',
      )?.text.zh,
    ).toContain('200/250/300% 至少 160.92');
    expect(() => jw('warn', { hours }, { overtimeMultiples: '149/200/300' })).toThrow('不能低于法定');
  });
  it('more than 36 overtime hours are flagged', () => {
    const codes = (overtime: number | string) =>
      codesOf(jw('warn', { hours: { required: 168, attended: 168, overtime } }));
    expect([codes(36).includes('OVERTIME-HOURS'), codes('36.5').includes('OVERTIME-HOURS')]).toEqual([false, true]);
  });
  it('comprehensive hours need an approval on file', () => {
    expect(codesOf(jw('warn'))).toContain('COMPREHENSIVE-HOURS');
    expect(codesOf(jw('warn', {}, { hoursApproval: '邢人社许〔2026〕1号' }))).not.toContain('COMPREHENSIVE-HOURS');
    expect(codesOf(settled('lb'))).not.toContain('COMPREHENSIVE-HOURS');
  });
  it('and an approval that has run out is none', () => {
    const until = (hoursApprovalUntil: string) =>
      codesOf(jw('warn', {}, { hoursApproval: '邢人社许〔2026〕1号', hoursApprovalUntil }));
    expect(until('2026-06-30')).not.toContain('COMPREHENSIVE-HOURS');
    expect(until('2026-06-29')).toContain('COMPREHENSIVE-HOURS');
  });
});

describe('probation and rewards', () => {
  it('probation pay below 80 % of the contract wage is flagged', () => {
    const codes = (positionWage: string) =>
      codesOf(settled('lb', { profile: { positionWage, contractWage: '3000', probationUntil: '2026-06-01' } }));
    expect([codes('2400.00').includes('PROBATION-80'), codes('2399.99').includes('PROBATION-80')]).toEqual([
      false,
      true,
    ]);
  });
  it('or below what the company promises above that', () => {
    const codes = (positionWage: string) =>
      codesOf(
        settled('lb', {
          profile: { positionWage, contractWage: '3000', probationUntil: '2026-06-30' },
          settings: { probationShare: '90%' },
        }),
      );
    expect([codes('2700').includes('PROBATION-80'), codes('2699.99').includes('PROBATION-80')]).toEqual([false, true]);
  });
  it('every warning of the guard names its source', () => {
    const month = settled('jw', {
      profile: { probationUntil: '2026-06-30', contractWage: '3000', positionWage: '2000' },
      measures: { processingFee: '0' },
      hours: { required: 168, attended: 168, overtime: 40 },
      incidents: [unsealed, accident],
      settings: { region: '河北/二类' },
    });
    const legal = [...month.lines.flatMap(({ warnings }) => warnings), ...month.warnings].filter(
      ({ audience }) => audience !== undefined,
    );
    expect(legal.map(({ code }) => code).sort()).toEqual(
      [
        'FINE',
        'DAMAGES-CAP',
        'MINIMUM-WAGE',
        'OVERTIME-BELOW-LAW',
        'OVERTIME-HOURS',
        'PROBATION-80',
        'COMPREHENSIVE-HOURS',
      ].sort(),
    );
    expect(legal.filter(({ source }) => !source)).toEqual([]);
  });
  it('rewards taken back and "treated as resignation" are flagged', () => {
    const faults = Array.from({ length: 8 }, (_, at) => ({
      clause: 'FT-F1',
      date: `2026-0${at + 1}-10`,
      declaration: 'D1',
    }));
    const month = settled('ft', { month: '2026-12', declarations: [{ no: 'D1', date: '2026-01-05' }], faults });
    expect(month.warnings.map(({ code }) => code)).toEqual([
      'MINIMUM-WAGE-UNCHECKED',
      'FORFEITED-REWARD',
      'NO-AUTOMATIC-RESIGNATION',
    ]);
  });
});
