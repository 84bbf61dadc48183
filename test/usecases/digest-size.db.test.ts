import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { atRiskCondition, boardOf, digests, toEscalate } from '#db/order-watch';
import { listOrders } from '#db/orders';
import { defaultWatch } from '#domain/order/risk';
import { type TestDatabase, testDatabase } from '#test/support/database';
import { seedPeople } from '#test/support/people';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  await seedPeople(database.db);
  for (let from = 0; from < 100_000; from += 20_000)
    await database.db.execute(sql`
    insert into orders (no, template, customer, qty, delivery_date, first_promised, merchandiser_id, chat_id, created_by, created_at,
      stage, last_progress_at, next_stage, next_due, pace_stage, pace_done, pace_from, pace_due, search)
    select 'D-' || i, 'garment', 'c' || i % 500, 1200, date '2026-11-23' + (i * 7919 % 90 - 10), date '2026-11-23' + (i * 7919 % 90 - 10),
      1 + i % 4, 'oc_' || i % 1000, 1, timestamptz '2026-10-01', 'sewing', timestamptz '2026-11-01' + (i % 22) * interval '1 day',
      'sewing', date '2026-11-23' + (i * 31 % 60 - 10), case when i % 2 = 0 then 'sewing' end, i * 37 % 1200, date '2026-11-01' + i % 20,
      date '2026-11-23' + (i * 13 % 50), 'd-' || i
    from generate_series(${from}::int + 1, ${from}::int + 20000) as i`);
  await database.db.execute(sql`analyze orders`);
}, 120_000);
afterAll(() => database.close());

const day = { ...defaultWatch, today: '2026-11-23', zone: 'Asia/Shanghai' };

/** How long it takes is for the benchmarks: here it must come through at this size, and be right. */
describe('100,000 open orders', () => {
  it('the digest of a thousand groups counts every order once', async () => {
    const found = await digests(database.db, 'chat', day, { urgent: 5, skipQuiet: false });
    expect(found).toHaveLength(1_000);
    expect(found.reduce((sum, { open }) => sum + open, 0)).toBe(100_000);
    expect(found.every(({ urgent }) => urgent.length === 5)).toBe(true);
  }, 120_000);

  it('board, at-risk list, escalation and search come through', async () => {
    expect(await boardOf(database.db, day)).toBeTruthy();
    const where = atRiskCondition(day);
    expect((await listOrders(database.db, { where }, { limit: 8, offset: 0 })).orders).toHaveLength(8);
    expect(await toEscalate(database.db, day)).toBeTruthy();
    const found = await listOrders(database.db, { text: 'd-9999' }, { limit: 8, offset: 0 });
    expect(found.orders.length).toBeGreaterThan(0);
  }, 120_000);
});
