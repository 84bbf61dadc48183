import { randomBytes } from 'node:crypto';
import { updateCard } from '#bot/deliver';
import type { Log } from '#bot/log';
import { faultOf } from '#bot/log';
import type { Card } from '#cards/kit';
import { faultCard, problemCard } from '#cards/problem-card';
import type { Db } from '#db/client';
import { claimJob, extendLease, finishJob, type Job, releaseJob } from '#db/jobs';
import { personById } from '#db/people';
import { replaceCard } from '#db/sent-cards';
import { UserError } from '#domain/errors';
import type { Person } from '#domain/people/person';

/** Work that takes longer than an answer may: what runs under `kind`. */
export interface JobContext {
  db: Db;
  job: Job;
  by: Person;
  now(): Date;
  /** Shows how far it is, on the job's card. */
  show(card: Card): Promise<void>;
  /** Ends the job with its last card, in the transaction of its last effect: all of it happens or none. */
  complete(tx: Db, card: Card): Promise<void>;
}

/** Does the work and calls `complete`. */
export type JobHandler = (ctx: JobContext) => Promise<void>;

export interface JobRunner {
  /** Looks for work at once. */
  kick(): void;
  start(): void;
  stop(): Promise<void>;
  /** Resolves when there is nothing left to do; for tests. */
  idle(): Promise<void>;
}

const LEASE_MS = 60_000;
const SWEEP_MS = 5_000;
const LOOK_AGAIN_MS = 50;
const TRIES = 3;

/** Runs jobs one at a time in each process; a job whose process died is taken up again when its lease has run out. */
export function createJobRunner({
  db,
  handlers,
  now,
  log,
  onCommitted,
}: {
  db: Db;
  handlers: Record<string, JobHandler>;
  now(): Date;
  log: Log;
  onCommitted(): void;
}): JobRunner {
  let running: Promise<void> | undefined;
  let again = false;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;

  async function drain(): Promise<void> {
    for (;;) {
      again = false;
      const job = stopped ? undefined : await claimJob(db, now(), LEASE_MS);
      if (!job && !again) return;
      if (job) await run(job);
      // every commit says that there may be a job: under load one look serves many of them
      else await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
    }
  }

  async function run(job: Job): Promise<void> {
    const by = (await personById(db, job.by))!;
    const put = async (tx: Db, card: Card) => {
      if (job.cardKey)
        await updateCard(
          tx,
          { person: by.openId },
          job.cardKey,
          card,
          await replaceCard(tx, job.cardKey, { card }, now()),
          now(),
        );
    };
    const show = async (card: Card) => {
      await db.transaction((tx) => put(tx, card));
      onCommitted();
    };
    const end = async (tx: Db, state: 'done' | 'failed', card: Card, problem?: string) => {
      await put(tx, card);
      await finishJob(tx, job.id, state, now(), problem);
    };
    const heartbeat = setInterval(
      () => void extendLease(db, job.id, new Date(now().getTime() + LEASE_MS)).catch(() => undefined),
      LEASE_MS / 3,
    );
    try {
      const handler = handlers[job.kind];
      if (!handler) throw new Error(`no handler for jobs of kind ${job.kind}`);
      await handler({ db, job, by, now, show, complete: (tx, card) => end(tx, 'done', card) });
    } catch (error) {
      if (error instanceof UserError) {
        await db.transaction((tx) =>
          end(tx, 'failed', problemCard({ problems: [error.problem], hint: error.hint }), error.code),
        );
      } else if (job.tries < TRIES) {
        log.warn(
          { job: job.id, kind: job.kind, tries: job.tries, fault: faultOf(error) },
          'a job failed and will be tried again',
        );
        await releaseJob(db, job.id);
      } else {
        const errorNo = randomBytes(2).toString('hex').toUpperCase();
        log.error({ job: job.id, kind: job.kind, errorNo, fault: faultOf(error) }, 'a job failed for good');
        await db.transaction((tx) => end(tx, 'failed', faultCard(errorNo), errorNo));
      }
    } finally {
      clearInterval(heartbeat);
      onCommitted();
    }
  }

  function kick(): void {
    again = true;
    if (stopped || running) return;
    running = drain()
      .catch((error) => log.warn({ fault: faultOf(error) }, 'jobs could not be looked up now'))
      .finally(() => {
        running = undefined;
      });
  }

  return {
    kick,
    start() {
      timer = setInterval(kick, SWEEP_MS);
      timer.unref();
      kick();
    },
    async stop() {
      stopped = true;
      clearInterval(timer);
      await running;
    },
    async idle() {
      while (running) await running;
    },
  };
}
