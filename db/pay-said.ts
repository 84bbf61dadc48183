import { type SQL, sql } from 'drizzle-orm';
import type { Month } from '#domain/calendar/dates';
import { readByColumn } from './by-column.ts';
import type { Db } from './client.ts';
import { peopleByIds } from './people.ts';

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

type SaidRow = Omit<SaidValue, 'author' | 'at'> & { by: number; at: string };

async function read(db: Db, personIds: readonly number[], newest: SQL): Promise<SaidValue[]> {
  if (personIds.length === 0) return [];
  const rows = await readByColumn<SaidRow>(
    db,
    {
      personId: sql`person_id`,
      name: sql`name`,
      value: sql`value`,
      reason: sql`reason`,
      origin: sql`origin`,
      by: sql`by`,
      at: sql`said_at`,
      messageId: sql`message_id`,
      chatId: sql`chat_id`,
    },
    sql`(${newest}) as newest`,
  );
  // a handful of people say all of it
  const speakers = await peopleByIds(
    db,
    rows.map(({ by }) => by),
  );
  const moments = new Map<string, Date>();
  const momentOf = (text: string): Date => {
    const known = moments.get(text) ?? new Date(text);
    moments.set(text, known);
    return known;
  };
  // written out: a million of them, and what is spread into an object goes in one by one
  return rows.map(({ personId, name, value, reason, origin, by, at, messageId, chatId }) => ({
    personId,
    name,
    value,
    reason,
    origin,
    author: speakers.get(by)!.openId,
    at: momentOf(at),
    messageId,
    chatId,
  }));
}
