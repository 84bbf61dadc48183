import { and, asc, desc, eq, inArray, ne, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
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

const speaker = alias(people, 'speaker');

/**
 * Samples of these people of which the pieces were recorded: those made in a month, and those of which nobody has said when.
 * Dropped and undone ones are left out.
 */
export async function madeSamples(db: Db, personIds: readonly number[], month: Month): Promise<MadeSample[]> {
  if (personIds.length === 0) return [];
  const madeOn = sql<string | null>`${records.data} ->> 'madeOn'`;
  const said = db
    .selectDistinctOn([recordEntries.recordId], {
      recordId: recordEntries.recordId,
      by: recordEntries.by,
      saidAt: recordEntries.saidAt,
      messageId: recordEntries.messageId,
    })
    .from(recordEntries)
    .where(
      sql`${recordEntries.undoes} is null and not exists (select 1 from record_entries as undoing where undoing.undoes = ${recordEntries.id})`,
    )
    .orderBy(asc(recordEntries.recordId), desc(recordEntries.saidAt), desc(recordEntries.id))
    .as('last_said');
  const rows = await db
    .select({
      personId: records.responsibleId,
      recordId: records.id,
      pieces: sql<number | null>`(${records.data} ->> 'pieces')::int`,
      kind: sql<string | null>`${records.data} ->> 'garment'`,
      madeOn,
      order: orders.no,
      chatId: orders.chatId,
      saidAt: said.saidAt,
      messageId: said.messageId,
      author: speaker.openId,
    })
    .from(records)
    .leftJoin(orders, eq(orders.id, records.orderId))
    .innerJoin(said, eq(said.recordId, records.id))
    .innerJoin(speaker, eq(speaker.id, said.by))
    .where(
      and(
        eq(records.kind, 'sample'),
        eq(records.undone, false),
        ne(records.state, 'dropped'),
        inArray(records.responsibleId, [...personIds]),
        sql`${records.data} ? 'pieces'`,
        sql`coalesce(left(${madeOn}, 7), ${month}) = ${month}`,
      ),
    )
    .orderBy(asc(records.id));
  return rows;
}
