/** Where a clock move ends. Days are those of Asia/Shanghai, which has no summer time. */
import type { ClockMove } from '#playground/page-api';
import { Refusal } from '#playground/platform/refusal';

const hour = 3_600_000;
const day = 24 * hour;
const offset = 8 * hour;
/** People start at nine. */
const opening = 9 * hour;

/** Milliseconds since 1970, always later than `now`; throws a Refusal when the move is none. */
export function targetOf(to: ClockMove['to'], now: number, isWorkday: (isoDate: string) => boolean): number {
  if (to === 'next-working-day') {
    for (let start = dayStart(now) + day; ; start += day) if (isWorkday(isoDate(start))) return start + opening;
  }
  if (to === 'next-month') return monthStart(now, 1) + opening;
  if (to === 'month-end') {
    const thisEnd = monthStart(now, 1) - day + opening;
    return thisEnd > now ? thisEnd : monthStart(now, 2) - day + opening;
  }
  if (typeof to !== 'object' || to === null) throw new Refusal(400, '没有说时钟要拨到哪里');
  const ms = 'hours' in to ? to.hours * hour : to.days * day;
  if (!(ms > 0) || ms > 400 * day) throw new Refusal(400, '时钟只能往前拨，最多 400 天');
  return now + ms;
}

export const isWeekday = (isoDay: string): boolean => ![0, 6].includes(new Date(`${isoDay}T00:00:00Z`).getUTCDay());

const dayStart = (ms: number): number => Math.floor((ms + offset) / day) * day - offset;

const isoDate = (ms: number): string => new Date(ms + offset).toISOString().slice(0, 10);

function monthStart(ms: number, monthsAhead: number): number {
  const here = new Date(ms + offset);
  return Date.UTC(here.getUTCFullYear(), here.getUTCMonth() + monthsAhead, 1) - offset;
}
