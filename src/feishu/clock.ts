/** Time as an argument: tests move it by hand instead of sleeping. */
export interface Clock {
  now(): Date;
  /** Resolves after `ms` milliseconds, or early (without an error) when `signal` is aborted. */
  wait(ms: number, signal?: AbortSignal): Promise<void>;
}

/** The machine's own clock. A pending wait does not keep the process alive by itself. */
export const systemClock: Clock = {
  now: () => new Date(),
  wait(ms, signal) {
    return new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const done = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      timer.unref();
      signal?.addEventListener('abort', done, { once: true });
    });
  },
};
