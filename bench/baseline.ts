import type { Db } from '#db/client';
import { doOnce } from '#db/done-once';

/** How many smallest durable transactions a second the same database takes from ten connections: what the webhook is measured against. */
export async function smallestTransactions(db: Db, seconds: number): Promise<number> {
  let done = 0;
  const run = `${Math.random()}`;
  const started = performance.now();
  await Promise.all(
    Array.from({ length: 10 }, async (_, worker) => {
      for (let i = 0; performance.now() - started < seconds * 1_000; i++) {
        await db.transaction((tx) => doOnce(tx, 'bench', `${run}-${worker}-${i}`, new Date()));
        done += 1;
      }
    }),
  );
  return (done * 1_000) / (performance.now() - started);
}
