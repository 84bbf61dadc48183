import { type SQL, sql } from 'drizzle-orm';
import type { Month } from '#domain/calendar/dates';
import type { Db } from './client.ts';
import { rowsOf } from './rows.ts';

/** A value of a person's month as it counts now: the newest of its name, with who said it. */
export interface SaidValue {
  personId: number;
  name: string;
  value: string;
  reason: string;
  origin: string;
  /** open_id */
  author: string;
  at: Date;
  messageId: string | null;
  chatId: string | null;
}

/** Hours and flags of these people's month, by person and field. */
export const saidHours = (db: Db, personIds: readonly number[], month: Month): Promise<SaidValue[]> =>
  read(
    db,
    personIds,
    sql`select distinct on (own.person_id, own.field) own.person_id, own.field as name, own.value, own.reason, own.origin, own.by, own.said_at, own.message_id, null as chat_id
      from hours_entries as own where own.person_id = any(${list(personIds)}::bigint[]) and own.month = ${month}
      order by own.person_id, own.field, own.id desc`,
  );

/** What finance entered for these people's month, by person and key; what was taken back is left out. */
export async function saidFacts(db: Db, personIds: readonly number[], month: Month): Promise<SaidValue[]> {
  const newest = await read(
    db,
    personIds,
    sql`select distinct on (own.person_id, own.key) own.person_id, own.key as name, own.value, own.reason, own.origin, own.by, own.said_at, own.message_id, own.chat_id
      from pay_facts as own where own.person_id = any(${list(personIds)}::bigint[]) and own.month = ${month}
      order by own.person_id, own.key, own.id desc`,
  );
  return newest.filter(({ value }) => value !== '');
}

const list = (ids: readonly number[]): string => `{${ids.join(',')}}`;

/**
 * A settlement reads ten of these for each of a hundred thousand people: the server answers with one JSON text, which costs a fifth of what
 * rows and columns cost on their way.
 */
async function read(db: Db, personIds: readonly number[], newest: SQL): Promise<SaidValue[]> {
  if (personIds.length === 0) return [];
  const answer =
    await db.execute(sql`select coalesce(json_agg(json_build_array(newest.person_id, newest.name, newest.value, newest.reason, newest.origin,
      speaker.open_id, newest.said_at, newest.message_id, newest.chat_id)), '[]')::text as said
    from (${newest}) as newest join people as speaker on speaker.id = newest.by`);
  type Row = [number, string, string, string, string, string, string, string | null, string | null];
  const moments = new Map<string, Date>();
  const momentOf = (text: string): Date => {
    const known = moments.get(text) ?? new Date(text);
    moments.set(text, known);
    return known;
  };
  return (JSON.parse(rowsOf<{ said: string }>(answer)[0]!.said) as Row[]).map(
    ([personId, name, value, reason, origin, author, at, messageId, chatId]) => ({
      personId,
      name,
      value,
      reason,
      origin,
      author,
      at: momentOf(at),
      messageId,
      chatId,
    }),
  );
}
