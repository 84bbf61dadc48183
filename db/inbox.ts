import { and, eq, inArray, ne, or, sql } from 'drizzle-orm';
import { asked } from './asked.ts';
import type { Db } from './client.ts';
import { inbox } from './schema.ts';

export interface Taken {
  eventId: string;
  kind: string;
  messageId?: string;
  fingerprint: string;
  happenedAt: Date;
}

export type Outcome = 'done' | 'refused' | 'ignored' | 'failed';

const TAKE_IN = `
  insert into inbox (event_id, kind, message_id, fingerprint, happened_at, received_at, outcome, payload, error_no)
  values ($1, $2, $3, $4, $5, $6, $7, $8::text::jsonb, $9) on conflict do nothing returning event_id`;

/**
 * Takes an event in, in the transaction of its effect.
 *
 * @returns `new`; `known` when this event or message was taken before; `altered` when it was, but said something else then
 */
export async function takeIn(
  db: Db,
  event: Taken,
  outcome: Outcome,
  now: Date,
  failed?: { payload: unknown; errorNo: string },
): Promise<'new' | 'known' | 'altered'> {
  const { eventId, kind, messageId = null, fingerprint, happenedAt } = event;
  const payload = failed ? JSON.stringify(failed.payload) : null;
  const added = await asked(db, TAKE_IN, [
    eventId,
    kind,
    messageId,
    fingerprint,
    happenedAt.toISOString(),
    now.toISOString(),
    outcome,
    payload,
    failed?.errorNo ?? null,
  ]);
  if (added.length > 0 || (await takeAgain(db, event, outcome, failed))) return 'new';
  const before = await db
    .select({ fingerprint: inbox.fingerprint })
    .from(inbox)
    .where(or(eq(inbox.eventId, event.eventId), event.messageId ? eq(inbox.messageId, event.messageId) : undefined));
  return before.every(({ fingerprint }) => fingerprint === event.fingerprint) ? 'known' : 'altered';
}

export interface Reading {
  taken: Taken;
  messageIds: string[];
  reader: string;
  now: Date;
}

/**
 * Takes in that people read messages, and marks those of our cards that were sent to the reader alone: one statement for however many, which
 * is its own transaction. These are most of what the platform tells, and nothing follows from them.
 *
 * @returns for each, in their order: false when its event was taken before (also by another of these), then it has changed nothing
 */
export async function takeReadings(db: Db, readings: Reading[]): Promise<boolean[]> {
  const given = readings.map(({ taken: { eventId, kind, fingerprint, happenedAt }, messageIds, reader, now }, nr) => {
    return { nr, event: eventId, kind, said: fingerprint, at: happenedAt, got: now, messages: messageIds, reader };
  });
  const added = await asked<{ event: string; said: string }>(db, TAKE_READINGS, [JSON.stringify(given)]);
  const fresh = new Set(added.map(({ event, said }) => `${said} ${event}`));
  // of two of one event, one is in
  return given.map(({ event, said }) => fresh.delete(`${said} ${event}`));
}

/** In the order of their ids, so that two instances that were told the same do not wait for each other; of two of one id the first counts. */
const TAKE_READINGS = `
  with given as (
    select * from jsonb_to_recordset($1::text::jsonb)
      as g(nr int, event text, kind text, said text, at timestamptz, got timestamptz, messages jsonb, reader text)),
  taken as (
    insert into inbox (event_id, kind, fingerprint, happened_at, received_at, outcome)
    select event, kind, said, at, got, 'done' from given order by event, nr
    on conflict do nothing returning event_id as event, fingerprint as said),
  seen as (
    select message, reader, min(at) as at
    from given join taken using (event, said), jsonb_array_elements_text(messages) as message group by message, reader),
  marked as (
    update sent_cards c set read_at = s.at from seen s
    where c.message_id = any(array(select message from seen)) and c.message_id = s.message and c.audience = s.reader and c.read_at is null)
  select event, said from taken`;

/** An event that an operator wants run again is new once more, for the one who gets here first. */
async function takeAgain(
  db: Db,
  { eventId, fingerprint }: Taken,
  outcome: Outcome,
  failed: { payload: unknown; errorNo: string } | undefined,
): Promise<boolean> {
  const taken = await db
    .update(inbox)
    .set({ outcome, payload: failed?.payload ?? null, errorNo: failed?.errorNo ?? null })
    .where(and(eq(inbox.eventId, eventId), eq(inbox.fingerprint, fingerprint), eq(inbox.outcome, 'again')))
    .returning({ eventId: inbox.eventId });
  return taken.length > 0;
}

/** Events that a fault of ours kept from being carried out, oldest first. */
export function failedEvents(db: Db, limit = 100) {
  return db
    .select({
      eventId: inbox.eventId,
      kind: inbox.kind,
      errorNo: inbox.errorNo,
      receivedAt: inbox.receivedAt,
      payload: inbox.payload,
    })
    .from(inbox)
    .where(sql`${inbox.outcome} = 'failed'`)
    .orderBy(inbox.receivedAt)
    .limit(limit);
}

/**
 * Lets failed events run again: the bot takes them up at its next look. Clicks are left out: what they answer is shown on the spot, and
 * the person was told to press again.
 *
 * @param eventIds absent: all of them
 * @returns the events that will be run again
 */
export async function letRunAgain(db: Db, eventIds?: string[]): Promise<string[]> {
  const chosen = await db
    .update(inbox)
    .set({ outcome: 'again' })
    .where(and(eq(inbox.outcome, 'failed'), ne(inbox.kind, 'click'), eventIds && inArray(inbox.eventId, eventIds)))
    .returning({ eventId: inbox.eventId });
  return chosen.map(({ eventId }) => eventId);
}

/** Events that are to be run again, oldest first. */
export async function eventsToRunAgain(db: Db, limit = 100): Promise<{ eventId: string; payload: unknown }[]> {
  return db
    .select({ eventId: inbox.eventId, payload: inbox.payload })
    .from(inbox)
    .where(eq(inbox.outcome, 'again'))
    .orderBy(inbox.happenedAt)
    .limit(limit);
}

/** Puts an event that was to run again back on the list, unless it has run. */
export async function giveUpAgain(db: Db, eventId: string): Promise<void> {
  await db
    .update(inbox)
    .set({ outcome: 'failed' })
    .where(and(eq(inbox.eventId, eventId), eq(inbox.outcome, 'again')));
}
