import { sql } from 'drizzle-orm';
import { run } from 'graphile-worker';
import { silent } from '#bot/log';
import type { Db } from '#db/client';
import { post } from '#db/outbox';
import { outboxState } from '#db/sending';
import type { FeishuApi } from '#feishu/api';
import { systemClock } from '#feishu/clock';
import { createSender } from '#feishu/sender';
import { median, timed } from './measure.ts';
import { type Part, table, whole } from './part.ts';

/** As many as the platform takes in a minute: more never stand in the windows that each look counts. */
const MESSAGES = 1_000;
const ROUNDS = 5;
const PARALLEL = 16;
/** Some way below what was measured (1.15 to 1.28). */
const LEAST_RATIO = 0.9;

/** A platform that takes everything at once, so that only the queue itself is measured. */
const instant = {
  async send() {
    return { messageId: `om_${Math.random()}`, chatId: 'oc_bench' };
  },
} as unknown as FeishuApi;

async function drain(db: Db): Promise<number> {
  const now = systemClock.now();
  await db.execute(sql`truncate send_attempts`);
  await db.transaction(async (tx) => {
    for (let n = 0; n < MESSAGES; n++) {
      const to = { person: `ou_${n % 300}` };
      await post(tx, `person:${to.person}`, { do: 'send', to, content: { type: 'text', text: `${n}` } }, now);
    }
  });
  // the platform's limits are put aside, all else is as it is
  const limits = { perSecond: 1_000_000, perMinute: 1_000_000, perLaneSecond: 1_000_000 };
  const sender = createSender({
    db,
    api: instant,
    appId: 'cli',
    clock: systemClock,
    log: silent,
    limits,
    parallel: PARALLEL,
  });
  const ms = await timed(() => sender.idle());
  await sender.stop();
  if ((await outboxState(db, now)).pending > 0) throw new Error('something was not sent');
  return (MESSAGES * 1_000) / ms;
}

/** As many jobs, as many at a time, each done at once. */
async function jobs(url: string): Promise<number> {
  let left = MESSAGES;
  let finish = () => {};
  const done = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const quiet = { error() {}, warn() {}, info() {}, debug() {} };
  const { Logger } = await import('graphile-worker');
  const logger = new Logger(() => (level, message) => (level === 'error' ? console.error(message) : quiet.info()));
  const { makeWorkerUtils } = await import('graphile-worker');
  const utils = await makeWorkerUtils({ connectionString: url, logger });
  await utils.migrate();
  await utils.addJobs(
    Array.from({ length: MESSAGES }, (_, n) => ({ identifier: 'send', payload: { n }, queueName: `lane-${n % 300}` })),
  );
  const started = performance.now();
  const runner = await run({
    connectionString: url,
    concurrency: PARALLEL,
    maxPoolSize: 10,
    noHandleSignals: true,
    logger,
    taskList: {
      send() {
        left -= 1;
        if (left === 0) finish();
      },
    },
  });
  await done;
  const ms = performance.now() - started;
  await runner.stop();
  await utils.release();
  return (MESSAGES * 1_000) / ms;
}

export const outboxPart: Part = {
  name: 'outbox',
  title: 'Draining the outbox',
  async run({ postgres }) {
    const { db, url, close } = await postgres('bench_outbox');
    await drain(db);
    await jobs(url);
    const rates = { ours: [] as number[], jobs: [] as number[] };
    for (let round = 0; round < ROUNDS; round++) {
      rates.ours.push(await drain(db));
      rates.jobs.push(await jobs(url));
    }
    await close();
    const [ours, library] = [median(rates.ours), median(rates.jobs)];
    const ratio = ours / library;
    return {
      lines: table(
        [`${whole(MESSAGES)} messages in 300 lanes, ${PARALLEL} at a time, medians of ${ROUNDS} rounds`, 'a second'],
        [
          [
            'outbox and sender: order kept in each lane, limits counted across processes, limits put aside',
            whole(ours),
          ],
          ['graphile-worker on the same server, one queue a lane', whole(library)],
          ['ratio (aim: ≥ 1)', ratio.toFixed(2)],
        ],
      ),
      broken: ratio < LEAST_RATIO ? [`outbox: ${ratio.toFixed(2)} of a job library, at least ${LEAST_RATIO}`] : [],
    };
  },
};
