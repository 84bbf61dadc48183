import type { Locale } from './locale.ts';

/**
 * Times are shown as the stand-in's clock writes them. The clients it stands in for are where its people are, so the offset of its
 * clock counts, not the zone of the machine that the browser happens to run on.
 */
export interface Wall {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  /** 0 is Sunday. */
  weekday: number;
}

/** Minutes east of UTC of an ISO 8601 moment; `Z` and no offset are 0. */
export function offsetMinutes(iso: string): number {
  const found = /([+-])(\d{2}):?(\d{2})$/.exec(iso);
  if (!found) return 0;
  const minutes = Number(found[2]) * 60 + Number(found[3]);
  return found[1] === '-' ? -minutes : minutes;
}

/** ` +0800`-style suffix of picked dates, without the blank. */
export function offsetSuffix(minutes: number): string {
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}${two(size % 60)}`;
}

/** IANA name that a client at this offset reports. */
export function zoneName(minutes: number): string {
  return minutes === 480 ? 'Asia/Shanghai' : Intl.DateTimeFormat().resolvedOptions().timeZone;
}

export function wall(moment: string | number, offset: number): Wall {
  const utc = typeof moment === 'number' ? moment : Date.parse(moment);
  const at = new Date(utc + offset * 60_000);
  return {
    year: at.getUTCFullYear(),
    month: at.getUTCMonth() + 1,
    day: at.getUTCDate(),
    hour: at.getUTCHours(),
    minute: at.getUTCMinutes(),
    second: at.getUTCSeconds(),
    weekday: at.getUTCDay(),
  };
}

/** The other way round: milliseconds as ISO 8601 with an offset. */
export function isoAt(milliseconds: number, offset: number): string {
  const suffix = offsetSuffix(offset);
  const local = new Date(milliseconds + offset * 60_000).toISOString().slice(0, 19);
  return `${local}${suffix.slice(0, 3)}:${suffix.slice(3)}`;
}

export const two = (value: number) => String(value).padStart(2, '0');
export const isoDate = (w: Pick<Wall, 'year' | 'month' | 'day'>) => `${w.year}-${two(w.month)}-${two(w.day)}`;
export const clockTime = (w: Wall) => `${two(w.hour)}:${two(w.minute)}`;

const weekdays = {
  zh_cn: ['周日', '周一', '周二', '周三', '周四', '周五', '周六'],
  en_us: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
};
const longWeekdays = {
  zh_cn: ['星期日', '星期一', '星期二', '星期三', '星期四', '星期五', '星期六'],
  en_us: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
};
export const monthsShort = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

export const weekdayName = (weekday: number, locale: Locale, long = false) =>
  (long ? longWeekdays : weekdays)[locale][weekday] ?? '';

/** 12月5日 / Dec 5; with the year when it is not the current one. */
export function dayName(w: Wall, today: Wall | undefined, locale: Locale): string {
  const otherYear = today !== undefined && today.year !== w.year;
  if (locale === 'zh_cn') return `${otherYear ? `${w.year}年` : ''}${w.month}月${w.day}日`;
  return `${monthsShort[w.month - 1]} ${w.day}${otherYear ? `, ${w.year}` : ''}`;
}

const dayNumber = (w: Wall) => Date.UTC(w.year, w.month - 1, w.day) / 86_400_000;

/** How old a day is, as a messenger says it: 今天, 昨天, 周三, 12月5日. */
export function relativeDay(w: Wall, today: Wall, locale: Locale): string {
  const days = dayNumber(today) - dayNumber(w);
  if (days === 0) return locale === 'zh_cn' ? '今天' : 'Today';
  if (days === 1) return locale === 'zh_cn' ? '昨天' : 'Yesterday';
  return `${dayName(w, today, locale)} ${weekdayName(w.weekday, locale)}`;
}

/** Time of the last message in the chat list: the time today, else the day. */
export function listTime(w: Wall, today: Wall, locale: Locale): string {
  const days = dayNumber(today) - dayNumber(w);
  if (days === 0) return clockTime(w);
  if (days === 1) return locale === 'zh_cn' ? '昨天' : 'Yesterday';
  return dayName(w, today, locale);
}

/** `<local_datetime>` of the card dialect. */
export function localDatetime(milliseconds: number, offset: number, format: string, locale: Locale): string {
  const w = wall(milliseconds, offset);
  switch (format) {
    case 'date_short':
      return locale === 'zh_cn' ? `${w.month}月${w.day}日` : `${monthsShort[w.month - 1]} ${w.day}`;
    case 'date':
      return locale === 'zh_cn'
        ? `${w.year}年${w.month}月${w.day}日`
        : `${monthsShort[w.month - 1]} ${w.day}, ${w.year}`;
    case 'week':
      return weekdayName(w.weekday, locale, true);
    case 'week_short':
      return weekdayName(w.weekday, locale);
    case 'time':
      return clockTime(w);
    case 'time_sec':
      return `${clockTime(w)}:${two(w.second)}`;
    case 'timezone':
      return `GMT${offset < 0 ? '-' : '+'}${Math.floor(Math.abs(offset) / 60)}${offset % 60 ? `:${two(Math.abs(offset) % 60)}` : ''}`;
    default:
      return isoDate(w);
  }
}
