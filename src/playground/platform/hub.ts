/** Tells the page and waiting tests that something changed. */
import type { WireEntry } from '#playground/page-api';
import type { StoredMessage } from '#playground/platform/model';

export type Change =
  | { kind: 'message'; message: StoredMessage }
  | { kind: 'chat'; chatId: string }
  | { kind: 'wire'; entry: WireEntry }
  | { kind: 'clock' }
  | { kind: 'world' };

export class Hub {
  readonly #listeners = new Set<(change: Change) => void>();

  emit(change: Change): void {
    for (const listener of this.#listeners) listener(change);
  }

  /** Returns the way to stop listening. */
  listen(listener: (change: Change) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
