import { type SQL, sql } from 'drizzle-orm';
import type { Db } from './client.ts';
import { rowsOf } from './rows.ts';

/**
 * Rows of which a settlement reads a million: the server answers with one JSON text of columns, which costs both sides a fraction of what rows
 * cost on their way. JSON's own types only: a bigint is asked for as text, a moment comes as text.
 *
 * @param columns what is asked for, by its name; in the order of `from`
 */
export async function readByColumn<Row extends object>(
  db: Db,
  columns: Readonly<Record<keyof Row & string, SQL>>,
  from: SQL,
): Promise<Row[]> {
  const names = Object.keys(columns) as (keyof Row & string)[];
  const asked = names.map((name) => sql`${sql.raw(`'${name}'`)}, json_agg(${columns[name]})`);
  const answer = await db.execute(
    sql`select json_build_object(${sql.join(asked, sql`, `)})::text as columns from ${from} having count(*) > 0`,
  );
  const [answered] = rowsOf<{ columns: string }>(answer);
  if (!answered) return [];
  const read = JSON.parse(answered.columns) as { [Name in keyof Row]: Row[Name][] };
  return read[names[0]!].map((_, at) => {
    const row = {} as Row;
    for (const name of names) row[name] = read[name][at]!;
    return row;
  });
}
