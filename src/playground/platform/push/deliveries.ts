/**
 * The queue of events on their way to the bot: pushed at once, again after 15 s, 5 min, 1 h and 6 h until the bot answers
 * HTTP 200 within 3 s (2.7). Rows survive a restart, and so do their retries.
 */

import type { FaultBox } from '#playground/platform/faults';
import { newEventId } from '#playground/platform/ids';
import type { Journal, Table } from '#playground/platform/journal';
import { envelope, type Parcel, wireBody } from '#playground/platform/push/envelope';
import type { LongConnection } from '#playground/platform/push/long-connection';
import { answerLimitMs, type PostResult, post } from '#playground/platform/push/post';
import type { WireRecord } from '#playground/platform/record';
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
  readonly #record: WireRecord;
  readonly #targets: Targets;
  readonly #long: LongConnection;
  readonly #queue: Table<Delivery>;
  readonly #running = new Map<string, Promise<void>>();

  constructor(
    state: State,
    faults: FaultBox,
    record: WireRecord,
    targets: Targets,
    long: LongConnection,
    journal: Journal,
  ) {
    this.#state = state;
    this.#faults = faults;
    this.#record = record;
    this.#targets = targets;
    this.#long = long;
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
    const due = this.#queue.entries().filter(([key, one]) => one.dueAt <= now && !this.#running.has(key));
    if (this.#faults.standing.reorder) shuffle(due, () => this.#faults.random());
    for (const [key, delivery] of due) {
      const attempt = this.#attempt(key, delivery).finally(() => this.#running.delete(key));
      this.#running.set(key, attempt);
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

  /** When the next push is due; `undefined` when nothing waits. */
  nextDueAt(): number | undefined {
    const times = this.#queue.values().map((one) => one.dueAt);
    return times.length === 0 ? undefined : Math.min(...times);
  }

  /** Sends the very bytes of an earlier push again, stale headers included. Answers the HTTP status. */
  async replay(old: { url: string; rawBody: string; headers: Record<string, string> }): Promise<number> {
    return (await post(this.#state.clock, old.url, old.rawBody, old.headers, answerLimitMs)).status;
  }

  #put(key: string, delivery: Delivery): void {
    this.#queue.set(key, delivery);
  }

  async #attempt(key: string, delivery: Delivery): Promise<void> {
    const attempt = delivery.attempts + 1;
    const ok = await this.#push(delivery.parcel, attempt);
    if (!this.#queue.has(key)) return;
    const wait = retryAfterMs[attempt - 1];
    if (ok || wait === undefined) this.#queue.delete(key);
    else this.#queue.set(key, { ...delivery, attempts: attempt, dueAt: this.#state.clock.ms() + wait });
  }

  async #push(parcel: Parcel, attempt: number): Promise<boolean> {
    const url = this.#targets.eventUrl;
    const at = this.#state.clock.now();
    const wire = wireBody(this.#state, parcel);
    let result: PostResult;
    if (url) result = await post(this.#state.clock, url, wire.body, wire.headers, answerLimitMs);
    else {
      const answer = await this.#long.send(envelope(this.#state, parcel, ''));
      result = { status: answer.code, text: answer.data ?? '', tookMs: answer.tookMs };
    }
    const ok = result.status === 200;
    const { eventId, eventType } = parcel;
    const headers = url ? wire.headers : {};
    const rawBody = url ? wire.body : JSON.stringify(envelope(this.#state, parcel, ''));
    this.#record.push({
      eventId,
      eventType,
      attempt,
      url: url ?? 'ws',
      rawBody,
      headers,
      plain: wire.plain,
      status: result.status,
      response: result.text,
      ok,
      at,
    });
    this.#record.onWire({
      at: at.toISOString(),
      direction: 'to-bot',
      method: url ? 'POST' : 'WS',
      path: url ? new URL(url).pathname : '/callback/ws',
      request: wire.plain,
      requestHeaders: headers,
      status: result.status,
      response: result.failure ?? result.text,
      tookMs: result.tookMs,
      attempt,
      title: eventType,
      failed: !ok,
    });
    return ok;
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
