import { addDays, datesFrom, daysBetween, type IsoDate, isWeekend, yearOf } from '../calendar/dates.ts';
import type { Notices } from '../calendar/notice.ts';
import { knownNotices } from '../calendar/notices/known.ts';
import { isWorkday } from '../calendar/workdays.ts';

/**
 * Working days for plans. A plan reaches into years whose holidays nobody has announced yet: there, Monday to Friday are counted as
 * worked until the notice is known. (Pay never does this.)
 */
export function isPlannedWorkday(date: IsoDate, notices: Notices = knownNotices): boolean {
  let days = found.get(notices);
  if (!days) {
    days = new Map();
    found.set(notices, days);
  }
  let isWorked = days.get(date);
  if (isWorked === undefined) {
    const isAnnounced = notices.some(({ year }) => year === yearOf(date));
    isWorked = isAnnounced ? isWorkday(date, notices) : !isWeekend(date);
    days.set(date, isWorked);
  }
  return isWorked;
}

/** Days that were looked up under these notices: each card counts through the same weeks again. */
const found = new WeakMap<Notices, Map<IsoDate, boolean>>();

/** The `count`-th working day after `date`, before it when negative; with 0 the working day on or before it. */
export function moveWorkdays(date: IsoDate, count: number, notices: Notices = knownNotices): IsoDate {
  const step = count > 0 ? 1 : -1;
  let day = date;
  for (let left = Math.abs(count); left > 0; ) {
    day = addDays(day, step);
    if (isPlannedWorkday(day, notices)) left -= 1;
  }
  while (count === 0 && !isPlannedWorkday(day, notices)) day = addDays(day, -1);
  return day;
}

/** Working days after `from` up to and including `to`; negative when `to` is earlier. */
export function workdaysUntil(from: IsoDate, to: IsoDate, notices: Notices = knownNotices): number {
  if (to < from) return -workdaysUntil(to, from, notices);
  return datesFrom(addDays(from, 1), to).filter((day) => isPlannedWorkday(day, notices)).length;
}

/** For arithmetic in the database: each day of a span with the number of working days from its start up to and including that day. */
export function countedDays(
  from: IsoDate,
  to: IsoDate,
  notices: Notices = knownNotices,
): { day: IsoDate; count: number }[] {
  let count = 0;
  return Array.from({ length: daysBetween(from, to) + 1 }, (_, i) => {
    const day = addDays(from, i);
    if (isPlannedWorkday(day, notices)) count += 1;
    return { day, count };
  });
}
