import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Db } from '#db/client';
import { type Batch, type Drafted, draftBatch } from './draft-batch.ts';

/** Settles batches of a run: here, or in threads with connections of their own (ADR 21). */
export interface Drafting {
  /** Batches that are worth having under way at once. */
  atOnce: number;
  /** See `draftBatch`. */
  draft(batch: Batch): Promise<Drafted[] | undefined>;
  /** The run is over. */
  close(): void;
}

export interface Question {
  id: number;
  batch: Batch;
}

export interface Answer {
  id: number;
  drafted: Drafted[] | undefined;
  /** It could not, and the thread that asked does it again and reports. */
  failed: boolean;
}

/** A thread takes half a second to begin: fewer people are settled sooner without. */
const WORTH_THREADS = 5_000;
/** Each works on one batch while the database collects or stores another. */
export const AT_ONCE_EACH = 2;
/** The server's connections and memory are for the chat as well. */
const MOST_THREADS = 4;
/** Who has settled a month looks at it, puts right what is wrong, and settles it again. */
const KEPT_MS = 5 * 60_000;

/** While the database collects or stores one batch, another is computed. */
export const draftingHere = (db: Db): Drafting => ({ atOnce: 3, draft: (batch) => draftBatch(db, batch), close() {} });

export interface Draftings {
  /** For a run of so many people. */
  open(count: number): Drafting;
  /** Ends the threads; what they were at is rolled back. */
  close(): Promise<void>;
}

/**
 * Small runs are settled here. For others a thread a core (at most four) does it, with connections of its own, so that this one has time for the chat. A
 * batch whose thread fails or dies is settled here, and so are its faults reported.
 *
 * @param url of the PostgreSQL that `db` is; absent for the embedded database, which has one connection
 */
export function draftings(db: Db, url: string | undefined): Draftings {
  const here = draftingHere(db);
  const cores = Math.min(availableParallelism(), MOST_THREADS);
  let threads: ReturnType<typeof inThreads> | undefined;
  let idle: NodeJS.Timeout | undefined;
  const end = async () => {
    clearTimeout(idle);
    const ended = threads;
    threads = undefined;
    await ended?.end();
  };
  return {
    open(count) {
      if (!url || count < WORTH_THREADS || cores < 2) return here;
      clearTimeout(idle);
      threads ??= inThreads(db, url, cores);
      return {
        ...threads,
        close() {
          idle = setTimeout(() => void end(), KEPT_MS).unref();
        },
      };
    },
    close: end,
  };
}

export function inThreads(
  db: Db,
  url: string,
  count: number,
): Drafting & { settledThere(): number; end(): Promise<void> } {
  const threads = Array.from({ length: count }, () => startThread(url));
  const here = draftingHere(db);
  let settledThere = 0;
  return {
    atOnce: count * AT_ONCE_EACH,
    settledThere: () => settledThere,
    async draft(batch) {
      const [idlest] = threads.filter(({ isGone }) => !isGone()).sort((a, b) => a.waiting() - b.waiting());
      const answer = await idlest?.ask(batch);
      if (!answer || answer.failed) return here.draft(batch);
      settledThere += 1;
      return answer.drafted;
    },
    close() {},
    async end() {
      await Promise.all(threads.map(({ end }) => end()));
    },
  };
}

function startThread(url: string) {
  const worker = new Worker(new URL('./start-drafting-thread.mjs', import.meta.url), {
    execArgv: [],
    workerData: { url },
    // settlements die young: with room for a batch of them few are ever moved
    resourceLimits: { maxYoungGenerationSizeMb: 48 },
  });
  // nothing waits for a thread that has nothing to do
  worker.unref();
  const waiting = new Map<number, (answer: Answer | undefined) => void>();
  let isGone = false;
  let last = 0;
  const gone = () => {
    isGone = true;
    for (const done of waiting.values()) done(undefined);
    waiting.clear();
  };
  worker.on('message', (answer: Answer) => {
    waiting.get(answer.id)?.(answer);
    waiting.delete(answer.id);
  });
  worker.on('error', gone);
  worker.on('exit', gone);
  return {
    isGone: () => isGone,
    waiting: () => waiting.size,
    ask(batch: Batch): Promise<Answer | undefined> {
      const question: Question = { id: ++last, batch };
      return new Promise((done) => {
        waiting.set(question.id, done);
        worker.postMessage(question);
      });
    },
    async end() {
      await worker.terminate();
    },
  };
}
