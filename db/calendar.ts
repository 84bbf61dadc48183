import { asc, desc } from 'drizzle-orm';
import type { HolidayNotice, Notices } from '#domain/calendar/notice';
import { knownNotices } from '#domain/calendar/notices/known';
import type { Db } from './client.ts';
import { holidayNotices } from './tables/appraisal.ts';

/** Every holiday notice that counts: those that an administrator entered, the newest of each year, before those that the program ships with. */
export async function noticesOf(db: Db): Promise<Notices> {
  const rows = await db
    .selectDistinctOn([holidayNotices.year])
    .from(holidayNotices)
    .orderBy(asc(holidayNotices.year), desc(holidayNotices.id));
  return beforeKnown(rows.map(({ notice }) => notice as HolidayNotice));
}

/** What was entered, the newest of each year, with what the program ships with for the other years. */
export function beforeKnown(entered: readonly HolidayNotice[]): Notices {
  if (entered.length === 0) return knownNotices;
  return [...entered, ...knownNotices.filter(({ year }) => !entered.some((own) => own.year === year))].sort(
    (a, b) => a.year - b.year,
  );
}

export async function insertNotice(db: Db, row: Omit<typeof holidayNotices.$inferInsert, 'id'>): Promise<void> {
  await db.insert(holidayNotices).values(row);
}
