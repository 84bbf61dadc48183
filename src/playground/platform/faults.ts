/** Misbehaviour on demand: standing faults that the page switches on, and single ones that a test plants. */
import type { Faults } from '#playground/page-api';

/** What happens to one call. Without any of these the call is only delayed, if at all. */
export interface OneShot {
  /** Answers this code instead of doing the call; `status` defaults to 400. A code with `status: 200` is the trap of 6. */
  code?: number;
  msg?: string;
  status?: number;
  headers?: Record<string, string>;
  /** `before`: the connection is reset and nothing is done. `after`: it is done, but the answer is lost. */
  drop?: 'before' | 'after';
  /** 429 and 99991400; seconds of `x-ogw-ratelimit-reset`. */
  rateLimited?: number;
  /** The call is done, and half of the JSON answer arrives. */
  truncate?: boolean;
  /** An HTML error page with this status; nothing is done. */
  html?: number;
  slowMs?: number;
  /** The call waits for this before it is done. */
  hold?: Promise<void>;
  /** All tokens are revoked just before the call is checked. */
  revoke?: boolean;
}

/** Points where documents and reports disagree about the platform; the first value is the default. */
export interface Switches {
  /** HTTP status of a wrong secret and of an invalid token. */
  badSecretStatus: 400 | 200;
  badTokenStatus: 400 | 401;
  rateLimitStatus: 429 | 400;
  /** Whether ephemeral cards may be JSON 2.0. */
  ephemeralTakesV2: boolean;
  /** Whether the card callback is also sent in its old form, as when both are subscribed (5.3). */
  oldCardCallbackToo: boolean;
  /** Event types pushed in order: the next only after the one before was taken, so that a failing head blocks the rest. */
  orderedTypes: Set<string>;
}

export const noFaults: Faults = {
  duplicate: false,
  duplicateMessage: false,
  reorder: false,
  lateSeconds: 0,
  slowMs: 0,
  reset: 0,
  dropAnswer: 0,
  rateLimited: 0,
  chatLimited: 0,
  htmlError: 0,
  revokeTokens: false,
};

export class FaultBox {
  standing: Faults = { ...noFaults };
  readonly switches: Switches = {
    badSecretStatus: 400,
    badTokenStatus: 400,
    rateLimitStatus: 429,
    ephemeralTakesV2: false,
    oldCardCallbackToo: false,
    orderedTypes: new Set(),
  };
  readonly #planted: { api: string; fault: OneShot; left: number }[] = [];
  #seed = 1;

  /** The same seed gives the same sequence of faults for the same sequence of calls. */
  reseed(seed: number): void {
    this.#seed = seed;
  }

  /** 0 ≤ x < 1; a linear congruential generator, good enough to choose victims. */
  random(): number {
    this.#seed = (Math.imul(this.#seed, 1_664_525) + 1_013_904_223) >>> 0;
    return this.#seed / 2 ** 32;
  }

  happens(share: number): boolean {
    return share > 0 && this.random() < share;
  }

  /** Plants a fault for the next calls of one API (`send`, `reply`, `patch`, `token` … or `any`). */
  next(api: string, fault: OneShot, times = 1): void {
    this.#planted.push({ api, fault, left: times });
  }

  /** The fault planted for this call, if any; it is used up. */
  takeFor(api: string): OneShot | undefined {
    const index = this.#planted.findIndex((one) => one.api === api || one.api === 'any');
    const planted = this.#planted[index];
    if (!planted) return undefined;
    planted.left -= 1;
    if (planted.left === 0) this.#planted.splice(index, 1);
    return planted.fault;
  }

  set(change: Partial<Faults>): void {
    this.standing = { ...this.standing, ...change, revokeTokens: false };
  }

  clear(): void {
    this.standing = { ...noFaults };
    this.#planted.length = 0;
  }
}
