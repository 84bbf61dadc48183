import { addDays, datesFrom, type IsoDate, isIsoDate } from './dates.ts';

/**
 * Reads days as a person writes them from the official page: `2027-02-05~02-11`, `5月1日至5日`, `10-01、10-02`, `10/1-10/7`.
 *
 * @returns every day, in order, or the part that is none
 */
export function readDays(text: string, year: number): { days: IsoDate[] } | { wrong: string } {
  const days: IsoDate[] = [];
  for (const part of text
    .normalize('NFKC')
    .split(/[,;、，；\s]+/)
    .filter(Boolean)) {
    const [first, last, ...more] = part.split(/至|~|～|\.\.|—|–/);
    const from = readDay(first!, year);
    if (!from || more.length > 0) return { wrong: part };
    const to = last === undefined ? from : (readDay(last, year) ?? readDayOfMonth(last, from));
    if (!to || to < from || to > addDays(from, 20)) return { wrong: part };
    days.push(...datesFrom(from, to));
  }
  return { days };
}

function readDay(word: string, year: number): IsoDate | undefined {
  const match = /^(?:(\d{4})[-/年.])?(\d{1,2})[-/月.](\d{1,2})日?(?:\(.{1,3}\))?$/.exec(word.trim());
  if (!match) return undefined;
  const date = `${match[1] ?? year}-${match[2]!.padStart(2, '0')}-${match[3]!.padStart(2, '0')}`;
  return isIsoDate(date) ? date : undefined;
}

/** `5月1日至5日`: the end names only the day. */
function readDayOfMonth(word: string, from: IsoDate): IsoDate | undefined {
  const match = /^(\d{1,2})日?$/.exec(word.trim());
  const date = match ? `${from.slice(0, 8)}${match[1]!.padStart(2, '0')}` : '';
  return isIsoDate(date) ? date : undefined;
}
