import { faultOf, type Log } from '#bot/log';
import type { Db } from '#db/client';
import {
  type Claimed,
  claimMessages,
  extendClaims,
  type Outcome,
  outboxState,
  releaseClaim,
  type SendLimits,
  settleAttempt,
} from '#db/sending';
import type { FeishuApi } from './api.ts';
import type { Clock } from './clock.ts';
import { sendMessage } from './send-message.ts';

export interface SenderOptions {
  db: Db;
  api: FeishuApi;
  appId: string;
  clock: Clock;
  log: Log;
  limits?: SendLimits;
  /** Calls at the same time. */
  parallel?: number;
  metrics?: SenderMetrics;
  random?: () => number;
}

export interface SenderMetrics {
  /** One call has ended; `ms` is how long it took. */
  attempt(result: Outcome['result'], ms: number): void;
}

export interface Sender {
  /** There may be something to send: looks at once. Many kicks are one look. */
  kick(): void;
  /** Looks also by itself now and then: for what another process left behind. */
  start(): void;
  /** Takes nothing more, waits up to 4 s for what is on its way, and gives back what is not through by then. */
  stop(): Promise<void>;
  /** Resolves when nothing is left to send; for tests. */
  idle(): Promise<void>;
  /** Calls on their way right now. */
  inFlight(): number;
  /** Nothing goes on but waiting for time to pass; for tests that move the clock. */
  resting(): boolean;
}

/** The platform's limits: every app 50/s and 1000/min, every person and chat 5/s. */
export const PLATFORM_LIMITS: SendLimits = { perSecond: 50, perMinute: 1000, perLaneSecond: 5 };

/** A dead process's messages wait this long; a living one says every so often that it is there. */
const LEASE_MS = 10_000;
const BEAT_MS = 2_500;
const SWEEP_MS = 15_000;
const LOOK_AGAIN_MS = 25;
const STOP_WITHIN_MS = 4000;
const DATABASE_AWAY_MS = 1000;
const FEW = 4;

/**
 * Sends what the outbox holds, in order within each lane and within the platform's limits, which all processes on the database share.
 *
 * A message is leased in a short transaction, sent outside any, then settled. The lease is extended while the call lasts. Dying in
 * between leaves a lease that ends, and the next one repeats the call under the same uuid, or looks the message up when that is too old.
 */
export function createSender(options: SenderOptions): Sender {
  const {
    db,
    api,
    appId,
    clock,
    log,
    limits = PLATFORM_LIMITS,
    parallel = 16,
    metrics,
    random = Math.random,
  } = options;
  const sending = { db, api, appId, now: clock.now, log, random };
  const running = new Map<Promise<void>, Claimed>();
  let stopped = false;
  let draining: Promise<void> | undefined;
  let sweeping: Promise<void> | undefined;
  let kicked = false;
  let woken = false;
  let sleeping = false;
  /** Calls that have ended, whose result waits for the database. */
  let storing = 0;
  /** Everybody was told to wait: one message tries first whether it is over. */
  let probing = false;
  let pause = new AbortController();
  /** The app's window is full till then: what is written meanwhile is looked at when it frees. */
  let closedUntil = 0;
  /** Nothing is on its way any more. */
  let resting = new AbortController();
  let beating: Promise<void> | undefined;
  /** Leases are being given back: nobody extends them now. */
  let released = false;
  const stopping = new AbortController();

  /** A call of ours has ended, or we are to stop: worth a look in any case. */
  function wake() {
    woken = true;
    kicked = true;
    pause.abort();
  }

  const isOpen = (): boolean => clock.now().getTime() >= closedUntil;

  /** Waits until `moment`, or until somebody wakes us. A wake since the last look counts. */
  async function sleepUntil(moment: number) {
    if (woken || (kicked && isOpen())) return;
    pause = new AbortController();
    const ms = moment - clock.now().getTime();
    sleeping = true;
    await clock.wait(Math.min(Math.max(0, ms), SWEEP_MS), pause.signal);
    sleeping = false;
  }

  async function drain(): Promise<void> {
    while (!stopped) {
      kicked = false;
      woken = false;
      const max = (probing ? 1 : parallel) - running.size;
      // one look for a few messages costs little more than for one
      if (running.size > 0 && max < Math.min(FEW, parallel)) {
        await Promise.race(running.keys());
        continue;
      }
      let nextAt: Date | null;
      try {
        const claim = await claimMessages(db, {
          ...{ now: clock.now(), max, limits, leaseMs: LEASE_MS },
          running: [...running.values()].map(({ id }) => id),
        });
        for (const message of claim.messages) await launch(message);
        if (claim.messages.length > 0) continue;
        nextAt = claim.nextAt;
        closedUntil = claim.closedUntil?.getTime() ?? 0;
      } catch (error) {
        log.error({ fault: faultOf(error) }, 'outbox not readable');
        nextAt = new Date(clock.now().getTime() + DATABASE_AWAY_MS);
      }
      if (kicked && !woken && isOpen()) {
        // every commit says that there may be something: under load one look serves many of them
        sleeping = true;
        await clock.wait(LOOK_AGAIN_MS, stopping.signal);
        sleeping = false;
        continue;
      }
      if (!nextAt && running.size === 0 && !kicked) return;
      await sleepUntil(nextAt?.getTime() ?? Number.POSITIVE_INFINITY);
    }
  }

  async function launch(message: Claimed) {
    if (stopped) {
      const untried: Outcome = { result: 'retry', at: clock.now(), problem: '', unknown: false };
      return settleAttempt(db, message, untried, clock.now());
    }
    const run = attempt(message).finally(() => {
      running.delete(run);
      if (running.size === 0) resting.abort();
      wake();
    });
    running.set(run, message);
    if (running.size > 1) return;
    resting = new AbortController();
    beating = beat();
  }

  /** While calls are on their way, whose leases are ours. */
  async function beat() {
    while (running.size > 0) {
      await clock.wait(BEAT_MS, resting.signal);
      if (running.size === 0 || released) return;
      const until = new Date(clock.now().getTime() + LEASE_MS);
      await extendClaims(db, [...running.values()], until).catch((error) =>
        log.warn({ fault: faultOf(error) }, 'leases not extended; they will be at the next beat'),
      );
    }
  }

  async function attempt(message: Claimed): Promise<void> {
    const start = clock.now().getTime();
    const outcome = await sendMessage(message, sending);
    const end = clock.now();
    if (outcome.result !== 'retry') probing = false;
    else if (outcome.pauseAll) probing = true;
    metrics?.attempt(outcome.result, end.getTime() - start);
    const about = { outbox: message.id, tries: message.tries };
    if (outcome.result === 'dead') log.error({ ...about, code: codeOf(outcome.problem) }, 'message given up');
    if (outcome.result === 'retry')
      log.info({ ...about, code: codeOf(outcome.problem), at: outcome.at }, 'message waits');
    // the lease outlives a database that is away for a moment; what is not settled by then is sent again under its uuid
    for (let wait = 50; ; wait *= 4) {
      try {
        return await settleAttempt(db, message, outcome, end);
      } catch (error) {
        log.error({ ...about, fault: faultOf(error) }, 'result of a message not stored');
        if (wait > 20_000 || stopped) return;
        storing++;
        await clock.wait(wait, stopping.signal);
        storing--;
      }
    }
  }

  function kick() {
    if (stopped) return;
    kicked = true;
    // an event a moment comes by here, and nothing but a sleeper is to be woken
    if (sleeping && isOpen()) pause.abort();
    draining ??= drain().finally(() => {
      draining = undefined;
      // a kick between the last look and here must not be lost
      if (kicked) kick();
    });
  }

  async function sweep() {
    while (!stopped) {
      kick();
      await clock.wait(SWEEP_MS, stopping.signal);
    }
  }

  return {
    kick,
    start() {
      sweeping ??= sweep();
    },
    async stop() {
      stopped = true;
      stopping.abort();
      wake();
      const late = new AbortController();
      await Promise.race([
        Promise.all([draining, sweeping, ...running.keys()]),
        clock.wait(STOP_WITHIN_MS, late.signal),
      ]);
      late.abort();
      released = true;
      resting.abort();
      await beating;
      for (const message of running.values()) {
        await releaseClaim(db, message, clock.now()).catch((error) =>
          log.error({ outbox: message.id, fault: faultOf(error) }, 'lease not given back'),
        );
      }
    },
    async idle() {
      for (;;) {
        kick();
        await draining;
        if (stopped || (await outboxState(db, clock.now())).pending === 0) return;
      }
    },
    inFlight: () => running.size,
    resting: () => (!draining || sleeping) && running.size === storing,
  };
}

/** The number before the platform's words; those may name people and stay in the database. */
const codeOf = (problem: string): string => problem.split(':', 1)[0]!;
