import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { DraftColumns } from '#db/pay-runs';
import type { SchemeVersion } from '#domain/pay/scheme';
import { draftAll, type ToDraft } from './draft.ts';

/** Settles batches, here or in a thread of its own. */
export interface Drafting {
  draft(people: readonly ToDraft[]): DraftColumns | Promise<DraftColumns>;
  close(): Promise<void>;
}

export interface Question {
  id: number;
  /** Versions that the thread has not seen, by the name that people refer to them by. */
  fresh: [string, SchemeVersion][];
  people: (Omit<ToDraft, 'version'> & { version: string })[];
}

export interface Answer {
  id: number;
  /** Absent when it could not. */
  drafts: DraftColumns | undefined;
}

/** A thread takes half a second to begin and some hundred megabytes: fewer people are settled sooner without. */
const WORTH_A_THREAD = 5_000;
/** Batches that the thread has or that wait for it; what comes meanwhile is settled here. */
const MOST_WAITING = 2;

const here: Drafting = { draft: draftAll, async close() {} };

/**
 * For so many people: beyond some thousands the settling itself goes to a second thread, while this one reads and stores (ADR 15). Until that is
 * ready, when it has enough, and if it should die, batches are settled here; the bytes are the same.
 */
export function openDrafting(count: number): Drafting {
  return count < WORTH_A_THREAD || availableParallelism() < 2 ? here : inThread();
}

export function inThread(): Drafting & { ready: Promise<void>; settledThere(): number } {
  const worker = new Worker(new URL('./start-drafting-thread.mjs', import.meta.url), {
    execArgv: [],
    // settlements die young: with room for a batch of them few are ever moved
    resourceLimits: { maxYoungGenerationSizeMb: 32 },
  });
  const waiting = new Map<number, { people: readonly ToDraft[]; done(drafts: DraftColumns | undefined): void }>();
  const names = new Map<SchemeVersion, string>();
  let isReady = false;
  let isGone = false;
  let last = 0;
  let settledThere = 0;
  let opened: () => void;
  const ready = new Promise<void>((resolve) => {
    opened = resolve;
  });
  const gone = () => {
    isGone = true;
    opened();
    for (const { done } of waiting.values()) done(undefined);
    waiting.clear();
  };
  worker.on('message', (message: 'ready' | Answer) => {
    if (message === 'ready') {
      isReady = true;
      opened();
      return;
    }
    if (message.drafts) settledThere += 1;
    waiting.get(message.id)?.done(message.drafts);
    waiting.delete(message.id);
  });
  worker.on('error', gone);
  worker.on('exit', gone);
  return {
    ready,
    settledThere: () => settledThere,
    async draft(people) {
      if (!isReady || isGone || waiting.size >= MOST_WAITING) return draftAll(people);
      const fresh: [string, SchemeVersion][] = [];
      const nameOf = (version: SchemeVersion | undefined): string => {
        if (!version) return '';
        const known = names.get(version) ?? `${names.size + 1}`;
        if (!names.has(version)) fresh.push([known, version]);
        names.set(version, known);
        return known;
      };
      const id = ++last;
      const question: Question = {
        id,
        fresh,
        people: people.map(({ version, ...own }) => ({ ...own, version: nameOf(version) })),
      };
      const drafts = await new Promise<DraftColumns | undefined>((done) => {
        waiting.set(id, { people, done });
        worker.postMessage(question);
      });
      return drafts ?? draftAll(people);
    },
    async close() {
      await worker.terminate();
    },
  };
}
