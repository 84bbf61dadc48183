import { beforeEach, describe, expect, it } from 'vitest';
import { noticesOf } from '#db/calendar';
import type { Db } from '#db/client';
import { addTerms, changePerson, putPerson } from '#db/people';
import { appraisalCycles, appraisalSheets } from '#db/tables/appraisal';
import { at, scheduler, sentSince, ZONE } from '#test/support/appraisal';
import { freshDatabase } from '#test/support/room';
import { runAppraisals } from '#usecases/appraisal-cycle';

const MANAGERS = 25;
const database = await freshDatabase();
beforeEach(async () => {
  for (let n = 0; n < MANAGERS; n++) {
    const { after: manager } = await putPerson(
      database.db,
      `ou_m${n}`,
      { name: `经理${n}`, roles: ['manager'] },
      at('10-01'),
    );
    const { after: person } = await putPerson(
      database.db,
      `ou_p${n}`,
      { name: `员工${n}`, roles: ['merchandiser'] },
      at('10-01'),
    );
    await changePerson(database.db, person.id, { managerId: manager.id }, at('10-01'));
    await addTerms(
      database.db,
      person.id,
      { fromMonth: '2026-01', scheme: 'lb', positionWageFen: null, performanceBaseFen: null },
      'test',
      at('10-01'),
    );
  }
});

/** A database that dies at its nth transaction: `before` it commits (nothing of it stays) or just after. */
function dying(db: Db, nth: number, when: 'before' | 'after'): Db {
  let count = 0;
  return new Proxy(db, {
    get(target, name) {
      const value = Reflect.get(target, name);
      if (name !== 'transaction') return typeof value === 'function' ? value.bind(target) : value;
      return async (work: (tx: Db) => Promise<unknown>) => {
        count += 1;
        if (count !== nth) return target.transaction(work);
        if (when === 'after') await target.transaction(work);
        else
          await target
            .transaction(async (tx) => {
              await work(tx);
              throw new Error('killed');
            })
            .catch(() => undefined);
        throw new Error('killed');
      };
    },
  });
}

const run = async (db: Db) =>
  runAppraisals({
    db,
    now: at('11-02', 9),
    today: '2026-11-02',
    hour: 9,
    zone: ZONE,
    locale: 'zh',
    notices: await noticesOf(database.db),
  });

async function expectEachOnce(): Promise<void> {
  const sent = await sentSince(database.db);
  expect(sent.map(({ to }) => to).sort()).toEqual(Array.from({ length: MANAGERS }, (_, n) => `m${n}`).sort());
  expect(await database.db.$count(appraisalCycles)).toBe(MANAGERS);
  expect(await database.db.$count(appraisalSheets)).toBe(MANAGERS);
}

describe('opening many cycles', () => {
  it.each([
    [1, 'before'],
    [1, 'after'],
    [13, 'before'],
    [13, 'after'],
    [MANAGERS, 'before'],
    [MANAGERS, 'after'],
  ] as const)(
    'killed at transaction %i, %s its commit: the next run neither loses nor doubles a card',
    async (nth, when) => {
      await expect(run(dying(database.db, nth, when))).rejects.toThrow('killed');
      await run(database.db);
      await expectEachOnce();
    },
  );

  it('four schedulers at once send each card once', async () => {
    const all = [1, 2, 3, 4].map(() => scheduler(database.db, () => at('11-02', 9)));
    await Promise.all(all.map((one) => one.tick()));
    await Promise.all(all.map((one) => one.tick()));
    await expectEachOnce();
  });

  it('nobody is asked at night or on a weekend', async () => {
    for (const [day, hour] of [
      ['10-31', 10],
      ['11-01', 10],
      ['11-02', 8],
      ['11-02', 20],
    ] as const)
      await scheduler(database.db, () => at(day, hour)).tick();
    expect(await sentSince(database.db)).toEqual([]);
  });
});
