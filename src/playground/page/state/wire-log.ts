import type { WireEntry } from '#playground/page-api';
import { api } from './api.ts';
import { Store } from './store.ts';

const kept = 500;

/** Requests and answers between the stand-in and the bot, oldest first; the same for everyone who looks. */
export const wireLog = new Store<WireEntry[]>([]);

const atMostEveryMs = 80;
let waiting: WireEntry[] = [];
let announced = false;

/** Entries that come in quick succession, as while the clock moves, are shown together. */
export function addToWire(entries: WireEntry[]): void {
  waiting.push(...entries);
  if (announced) return;
  announced = true;
  setTimeout(() => {
    announced = false;
    const fresh = waiting;
    waiting = [];
    wireLog.update((log) => {
      const bySeq = new Map(log.map((entry) => [entry.seq, entry]));
      for (const entry of fresh) bySeq.set(entry.seq, entry);
      return [...bySeq.values()].sort((a, b) => a.seq - b.seq).slice(-kept);
    });
  }, atMostEveryMs);
}

/** Fetches what happened before this page listened. */
export async function loadWire(): Promise<void> {
  addToWire(await api.wire());
}

export function forgetWire(): void {
  wireLog.set([]);
}

/** The call put something in front of people: a message or card sent, answered, changed or deleted. */
export function isSending(entry: WireEntry): boolean {
  return (
    entry.direction === 'from-bot' &&
    entry.method !== 'GET' &&
    /\/(im\/v1\/messages|ephemeral|interactive\/v1\/card)/.test(entry.path)
  );
}
