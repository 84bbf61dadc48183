import { sql } from 'drizzle-orm';
import type { Db } from '#db/client';
import { changePerson, putPerson } from '#db/people';
import type { Person } from '#domain/people/person';

export const ORDERS = 100_000;
const MERCHANDISERS = 200;

export interface Seeded {
  /** Somebody with five hundred open orders: `SO-1`, `SO-201` and on. */
  merchandiser: Person;
  manager: Person;
}

/** A large company: 200 merchandisers, 100,000 orders of which a tenth is closed, three entries on every order, planned in nine stages. Made inside the database. */
export async function seed(db: Db, orderCount = ORDERS): Promise<Seeded> {
  const at = new Date('2026-11-01T00:00:00Z');
  const { after: manager } = await putPerson(db, 'ou_manager', { name: '经理', roles: ['manager'] }, at);
  const people: Person[] = [];
  for (let i = 0; i < MERCHANDISERS; i++) {
    const { after } = await putPerson(db, `ou_bench${i}`, { name: `跟单${i}`, roles: ['merchandiser'] }, at);
    people.push(await changePerson(db, after.id, { managerId: manager.id }, at));
  }
  const first = people[0]!.id;
  await db.transaction(async (tx) => {
    // these take longer than any statement of the bot may
    await tx.execute(sql`set local statement_timeout = 0`);
    await tx.execute(sql`
      insert into orders (no, template, customer, style, product, qty, unit_price_fen, amount_fen, delivery_date, merchandiser_id, status, stage, last_progress_at, created_by, created_at, first_promised, search)
      select 'SO-' || n, 'garment', '客户' || n % 500, 'A' || n % 3000, '衬衫', 1000 + n % 500, 3500, 3500 * (1000 + n % 500),
        date '2026-10-01' + (n * 7919 % 200)::int, ${first} + n % ${MERCHANDISERS}, case when n % 10 = 0 then 'closed' else 'open' end,
        case n % 3 when 0 then 'cutting' when 1 then 'sewing' else 'packing' end, timestamptz '2026-11-01', ${first}, timestamptz '2026-10-01',
        date '2026-10-01' + (n * 7919 % 200)::int, 'so-' || n || ' a' || n % 3000 || ' 客户' || n % 500 || ' 衬衫 kehu' || n % 500 || ' chenshan'
      from generate_series(1, ${orderCount}) n`);
    await tx.execute(sql`
      insert into order_progress (order_id, stage, qty, note, by, said_at, recorded_at, event_id, command_index)
      select o.id, 'sewing', 100 * k, '第' || k || '次', o.merchandiser_id, timestamptz '2026-11-01' + make_interval(hours => k), timestamptz '2026-11-01', 'bench-' || o.id || '-' || k, 0
      from orders o, generate_series(1, 3) k`);
    await tx.execute(sql`
      insert into order_stages (order_id, stage, position, planned, counted, before, actual, done)
      select o.id, s.stage, s.position, o.delivery_date - s.before, s.stage in ('cutting', 'sewing', 'finishing', 'packing'), s.before,
        case when s.position < 4 then o.delivery_date - s.before end, case when s.stage = 'sewing' then 300 end
      from orders o, (values ('received', 0, 60), ('materials', 1, 28), ('sampling', 2, 24), ('sealing', 3, 20), ('cutting', 4, 17),
        ('sewing', 5, 7), ('finishing', 6, 4), ('packing', 7, 1), ('shipped', 8, 0)) s(stage, position, before)`);
  });
  for (const table of ['orders', 'order_progress', 'order_stages', 'people'])
    await db.execute(sql.raw(`analyze ${table}`));
  return { merchandiser: people[1]!, manager };
}
