import { sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { doOnce } from '#db/done-once';
import { rowsOf } from '#db/rows';
import { elsewhere, freshDatabase } from '#test/support/room';

const now = new Date('2026-11-23T02:00:00Z');
const database = await freshDatabase();
/** On a server one connection, so that what was prepared on it can be counted. */
const db = await elsewhere(database, { max: 1 });

const prepared = async (): Promise<string[]> =>
  rowsOf<{ statement: string }>(await db.execute(sql`select statement from pg_prepared_statements`)).map(
    ({ statement }) => statement,
  );

describe('a statement that comes again', () => {
  it('answers by the values of each time, in transactions, nested ones and beside them', async () => {
    for (let n = 0; n < 8; n++)
      await db.transaction(async (tx) => {
        expect(await doOnce(tx, 'again', `${n}`, now)).toBe(true);
        await tx.transaction(async (nested) => expect(await doOnce(nested, 'again', `${n}`, now)).toBe(false));
      });
    expect(await doOnce(db, 'again', '7', now)).toBe(false);
    expect(await doOnce(db, 'again', '8', now)).toBe(true);
  });

  it('is undone with its transaction, also when it was sent together with others', async () => {
    const failing = db.transaction(async (tx) => {
      const both = Promise.all([doOnce(tx, 'undone', 'a', now), tx.execute(sql`select 1 / ${0}::int`)]);
      await both;
    });
    await expect(failing).rejects.toThrow();
    expect(await doOnce(db, 'undone', 'a', now)).toBe(true);
  });

  it('is prepared once where there is a server; texts that differ each time are not kept', async () => {
    for (let n = 0; n < 5; n++) await doOnce(db, 'kept', `${n}`, now);
    for (let n = 0; n < 50; n++) await db.execute(sql`select ${n}::int as ${sql.identifier(`n${n}`)}`);
    const statements = await prepared();
    expect(statements.filter((text) => text.includes('done_once'))).toHaveLength(database.kind === 'postgres' ? 1 : 0);
    expect(statements.filter((text) => /as "n\d+"/.test(text))).toHaveLength(0);
  });
});
