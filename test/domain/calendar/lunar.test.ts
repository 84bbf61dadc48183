import { describe, expect, it } from 'vitest';
import { addDays } from '#domain/calendar/dates';
import { LunarGap, lunarNewYear, lunarNewYears } from '#domain/calendar/lunar';

// Not `Intl`: its astronomy is a day off in 2027 and 2030, when the new moon falls within minutes of midnight in Beijing.
process.env.TZ = 'Asia/Shanghai';
const { getLunarDate } = await import('chinese-days');

describe('lunar new year', () => {
  it.each(Object.entries(lunarNewYears))('%s: %s is the first day of the first lunar month', (year, date) => {
    expect(date.startsWith(year)).toBe(true);
    expect(getLunarDate(date)).toMatchObject({ lunarMon: 1, lunarDay: 1, isLeap: false });
    expect(getLunarDate(addDays(date, -1))).toMatchObject({ lunarMon: 12 });
  });
  it('covers 2024 to 2030, takes further years from outside, and never guesses', () => {
    expect(Object.keys(lunarNewYears)).toEqual(['2024', '2025', '2026', '2027', '2028', '2029', '2030']);
    expect(lunarNewYear(2031, { 2031: '2031-01-23' })).toBe('2031-01-23');
    expect(() => lunarNewYear(2031)).toThrow(LunarGap);
  });
});
