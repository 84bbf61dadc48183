import { eq, or, sql } from 'drizzle-orm';
import type { Db } from './client.ts';
import { rowsOf } from './rows.ts';
import { inbox } from './schema.ts';

export interface Taken {
  eventId: string;
  kind: string;
  messageId?: string;
  fingerprint: string;
  happenedAt: Date;
}

export type Outcome = 'done' | 'refused' | 'ignored' | 'failed';

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
  // written out: it is the first statement of every event
  const added = await db.execute(sql`
    insert into inbox (event_id, kind, message_id, fingerprint, happened_at, received_at, outcome, payload, error_no)
    values (${eventId}, ${kind}, ${messageId}, ${fingerprint}, ${happenedAt.toISOString()}, ${now.toISOString()}, ${outcome},
      ${payload}::text::jsonb, ${failed?.errorNo ?? null})
    on conflict do nothing returning event_id`);
  if (rowsOf(added).length > 0) return 'new';
  const before = await db
    .select({ fingerprint: inbox.fingerprint })
    .from(inbox)
    .where(or(eq(inbox.eventId, event.eventId), event.messageId ? eq(inbox.messageId, event.messageId) : undefined));
  return before.every(({ fingerprint }) => fingerprint === event.fingerprint) ? 'known' : 'altered';
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

/** Forgets that a failed event was taken, so that it can be carried out again. */
export async function releaseFailed(db: Db, eventId: string): Promise<unknown> {
  const [row] = await db
    .delete(inbox)
    .where(sql`${inbox.eventId} = ${eventId} and ${inbox.outcome} = 'failed'`)
    .returning({ payload: inbox.payload });
  return row?.payload;
}
