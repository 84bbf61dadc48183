import type { Db } from '#db/client';
import { laneOf, type OutboxContent, type OutboxJob, post, type Recipient } from '#db/outbox';
import { outbox } from '#db/schema';
import { createApi } from '#feishu/api';
import { createSender, type Sender, type SenderOptions } from '#feishu/sender';
import { type ScriptedFeishu, scriptedFeishu } from '../scripted-feishu.ts';
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
    async close() {
      api.close();
      await feishu.close();
    },
  };
}

export const text = (words: string): OutboxContent => ({ type: 'text', text: words });
export const send = (to: Recipient, content: OutboxContent, cardKey?: string): OutboxJob => ({
  do: 'send',
  to,
  content,
  ...(cardKey && { cardKey }),
});

/** Puts a job into the outbox, on the lane of its recipient. */
export async function enqueue(db: Db, clock: MovableClock, job: OutboxJob, lane?: string): Promise<void> {
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
