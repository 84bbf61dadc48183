import { and, asc, desc, eq, inArray, isNull, ne, sql } from 'drizzle-orm';
import type { Month } from '#domain/calendar/dates';
import type { Db } from './client.ts';
import { orders, people } from './schema.ts';
import { recordEntries, records } from './tables/records.ts';

export interface MadeSample {
  personId: number;
  recordId: number;
  /** As recorded: any of the three may be missing. */
  pieces: number | null;
  kind: string | null;
  madeOn: string | null;
  order: string | null;
  chatId: string | null;
  saidAt: Date;
  messageId: string | null;
  author: string;
}

/**
 * Samples of these people of which the pieces were recorded: those made in a month, and those recorded in it of which nobody has said
 * when they were made. Dropped and undone ones are left out.
 */
export async function madeSamples(db: Db, personIds: readonly number[], month: Month): Promise<MadeSample[]> {
  if (personIds.length === 0) return [];
  const madeOn = sql<string | null>`${records.data} ->> 'madeOn'`;
  const heads = await db
    .select({
      personId: records.responsibleId,
      recordId: records.id,
      pieces: sql<number | null>`(${records.data} ->> 'pieces')::int`,
      kind: sql<string | null>`${records.data} ->> 'garment'`,
      madeOn,
      order: orders.no,
      chatId: orders.chatId,
    })
    .from(records)
    .leftJoin(orders, eq(orders.id, records.orderId))
    .where(
      and(
        eq(records.kind, 'sample'),
        eq(records.undone, false),
        ne(records.state, 'dropped'),
        inArray(records.responsibleId, [...personIds]),
        sql`${records.data} ? 'pieces'`,
        sql`left(coalesce(${madeOn}, ${records.day}::text), 7) = ${month}`,
      ),
    )
    .orderBy(asc(records.id));
  const said = await lastSaidOf(
    db,
    heads.map(({ recordId }) => recordId),
  );
  return heads.flatMap((head) => {
    const last = said.get(head.recordId);
    return last ? [{ ...head, ...last }] : [];
  });
}

/** Who spoke of each of these records last, when, in which message; what was taken back does not count. */
async function lastSaidOf(db: Db, ids: readonly number[]) {
  if (ids.length === 0) return new Map<number, Pick<MadeSample, 'saidAt' | 'messageId' | 'author'>>();
  const rows = await db
    .selectDistinctOn([recordEntries.recordId], {
      recordId: recordEntries.recordId,
      saidAt: recordEntries.saidAt,
      messageId: recordEntries.messageId,
      author: people.openId,
    })
    .from(recordEntries)
    .innerJoin(people, eq(people.id, recordEntries.by))
    .where(
      and(
        inArray(recordEntries.recordId, [...ids]),
        isNull(recordEntries.undoes),
        sql`not exists (select 1 from record_entries as undoing where undoing.undoes = ${recordEntries.id})`,
      ),
    )
    .orderBy(asc(recordEntries.recordId), desc(recordEntries.saidAt), desc(recordEntries.id));
  return new Map(rows.map(({ recordId, ...said }) => [recordId, said]));
}
