import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { afterEach } from 'vitest';
import type { Incoming, Receive } from '#bot/incoming';
import type { Db } from '#db/client';
import { createApi } from '#feishu/api';
import { botIdentity } from '#feishu/bot-identity';
import { type Clock, systemClock } from '#feishu/clock';
import { createIntake } from '#feishu/intake';
import { lateAnswer } from '#feishu/late-answer';
import { createSender, type Sender, type SenderOptions } from '#feishu/sender';
import { tenantCheck } from '#feishu/tenant';
import { webhookRoutes } from '#feishu/webhook';
import { createStandIn } from '#playground/platform/stand-in';
import type { WorldSeed } from '#playground/platform/world-seed';
import { appIdentity, seed } from '#test/playground/fixture';
import { freshDatabase } from '#test/support/room';
import { type MovableClock, movableClock } from './clock.ts';
import { recordingLog } from './log.ts';

/** Looks personal; must never be in a log. */
export const CANARY = '8,642.19元-canary';

export interface StageOptions {
  clock?: Clock;
  receive?: Receive;
  world?: WorldSeed;
}

export type Stage = Awaited<ReturnType<typeof stage>>;

/** The stand-in platform and our whole edge, over HTTP, through the official client. */
async function stage(db: Db, { clock: base = systemClock, receive, world = seed() }: StageOptions = {}) {
  const closing: (() => unknown)[] = [];
  const standIn = await createStandIn({ app: appIdentity, world, clock: { now: base.now } });
  const clock: Clock = { now: standIn.clock.now, wait: base.wait };
  const platform = await standIn.listen();
  closing.push(() => standIn.close(), platform.close);
  const log = recordingLog();
  const { appId, appSecret, encryptKey, verificationToken } = appIdentity;
  const api = createApi({ appId, appSecret, domain: platform.url, now: clock.now, log });
  closing.push(() => api.close());
  const received: Incoming[] = [];
  const intake = createIntake({
    async receive(incoming) {
      received.push(incoming);
      return receive ? receive(incoming) : {};
    },
    botOpenId: botIdentity(db, api, clock.now),
    isOurTenant: tenantCheck(db, { now: clock.now }),
    deliverLate: lateAnswer({ api, clock, log }),
    clock,
    log,
  });
  closing.push(() => intake.settled());

  const app = webhookRoutes({ credentials: { appId, encryptKey, verificationToken }, intake, clock, log });
  const server = createAdaptorServer({ fetch: app.fetch }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(() => server.close());

  const senders: Sender[] = [];
  return {
    standIn,
    platform: platform.url,
    /** Where events are taken. */
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook/event`,
    log,
    api,
    received,
    intake,
    clock,
    sender(how: Partial<SenderOptions> = {}): Sender {
      const made = createSender({ db, api, appId, clock, log, ...how });
      senders.push(made);
      closing.push(() => made.stop());
      return made;
    },
    /** Every sender only waits for time to pass. */
    resting: () => senders.every((sender) => sender.resting()),
    /** To be closed before the stage. */
    onClose: (close: () => unknown) => void closing.push(close),
    async close() {
      for (const close of closing.reverse()) await close();
    },
  };
}

/** What the suites of the platform begin with: a database that each test finds empty, and stages that close with their test. */
export async function stages() {
  const database = await freshDatabase();
  const open: Stage[] = [];
  afterEach(async () => {
    for (const one of open.splice(0)) await one.close();
  });
  async function opened<S extends Stage>(one: Promise<S>): Promise<S> {
    open.push(await one);
    return one;
  }
  return {
    database,
    onStage: (options?: StageOptions) => opened(stage(database.db, options)),
    onMovableStage: (options?: Omit<StageOptions, 'clock'>) => opened(movableStage(database.db, options)),
  };
}

/** A stage whose clock moves only while all its senders wait for it. */
async function movableStage(
  db: Db,
  options: Omit<StageOptions, 'clock'> = {},
): Promise<Stage & { time: MovableClock }> {
  const time: MovableClock = movableClock(undefined, async () => {
    do await new Promise((resolve) => setTimeout(resolve, 0));
    while (!whole.resting());
  });
  const whole = await stage(db, { ...options, clock: time });
  return { ...whole, time };
}
