import { describe, expect, it } from 'vitest';
import { datesFrom, datesOf, isWeekend } from '#domain/calendar/dates';
import { CalendarGap, type HolidayNotice, noticeProblems } from '#domain/calendar/notice';
import { knownNotices } from '#domain/calendar/notices/known';
import {
  addWorkdays,
  dayKind,
  isWorkday,
  nthWorkdayOfMonth,
  overtimePercent,
  paidDaysBetween,
  workdayOnOrBefore,
  workdaysBetween,
  workdaysOf,
} from '#domain/calendar/workdays';

process.env.TZ = 'Asia/Shanghai';
const chineseDays = await import('chinese-days');

describe('every day from 2024 to 2026', () => {
  it('is worked or off exactly as a second, independent source says', () => {
    const different = datesFrom('2024-01-01', '2026-12-31').filter(
      (date) => isWorkday(date) !== chineseDays.isWorkday(date),
    );
    expect(different).toEqual([]);
  });

  it('the notices are consistent in themselves', () => {
    expect(knownNotices.map((notice) => [notice.year, noticeProblems(notice)])).toEqual([
      [2024, []],
      [2025, []],
      [2026, []],
    ]);
    expect(knownNotices.map(({ statutory }) => statutory.length)).toEqual([11, 13, 13]);
  });

  it.each([
    [2024, [22, 18, 21, 22, 21, 19, 23, 22, 21, 19, 21, 22], [1, 1, 0, 1, 1, 1, 0, 0, 1, 3, 0, 0], 251],
    [2025, [19, 19, 21, 22, 19, 20, 23, 21, 23, 18, 20, 23], [5, 0, 0, 1, 2, 0, 0, 0, 0, 4, 0, 0], 248],
    [2026, [21, 16, 22, 21, 19, 21, 23, 21, 22, 18, 21, 23], [1, 4, 0, 0, 1, 1, 0, 0, 1, 2, 0, 0], 248],
  ])('%s has the published working days and weekday statutory holidays by month', (year, days, statutory, total) => {
    const months = Array.from({ length: 12 }, (_, at) => `${year}-${`${at + 1}`.padStart(2, '0')}`);
    expect(months.map((month) => workdaysOf(month).length)).toEqual(days);
    expect(
      months.map((month) => datesOf(month).filter((d) => dayKind(d) === 'statutory-holiday' && !isWeekend(d)).length),
    ).toEqual(statutory);
    expect(workdaysBetween(`${year}-01-01`, `${year}-12-31`)).toBe(total);
  });
});

describe('the six kinds of day', () => {
  it.each([
    ['2026-02-13', 'workday', 150],
    ['2026-02-14', 'makeup-workday', 150],
    ['2026-03-07', 'weekend', 200],
    ['2026-02-15', 'weekend-in-holiday', 200],
    ['2026-04-06', 'adjusted-rest', 200],
    ['2026-04-05', 'statutory-holiday', 300],
    ['2026-05-02', 'statutory-holiday', 300],
    ['2024-02-09', 'workday', 150],
    ['2025-01-28', 'statutory-holiday', 300],
  ])('%s is %s, overtime %s %%', (date, kind, percent) => {
    expect([dayKind(date), overtimePercent(date)]).toEqual([kind, percent]);
  });
});

describe('counting working days', () => {
  it('steps over holidays and into make-up days, in both directions', () => {
    expect(addWorkdays('2026-02-13', 1)).toBe('2026-02-14');
    expect(addWorkdays('2026-02-14', 1)).toBe('2026-02-24');
    expect(addWorkdays('2026-02-24', -1)).toBe('2026-02-14');
    expect(addWorkdays('2026-02-15', 0)).toBe('2026-02-15');
    expect(workdayOnOrBefore('2026-02-20')).toBe('2026-02-14');
    expect(workdayOnOrBefore('2026-03-10')).toBe('2026-03-10');
  });
  it('finds the n-th working day of a month', () => {
    expect([nthWorkdayOfMonth('2026-05', 5), nthWorkdayOfMonth('2026-10', 5)]).toEqual(['2026-05-11', '2026-10-13']);
    expect(() => nthWorkdayOfMonth('2026-02', 17)).toThrow(RangeError);
  });
  it('counts paid days: working days and weekday statutory holidays', () => {
    expect(paidDaysBetween('2026-02-01', '2026-02-28')).toBe(20);
  });
});

describe('a year without notice', () => {
  it('is an error that names the year, never Monday to Friday', () => {
    expect(() => isWorkday('2027-01-01')).toThrow(CalendarGap);
    expect(() => addWorkdays('2026-12-31', 1)).toThrow('2027 年放假安排尚未录入');
  });

  const entered: HolidayNotice = {
    year: 2027,
    notice: 'entered for this test',
    url: 'https://example.com',
    off: ['2027-01-01'],
    makeup: [],
    statutory: ['2027-01-01'],
  };
  it('works once an administrator has entered it', () => {
    const notices = [...knownNotices, entered];
    expect([dayKind('2027-01-01', notices), addWorkdays('2026-12-31', 1, notices)]).toEqual([
      'statutory-holiday',
      '2027-01-04',
    ]);
  });
  it('a notice with mistakes is described line by line', () => {
    const wrong = {
      ...entered,
      off: ['2027-01-01', '2027-01-01', '2026-12-31'],
      makeup: ['2027-01-04', '2027-02-30'],
    };
    expect(noticeProblems(wrong)).toEqual(['2026-12-31 不在 2027 年', '「2027-02-30」不是日期']);
    expect(noticeProblems({ ...entered, makeup: ['2027-01-04'], statutory: ['2027-01-02'] })).toEqual([
      '调休上班日 2027-01-04 不是周末',
      '法定休假日 2027-01-02 不在放假日之中',
      '法定休假日应为 13 天，现为 1 天',
    ]);
  });
});
