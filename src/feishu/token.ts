import type { Clock } from './clock.ts';

export interface IssuedToken {
  value: string;
  lifeMs: number;
}

export interface TokenSource {
  /** A token that is good for a while; all who ask meanwhile share one request. */
  get(): Promise<string>;
  /** The platform refused this token. Drops it, unless somebody already has a newer one. */
  drop(token: string): void;
}

/** Renewed this long before its end, or a fifth of its life if that is shorter. */
const RENEW_BEFORE_MS = 5 * 60_000;

/** Keeps one access token, renewed before it ends. While a renewal fails, the old one serves until its end. */
export function tokenSource(issue: () => Promise<IssuedToken>, now: Clock['now']): TokenSource {
  let current: { value: string; renewAt: number; endsAt: number } | undefined;
  let issuing: Promise<string> | undefined;

  async function renew(): Promise<string> {
    const asked = now().getTime();
    const { value, lifeMs } = await issue();
    const endsAt = asked + lifeMs;
    current = { value, renewAt: endsAt - Math.min(RENEW_BEFORE_MS, lifeMs / 5), endsAt };
    return value;
  }

  return {
    async get() {
      if (current && now().getTime() < current.renewAt) return current.value;
      issuing ??= renew().finally(() => {
        issuing = undefined;
      });
      try {
        return await issuing;
      } catch (error) {
        if (current && now().getTime() < current.endsAt) return current.value;
        throw error;
      }
    },
    drop(token) {
      if (current?.value === token) current = undefined;
    },
  };
}
