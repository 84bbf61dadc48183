import type { SQL } from 'drizzle-orm';
import type { Db } from './client.ts';
import { rowsOf } from './rows.ts';

interface Prepared<Row> {
  execute(values: Record<string, unknown>): Promise<Row[]>;
}

/**
 * A query whose text is written once: drizzle writes it anew for every call, which for a wide row costs more than to send it. For the few
 * that every event asks. What differs each time stands in it as `sql.placeholder`.
 *
 * A prepared query of drizzle belongs to the connection that it was built on; here it is lent to the one of each call.
 */
export function builtOnce<Row>(
  build: (db: Db) => { prepare(name: string): Prepared<Row> },
): (db: Db, values: Record<string, unknown>) => Promise<Row[]> {
  const built = new WeakMap<object, Prepared<Row>>();
  return (db, values) => {
    const { session } = db._ as unknown as { session: { client: object; constructor: object } };
    // by driver: they read their answers differently
    let query = built.get(session.constructor);
    if (!query) {
      query = build(db).prepare('built-once');
      built.set(session.constructor, query);
    }
    return (Object.assign(Object.create(query), { client: session.client }) as Prepared<Row>).execute(values);
  };
}

/** Likewise for a query that is written in SQL; its rows are as the driver reads them. */
export function writtenOnce<Row>(query: SQL): (db: Db, values: Record<string, unknown>) => Promise<Row[]> {
  interface Internals {
    dialect: { sqlToQuery(query: SQL): object };
    session: { prepareQuery(query: object, fields: undefined, name: string, inArrays: boolean): Prepared<Row> };
  }
  const ask = builtOnce<Row>((db) => {
    const { dialect, session } = db as unknown as Internals;
    return { prepare: (name) => session.prepareQuery(dialect.sqlToQuery(query), undefined, name, false) };
  });
  return async (db, values) => rowsOf<Row>(await ask(db, values));
}
