/**
 * Plain calendar dates, `YYYY-MM-DD`, and months, `YYYY-MM`. They have no time of day and no zone,
 * so the host's zone never matters; text order is time order.
 */

export type IsoDate = string;
export type Month = string;

/** A text that is no date or month. The message is Chinese, one line, and shows the right form. */
export class DateTextError extends Error {
  override name = 'DateTextError';
}

const dayMs = 86_400_000;
const two = (number: number) => `${number}`.padStart(2, '0');

function utc(date: IsoDate): number {
  return Date.UTC(yearOf(date), monthNumber(date) - 1, dayOf(date));
}

/** Days of 1970 to 2150 as they were written once: whoever counts working days asks for the same ones again and again. */
const written: IsoDate[] = [];
const LAST_WRITTEN = 66_000;

function fromUtc(ms: number): IsoDate {
  const day = ms / dayMs;
  const known = written[day];
  if (known !== undefined) return known;
  const text = new Date(ms).toISOString().slice(0, 10);
  if (day >= 0 && day < LAST_WRITTEN && Number.isInteger(day)) written[day] = text;
  return text;
}

/** True for a date that exists: "2026-02-28", not "2026-02-30", "2026-2-8" or "2026-02-28T00:00". */
export function isIsoDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || !isMonth(text.slice(0, 7))) return false;
  return dayOf(text) >= 1 && dayOf(text) <= daysInMonth(monthOf(text));
}

export function isMonth(text: string): boolean {
  return /^(19|20|21)\d{2}-(0[1-9]|1[0-2])$/.test(text);
}

/** The text itself when it is a date that exists; throws DateTextError otherwise. */
export function parseIsoDate(text: string): IsoDate {
  if (!isIsoDate(text)) throw new DateTextError(`「${text}」不是日期。请写成 2026-07-05`);
  return text;
}

/** The text itself when it is a month; throws DateTextError otherwise. */
export function parseMonth(text: string): Month {
  if (!isMonth(text)) throw new DateTextError(`「${text}」不是月份。请写成 2026-07`);
  return text;
}

export function yearOf(date: IsoDate | Month): number {
  return Number.parseInt(date.slice(0, 4), 10);
}

/** 1 to 12. */
export function monthNumber(date: IsoDate | Month): number {
  return Number.parseInt(date.slice(5, 7), 10);
}

/** 1 to 31. */
export function dayOf(date: IsoDate): number {
  return Number.parseInt(date.slice(8, 10), 10);
}

export function monthOf(date: IsoDate): Month {
  return date.slice(0, 7);
}

/** "2026-Q1" … "2026-Q4" of a date or month; calendar quarters. */
export function quarterOf(date: IsoDate | Month): string {
  return `${date.slice(0, 4)}-Q${Math.ceil(monthNumber(date) / 3)}`;
}

/** ISO weekday: Monday 1 to Sunday 7. */
export function weekdayOf(date: IsoDate): number {
  return new Date(utc(date)).getUTCDay() || 7;
}

export function isWeekend(date: IsoDate): boolean {
  return weekdayOf(date) > 5;
}

export function addDays(date: IsoDate, days: number): IsoDate {
  return fromUtc(utc(date) + days * dayMs);
}

/** Days from `from` to `to`: 0 for the same day, negative when `to` is earlier. */
export function daysBetween(from: IsoDate, to: IsoDate): number {
  return Math.round((utc(to) - utc(from)) / dayMs);
}

/** Every date from `from` to `to`, both included; empty when `to` is earlier. */
export function datesFrom(from: IsoDate, to: IsoDate): IsoDate[] {
  const first = utc(from);
  return Array.from({ length: Math.max(0, daysBetween(from, to) + 1) }, (_, day) => fromUtc(first + day * dayMs));
}

export function addMonths(month: Month, months: number): Month {
  const count = yearOf(month) * 12 + (monthNumber(month) - 1) + months;
  return `${Math.floor(count / 12)}-${two((count % 12) + 1)}`;
}

export function nextMonth(month: Month): Month {
  return addMonths(month, 1);
}

export function previousMonth(month: Month): Month {
  return addMonths(month, -1);
}

export function firstDayOf(month: Month): IsoDate {
  return `${month}-01`;
}

export function lastDayOf(month: Month): IsoDate {
  return `${month}-${daysInMonth(month)}`;
}

/** By arithmetic: a settlement asks for it a dozen times a person. */
export function daysInMonth(month: Month): number {
  const number = monthNumber(month);
  if (number !== 2) return number === 4 || number === 6 || number === 9 || number === 11 ? 30 : 31;
  const year = yearOf(month);
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
}

/** Every date of the month, in order. */
export function datesOf(month: Month): IsoDate[] {
  return Array.from({ length: daysInMonth(month) }, (_, day) => `${month}-${two(day + 1)}`);
}

/** The day number `day` of the month, or its last day when the month is shorter. */
export function dayOfMonth(month: Month, day: number): IsoDate {
  return `${month}-${two(Math.min(day, daysInMonth(month)))}`;
}

/** The first or the last of some dates; at least one must be given. */
export function earlierOf(...dates: [IsoDate, ...IsoDate[]]): IsoDate {
  return dates.reduce((first, date) => (date < first ? date : first));
}

export function laterOf(...dates: [IsoDate, ...IsoDate[]]): IsoDate {
  return dates.reduce((last, date) => (date > last ? date : last));
}
