import { and, asc, desc, eq, sql } from 'drizzle-orm';
import type { Month } from '#domain/calendar/dates';
import type { FactField, MonthValues } from '#domain/hours/hours';
import { among } from './among.ts';
import type { Db } from './client.ts';
import { hoursEntries } from './tables/appraisal.ts';

export type HoursEntry = typeof hoursEntries.$inferSelect;
export type NewHoursEntry = Omit<typeof hoursEntries.$inferInsert, 'id' | 'replaces'>;

/** The values that count, by field: the newest of each. */
export async function hoursOf(db: Db, personId: number, month: Month): Promise<Map<FactField, HoursEntry>> {
  return (await hoursOfMany(db, [personId], month)).get(personId) ?? new Map();
}

export async function hoursOfMany(
  db: Db,
  personIds: number[],
  month: Month,
): Promise<Map<number, Map<FactField, HoursEntry>>> {
  const found = new Map<number, Map<FactField, HoursEntry>>();
  if (personIds.length === 0) return found;
  const rows = await db
    .selectDistinctOn([hoursEntries.personId, hoursEntries.field])
    .from(hoursEntries)
    .where(and(among(hoursEntries.personId, personIds), eq(hoursEntries.month, month)))
    .orderBy(asc(hoursEntries.personId), asc(hoursEntries.field), desc(hoursEntries.id));
  for (const row of rows) {
    const own = found.get(row.personId) ?? new Map<FactField, HoursEntry>();
    found.set(row.personId, own.set(row.field, row));
  }
  return found;
}

export const valuesOf = (entries: Map<FactField, HoursEntry>): MonthValues =>
  Object.fromEntries([...entries].map(([field, { value }]) => [field, value]));

/** Writers of one person's month take turns, so that what is checked together is written together. */
export async function holdHours(tx: Db, personId: number, month: Month): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${`hours:${personId}:${month}`}))`);
}

/** Appends values that differ from what counts now; each points at the one that it replaces. Returns how many there were. */
export async function appendHours(db: Db, entries: NewHoursEntry[]): Promise<number> {
  let added = 0;
  for (const entry of entries) {
    const before = (await hoursOf(db, entry.personId, entry.month)).get(entry.field);
    if (before?.value === entry.value && before.reason === (entry.reason ?? '')) continue;
    await db.insert(hoursEntries).values({ ...entry, replaces: before?.id ?? null });
    added += 1;
  }
  return added;
}
