import { dayOfMonth, earlierOf, type IsoDate, laterOf, type Month, nextMonth } from '#domain/calendar/dates';
import { CalendarGap, type Notices } from '#domain/calendar/notice';
import { knownNotices } from '#domain/calendar/notices/known';
import { addWorkdays, isWorkday, nthWorkdayOfMonth } from '#domain/calendar/workdays';

/** The steps of the monthly appraisal in scheme LB, in order. */
export type AppraisalStep = 'score' | 'confirm' | 'statistics' | 'superior' | 'finance';

/** One rule of the document: by a day of the month after the period, or by the n-th working day of that month. */
export type DeadlineRule =
  | { readonly clause: string; readonly step: AppraisalStep; readonly calendarDay: number }
  | { readonly clause: string; readonly step: AppraisalStep; readonly workday: number };

/** LB-A2 … LB-A6. LB-A7 (valid once approved) has no date of its own. */
export const lbDeadlineRules: readonly DeadlineRule[] = [
  { clause: 'LB-A2', step: 'score', calendarDay: 5 },
  { clause: 'LB-A3', step: 'score', workday: 2 },
  { clause: 'LB-A4', step: 'confirm', workday: 3 },
  { clause: 'LB-A5', step: 'statistics', workday: 4 },
  { clause: 'LB-A6', step: 'superior', workday: 5 },
  { clause: 'LB-A2', step: 'finance', calendarDay: 10 },
  { clause: 'LB-A6', step: 'finance', workday: 5 },
];

export interface Deadline {
  readonly step: AppraisalStep;
  readonly clauses: readonly string[];
  /** The earliest of the dates that the clauses write: remind on it. */
  readonly reminder: IsoDate;
  /** The latest of them: the hard limit (default of domain section 9). */
  readonly limit: IsoDate;
}

/** A month in which working-day rules end after the calendar day that another clause writes for the same step. */
export interface Contradiction {
  /** The appraised month; the deadlines fall into the month after it. */
  readonly period: Month;
  readonly step: AppraisalStep;
  readonly byDay: { readonly clause: string; readonly date: IsoDate };
  readonly byWorkday: { readonly clause: string; readonly nth: number; readonly date: IsoDate };
}

function dateOf(rule: DeadlineRule, month: Month, notices: Notices): IsoDate {
  return 'workday' in rule ? nthWorkdayOfMonth(month, rule.workday, notices) : dayOfMonth(month, rule.calendarDay);
}

/** The deadlines of the appraisal of `period`, in the order of the steps. Throws CalendarGap for a year without notice. */
export function appraisalDeadlines(
  period: Month,
  notices: Notices = knownNotices,
  rules: readonly DeadlineRule[] = lbDeadlineRules,
): Deadline[] {
  const month = nextMonth(period);
  return [...new Set(rules.map(({ step }) => step))].map((step) => {
    const own = rules.filter((rule) => rule.step === step);
    const dates = own.map((rule) => dateOf(rule, month, notices)) as [IsoDate, ...IsoDate[]];
    return {
      step,
      clauses: [...new Set(own.map(({ clause }) => clause))],
      reminder: earlierOf(...dates),
      limit: laterOf(...dates),
    };
  });
}

/** When manager scoring on `scoredOn` leaves the employee until: the LB-A4 date, but at least the next working day. */
export function confirmBy(period: Month, scoredOn: IsoDate, notices: Notices = knownNotices): IsoDate {
  return laterOf(nthWorkdayOfMonth(nextMonth(period), 3, notices), addWorkdays(scoredOn, 1, notices));
}

/** A dispute opens a re-confirmation that is due by the end of the next working day (domain section 9). */
export function reconfirmBy(disputedOn: IsoDate, notices: Notices = knownNotices): IsoDate {
  return addWorkdays(disputedOn, 1, notices);
}

/** Working days on which a missing score is asked for again: after the reminder up to `today`. */
export function isChasingDay(deadline: Deadline, today: IsoDate, notices: Notices = knownNotices): boolean {
  return today >= deadline.reminder && isWorkday(today, notices);
}

/**
 * The months whose written deadlines cannot all be met: a working-day rule ends after the calendar day of the same step.
 *
 * Looks at every period whose deadline month has a notice; told when a calendar is loaded.
 */
export function contradictions(
  periods: readonly Month[],
  notices: Notices = knownNotices,
  rules: readonly DeadlineRule[] = lbDeadlineRules,
): Contradiction[] {
  return periods.flatMap((period) => {
    const month = nextMonth(period);
    if (!notices.some(({ year }) => `${year}` === month.slice(0, 4))) {
      throw new CalendarGap(Number.parseInt(month.slice(0, 4), 10));
    }
    return rules.flatMap((late) =>
      rules.flatMap((day) => {
        if (!('workday' in late) || !('calendarDay' in day) || late.step !== day.step) return [];
        const byDay = { clause: day.clause, date: dateOf(day, month, notices) };
        const byWorkday = { clause: late.clause, nth: late.workday, date: dateOf(late, month, notices) };
        return byWorkday.date > byDay.date ? [{ period, step: late.step, byDay, byWorkday }] : [];
      }),
    );
  });
}
