/**
 * The queue of events on their way to the bot: pushed at once, again after 15 s, 5 min, 1 h and 6 h until the bot answers
 * HTTP 200 within 3 s (2.7). Rows survive a restart, and so do their retries.
 */

import type { FaultBox } from '#playground/platform/faults';
import { newEventId } from '#playground/platform/ids';
import type { Journal, Table } from '#playground/platform/journal';
import type { Courier } from '#playground/platform/push/courier';
import type { Parcel } from '#playground/platform/push/envelope';
import { answerLimitMs, post } from '#playground/platform/push/post';
import type { State } from '#playground/platform/state';

const retryAfterMs = [15_000, 300_000, 3_600_000, 21_600_000];

interface Delivery {
  parcel: Parcel;
  /** Attempts made so far. */
  attempts: number;
  dueAt: number;
}

export interface Targets {
  eventUrl?: string | undefined;
  cardUrl?: string | undefined;
}

export class Deliveries {
  readonly #state: State;
  readonly #faults: FaultBox;
  readonly #courier: Courier;
  readonly #targets: Targets;
  readonly #queue: Table<Delivery>;
  readonly #running = new Map<string, Promise<void>>();

  constructor(courier: Courier, faults: FaultBox, targets: Targets, journal: Journal) {
    this.#state = courier.state;
    this.#courier = courier;
    this.#faults = faults;
    this.#targets = targets;
    this.#queue = journal.table('deliveries');
  }

  /** Queues an event, with the standing faults: late, twice, under a second id, out of order. */
  enqueue(parcel: Parcel): void {
    const { duplicate, duplicateMessage, lateSeconds, reorder } = this.#faults.standing;
    const now = this.#state.clock.ms();
    const dueAt = reorder ? Math.floor(now / 1000 + 1) * 1000 + lateSeconds * 1000 : now + lateSeconds * 1000;
    this.#put(newEventId(), { parcel, attempts: 0, dueAt });
    if (duplicate) this.#put(newEventId(), { parcel, attempts: 0, dueAt });
    if (duplicateMessage && parcel.eventType === 'im.message.receive_v1') {
      this.#put(newEventId(), { parcel: { ...parcel, eventId: newEventId() }, attempts: 0, dueAt });
    }
    if (dueAt <= now) this.start();
  }

  /** Begins every push that is due; does not wait for the answers. */
  start(): void {
    const now = this.#state.clock.ms();
    const due = this.#heads().filter(([key, one]) => one.dueAt <= now && !this.#running.has(key));
    const oneByOne = this.#faults.standing.reorder;
    if (oneByOne) shuffle(due, () => this.#faults.random());
    let before: Promise<void> = Promise.resolve();
    for (const [key, delivery] of due) {
      // One by one keeps the shuffled order on the wire too, so that a seed repeats it.
      const attempt = oneByOne ? before.then(() => this.#attempt(key, delivery)) : this.#attempt(key, delivery);
      before = attempt.finally(() => this.#running.delete(key));
      this.#running.set(key, before);
    }
  }

  /** Pushes everything due and waits until each has its answer. */
  async runDue(): Promise<void> {
    this.start();
    while (this.#running.size > 0) {
      await Promise.all(this.#running.values());
      this.start();
    }
  }

  /** Pushes until the bot has taken everything, moving the clock to each retry on the way. */
  async quiet(): Promise<void> {
    await this.runDue();
    for (let due = this.nextDueAt(); due !== undefined; due = this.nextDueAt()) {
      this.#state.clock.shift(Math.max(0, due - this.#state.clock.ms()));
      await this.runDue();
    }
  }

  /** When the next push is due; `undefined` when nothing waits. */
  nextDueAt(): number | undefined {
    const times = this.#heads().map(([, one]) => one.dueAt);
    return times.length === 0 ? undefined : Math.min(...times);
  }

  /** Sends the very bytes of an earlier push again, stale headers included. Answers the HTTP status. */
  async replay(old: { url: string; rawBody: string; headers: Record<string, string> }): Promise<number> {
    return (await post(this.#state.clock, old.url, old.rawBody, old.headers, answerLimitMs)).status;
  }

  /** The rows that may go now: all of them, but of each ordered type only the first. */
  #heads(): [string, Delivery][] {
    const ordered = this.#faults.switches.orderedTypes;
    const seen = new Set<string>();
    return this.#queue.entries().filter(([, { parcel }]) => {
      if (!ordered.has(parcel.eventType)) return true;
      if (seen.has(parcel.eventType)) return false;
      seen.add(parcel.eventType);
      return true;
    });
  }

  #put(key: string, delivery: Delivery): void {
    this.#queue.set(key, delivery);
  }

  async #attempt(key: string, delivery: Delivery): Promise<void> {
    const attempt = delivery.attempts + 1;
    const { status } = await this.#courier.carry(delivery.parcel, this.#targets.eventUrl, attempt);
    const ok = status === 200;
    if (!this.#queue.has(key)) return;
    const wait = retryAfterMs[attempt - 1];
    if (ok || wait === undefined) this.#queue.delete(key);
    else this.#queue.set(key, { ...delivery, attempts: attempt, dueAt: this.#state.clock.ms() + wait });
  }
}

function shuffle<T>(list: T[], random: () => number): void {
  for (let index = list.length - 1; index > 0; index -= 1) {
    const other = Math.floor(random() * (index + 1));
    const held = list[index] as T;
    list[index] = list[other] as T;
    list[other] = held;
  }
}
