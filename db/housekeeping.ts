import { and, eq, inArray, lt, sql } from 'drizzle-orm';
import type { Db } from './client.ts';
import { blobs, inbox, outbox, sendAttempts, sentCards } from './schema.ts';

const DAY = 86_400_000;

/**
 * Forgets what is no longer needed: attempts that no window counts, sent messages after 7 days, files that no message needs, cards that
 * can no longer be replaced after 15 days, finished inbox rows after 30 days (far longer than the platform redelivers).
 */
export async function housekeeping(db: Db, now: Date): Promise<void> {
  const before = (ms: number) => new Date(now.getTime() - ms);
  await db.delete(sendAttempts).where(lt(sendAttempts.startedAt, before(10 * 60_000)));
  await db.delete(outbox).where(and(eq(outbox.state, 'sent'), lt(outbox.doneAt, before(7 * DAY))));
  await db.delete(blobs).where(
    and(
      lt(blobs.createdAt, before(DAY)),
      sql`not exists (select 1 from outbox waiting where waiting.state <> 'sent'
        and (waiting.job #>> '{content,blob}')::bigint = ${blobs.id})`,
    ),
  );
  await db.delete(sentCards).where(lt(sentCards.sentAt, before(15 * DAY)));
  await db
    .delete(inbox)
    .where(and(inArray(inbox.outcome, ['done', 'refused', 'ignored']), lt(inbox.receivedAt, before(30 * DAY))));
}
