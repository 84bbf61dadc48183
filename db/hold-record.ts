import { sql } from 'drizzle-orm';
import type { Db } from './client.ts';

/**
 * Holds a record until the transaction ends, so that two who act on it take turns. Not `for update`: records are append-only, and the
 * application's role has no right to change them, which a row lock would need.
 */
export async function holdRecord(tx: Db, what: 'approval' | 'pay-run', id: number): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${`${what}:${id}`}))`);
}
