import type { Clock } from '#feishu/clock';

interface Waiter {
  at: number;
  wake(): void;
}

/** A clock that stands still until somebody moves it. */
export interface MovableClock extends Clock {
  /** Moves to the next moment that somebody waits for, wakes them, and tells whether there was anybody. */
  next(limitMs?: number): Promise<boolean>;
  /** Moves on by `ms`, waking everybody on the way in order. */
  advance(ms: number): Promise<void>;
  /** Moves as far as needed until `promise` settles. */
  until<T>(promise: Promise<T>): Promise<T>;
  waiting(): number;
  /** Somebody waits for the moment in exactly so many ms. */
  awaits(ms: number): boolean;
  /** Moves on by `ms` at once, whoever is still busy. */
  wake(ms: number): void;
}

/** Lets everything that can go on without time passing go on, I/O on this machine included. */
export async function settle(turns = 3): Promise<void> {
  for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve));
}

/** @param busy resolves when work that does not wait for this clock (queries, HTTP) has come to rest */
export function movableClock(
  start = new Date('2026-11-23T04:00:00Z'),
  busy: () => Promise<void> = settle,
): MovableClock {
  let now = start.getTime();
  const waiters = new Set<Waiter>();

  const clock: MovableClock = {
    now: () => new Date(now),
    wait(ms, signal) {
      return new Promise((resolve) => {
        if (signal?.aborted) return resolve();
        const waiter: Waiter = {
          at: now + Math.max(0, ms),
          wake() {
            waiters.delete(waiter);
            signal?.removeEventListener('abort', waiter.wake);
            resolve();
          },
        };
        waiters.add(waiter);
        signal?.addEventListener('abort', waiter.wake, { once: true });
      });
    },
    async next(limitMs = Number.POSITIVE_INFINITY) {
      await busy();
      const first = [...waiters].reduce<Waiter | undefined>((a, b) => (a && a.at <= b.at ? a : b), undefined);
      if (!first || first.at > now + limitMs) return false;
      now = Math.max(now, first.at);
      for (const waiter of [...waiters]) if (waiter.at <= now) waiter.wake();
      await busy();
      return true;
    },
    async advance(ms) {
      const end = now + ms;
      while (await clock.next(end - now)) {}
      now = end;
    },
    async until(promise) {
      let settled = false;
      const mark = () => {
        settled = true;
      };
      promise.then(mark, mark);
      while (!settled) if (!(await clock.next())) await new Promise((resolve) => setTimeout(resolve, 1));
      return promise;
    },
    waiting: () => waiters.size,
    awaits: (ms) => [...waiters].some(({ at }) => at === now + ms),
    wake(ms) {
      now += ms;
      for (const waiter of [...waiters]) if (waiter.at <= now) waiter.wake();
    },
  };
  return clock;
}

/** A promise that the test settles. */
export function deferred<T>() {
  let resolve!: (value: T) => void;
  let reject!: (error: unknown) => void;
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}
