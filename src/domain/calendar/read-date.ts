import { addDays, daysBetween, type IsoDate, isIsoDate } from './dates.ts';

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
  if (Object.hasOwn(relative, word)) return addDays(today, relative[word]!);
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
