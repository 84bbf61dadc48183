import { sql } from 'drizzle-orm';
import type { Db } from './client.ts';
import { jobs, outbox } from './schema.ts';

/**
 * What was under way when a backup was taken may have been finished since, by a bot that nobody remembers. Messages that waited are
 * marked as of unknown fate, so that the sender looks them up before it sends them; nobody holds anything any more.
 */
export async function settleRestored(db: Db): Promise<void> {
  await db.transaction(async (tx) => {
    await tx
      .update(outbox)
      .set({ leasedUntil: null, unknownSince: sql`coalesce(${outbox.unknownSince}, ${outbox.createdAt})` })
      .where(sql`${outbox.state} = 'pending'`);
    await tx.update(jobs).set({ leasedUntil: null }).where(sql`${jobs.leasedUntil} is not null`);
  });
}
