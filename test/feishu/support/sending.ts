import { afterAll, afterEach, beforeEach } from 'vitest';
import type { Db } from '#db/client';
import { laneOf, type OutboxContent, type OutboxJob, post, type Recipient } from '#db/outbox';
import { outbox, sentCards } from '#db/schema';
import { createApi } from '#feishu/api';
import { createSender, type Sender, type SenderOptions } from '#feishu/sender';
import { freshDatabase } from '#test/support/room';
import { type Asked, type ScriptedFeishu, scriptedFeishu, type Turn } from '../scripted-feishu.ts';
import { type MovableClock, movableClock } from './clock.ts';
import { recordingLog } from './log.ts';

export interface SendingKit {
  clock: MovableClock;
  feishu: ScriptedFeishu;
  log: ReturnType<typeof recordingLog>;
  sender(db: Db, options?: Partial<SenderOptions>): Sender;
  api: ReturnType<typeof createApi>;
  /** Moves the clock until everything is sent or given up; returns how long that took by the clock, in ms. */
  drain(...senders: Sender[]): Promise<number>;
  reset(): void;
  /** Ends the senders of a test: one that looks at the outbox once more would take what the next test puts there. */
  stop(): Promise<void>;
  close(): Promise<void>;
}

/** A scripted platform, an API client and senders that share one clock, which moves only when all of them wait for it. */
export async function sendingKit(): Promise<SendingKit> {
  const senders: Sender[] = [];
  const atRest = () => feishu.open === 0 && senders.every((sender) => sender.resting());
  const clock = movableClock(undefined, async () => {
    do await new Promise((resolve) => setTimeout(resolve, 0));
    while (!atRest());
  });
  const feishu = await scriptedFeishu({ now: clock.now });
  const log = recordingLog();
  const api = createApi({
    appId: 'cli_1',
    appSecret: 'secret',
    domain: feishu.url,
    now: clock.now,
    log,
  });
  return {
    clock,
    feishu,
    log,
    api,
    sender(db, options) {
      const sender = createSender({ db, api, appId: 'cli_1', clock, log, random: () => 0.5, ...options });
      senders.push(sender);
      return sender;
    },
    async drain(...which) {
      const start = clock.now().getTime();
      await clock.until(Promise.all((which.length > 0 ? which : senders).map((sender) => sender.idle())));
      return clock.now().getTime() - start;
    },
    reset() {
      senders.length = 0;
      log.lines.length = 0;
      feishu.reset();
    },
    async stop() {
      let stopped = false;
      void Promise.all(senders.map((sender) => sender.stop())).finally(() => {
        stopped = true;
      });
      // a test that failed may have left its call without an answer
      feishu.release();
      while (!stopped || senders.some((sender) => sender.inFlight() > 0)) {
        await new Promise((resolve) => setTimeout(resolve, 1));
        clock.wake(1000);
      }
    },
    async close() {
      api.close();
      await feishu.close();
    },
  };
}

/** What the suites of sending begin with: one kit and one database, which each test finds empty. */
export async function sendingRoom() {
  const database = await freshDatabase();
  const kit = await sendingKit();
  afterAll(() => kit.close());
  beforeEach(() => kit.reset());
  afterEach(() => kit.stop());
  const { db } = database;
  return {
    database,
    db,
    kit,
    /** Puts a job into the outbox, on the lane of its recipient unless said otherwise. */
    post: (job: OutboxJob, lane?: string) => enqueue(db, kit.clock, job, lane),
  };
}

export const text = (words: string): OutboxContent => ({ type: 'text', text: words });
export const send = (to: Recipient, content: OutboxContent, cardKey?: string): OutboxJob => ({
  do: 'send',
  to,
  content,
  ...(cardKey && { cardKey }),
});

async function enqueue(db: Db, clock: MovableClock, job: OutboxJob, lane?: string): Promise<void> {
  const own = 'to' in job ? laneOf(job.to) : 'chat:oc_1';
  await post(db, lane ?? own, job, clock.now());
}

export const rows = (db: Db) => db.select().from(outbox).orderBy(outbox.id);

/** The most calls in any `ms` that end with one of them. */
export function busiest(times: number[], ms: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  let [most, from] = [0, 0];
  for (const [to, time] of sorted.entries()) {
    while (sorted[from]! <= time - ms) from++;
    most = Math.max(most, to - from + 1);
  }
  return most;
}

export const MINUTE = 60_000;
export const chat = (id: string) => ({ chat: id });
export const card = { schema: '2.0', body: { elements: [{ tag: 'markdown', content: '订单' }] } };

/** An answer with this code. */
export const coded = (code: number, status = 400, headers?: Record<string, string>): Turn => ({
  status,
  json: { code, msg: 'words' },
  ...(headers && { headers }),
});

/** The first `times` calls fail so, the rest work. */
export function failing(times: number, turn: Turn): (asked: Asked) => Turn {
  let left = times;
  return () => (left-- > 0 ? turn : undefined);
}

/** A card that was sent, unless `fields` say otherwise without a message id. */
export async function sentCard(
  db: Db,
  clock: MovableClock,
  key: string,
  fields: Partial<typeof sentCards.$inferInsert> = {},
): Promise<void> {
  const at = clock.now();
  await db.insert(sentCards).values({ key, rev: 1, card, sentAt: at, updatedAt: at, ...fields });
}
