/** Rate limits as sliding windows on the stand-in's clock (4.9). */

export interface Window {
  /** Calls per `ms`. */
  count: number;
  ms: number;
}

/** Tier 4 of the platform: 50 a second and 1000 a minute for each API. */
export const tierFour: readonly Window[] = [
  { count: 50, ms: 1000 },
  { count: 1000, ms: 60_000 },
];

/** 5 a second to one user, to one group (shared with other bots), or for one patched message. */
export const fivePerSecond: readonly Window[] = [{ count: 5, ms: 1000 }];

const mostKeys = 1000;

export class Limits {
  readonly #taken = new Map<string, number[]>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Takes one call, or answers how many milliseconds to wait and which bound was reached; a refused call takes nothing. */
  take(key: string, windows: readonly Window[]): { waitMs: number; bound: number } | undefined {
    const now = this.#now();
    const longest = Math.max(...windows.map((window) => window.ms));
    const times = (this.#taken.get(key) ?? []).filter((at) => at > now - longest && at <= now);
    for (const { count, ms } of windows) {
      const inside = times.filter((at) => at > now - ms);
      const oldest = inside[inside.length - count];
      if (oldest !== undefined) return { waitMs: oldest + ms - now, bound: count };
    }
    times.push(now);
    this.#taken.set(key, times);
    if (this.#taken.size > mostKeys) this.#forget(now - 60_000);
    return undefined;
  }

  /** Drops keys that nobody used since; no window is longer than a minute. */
  #forget(before: number): void {
    for (const [key, times] of this.#taken) if ((times.at(-1) ?? 0) < before) this.#taken.delete(key);
  }

  clear(): void {
    this.#taken.clear();
  }
}
