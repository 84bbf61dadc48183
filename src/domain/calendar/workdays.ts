import { addDays, datesFrom, datesOf, type IsoDate, isWeekend, type Month, yearOf } from '#domain/calendar/dates';
import { CalendarGap, type HolidayNotice, type Notices } from '#domain/calendar/notice';
import { knownNotices } from '#domain/calendar/notices/known';

/**
 * What a day is for pay. Overtime on a make-up workday counts as a workday (150 %); on weekends, weekend days
 * inside a holiday block and adjusted rest days 200 %; on statutory holidays 300 %.
 */
export type DayKind =
  | 'workday'
  | 'makeup-workday'
  | 'weekend'
  | 'weekend-in-holiday'
  | 'adjusted-rest'
  | 'statutory-holiday';

interface NoticeSets {
  off: Set<IsoDate>;
  makeup: Set<IsoDate>;
  statutory: Set<IsoDate>;
}
const setsOf = new WeakMap<HolidayNotice, NoticeSets>();

function lookUp(year: number, notices: Notices): NoticeSets {
  const notice = notices.find((each) => each.year === year);
  if (!notice) throw new CalendarGap(year);
  let sets = setsOf.get(notice);
  if (!sets) {
    sets = { off: new Set(notice.off), makeup: new Set(notice.makeup), statutory: new Set(notice.statutory) };
    setsOf.set(notice, sets);
  }
  return sets;
}

/** The kind of a day. Throws CalendarGap for a year without notice. */
export function dayKind(date: IsoDate, notices: Notices = knownNotices): DayKind {
  const { off, makeup, statutory } = lookUp(yearOf(date), notices);
  if (statutory.has(date)) return 'statutory-holiday';
  if (makeup.has(date)) return 'makeup-workday';
  if (off.has(date)) return isWeekend(date) ? 'weekend-in-holiday' : 'adjusted-rest';
  return isWeekend(date) ? 'weekend' : 'workday';
}

/** Is the day worked under the State Council's notice? Throws CalendarGap for a year without notice. */
export function isWorkday(date: IsoDate, notices: Notices = knownNotices): boolean {
  const kind = dayKind(date, notices);
  return kind === 'workday' || kind === 'makeup-workday';
}

/** The percentage of the hourly wage that work beyond normal hours earns on this day: 150, 200 or 300 (劳动法 art. 44). */
export function overtimePercent(date: IsoDate, notices: Notices = knownNotices): 150 | 200 | 300 {
  const kind = dayKind(date, notices);
  if (kind === 'statutory-holiday') return 300;
  return kind === 'workday' || kind === 'makeup-workday' ? 150 : 200;
}

/**
 * The `count`-th working day after `date` (before it when negative); the day itself does not count.
 * With 0 the date itself, working or not.
 */
export function addWorkdays(date: IsoDate, count: number, notices: Notices = knownNotices): IsoDate {
  const step = count < 0 ? -1 : 1;
  let day = date;
  for (let left = Math.abs(count); left > 0; ) {
    day = addDays(day, step);
    if (isWorkday(day, notices)) left -= 1;
  }
  return day;
}

/** Working days from `from` to `to`, both included; 0 when `to` is earlier. */
export function workdaysBetween(from: IsoDate, to: IsoDate, notices: Notices = knownNotices): number {
  return datesFrom(from, to).filter((date) => isWorkday(date, notices)).length;
}

/** All working days of the month, in order. */
export function workdaysOf(month: Month, notices: Notices = knownNotices): IsoDate[] {
  return datesOf(month).filter((date) => isWorkday(date, notices));
}

/** The month's `nth` working day, counted from 1. A month has at least 16; asking beyond its end is a RangeError. */
export function nthWorkdayOfMonth(month: Month, nth: number, notices: Notices = knownNotices): IsoDate {
  const day = workdaysOf(month, notices)[nth - 1];
  if (day === undefined) throw new RangeError(`${month} has no working day number ${nth}`);
  return day;
}

/** The working day on or before `date`: a pay day that falls on a rest day moves forward (工资支付暂行规定 art. 7). */
export function workdayOnOrBefore(date: IsoDate, notices: Notices = knownNotices): IsoDate {
  return isWorkday(date, notices) ? date : addWorkdays(date, -1, notices);
}

/**
 * Days from `from` to `to` that a monthly wage pays: working days and statutory holidays that fall Monday to Friday.
 */
export function paidDaysBetween(from: IsoDate, to: IsoDate, notices: Notices = knownNotices): number {
  return datesFrom(from, to).filter(
    (date) => isWorkday(date, notices) || (dayKind(date, notices) === 'statutory-holiday' && !isWeekend(date)),
  ).length;
}
