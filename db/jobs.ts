import { eq, sql } from 'drizzle-orm';
import type { Db } from './client.ts';
import { jobs } from './schema.ts';

export interface Job {
  id: number;
  kind: string;
  args: unknown;
  by: number;
  cardKey: string | null;
  /** What the job itself noted, to go on from after a restart. */
  progress: unknown;
  tries: number;
}

const columns = {
  id: jobs.id,
  kind: jobs.kind,
  args: jobs.args,
  by: jobs.by,
  cardKey: jobs.cardKey,
  progress: jobs.progress,
  tries: jobs.tries,
};

/** Writes a job, in the transaction of what asks for it. */
export async function addJob(
  db: Db,
  job: { kind: string; args: unknown; by: number; cardKey: string | null },
  now: Date,
): Promise<number> {
  const [row] = await db
    .insert(jobs)
    .values({ ...job, createdAt: now })
    .returning({ id: jobs.id });
  return row!.id;
}

/**
 * Takes the oldest job that nobody is working on; a lease that has run out (its process died) counts as nobody. In one statement: under
 * load it is asked twenty times a second, nearly always for nothing.
 */
export async function claimJob(db: Db, now: Date, leaseMs: number): Promise<Job | undefined> {
  const [job] = await db
    .update(jobs)
    .set({ state: 'running', tries: sql`${jobs.tries} + 1`, leasedUntil: new Date(now.getTime() + leaseMs) })
    .where(
      sql`${jobs.id} = (select id from jobs where state in ('waiting', 'running')
        and (leased_until is null or leased_until < ${now.toISOString()}::timestamptz) order by id limit 1 for update skip locked)`,
    )
    .returning(columns);
  return job;
}

export async function extendLease(db: Db, id: number, until: Date): Promise<void> {
  await db.update(jobs).set({ leasedUntil: until }).where(eq(jobs.id, id));
}

/** Ends a job; call it with the transaction of its last effect, so that both happen or neither. */
export async function finishJob(
  db: Db,
  id: number,
  state: 'done' | 'failed',
  now: Date,
  problem: string | null = null,
): Promise<void> {
  await db.update(jobs).set({ state, problem, leasedUntil: null, doneAt: now }).where(eq(jobs.id, id));
}

export async function releaseJob(db: Db, id: number): Promise<void> {
  await db.update(jobs).set({ leasedUntil: null }).where(eq(jobs.id, id));
}
