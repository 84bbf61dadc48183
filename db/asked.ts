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
export async function asked<Row>(db: Db, text: string, values: (string | number | boolean | null)[]): Promise<Row[]> {
  const { client, logger } = (db._ as unknown as { session: { client: Client; logger: Logger } }).session;
  logger.logQuery(text, values);
  return ('unsafe' in client ? await client.unsafe(text, values) : (await client.query(text, values)).rows) as Row[];
}
