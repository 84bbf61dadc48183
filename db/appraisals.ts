import { and, asc, desc, eq, inArray, isNull, lte, max, or, sql } from 'drizzle-orm';
import type { SheetCriterion } from '#domain/appraisal/criteria';
import type { Sheet, Step, StepKind } from '#domain/appraisal/sheet';
import type { Absence } from '#domain/appraisal/steward';
import { firstDayOf, type IsoDate, lastDayOf, type Month } from '#domain/calendar/dates';
import type { Db } from './client.ts';
import { people, personTerms } from './schema.ts';
import {
  absences,
  appraisalCycles,
  appraisalDrafts,
  appraisalSheets,
  appraisalSteps,
  appraisalTemplates,
} from './tables/appraisal.ts';

const columns = {
  id: appraisalSheets.id,
  month: appraisalSheets.month,
  personId: appraisalSheets.personId,
  managerId: appraisalSheets.managerId,
  scheme: appraisalSheets.scheme,
  criteria: appraisalSheets.criteria,
};
const sheet = (row: Omit<Sheet, 'criteria'> & { criteria: unknown }): Sheet => ({
  ...row,
  criteria: row.criteria as SheetCriterion[],
});

export interface SheetWithSteps {
  sheet: Sheet;
  steps: Step[];
}

async function withSteps(db: Db, sheets: Sheet[]): Promise<SheetWithSteps[]> {
  if (sheets.length === 0) return [];
  const rows = await db
    .select()
    .from(appraisalSteps)
    .where(
      inArray(
        appraisalSteps.sheetId,
        sheets.map(({ id }) => id),
      ),
    )
    .orderBy(asc(appraisalSteps.sheetId), asc(appraisalSteps.seq));
  const own = new Map<number, Step[]>();
  for (const { sheetId, seq, kind, data, words, by, day, at, messageId } of rows)
    own.set(sheetId, [...(own.get(sheetId) ?? []), { seq, kind, data, words, by, day, at, messageId }]);
  return sheets.map((each) => ({ sheet: each, steps: own.get(each.id) ?? [] }));
}

/** Sheets of a month: of some managers, of some people, or all; by person. */
export async function sheetsOf(
  db: Db,
  month: Month,
  { managerIds, personIds }: { managerIds?: number[]; personIds?: number[] } = {},
): Promise<SheetWithSteps[]> {
  if (managerIds?.length === 0 || personIds?.length === 0) return [];
  const rows = await db
    .select(columns)
    .from(appraisalSheets)
    .where(
      and(
        eq(appraisalSheets.month, month),
        managerIds && inArray(appraisalSheets.managerId, managerIds),
        personIds && inArray(appraisalSheets.personId, personIds),
      ),
    )
    .orderBy(asc(appraisalSheets.personId));
  return withSteps(db, rows.map(sheet));
}

export const sheetsByIds = async (db: Db, ids: number[]): Promise<SheetWithSteps[]> =>
  ids.length === 0
    ? []
    : withSteps(
        db,
        (
          await db
            .select(columns)
            .from(appraisalSheets)
            .where(inArray(appraisalSheets.id, ids))
            .orderBy(asc(appraisalSheets.personId))
        ).map(sheet),
      );

/** A person's sheet of a month, held until the transaction ends: two who act on it at the same moment take turns. */
export async function lockSheet(tx: Db, personId: number, month: Month): Promise<SheetWithSteps | undefined> {
  const rows = await tx
    .select(columns)
    .from(appraisalSheets)
    .where(and(eq(appraisalSheets.personId, personId), eq(appraisalSheets.month, month)))
    .for('update');
  return (await withSteps(tx, rows.map(sheet)))[0];
}

export async function findSheet(db: Db, personId: number, month: Month): Promise<SheetWithSteps | undefined> {
  return (await sheetsOf(db, month, { personIds: [personId] }))[0];
}

/** Months in which a person has a sheet, newest first. */
export async function monthsOf(db: Db, personId: number): Promise<Month[]> {
  const rows = await db
    .select({ month: appraisalSheets.month })
    .from(appraisalSheets)
    .where(eq(appraisalSheets.personId, personId))
    .orderBy(desc(appraisalSheets.month))
    .limit(12);
  return rows.map(({ month }) => month);
}

export interface NewStep {
  sheetId: number;
  kind: StepKind;
  data?: unknown;
  words?: string;
  by: number | null;
  day: IsoDate;
  at: Date;
  eventId: string;
  messageId?: string | null;
}

/** Appends the next step; the sheet must be locked. Returns its number. */
export async function appendStep(
  tx: Db,
  { messageId = null, data = null, words = '', ...step }: NewStep,
): Promise<number> {
  const [last] = await tx
    .select({ seq: max(appraisalSteps.seq) })
    .from(appraisalSteps)
    .where(eq(appraisalSteps.sheetId, step.sheetId));
  const seq = (last?.seq ?? 0) + 1;
  await tx.insert(appraisalSteps).values({ ...step, data, words, messageId, seq });
  return seq;
}

export interface Cycle {
  id: number;
  month: Month;
  managerId: number;
  department: string | null;
}

export function openCycles(db: Db): Promise<Cycle[]> {
  return db
    .select({
      id: appraisalCycles.id,
      month: appraisalCycles.month,
      managerId: appraisalCycles.managerId,
      department: appraisalCycles.department,
    })
    .from(appraisalCycles)
    .where(isNull(appraisalCycles.closedAt))
    .orderBy(asc(appraisalCycles.month), asc(appraisalCycles.id));
}

export async function cyclesOf(db: Db, month: Month): Promise<Cycle[]> {
  return db
    .select({
      id: appraisalCycles.id,
      month: appraisalCycles.month,
      managerId: appraisalCycles.managerId,
      department: appraisalCycles.department,
    })
    .from(appraisalCycles)
    .where(eq(appraisalCycles.month, month))
    .orderBy(asc(appraisalCycles.id));
}

export async function lastOpenedMonth(db: Db): Promise<Month | undefined> {
  const [row] = await db.select({ month: max(appraisalCycles.month) }).from(appraisalCycles);
  return row?.month ?? undefined;
}

/** Opens a manager's cycle; false when it was open already. */
export async function addCycle(
  tx: Db,
  cycle: { month: Month; managerId: number; department: string | null },
  now: Date,
): Promise<boolean> {
  const added = await tx
    .insert(appraisalCycles)
    .values({ ...cycle, openedAt: now })
    .onConflictDoNothing()
    .returning({ id: appraisalCycles.id });
  return added.length > 0;
}

export async function closeCycle(tx: Db, id: number, now: Date): Promise<void> {
  await tx.update(appraisalCycles).set({ closedAt: now }).where(eq(appraisalCycles.id, id));
}

/** An approved cycle that gets a new sheet is looked at again. */
export async function reopenCycle(tx: Db, month: Month, managerId: number): Promise<void> {
  await tx
    .update(appraisalCycles)
    .set({ closedAt: null })
    .where(and(eq(appraisalCycles.month, month), eq(appraisalCycles.managerId, managerId)));
}

/** Adds sheets for people who have none in that month; returns how many there were. */
export async function addSheets(tx: Db, sheets: Omit<Sheet, 'id'>[], now: Date): Promise<number> {
  if (sheets.length === 0) return 0;
  const added = await tx
    .insert(appraisalSheets)
    .values(sheets.map((each) => ({ ...each, openedAt: now })))
    .onConflictDoNothing()
    .returning({ id: appraisalSheets.id });
  return added.length;
}

export async function reassign(tx: Db, sheetId: number, managerId: number): Promise<void> {
  await tx.update(appraisalSheets).set({ managerId }).where(eq(appraisalSheets.id, sheetId));
}

/** Everybody employed on some day of the month who has a manager and a scheme, and no sheet yet. */
export async function withoutSheet(
  db: Db,
  month: Month,
): Promise<{ personId: number; managerId: number; scheme: string }[]> {
  const terms = db
    .selectDistinctOn([personTerms.personId], { personId: personTerms.personId, scheme: personTerms.scheme })
    .from(personTerms)
    .where(lte(personTerms.fromMonth, month))
    .orderBy(asc(personTerms.personId), desc(personTerms.fromMonth), desc(personTerms.id))
    .as('terms');
  const rows = await db
    .select({ personId: people.id, managerId: people.managerId, scheme: terms.scheme })
    .from(people)
    .innerJoin(terms, eq(terms.personId, people.id))
    .leftJoin(appraisalSheets, and(eq(appraisalSheets.personId, people.id), eq(appraisalSheets.month, month)))
    .where(
      and(
        sql`${people.managerId} is not null and ${terms.scheme} is not null`,
        isNull(appraisalSheets.id),
        or(isNull(people.leftOn), sql`${people.leftOn} >= ${firstDayOf(month)}`),
        or(isNull(people.hiredOn), lte(people.hiredOn, lastDayOf(month))),
      ),
    )
    .orderBy(asc(people.managerId), asc(people.id));
  return rows.map(({ personId, managerId, scheme }) => ({ personId, managerId: managerId!, scheme: scheme! }));
}

/** A company's own criteria for a scheme in a month, if it set any. */
export async function ownTemplate(db: Db, scheme: string, month: Month): Promise<SheetCriterion[] | undefined> {
  const [row] = await db
    .select({ criteria: appraisalTemplates.criteria })
    .from(appraisalTemplates)
    .where(and(eq(appraisalTemplates.scheme, scheme), lte(appraisalTemplates.fromMonth, month)))
    .orderBy(desc(appraisalTemplates.fromMonth), desc(appraisalTemplates.id))
    .limit(1);
  return row?.criteria as SheetCriterion[] | undefined;
}

export async function insertTemplate(db: Db, row: Omit<typeof appraisalTemplates.$inferInsert, 'id'>): Promise<void> {
  await db.insert(appraisalTemplates).values(row);
}

/** Absences that touch a day or later ones, not taken back, oldest entry first. */
export async function absencesFrom(db: Db, day: IsoDate): Promise<(Absence & { id: number })[]> {
  const rows = await db
    .select()
    .from(absences)
    .where(
      sql`${absences.undoes} is null and ${absences.toDate} >= ${day} and not exists (select 1 from absences as u where u.undoes = ${absences.id})`,
    )
    .orderBy(asc(absences.id));
  return rows.map(({ id, personId, fromDate, toDate, deputyId }) => ({
    id,
    personId,
    from: fromDate,
    to: toDate,
    deputyId,
  }));
}

export async function insertAbsence(db: Db, row: Omit<typeof absences.$inferInsert, 'id'>): Promise<void> {
  await db.insert(absences).values(row);
}

export async function saveDraft(
  tx: Db,
  sheetId: number,
  by: number,
  values: Record<string, string>,
  now: Date,
): Promise<void> {
  await tx
    .insert(appraisalDrafts)
    .values({ sheetId, by, values, savedAt: now })
    .onConflictDoUpdate({ target: [appraisalDrafts.sheetId, appraisalDrafts.by], set: { values, savedAt: now } });
}

export async function draftOf(db: Db, sheetId: number, by: number): Promise<Record<string, string> | undefined> {
  const [row] = await db
    .select({ values: appraisalDrafts.values })
    .from(appraisalDrafts)
    .where(and(eq(appraisalDrafts.sheetId, sheetId), eq(appraisalDrafts.by, by)));
  return row?.values as Record<string, string> | undefined;
}

/** Sheets for which somebody has a draft. */
export async function draftsBy(db: Db, by: number, sheetIds: number[]): Promise<Set<number>> {
  if (sheetIds.length === 0) return new Set();
  const rows = await db
    .select({ sheetId: appraisalDrafts.sheetId })
    .from(appraisalDrafts)
    .where(and(eq(appraisalDrafts.by, by), inArray(appraisalDrafts.sheetId, sheetIds)));
  return new Set(rows.map(({ sheetId }) => sheetId));
}

/** Once the score is handed in, what anybody had drafted is of no use any more. */
export async function dropDrafts(tx: Db, sheetId: number): Promise<void> {
  await tx.delete(appraisalDrafts).where(eq(appraisalDrafts.sheetId, sheetId));
}
