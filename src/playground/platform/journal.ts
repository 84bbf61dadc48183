/**
 * The stand-in's memory: tables of rows, each write one line of an append-only file.
 *
 * A line reaches the operating system before `set` returns, so it survives `kill -9` (not a power cut: nothing is synced).
 * At start the file is read and rewritten without what was overwritten; a last line cut short by a kill is dropped.
 */
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

interface Line {
  t: string;
  k: string;
  /** Absent: the row was removed. */
  v?: unknown;
}

export class Journal {
  readonly #file: string | undefined;
  readonly #rows = new Map<string, Map<string, unknown>>();
  #descriptor: number | undefined;

  /** Without a file everything lives in memory only. Throws when a line other than the last cannot be read. */
  constructor(file?: string) {
    this.#file = file;
    if (!file) return;
    mkdirSync(dirname(file), { recursive: true });
    if (existsSync(file)) this.#read(readFileSync(file, 'utf8'));
    this.#compact(file);
  }

  table<T>(name: string): Table<T> {
    const rows = (this.#rows.get(name) ?? new Map<string, unknown>()) as Map<string, T>;
    this.#rows.set(name, rows as Map<string, unknown>);
    return new Table<T>(rows, (key, value) => this.#append({ t: name, k: key, v: value }));
  }

  /** Forgets every row of every table but those named. */
  clear(keep: readonly string[] = []): void {
    for (const [name, rows] of this.#rows) if (!keep.includes(name)) rows.clear();
    if (!this.#file) return;
    this.close();
    this.#compact(this.#file);
  }

  close(): void {
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
    this.#descriptor = undefined;
  }

  #append(line: Line): void {
    if (this.#descriptor !== undefined) writeSync(this.#descriptor, `${JSON.stringify(line)}\n`);
  }

  #read(text: string): void {
    const lines = text.split('\n');
    lines.forEach((source, index) => {
      if (source === '') return;
      let line: Line;
      try {
        line = JSON.parse(source) as Line;
      } catch (error) {
        if (index === lines.length - 1) return;
        throw new Error(`${this.#file}: line ${index + 1} is damaged; remove the file to start over`, { cause: error });
      }
      const rows = this.#rows.get(line.t) ?? new Map<string, unknown>();
      this.#rows.set(line.t, rows);
      if (line.v === undefined) rows.delete(line.k);
      else rows.set(line.k, line.v);
    });
  }

  #compact(file: string): void {
    const fresh = `${file}.new`;
    const descriptor = openSync(fresh, 'w');
    for (const [t, rows] of this.#rows) {
      for (const [k, v] of rows) writeSync(descriptor, `${JSON.stringify({ t, k, v })}\n`);
    }
    fsyncSync(descriptor);
    closeSync(descriptor);
    renameSync(fresh, file);
    this.#descriptor = openSync(file, 'a');
  }
}

/** Rows by key, in the order of their first writing. Call `set` again after changing a row in place. */
export class Table<T> {
  readonly #rows: Map<string, T>;
  readonly #write: (key: string, value: T | undefined) => void;

  constructor(rows: Map<string, T>, write: (key: string, value: T | undefined) => void) {
    this.#rows = rows;
    this.#write = write;
  }

  get(key: string): T | undefined {
    return this.#rows.get(key);
  }

  has(key: string): boolean {
    return this.#rows.has(key);
  }

  set(key: string, value: T): T {
    this.#rows.set(key, value);
    this.#write(key, value);
    return value;
  }

  delete(key: string): void {
    if (this.#rows.delete(key)) this.#write(key, undefined);
  }

  values(): T[] {
    return [...this.#rows.values()];
  }

  entries(): [string, T][] {
    return [...this.#rows.entries()];
  }

  get size(): number {
    return this.#rows.size;
  }
}
