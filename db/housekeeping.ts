import { and, eq, inArray, lt, ne, sql } from 'drizzle-orm';
import type { Db } from './client.ts';
import { blobs, inbox, jobs, messageLinks, outbox, sendAttempts, sentCards } from './schema.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** How long what is no record is kept, in ms; docs/retention.md says why. */
export const KEPT = {
  attempt: 10 * MINUTE,
  sentMessage: 7 * DAY,
  file: DAY,
  /** The platform replaces cards for 14 days. */
  card: 15 * DAY,
  /** The platform redelivers for 7 hours. */
  event: 30 * DAY,
  /** With what was said, for an operator to look at: failed events, messages that were given up. */
  failure: 90 * DAY,
  job: 90 * DAY,
  /** Asked again when somebody looks. */
  link: 90 * DAY,
};

/** Forgets what is no longer needed. Records are not touched: they are kept, and could not be deleted. */
export async function housekeeping(db: Db, now: Date): Promise<void> {
  const before = (ms: number) => new Date(now.getTime() - ms);
  await db.delete(sendAttempts).where(lt(sendAttempts.startedAt, before(KEPT.attempt)));
  await db.delete(outbox).where(and(eq(outbox.state, 'sent'), lt(outbox.doneAt, before(KEPT.sentMessage))));
  await db.delete(outbox).where(and(eq(outbox.state, 'dead'), lt(outbox.createdAt, before(KEPT.failure))));
  await db.delete(blobs).where(
    and(
      lt(blobs.createdAt, before(KEPT.file)),
      sql`not exists (select 1 from outbox waiting where waiting.state <> 'sent'
        and (waiting.job #>> '{content,blob}')::bigint = ${blobs.id})`,
    ),
  );
  await db.delete(sentCards).where(
    and(
      lt(sentCards.sentAt, before(KEPT.card)),
      // what was given up may be sent after all, and then its card is wanted
      sql`${sentCards.key} not in (select waiting.job ->> 'cardKey' from outbox waiting
        where waiting.state <> 'sent' and waiting.job ->> 'cardKey' is not null)`,
    ),
  );
  await db
    .delete(inbox)
    .where(and(inArray(inbox.outcome, ['done', 'refused', 'ignored']), lt(inbox.receivedAt, before(KEPT.event))));
  await db.delete(inbox).where(and(ne(inbox.outcome, 'again'), lt(inbox.receivedAt, before(KEPT.failure))));
  await db.delete(jobs).where(and(inArray(jobs.state, ['done', 'failed']), lt(jobs.doneAt, before(KEPT.job))));
  await db.delete(messageLinks).where(lt(messageLinks.askedAt, before(KEPT.link)));
}
