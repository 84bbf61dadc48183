import { sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { asked, onTheirWay } from '#db/asked';
import type { Db } from '#db/client';
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

describe('a commit that goes out behind statements that are on their way', () => {
  const keep = (tx: Db, key: string) =>
    asked(tx, 'insert into done_once (job, key, at) values ($1, $2, $3)', ['behind', key, now.toISOString()]);
  const fail = (tx: Db) => asked(tx, 'select 1 / $1::int', [0]);
  const kept = async () =>
    rowsOf<{ key: string }>(await db.execute(sql`select key from done_once where job = 'behind' order by key`)).map(
      ({ key }) => key,
    );
  /** As an event does it: see `once`. */
  const transaction = async (work: (tx: Db) => Promise<unknown>[]) => {
    const under: Promise<unknown>[] = [];
    await db.transaction(async (tx) => {
      under.push(...work(tx));
      await onTheirWay(under);
    });
    await Promise.all(under);
  };

  it('holds them all, and does not wait for them where there is a server', async () => {
    for (const key of ['a', 'b', 'c'])
      await db.transaction(async (tx) => {
        let isDone = false;
        const written = keep(tx, key).then(() => {
          isDone = true;
        });
        const first = keep(tx, `${key}-first`);
        await onTheirWay([first]);
        // the first times it is not prepared yet
        if (key === 'c') expect(isDone).toBe(database.kind === 'embedded');
        await Promise.all([first, written]);
      });
    await transaction((tx) => [keep(tx, 'd'), keep(tx, 'e')]);
    expect(await kept()).toEqual(['a', 'a-first', 'b', 'b-first', 'c', 'c-first', 'd', 'e']);
  });

  it('is undone by any of them that fails, and its fault is heard of', async () => {
    for (const work of [
      (tx: Db) => [fail(tx), keep(tx, 'a')],
      (tx: Db) => [keep(tx, 'a'), fail(tx)],
      (tx: Db) => [keep(tx, 'a'), fail(tx), keep(tx, 'b')],
    ])
      for (let again = 0; again < 3; again++) await expect(transaction(work)).rejects.toMatchObject({ code: '22012' });
    expect(await kept()).toEqual([]);
  });

  it('waits for what is more than one statement: nothing of it stands outside the transaction', async () => {
    const inSteps = async (tx: Db, last: (tx: Db) => Promise<unknown>) => {
      await keep(tx, 'a');
      await last(tx);
    };
    for (let again = 0; again < 3; again++)
      await expect(transaction((tx) => [inSteps(tx, fail), keep(tx, 'b')])).rejects.toMatchObject({ code: '22012' });
    expect(await kept()).toEqual([]);
    await transaction((tx) => [inSteps(tx, (same) => keep(same, 'c')), keep(tx, 'b')]);
    expect(await kept()).toEqual(['a', 'b', 'c']);
  });
});
