import { asc, desc, eq, inArray, lte, sql } from 'drizzle-orm';
import type { Month } from '#domain/calendar/dates';
import type { Db } from './client.ts';
import { rowsOf } from './rows.ts';
import { schemeAdoptions, schemeProposals, schemeTexts } from './tables/pay.ts';

export type Proposal = typeof schemeProposals.$inferSelect & {
  adoptedBy: number | null;
  adoptedAt: Date | null;
};

export async function keepSchemeText(
  tx: Db,
  row: { hash: string; scheme: string; text: string },
  now: Date,
): Promise<void> {
  await tx
    .insert(schemeTexts)
    .values({ ...row, storedAt: now })
    .onConflictDoNothing();
}

export async function schemeText(db: Db, hash: string): Promise<string | undefined> {
  const [row] = await db.select({ text: schemeTexts.text }).from(schemeTexts).where(eq(schemeTexts.hash, hash));
  return row?.text;
}

export async function schemeTextsOf(db: Db, hashes: readonly string[]): Promise<Map<string, string>> {
  if (hashes.length === 0) return new Map();
  const rows = await db
    .select({ hash: schemeTexts.hash, text: schemeTexts.text })
    .from(schemeTexts)
    .where(inArray(schemeTexts.hash, [...new Set(hashes)]));
  return new Map(rows.map(({ hash, text }) => [hash, text]));
}

const columns = {
  id: schemeProposals.id,
  scheme: schemeProposals.scheme,
  hash: schemeProposals.hash,
  fromMonth: schemeProposals.fromMonth,
  by: schemeProposals.by,
  saidAt: schemeProposals.saidAt,
  recordedAt: schemeProposals.recordedAt,
  eventId: schemeProposals.eventId,
  messageId: schemeProposals.messageId,
  chatId: schemeProposals.chatId,
  commandIndex: schemeProposals.commandIndex,
  adoptedBy: schemeAdoptions.by,
  adoptedAt: schemeAdoptions.at,
};

/** The texts in force in a month: of each scheme the one that was adopted for the latest month that has begun. */
export async function adoptedTexts(db: Db, month: Month): Promise<{ scheme: string; hash: string; text: string }[]> {
  return db
    .selectDistinctOn([schemeProposals.scheme], {
      scheme: schemeProposals.scheme,
      hash: schemeProposals.hash,
      text: schemeTexts.text,
    })
    .from(schemeProposals)
    .innerJoin(schemeAdoptions, eq(schemeAdoptions.proposalId, schemeProposals.id))
    .innerJoin(schemeTexts, eq(schemeTexts.hash, schemeProposals.hash))
    .where(lte(schemeProposals.fromMonth, month))
    .orderBy(
      asc(schemeProposals.scheme),
      desc(schemeProposals.fromMonth),
      desc(schemeAdoptions.at),
      desc(schemeProposals.id),
    );
}

export async function proposals(db: Db): Promise<Proposal[]> {
  return db
    .select(columns)
    .from(schemeProposals)
    .leftJoin(schemeAdoptions, eq(schemeAdoptions.proposalId, schemeProposals.id))
    .orderBy(desc(schemeProposals.id))
    .limit(100);
}

export async function findProposal(tx: Db, id: number): Promise<Proposal | undefined> {
  const [row] = await tx
    .select(columns)
    .from(schemeProposals)
    .leftJoin(schemeAdoptions, eq(schemeAdoptions.proposalId, schemeProposals.id))
    .where(eq(schemeProposals.id, id));
  return row;
}

export async function addProposal(tx: Db, row: Omit<typeof schemeProposals.$inferInsert, 'id'>): Promise<number> {
  const [added] = await tx.insert(schemeProposals).values(row).returning({ id: schemeProposals.id });
  return added!.id;
}

/** @returns false when it was adopted before */
export async function addAdoption(tx: Db, row: typeof schemeAdoptions.$inferInsert): Promise<boolean> {
  const added = await tx
    .insert(schemeAdoptions)
    .values(row)
    .onConflictDoNothing()
    .returning({ id: schemeAdoptions.proposalId });
  return added.length > 0;
}

/** Everybody under each scheme, by the newest terms; for `/scheme list`. */
export async function headcounts(db: Db, month: Month): Promise<Map<string, number>> {
  const rows = rowsOf<{ scheme: string; people: number }>(
    await db.execute(sql`select scheme, count(*)::int as people from (
      select distinct on (person_id) person_id, scheme from person_terms where from_month <= ${month} order by person_id, from_month desc, id desc
    ) as newest join people on people.id = newest.person_id and people.left_on is null
    where scheme is not null group by scheme`),
  );
  return new Map(rows.map(({ scheme, people }) => [scheme.trim().toLowerCase(), Number(people)]));
}
