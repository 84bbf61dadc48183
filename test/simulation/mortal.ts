import type { PGlite, QueryOptions, Transaction } from '@electric-sql/pglite';
import { drizzle } from 'drizzle-orm/pglite';
import type { Db } from '#db/client';
import * as schema from '#db/schema';

/** Where a process may die. */
export type Point =
  | 'in a transaction'
  | 'before a commit'
  | 'after a commit'
  | 'before the answer'
  | 'before a call'
  | 'after a call';

/** A process that may die: from then on it does nothing, and hears nothing. */
export interface Life {
  readonly dead: boolean;
  /** Rejects for those who wait for an answer of it. */
  died: Promise<never>;
  /** May end the life; true when it did. */
  pass(point: Point, what: string): boolean;
  /** Something is done on its behalf. */
  stir(): void;
  /** Writes down what it did. */
  note(what: string): void;
  /** How long the database takes for this commit, in ms. */
  slowness(): number;
  wait(ms: number): Promise<void>;
}

/** What a dead process waits for. */
const never = <T>(): Promise<T> => new Promise(() => undefined);

class Killed extends Error {}

/** The table that a statement writes first, as drizzle writes it or by hand, behind `with` or not. */
const writtenBy = (text: string): string | undefined =>
  /^\s*(?:with\b.*?\()?\s*(?:insert into|update|delete from) "?(\w+)/is.exec(text)?.[1];

/**
 * The database as one process sees it. Its connection ends with the process: an open transaction is undone, and whatever the dead code
 * still awaits never comes.
 */
export function databaseOf(pglite: PGlite, life: Life): Db {
  const transaction = async (client: PGlite, work: (tx: Transaction) => Promise<unknown>): Promise<unknown> => {
    if (life.dead) return never();
    life.stir();
    const written = new Set<string>();
    try {
      const result = await client.transaction(async (tx) => {
        const done = await work(inTransaction(tx, written));
        const slow = written.size > 0 && !life.dead ? life.slowness() : 0;
        if (slow > 0) await life.wait(slow);
        if (life.dead || (written.size > 0 && life.pass('before a commit', [...written].join(' ')))) throw new Killed();
        return done;
      });
      life.stir();
      if (written.size > 0 && !life.dead) life.note(`commits ${[...written].join(' ')}`);
      if (life.dead || (written.size > 0 && life.pass('after a commit', [...written].join(' ')))) return never();
      return result;
    } catch (error) {
      life.stir();
      if (life.dead) return never();
      throw error;
    }
  };

  const inTransaction = (tx: Transaction, written: Set<string>): Transaction =>
    overQueries(tx, async (text, run) => {
      const table = writtenBy(text);
      if (table) {
        written.add(table);
        if (!life.dead) life.pass('in a transaction', table);
      }
      if (life.dead) throw new Killed();
      return run();
    });

  const alone = overQueries(pglite, async (text, run) => {
    const table = writtenBy(text);
    if (life.dead || (table && life.pass('before a commit', table))) return never();
    const result = await run();
    return life.dead || (table && life.pass('after a commit', table)) ? never() : result;
  });

  function overQueries<T extends object>(
    client: T,
    step: (text: string, run: () => Promise<unknown>) => Promise<unknown>,
  ): T {
    return new Proxy(client, {
      get(target, key) {
        const value: unknown = Reflect.get(target, key);
        if (key === 'query' || key === 'exec')
          return (text: string, params?: unknown[], options?: QueryOptions) => {
            life.stir();
            // drizzle hands over its readers with every query, and merging them takes as long as reading: the database has them already
            const how = options?.rowMode && { rowMode: options.rowMode };
            return step(text, () =>
              (value as (...all: unknown[]) => Promise<unknown>).call(target, text, params, how),
            ).finally(life.stir);
          };
        if (key === 'transaction') return (work: never) => transaction(target as unknown as PGlite, work);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
  }

  return drizzle({ client: alone, schema, casing: 'snake_case' }) as unknown as Db;
}
