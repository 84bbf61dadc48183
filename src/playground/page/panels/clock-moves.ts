import type { ClockMove, WireEntry } from '#playground/page-api';
import { api } from '../state/api.ts';
import { clock, heardTime } from '../state/clock.ts';
import { wordsOf } from '../state/session.ts';
import { Store } from '../state/store.ts';
import { isSending, wireLog } from '../state/wire-log.ts';

/** A move of the clock, and what the bot sent on the way. */
export interface Journey {
  from: string;
  now: string;
  moving: boolean;
  sent: WireEntry[];
  problem?: string;
}

export const journey = new Store<Journey | undefined>(undefined);

/** Moves the clock and keeps the account of what is heard meanwhile. One move at a time. */
export async function moveClock(to: ClockMove['to']): Promise<void> {
  if (journey.value?.moving) return;
  const before = wireLog.value.at(-1)?.seq ?? 0;
  const from = clock.value;
  journey.set({ from, now: from, moving: true, sent: [] });
  const heard = () =>
    journey.update(
      (now) =>
        now && {
          ...now,
          now: clock.value,
          sent: wireLog.value.filter((entry) => entry.seq > before && isSending(entry)),
        },
    );
  const stops = [wireLog.watch(heard), clock.watch(heard)];
  try {
    const { now } = await api.moveClock(to);
    heardTime(now);
    // The stream may still be on its way behind the answer.
    await new Promise((resolve) => setTimeout(resolve, 250));
  } catch (error) {
    journey.update((now) => now && { ...now, problem: wordsOf(error) });
  } finally {
    for (const stop of stops) stop();
    journey.update((now) => now && { ...now, moving: false });
  }
}
