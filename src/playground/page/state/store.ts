import { useEffect, useReducer } from 'preact/hooks';

/** A value that views may watch. Values are replaced, never changed in place. */
export class Store<T> {
  value: T;
  readonly #watchers = new Set<() => void>();

  constructor(value: T) {
    this.value = value;
  }

  set(value: T): void {
    this.value = value;
    for (const watcher of [...this.#watchers]) watcher();
  }

  update(change: (value: T) => T): void {
    this.set(change(this.value));
  }

  watch(watcher: () => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }
}

/** The store's value, drawn again on every change. */
export function useStore<T>(store: Store<T>): T {
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  // Redraw never changes.
  useEffect(() => {
    // What changed between drawing and watching would otherwise be missed.
    redraw(undefined as never);
    return store.watch(() => redraw(undefined as never));
  }, [store]);
  return store.value;
}
