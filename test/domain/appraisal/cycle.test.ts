import { describe, expect, it } from 'vitest';
import { type CycleView, dutiesOf, monthsToOpen, type SheetView, tableDuties } from '#domain/appraisal/cycle';
import { mayScore, stewardOf } from '#domain/appraisal/steward';
import { CalendarGap } from '#domain/calendar/notice';
import { knownNotices } from '#domain/calendar/notices/known';

const sheet = (over: Partial<SheetView> = {}): SheetView => ({
  id: 1,
  personId: 11,
  phase: 'open',
  scoredOn: undefined,
  objectedOn: undefined,
  approved: false,
  ...over,
});
const cycle = (...sheets: SheetView[]): CycleView => ({ month: '2026-10', managerId: 5, sheets });
const due = (day: string, ...sheets: SheetView[]) =>
  dutiesOf(cycle(...sheets), `2026-${day}`, knownNotices).map((duty) => duty.do);

describe('when a cycle opens', () => {
  it.each([
    ['not on the Sunday that the month begins with', undefined, '2026-11-01', []],
    ['on the first working day', undefined, '2026-11-02', ['2026-10']],
    ['still on finance’s last day', undefined, '2026-11-10', ['2026-10']],
    ['not later on a new installation', undefined, '2026-11-11', []],
    ['later when it was missed by downtime', '2026-09', '2026-11-20', ['2026-10']],
    ['all that were missed', '2026-07', '2026-11-20', ['2026-08', '2026-09', '2026-10']],
    ['not again when nothing is missed', '2026-10', '2026-11-20', []],
    ['after the holiday in October', '2026-08', '2026-10-07', []],
    ['on the 8th of October, the first working day', '2026-08', '2026-10-08', ['2026-09']],
  ])('%s', (_, last, today, months) => {
    expect(monthsToOpen(last, today, knownNotices)).toEqual(months);
  });

  it('a year without notice is refused, never guessed', () => {
    expect(() => monthsToOpen('2026-11', '2027-01-04', knownNotices)).toThrow(CalendarGap);
  });
});

describe('what is due for October 2026 (working days 2, 3, 4, 5, 6 November)', () => {
  it.each<[string, string, SheetView[], string[]]>([
    ['nothing on working day 1', '11-02', [sheet()], []],
    ['a reminder to score on working day 2', '11-03', [sheet()], ['remind-scores']],
    ['another on each working day', '11-04', [sheet()], ['remind-scores']],
    ['on the last day to score, with the statistics', '11-05', [sheet()], ['remind-scores', 'statistics']],
    [
      'past it the hand-over, without a reminder beside it',
      '11-06',
      [sheet()],
      ['hand-over-scores', 'statistics', 'hand-in'],
    ],
    ['nothing on Saturday', '11-07', [sheet()], []],
    ['then reminders again', '11-09', [sheet()], ['hand-over-scores', 'remind-scores', 'statistics', 'hand-in']],
    [
      'no reminder to answer on the day of the score',
      '11-02',
      [sheet({ phase: 'scored', scoredOn: '2026-11-02' })],
      [],
    ],
    ['a reminder to answer', '11-03', [sheet({ phase: 'scored', scoredOn: '2026-11-02' })], ['remind-answer']],
    ['the last one on working day 3', '11-04', [sheet({ phase: 'scored', scoredOn: '2026-11-02' })], ['remind-answer']],
    [
      'unanswered after it',
      '11-05',
      [sheet({ phase: 'scored', scoredOn: '2026-11-02' })],
      ['mark-unanswered', 'statistics'],
    ],
    [
      'scored on working day 3: one more working day to answer',
      '11-05',
      [sheet({ phase: 'scored', scoredOn: '2026-11-04' })],
      ['remind-answer', 'statistics'],
    ],
    [
      'unanswered even on a Saturday',
      '11-07',
      [sheet({ phase: 'scored', scoredOn: '2026-11-04' })],
      ['mark-unanswered'],
    ],
    [
      'no reminder to review on the day of the objection',
      '11-03',
      [sheet({ phase: 'objected', objectedOn: '2026-11-03' })],
      [],
    ],
    [
      'a reminder on the next working day',
      '11-04',
      [sheet({ phase: 'objected', objectedOn: '2026-11-03' })],
      ['remind-reviews'],
    ],
    [
      'then the hand-over',
      '11-05',
      [sheet({ phase: 'objected', objectedOn: '2026-11-03' })],
      ['hand-over-reviews', 'statistics'],
    ],
    [
      'an objection of Friday is due on Monday',
      '11-09',
      [sheet({ phase: 'objected', objectedOn: '2026-11-06' })],
      ['remind-reviews', 'statistics', 'hand-in'],
    ],
    [
      'approval is asked for when all is final',
      '11-04',
      [sheet({ phase: 'confirmed' }), sheet({ phase: 'unanswered' })],
      ['ask-approval'],
    ],
    [
      'not while one is open',
      '11-04',
      [sheet({ phase: 'confirmed' }), sheet({ phase: 'objected', objectedOn: '2026-11-04' })],
      [],
    ],
    [
      'again from finance’s limit on',
      '11-10',
      [sheet({ phase: 'confirmed' })],
      ['statistics', 'hand-in', 'ask-approval', 'remind-approval'],
    ],
    [
      'nothing to ask when approved',
      '11-10',
      [sheet({ phase: 'confirmed', approved: true })],
      ['statistics', 'hand-in'],
    ],
  ])('%s', (_, day, sheets, expected) => {
    expect(due(day, ...sheets)).toEqual(expected);
  });
});

describe('the overall table (LB-A6, LB-A2)', () => {
  const none = { table: false, sentComplete: false };
  it.each([
    ['not before working day 5', '2026-11-05', true, none, []],
    ['on working day 5', '2026-11-06', false, none, ['table']],
    ['not on a weekend', '2026-11-07', true, none, []],
    ['once more when all is there', '2026-11-09', true, { table: true, sentComplete: false }, ['complete-table']],
    ['not before', '2026-11-09', false, { table: true, sentComplete: false }, []],
    ['who is late is named on finance’s limit', '2026-11-10', false, { table: true, sentComplete: false }, ['missing']],
    ['nothing after a complete one', '2026-11-10', true, { table: true, sentComplete: true }, []],
  ])('%s', (_, today, complete, sent, expected) => {
    expect(tableDuties('2026-10', complete, sent, today, knownNotices).map((duty) => duty.do)).toEqual(expected);
  });
});

describe('who is asked to score', () => {
  const line = { personId: 1, managerId: 2, deputyId: 3, aboveId: 4, away: false };
  it.each([
    ['the manager', {}, false, 2],
    ['the deputy while away', { away: true }, false, 3],
    ['the manager’s manager while away without a deputy', { away: true, deputyId: null }, false, 4],
    ['never the employee: the deputy is scored by the manager’s manager', { away: true, deputyId: 1 }, false, 4],
    ['the manager’s manager after the limit', {}, true, 4],
    ['the manager when nobody is above', { aboveId: null }, true, 2],
  ])('%s', (_, over, handedOver, expected) => {
    expect(stewardOf({ ...line, ...over }, handedOver)).toBe(expected);
  });

  it('nobody scores himself, whatever else he is', () => {
    for (const id of [2, 3, 4])
      for (const away of [true, false])
        expect(mayScore(id, { personId: id, managerId: 2, deputyId: 3, aboveId: 4, away }, true)).toBe(false);
  });

  it('the manager’s manager may not while it is the manager’s to do', () => {
    expect(mayScore(4, line, false)).toBe(false);
    expect(mayScore(4, line, true)).toBe(true);
    expect(mayScore(9, line, true)).toBe(false);
  });
});
