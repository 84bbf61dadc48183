import dayjs from 'dayjs';
import customParseFormat from 'dayjs/plugin/customParseFormat.js';
import timezone from 'dayjs/plugin/timezone.js';
import utc from 'dayjs/plugin/utc.js';

dayjs.extend(utc);
dayjs.extend(timezone);
dayjs.extend(customParseFormat);

/** A business day, `YYYY-MM-DD`. Plain text, so that no time zone can move it. */
export type IsoDate = string;

/** The business day of a moment in the company's zone, whatever the host's. */
export const businessDay = (moment: Date, zone: string): IsoDate => dayjs(moment).tz(zone).format('YYYY-MM-DD');

/** Whether it is a day of the calendar: 2026-02-30 is not. */
export const isIsoDate = (text: string): boolean => dayjs.utc(text, 'YYYY-MM-DD', true).isValid();

export const addDays = (date: IsoDate, days: number): IsoDate => dayjs.utc(date).add(days, 'day').format('YYYY-MM-DD');

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export const daysBetween = (from: IsoDate, to: IsoDate): number => dayjs.utc(to).diff(dayjs.utc(from), 'day');

const relative: Record<string, number> = {
  今天: 0,
  今日: 0,
  today: 0,
  昨天: -1,
  yesterday: -1,
  前天: -2,
  明天: 1,
  tomorrow: 1,
  后天: 2,
};

/**
 * Reads a date as people write it: `2026-12-05`, `2026/12/5`, `2026年12月5日`, `12-05`, `12/5`, `12月5日`, 今天, 昨天, 明天.
 * Without a year it is the one nearest to today (in December `1/5` is next January).
 *
 * @returns undefined when it is no date, or no day of the calendar
 */
export function readDate(text: string, today: IsoDate): IsoDate | undefined {
  const word = text.normalize('NFKC').trim().toLowerCase();
  if (word in relative) return addDays(today, relative[word]!);
  const full = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(word);
  if (full) return exact(full[1]!, full[2]!, full[3]!);
  const short = /^(\d{1,2})[-/月](\d{1,2})日?$/.exec(word);
  if (!short) return undefined;
  const year = Number(today.slice(0, 4));
  const candidates = [year - 1, year, year + 1].flatMap((y) => exact(String(y), short[1]!, short[2]!) ?? []);
  return candidates.sort((a, b) => Math.abs(daysBetween(today, a)) - Math.abs(daysBetween(today, b)))[0];
}

function exact(year: string, month: string, day: string): IsoDate | undefined {
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isIsoDate(iso) ? iso : undefined;
}
