import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  addMonths,
  DateTextError,
  datesFrom,
  dayOfMonth,
  daysBetween,
  daysInMonth,
  isIsoDate,
  isMonth,
  lastDayOf,
  parseIsoDate,
  parseMonth,
  quarterOf,
  weekdayOf,
} from '#domain/calendar/dates';

describe('a date exists or is refused', () => {
  it.each(['2026-02-28', '2024-02-29', '2026-12-31'])('accepts %s', (text) => expect(parseIsoDate(text)).toBe(text));
  it.each(['2026-02-30', '2026-02-29', '2026-2-8', '2026-13-01', '2026-00-10', '2026-02-28T00:00', '', '20260228'])(
    'refuses 「%s」',
    (text) => {
      expect(isIsoDate(text)).toBe(false);
      expect(() => parseIsoDate(text)).toThrow(DateTextError);
    },
  );
  it('knows months', () => {
    expect(['2024-13', '2024-1', '2024-00', 'abc'].map(isMonth)).toEqual([false, false, false, false]);
    expect(() => parseMonth('2024-13')).toThrow('「2024-13」不是月份。请写成 2026-07');
  });
});

describe('date arithmetic', () => {
  it('crosses months, years and leap days', () => {
    expect(addDays('2024-02-28', 1)).toBe('2024-02-29');
    expect(addDays('2026-01-01', -1)).toBe('2025-12-31');
    expect(daysBetween('2026-01-01', '2027-01-01')).toBe(365);
    expect(datesFrom('2026-02-27', '2026-03-01')).toEqual(['2026-02-27', '2026-02-28', '2026-03-01']);
    expect(datesFrom('2026-02-27', '2026-02-26')).toEqual([]);
  });
  it('adds months', () => {
    expect([addMonths('2026-12', 1), addMonths('2026-01', -1), addMonths('2026-05', 20)]).toEqual([
      '2027-01',
      '2025-12',
      '2028-01',
    ]);
    expect([lastDayOf('2026-02'), daysInMonth('2024-02'), dayOfMonth('2026-02', 31)]).toEqual([
      '2026-02-28',
      29,
      '2026-02-28',
    ]);
  });
  it('knows weekdays and quarters', () => {
    expect([weekdayOf('2026-11-23'), weekdayOf('2026-11-22')]).toEqual([1, 7]);
    expect(['2026-01', '2026-03-31', '2026-04-01', '2026-12'].map(quarterOf)).toEqual([
      '2026-Q1',
      '2026-Q1',
      '2026-Q2',
      '2026-Q4',
    ]);
  });
});

describe('the host zone never matters', () => {
  const script = `
    const { dayKind } = await import('#domain/calendar/workdays');
    const { addDays, datesFrom } = await import('#domain/calendar/dates');
    const days = datesFrom('2024-01-01', '2026-12-31');
    process.stdout.write(days.length + ' ' + addDays('2026-03-08', 1) + ' ' + days.map((d) => dayKind(d)).join());
  `;
  const inZone = (TZ: string) =>
    execFileSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
      cwd: new URL('../../../', import.meta.url),
      env: { ...process.env, TZ },
      encoding: 'utf8',
    });
  it('every day of three years has the same kind in Shanghai, New York, Auckland and London', () => {
    const shanghai = inZone('Asia/Shanghai');
    expect(shanghai.startsWith('1096 2026-03-09 ')).toBe(true);
    for (const zone of ['America/New_York', 'Pacific/Auckland', 'Europe/London']) expect(inZone(zone)).toBe(shanghai);
  });
});
