/**
 * Time that passes only when the simulation says so. It takes the place of the process's timers, so that what the application does "every
 * half minute" happens in the simulated half minute, and in the same order for the same seed.
 */
export interface VirtualTime {
  ms(): number;
  wait(ms: number, signal?: AbortSignal): Promise<void>;
  /** Something was done: what it sets off may not be over. */
  stir(): void;
  /** Resolves when everything that goes on by itself is over and only time is waited for. */
  calm(): Promise<void>;
  /** Lets time pass; each timer rings when it is due. */
  pass(ms: number): Promise<void>;
  /** The machine slept: afterwards each timer that was due rings once. */
  leap(ms: number): Promise<void>;
  /** Puts these timers in the place of the process's; returns the way back. */
  install(): () => void;
}

interface Timer {
  at: number;
  every?: number;
  ring(): void;
}

const reallyLater = setImmediate;

export function virtualTime(start: Date): VirtualTime {
  let now = start.getTime();
  let stirred = 0;
  let ids = 0;
  const timers = new Map<number, Timer>();

  const add = (timer: Timer): number => {
    ids += 1;
    timers.set(ids, timer);
    return ids;
  };

  async function calm(): Promise<void> {
    for (let before = -1; before !== stirred; ) {
      before = stirred;
      // all that runs on promises is over when the event loop comes round; twice, for what was set off by the first round
      for (let rounds = 0; rounds < 2; rounds++) await new Promise<void>((resolve) => reallyLater(resolve));
    }
  }

  const earliest = (until: number): [number, Timer] | undefined => {
    let found: [number, Timer] | undefined;
    for (const entry of timers) if (entry[1].at <= until && (!found || entry[1].at < found[1].at)) found = entry;
    return found;
  };

  function ring(id: number, timer: Timer): void {
    if (timer.every === undefined) timers.delete(id);
    else timer.at = now + timer.every;
    stirred += 1;
    timer.ring();
  }

  async function pass(ms: number): Promise<void> {
    const end = now + ms;
    await calm();
    for (let due = earliest(end); due; due = earliest(end)) {
      now = Math.max(now, due[1].at);
      ring(...due);
      await calm();
    }
    now = end;
  }

  async function leap(ms: number): Promise<void> {
    await calm();
    now += ms;
    for (const [id, timer] of [...timers].filter((entry) => entry[1].at <= now).sort((a, b) => a[1].at - b[1].at)) {
      if (!timers.has(id)) continue;
      ring(id, timer);
      await calm();
    }
  }

  function install(): () => void {
    const { setTimeout, clearTimeout, setInterval, clearInterval } = globalThis;
    const handle = (id: number) => ({ id, ref: () => undefined, unref: () => undefined, hasRef: () => false });
    const clear = (timer: unknown) => void timers.delete((timer as { id?: number } | undefined)?.id ?? -1);
    Object.assign(globalThis, {
      setTimeout: (work: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) =>
        handle(add({ at: now + Math.max(1, ms), ring: () => work(...args) })),
      setInterval: (work: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) =>
        handle(add({ at: now + Math.max(1, ms), every: Math.max(1, ms), ring: () => work(...args) })),
      clearTimeout: clear,
      clearInterval: clear,
    });
    return () => void Object.assign(globalThis, { setTimeout, clearTimeout, setInterval, clearInterval });
  }

  return {
    ms: () => now,
    wait: (ms, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) return resolve();
        const given = () => {
          timers.delete(id);
          resolve();
        };
        const id = add({
          at: now + Math.max(0, ms),
          ring() {
            signal?.removeEventListener('abort', given);
            resolve();
          },
        });
        signal?.addEventListener('abort', given, { once: true });
      }),
    stir() {
      stirred += 1;
    },
    calm,
    pass,
    leap,
    install,
  };
}
