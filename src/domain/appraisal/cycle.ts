import { addMonths, type IsoDate, type Month, monthOf, previousMonth } from '#domain/calendar/dates';
import { appraisalDeadlines, confirmBy, type Deadline, reconfirmBy } from '#domain/calendar/deadlines';
import type { Notices } from '#domain/calendar/notice';
import { addWorkdays, isWorkday, nthWorkdayOfMonth } from '#domain/calendar/workdays';
import type { Phase } from './sheet.ts';

/**
 * The monthly cycle as pure arithmetic: state, calendar and day in, what is due out. Whoever asks twice gets the same answer; that each
 * thing happens once is the caller's business, by the keys given here.
 */

export interface SheetView {
  id: number;
  personId: number;
  phase: Phase;
  scoredOn: IsoDate | undefined;
  objectedOn: IsoDate | undefined;
  approved: boolean;
}

export interface CycleView {
  month: Month;
  managerId: number;
  sheets: SheetView[];
}

export interface Dates {
  score: Deadline;
  confirm: Deadline;
  statistics: Deadline;
  superior: Deadline;
  finance: Deadline;
}

/** LB-A2 … LB-A6 for the appraisal of a month. Throws CalendarGap for a year without notice. */
export function datesOf(month: Month, notices: Notices): Dates {
  const all = appraisalDeadlines(month, notices);
  const of = (step: Deadline['step']) => all.find((deadline) => deadline.step === step)!;
  return {
    score: of('score'),
    confirm: of('confirm'),
    statistics: of('statistics'),
    superior: of('superior'),
    finance: of('finance'),
  };
}

/** On or after the first working day after the month. */
export const mayOpen = (month: Month, today: IsoDate, notices: Notices): boolean =>
  today >= nthWorkdayOfMonth(addMonths(month, 1), 1, notices);

/**
 * The months whose cycles should be open by today, oldest first: the last one until finance's limit, and whatever was missed since the
 * last cycle that was opened. An installation begins with the month whose limit has not passed.
 */
export function monthsToOpen(lastOpened: Month | undefined, today: IsoDate, notices: Notices): Month[] {
  const last = previousMonth(monthOf(today));
  const missed: Month[] = [];
  if (lastOpened !== undefined)
    for (let month = addMonths(lastOpened, 1); month < last; month = addMonths(month, 1)) missed.push(month);
  const open = mayOpen(last, today, notices);
  const inTime = today <= datesOf(last, notices).finance.limit;
  const behind = lastOpened !== undefined && lastOpened < last;
  return open && (inTime || behind) ? [...missed, last] : missed;
}

/** Whether a missing score has gone up the line by now. */
export const scoreHandedOver = (month: Month, today: IsoDate, notices: Notices): boolean =>
  today > datesOf(month, notices).score.limit;

export const reviewHandedOver = (objectedOn: IsoDate, today: IsoDate, notices: Notices): boolean =>
  today > reconfirmBy(objectedOn, notices);

/** Whether a sheet is handed over to the manager's manager, for want of a score or of a review. */
export function handedOver(
  month: Month,
  sheet: Pick<SheetView, 'phase' | 'objectedOn'>,
  today: IsoDate,
  notices: Notices,
): boolean {
  if (sheet.phase === 'open') return scoreHandedOver(month, today, notices);
  return (
    sheet.phase === 'objected' && sheet.objectedOn !== undefined && reviewHandedOver(sheet.objectedOn, today, notices)
  );
}

export type Duty =
  | { do: 'hand-over-scores' | 'remind-scores' | 'hand-over-reviews' | 'remind-reviews'; key: string; sheets: number[] }
  | { do: 'remind-answer'; key: string; sheet: number; by: IsoDate }
  | { do: 'mark-unanswered'; key: string; sheet: number }
  | { do: 'statistics' | 'hand-in' | 'ask-approval' | 'remind-approval'; key: string };

/**
 * What is due for one manager's cycle on a day. Cards go out on working days only; `mark-unanswered` waits for none.
 *
 * Order matters: a state that the clock changes comes before what is told about it.
 */
export function dutiesOf(cycle: CycleView, today: IsoDate, notices: Notices): Duty[] {
  const { month, managerId, sheets } = cycle;
  const dates = datesOf(month, notices);
  const whole = `${month}:${managerId}`;
  const duties: Duty[] = [];
  for (const { id, phase, scoredOn } of sheets)
    if (phase === 'scored' && scoredOn !== undefined && today > confirmBy(month, scoredOn, notices))
      duties.push({ do: 'mark-unanswered', key: `${id}:${scoredOn}`, sheet: id });
  if (!isWorkday(today, notices)) return duties;

  const open = sheets.filter(({ phase }) => phase === 'open').map(({ id }) => id);
  if (open.length > 0 && today > dates.score.limit) duties.push({ do: 'hand-over-scores', key: whole, sheets: open });
  // on the day of the hand-over that card says it all
  if (open.length > 0 && today >= dates.score.reminder && today !== addWorkdays(dates.score.limit, 1, notices))
    duties.push({ do: 'remind-scores', key: `${whole}:${today}`, sheets: open });

  for (const { id, phase, scoredOn } of sheets) {
    if (phase !== 'scored' || scoredOn === undefined) continue;
    const by = confirmBy(month, scoredOn, notices);
    if (today > scoredOn && today <= by) duties.push({ do: 'remind-answer', key: `${id}:${today}`, sheet: id, by });
  }

  const objected = sheets.filter(({ phase, objectedOn }) => phase === 'objected' && objectedOn !== undefined);
  const late = objected.filter(({ objectedOn }) => reviewHandedOver(objectedOn!, today, notices)).map(({ id }) => id);
  for (const id of late) duties.push({ do: 'hand-over-reviews', key: `${id}`, sheets: [id] });
  const waiting = objected
    .filter(({ objectedOn }) => today > objectedOn!)
    .filter(({ objectedOn }) => today !== addWorkdays(reconfirmBy(objectedOn!, notices), 1, notices))
    .map(({ id }) => id);
  if (waiting.length > 0) duties.push({ do: 'remind-reviews', key: `${whole}:${today}`, sheets: waiting });

  if (today >= dates.statistics.limit) duties.push({ do: 'statistics', key: whole });
  if (today >= dates.superior.limit) duties.push({ do: 'hand-in', key: whole });

  const ready =
    sheets.length > 0 &&
    sheets.every(({ phase }) => phase === 'confirmed' || phase === 'reconfirmed' || phase === 'unanswered');
  const unapproved = sheets.some(({ approved }) => !approved);
  if (ready && unapproved) {
    duties.push({ do: 'ask-approval', key: whole });
    if (today >= dates.finance.limit) duties.push({ do: 'remind-approval', key: `${whole}:${today}` });
  }
  return duties;
}

export type TableDuty = { do: 'table' | 'complete-table' | 'missing'; key: Month };

/**
 * LB-A6, LB-A2: the overall table goes out on working day 5 as it stands; when something was still open, once more when all is there,
 * and on finance's limit whoever is late is named.
 *
 * @param sentComplete the first table had everything
 */
export function tableDuties(
  month: Month,
  complete: boolean,
  sent: { table: boolean; sentComplete: boolean },
  today: IsoDate,
  notices: Notices,
): TableDuty[] {
  const { superior, finance } = datesOf(month, notices);
  if (!isWorkday(today, notices) || today < superior.limit) return [];
  if (!sent.table) return [{ do: 'table', key: month }];
  if (sent.sentComplete) return [];
  if (complete) return [{ do: 'complete-table', key: month }];
  return today >= finance.limit ? [{ do: 'missing', key: month }] : [];
}
