import { and, asc, desc, eq, lte } from 'drizzle-orm';
import type { Month } from '#domain/calendar/dates';
import type { Db } from './client.ts';
import { payPersonal } from './tables/pay.ts';

export type PersonalTerm = typeof payPersonal.$inferSelect;

/** Everything that was said of a person for take-home estimates up to a month, newest first for each name. */
export async function personalTermsOf(db: Db, personId: number, upTo: Month): Promise<PersonalTerm[]> {
  return db
    .select()
    .from(payPersonal)
    .where(and(eq(payPersonal.personId, personId), lte(payPersonal.fromMonth, upTo)))
    .orderBy(asc(payPersonal.name), desc(payPersonal.fromMonth), desc(payPersonal.id));
}

export async function addPersonalTerm(tx: Db, row: Omit<typeof payPersonal.$inferInsert, 'id'>): Promise<void> {
  await tx.insert(payPersonal).values(row);
}
