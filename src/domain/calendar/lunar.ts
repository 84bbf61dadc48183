import type { IsoDate } from '#domain/calendar/dates';

/** The first day of the first lunar month (春节, 正月初一) by calendar year. A test checks each against an almanac. */
export const lunarNewYears: Readonly<Record<number, IsoDate>> = {
  2024: '2024-02-10',
  2025: '2025-01-29',
  2026: '2026-02-17',
  2027: '2027-02-06',
  2028: '2028-01-26',
  2029: '2029-02-13',
  2030: '2030-02-03',
};

/** Asked about a lunar new year outside the table. */
export class LunarGap extends Error {
  override name = 'LunarGap';
  readonly year: number;
  constructor(year: number) {
    super(`${year} 年春节日期尚未录入`);
    this.year = year;
  }
}

/** The date of 正月初一 in a calendar year. Throws LunarGap when neither the table nor `extra` knows it. */
export function lunarNewYear(year: number, extra: Readonly<Record<number, IsoDate>> = {}): IsoDate {
  const date = extra[year] ?? lunarNewYears[year];
  if (!date) throw new LunarGap(year);
  return date;
}
