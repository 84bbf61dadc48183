import { count } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { housekeeping } from '#db/housekeeping';
import { inbox, jobs, outbox, sendAttempts, sentCards } from '#db/schema';
import { type SendingKit, sendingKit } from '#test/feishu/support/sending';
import { type TestBot, testBot } from '#test/support/bot';
import { type TestDatabase, testDatabase } from '#test/support/database';
import { seedPeople } from '#test/support/people';

/** Weeks of work, an hour of housekeeping each day: what passes through does not pile up. */

const DAY = 24 * 60 * 60_000;
const A_DAY = 6;

let database: TestDatabase;
let kit: SendingKit;
let bot: TestBot;

beforeAll(async () => {
  database = await testDatabase();
  kit = await sendingKit();
  await seedPeople(database.db);
  bot = testBot(database.db);
});
afterAll(async () => {
  await kit.close();
  await database.close();
});

async function sizes(): Promise<number[]> {
  const { db } = database;
  const tables = [inbox, outbox, sentCards, sendAttempts, jobs];
  return Promise.all(tables.map(async (table) => (await db.select({ n: count() }).from(table))[0]!.n));
}

it('after a month the tables of what passes through are as large as after two', async () => {
  const { db } = database;
  const { clock } = kit;
  await bot.say('ou_chen', '/订单 新建 SO-1001 客户=宏达 数量=1200件 货期=2027-12-20');
  const seen: number[][] = [];
  for (let day = 0; day < 62; day++) {
    await clock.advance(DAY);
    bot.at(clock.now().toISOString());
    for (let i = 0; i < A_DAY; i++) await bot.say('ou_chen', `/订单 更新 SO-1001 备注=${day}-${i}`, { group: true });
    const sender = kit.sender(db);
    await kit.drain(sender);
    await sender.stop();
    await housekeeping(db, clock.now());
    if (day >= 31) seen.push(await sizes());
  }
  expect(new Set(seen.map((each) => each.join())).size).toBe(1);
  expect(seen[0]![0]).toBeLessThanOrEqual(31 * A_DAY);
});
