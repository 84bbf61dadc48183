/**
 * Settles the month in a process of its own, so that its memory holds nothing but the settlement. Arguments: URL of the database, open_id of
 * who runs it, how often. Prints one line of JSON: every round with its people, seconds and most memory.
 */
import { sql } from 'drizzle-orm';
import { type Db, openPostgres } from '#db/client';
import { addRunStep, holdRun } from '#db/pay-runs';
import { findPerson } from '#db/people';
import { rowsOf } from '#db/rows';
import type { Person } from '#domain/people/person';
import { type Draftings, draftings } from '#usecases/pay/drafting';
import { draftMonth } from '#usecases/pay/run';
import { MONTH } from './pay-seed.ts';

export interface SettledMonth {
  people: number;
  seconds: number;
  /** Most memory that the process held meanwhile (resident), and what it held before, in megabytes. */
  peakMb: number;
  beforeMb: number;
}

/** The job of `/pay run`: from stored facts to stored settlements, with its check list, as it is in production. */
async function settleMonth(db: Db, by: Person, threads: Draftings): Promise<SettledMonth> {
  const now = () => new Date('2026-12-02T02:00:00Z');
  // every round is a first one: drafts of another would be replaced
  await db.execute(sql`truncate pay_drafts`);
  let attempt = 0;
  const run = await db.transaction(async (tx) => {
    const held = await holdRun(tx, MONTH, now());
    attempt = Math.max(0, ...held.steps.map((step) => step.attempt)) + 1;
    await addRunStep(tx, {
      runId: held.id,
      attempt,
      kind: 'started',
      by: by.id,
      at: now(),
      eventId: `bench-run-${attempt}`,
    });
    return held;
  });
  const before = process.memoryUsage.rss();
  let peak = before;
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, 20);
  const started = performance.now();
  await draftMonth(
    { db, by, now, async show() {}, async complete() {} },
    { month: MONTH, runId: run.id, attempt },
    'Asia/Shanghai',
    threads.open,
  );
  const seconds = (performance.now() - started) / 1_000;
  clearInterval(watch);
  const [row] = rowsOf<{ n: number }>(
    await db.execute(
      sql`select count(*)::int as n from pay_drafts where run_id = ${run.id} and result is not null and problems = '[]'`,
    ),
  );
  return { people: row!.n, seconds, peakMb: peak / 1e6, beforeMb: before / 1e6 };
}

const [url, openId, rounds] = process.argv.slice(2);
const { db, close } = await openPostgres(url!);
const by = (await findPerson(db, openId!))!;
const threads = draftings(db, url);
const settled: SettledMonth[] = [];
for (let round = 0; round < Number(rounds); round++) settled.push(await settleMonth(db, by, threads));
console.log(JSON.stringify(settled));
await threads.close();
await close();
