import dayjs from 'dayjs';
import timezone from 'dayjs/plugin/timezone.js';
import utc from 'dayjs/plugin/utc.js';
import { addDays, type IsoDate } from './dates.ts';

dayjs.extend(utc);
dayjs.extend(timezone);

/** Since then zones are whole quarters of an hour away from UTC, so that all moments of one quarter share their day. */
const QUARTERS_SINCE = Date.UTC(1973, 0, 1);
const QUARTER_MS = 15 * 60_000;
const KEPT = 10_000;
const known = new Map<string, IsoDate>();

/** The business day of a moment in the company's zone, whatever the host's. Looking one up costs as much as writing a row: they are kept. */
export function businessDay(moment: Date, zone: string): IsoDate {
  const time = moment.getTime();
  if (!(time >= QUARTERS_SINCE)) return dayjs(moment).tz(zone).format('YYYY-MM-DD');
  const key = `${Math.floor(time / QUARTER_MS)} ${zone}`;
  let day = known.get(key);
  if (day === undefined) {
    day = dayjs(moment).tz(zone).format('YYYY-MM-DD');
    if (known.size >= KEPT) known.clear();
    known.set(key, day);
  }
  return day;
}

/** The moment at which a business day begins there. */
export const startOfBusinessDay = (day: IsoDate, zone: string): Date => dayjs.tz(`${day}T00:00:00`, zone).toDate();

/** The last moment of a business day: what is said of it later does not overtake what was said the day after. */
export const endOfBusinessDay = (day: IsoDate, zone: string): Date =>
  new Date(startOfBusinessDay(addDays(day, 1), zone).getTime() - 1);

/** The hour of the day there, 0 to 23. */
export const businessHour = (moment: Date, zone: string): number => dayjs(moment).tz(zone).hour();

/** The moment at which a business day begins there. */
export const startOfDay = (day: IsoDate, zone: string): Date => dayjs.tz(`${day}T00:00:00`, zone).toDate();

/** A moment as people write it there: `2026-11-23 10:05`. */
export const momentText = (moment: Date, zone: string): string => dayjs(moment).tz(zone).format('YYYY-MM-DD HH:mm');
