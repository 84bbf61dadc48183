/** The stand-in's own time: a base clock plus an offset that the page and tests move. */
import type { Table } from '#playground/platform/journal';

export interface BaseClock {
  now(): Date;
  /** Lets that much time pass; tests give one that returns early. Absent = real timers. */
  wait?(ms: number): Promise<void>;
}

export class PlatformClock {
  readonly #base: BaseClock;
  readonly #offset: Table<number>;

  /** `offset` holds one row, so that a moved clock stays moved after a restart. */
  constructor(base: BaseClock, offset: Table<number>) {
    this.#base = base;
    this.#offset = offset;
  }

  ms(): number {
    return this.#base.now().getTime() + (this.#offset.get('ms') ?? 0);
  }

  now(): Date {
    return new Date(this.ms());
  }

  shift(ms: number): void {
    this.#offset.set('ms', (this.#offset.get('ms') ?? 0) + ms);
  }

  /** Whether the clock was ever moved; a fresh world may begin at a moment of its own. */
  get moved(): boolean {
    return this.#offset.has('ms');
  }

  async wait(ms: number): Promise<void> {
    await this.deadline(ms).expired;
  }

  /** A wait that can be given up, so that no timer outlives the answer it guarded. */
  deadline(ms: number): { expired: Promise<void>; cancel(): void } {
    if (this.#base.wait) return { expired: this.#base.wait(ms), cancel: () => {} };
    let timer: NodeJS.Timeout | undefined;
    const expired = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, ms);
    });
    return { expired, cancel: () => clearTimeout(timer) };
  }
}
