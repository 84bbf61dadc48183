import { and, eq } from 'drizzle-orm';
import type { Db } from './client.ts';
import { doneOnce } from './schema.ts';

/** True for the first who asks with this key, in the transaction of what is to be done once; false for everybody after. */
export async function doOnce(db: Db, job: string, key: string, now: Date): Promise<boolean> {
  const added = await db
    .insert(doneOnce)
    .values({ job, key, at: now })
    .onConflictDoNothing()
    .returning({ key: doneOnce.key });
  return added.length > 0;
}

/** Whether that was done, to spare the look at what is due; the guard itself is `doOnce`. */
export async function wasDone(db: Db, job: string, key: string): Promise<boolean> {
  const [row] = await db
    .select({ key: doneOnce.key })
    .from(doneOnce)
    .where(and(eq(doneOnce.job, job), eq(doneOnce.key, key)));
  return row !== undefined;
}
