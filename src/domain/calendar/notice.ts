import { type IsoDate, isIsoDate, isWeekend, yearOf } from '#domain/calendar/dates';

/** One year's holiday notice of the State Council, as an administrator can enter it from the official page. */
export interface HolidayNotice {
  readonly year: number;
  /** The document number, e.g. 国办发明电〔2025〕7号. */
  readonly notice: string;
  readonly url: string;
  /** Every day off that the notice lists, statutory days and weekend days inside a block included. */
  readonly off: readonly IsoDate[];
  /** Weekend days that are worked (调休上班). */
  readonly makeup: readonly IsoDate[];
  /** The statutory holidays (法定休假日, 300 %); each is also in `off`. */
  readonly statutory: readonly IsoDate[];
}

export type Notices = readonly HolidayNotice[];

/** Asked about a year whose notice nobody has entered. Never answered by guessing Monday to Friday. */
export class CalendarGap extends Error {
  override name = 'CalendarGap';
  readonly year: number;
  constructor(year: number) {
    super(`${year} 年放假安排尚未录入`);
    this.year = year;
  }
}

/** What is wrong with a notice, one readable line each; empty when it can be used. */
export function noticeProblems(notice: HolidayNotice): string[] {
  const { year, off, makeup, statutory } = notice;
  const problems: string[] = [];
  for (const date of [...off, ...makeup, ...statutory]) {
    if (!isIsoDate(date)) problems.push(`「${date}」不是日期`);
    else if (yearOf(date) !== year) problems.push(`${date} 不在 ${year} 年`);
  }
  if (problems.length > 0) return problems;
  for (const date of makeup) {
    if (!isWeekend(date)) problems.push(`调休上班日 ${date} 不是周末`);
    if (off.includes(date)) problems.push(`${date} 同时是放假日和上班日`);
  }
  for (const date of statutory) if (!off.includes(date)) problems.push(`法定休假日 ${date} 不在放假日之中`);
  for (const list of [off, makeup, statutory]) {
    for (const date of new Set(list.filter((each, at) => list.indexOf(each) !== at))) problems.push(`${date} 重复`);
  }
  const expected = year >= 2025 ? 13 : 11;
  if (statutory.length !== expected) problems.push(`法定休假日应为 ${expected} 天，现为 ${statutory.length} 天`);
  return problems;
}
