import type { Logger } from 'drizzle-orm';
import type { Db } from './client.ts';

type Client =
  | { unsafe(text: string, values: unknown[]): PromiseLike<unknown[]> }
  | { query(text: string, values: unknown[]): Promise<{ rows: unknown[] }> };

/**
 * Asks what is written out as SQL, with `$1` and on in it, on the connection or transaction of `db`. For the few statements of every event:
 * drizzle puts a text together anew for each call, which takes longer than to send it.
 *
 * @param values text, numbers, booleans and null; a moment as ISO text, JSON as text with `::text::jsonb` behind its number
 * @returns rows as the driver reads them: only for columns that both drivers read alike, text and JSON
 */
export function asked<Row>(db: Db, text: string, values: (string | number | boolean | null)[]): Promise<Row[]> {
  const { client, logger } = (db._ as unknown as { session: { client: Client; logger: Logger } }).session;
  logger.logQuery(text, values);
  const query = 'unsafe' in client ? client.unsafe(text, values) : client.query(text, values).then(({ rows }) => rows);
  const rows = Promise.resolve(query as PromiseLike<Row[]>);
  queries.set(rows, query);
  return rows;
}

const queries = new WeakMap<Promise<unknown>, object>();

/** The driver notes in a query which connection it was put on. */
const isOnConnection = (statement: Promise<unknown>): boolean => {
  const query = queries.get(statement) as { state?: unknown } | undefined;
  return query !== undefined && query.state !== undefined && query.state !== null;
};

/**
 * For the end of a transaction: resolves when each of these statements is on the connection, so that the commit goes out right behind
 * them. Whatever is not a single statement of `asked`, or not on the connection yet, is waited for, since the commit could overtake what
 * it still has to send. Await them all after the transaction: one that failed has undone it.
 */
export async function onTheirWay(statements: Promise<unknown>[]): Promise<void> {
  for (const statement of statements) statement.catch(() => undefined);
  // the driver takes a statement some turns of the microtasks after it was asked; what was written is not sent before the next turn of all
  await new Promise<void>((resolve) => process.nextTick(resolve));
  await Promise.all(statements.filter((statement) => !isOnConnection(statement)));
}
