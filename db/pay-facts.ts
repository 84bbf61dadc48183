import { and, asc, desc, eq, gte, lte, sql } from 'drizzle-orm';
import type { Month } from '#domain/calendar/dates';
import { among } from './among.ts';
import type { Db } from './client.ts';
import { rowsOf } from './rows.ts';
import { payFacts, paySettings } from './tables/pay.ts';

export type PayFact = typeof payFacts.$inferSelect;
export type NewPayFact = Omit<typeof payFacts.$inferInsert, 'id' | 'replaces'>;

/** The facts that count, of many people and a span of months: the newest of each key; those taken back are left out. */
export async function payFactsOf(
  db: Db,
  personIds: readonly number[],
  { from, to }: { from: Month; to: Month },
): Promise<PayFact[]> {
  if (personIds.length === 0) return [];
  const rows = await db
    .selectDistinctOn([payFacts.personId, payFacts.month, payFacts.key])
    .from(payFacts)
    .where(and(among(payFacts.personId, personIds), gte(payFacts.month, from), lte(payFacts.month, to)))
    .orderBy(asc(payFacts.personId), asc(payFacts.month), asc(payFacts.key), desc(payFacts.id));
  return rows.filter(({ value }) => value !== '');
}

/** Writers of one person's month take turns. */
export async function holdPayFacts(tx: Db, personId: number, month: Month): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${`pay-facts:${personId}:${month}`}))`);
}

/** Appends facts that differ from what counts now, each beside the one that it replaces. Returns those that were new. */
export async function appendPayFacts(tx: Db, entries: readonly NewPayFact[]): Promise<NewPayFact[]> {
  const added: NewPayFact[] = [];
  for (const entry of entries) {
    const [before] = await tx
      .select({ id: payFacts.id, value: payFacts.value })
      .from(payFacts)
      .where(and(eq(payFacts.personId, entry.personId), eq(payFacts.month, entry.month), eq(payFacts.key, entry.key)))
      .orderBy(desc(payFacts.id))
      .limit(1);
    if ((before?.value ?? '') === entry.value) continue;
    await tx.insert(payFacts).values({ ...entry, replaces: before?.id ?? null });
    added.push(entry);
  }
  return added;
}

/** People for whom finance entered facts of a month by hand: one text from the server, not a hundred thousand rows. */
export async function peopleWithPayFacts(db: Db, month: Month): Promise<Set<number>> {
  const [row] = rowsOf<{ ids: string }>(
    await db.execute(
      sql`select coalesce(json_agg(distinct person_id), '[]')::text as ids from pay_facts where month = ${month}`,
    ),
  );
  return new Set(JSON.parse(row!.ids) as number[]);
}

export type PaySetting = typeof paySettings.$inferSelect;

/** The company's decisions that count in a month, by name; those taken back (empty) are left out. */
export async function paySettingsIn(db: Db, month: Month): Promise<Map<string, PaySetting>> {
  const rows = await db
    .selectDistinctOn([paySettings.name])
    .from(paySettings)
    .where(lte(paySettings.fromMonth, month))
    .orderBy(asc(paySettings.name), desc(paySettings.fromMonth), desc(paySettings.id));
  return new Map(rows.filter(({ value }) => value !== '').map((row) => [row.name, row]));
}

export async function addPaySetting(tx: Db, row: Omit<typeof paySettings.$inferInsert, 'id'>): Promise<void> {
  await tx.insert(paySettings).values(row);
}
