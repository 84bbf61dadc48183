import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { jobs } from '#db/schema';
import { payRunSteps, payRuns, settlements } from '#db/tables/pay';
import { type TestBot, testBot } from '#test/support/bot';
import { type TestDatabase, testDatabase } from '#test/support/database';
import { doJobs, enterLbMonth, under } from '#test/support/payroll';
import { now, seedPeople, type TestPeople } from '#test/support/people';
import { lockPay } from '#usecases/pay/lock';
import type { RunArgs } from '#usecases/pay/run';
import { draftMonth } from '#usecases/pay/run';

let database: TestDatabase;
let bot: TestBot;
let people: TestPeople;
const MONTH = '2026-10';
const zone = 'Asia/Shanghai';

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  await database.reset();
  bot = testBot(database.db);
  people = await seedPeople(database.db);
  await under(database.db, people.chen, 'lb');
  await under(database.db, people.li, 'lb');
  await enterLbMonth(bot);
});

const all = <T>(count: number, work: (at: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, at) => work(at)));

it('twenty starts at once are one run with one job', async () => {
  await all(20, (at) => bot.receive(bot.message(at % 2 ? 'ou_fang' : 'ou_hr', `/工资 核算 ${MONTH}`)));
  expect(await database.db.select().from(payRuns)).toHaveLength(1);
  expect(await database.db.select().from(payRunSteps)).toHaveLength(1);
  expect((await database.db.select().from(jobs)).filter(({ kind }) => kind === 'pay-run')).toHaveLength(1);
});

it('two processes that settle and lock the same month end with one set', async () => {
  await bot.say('ou_fang', `/工资 核算 ${MONTH}`);
  const [job] = await database.db.select().from(jobs);
  const args = job!.args as RunArgs;
  const common = { db: database.db, by: people.fang, now: () => now, async show() {}, async complete() {} };
  await all(3, () => draftMonth(common, args, zone));
  await doJobs(database.db);
  await bot.say('ou_fang', `/工资 检查 ${MONTH}`);
  await bot.say('ou_zhao', `/工资 审批 ${MONTH}`);
  await all(3, () => lockPay(common, args, zone));
  expect((await database.db.select().from(settlements)).map(({ totalFen }) => totalFen)).toEqual([3860_00n, 3716_25n]);
});

it('facts that come while a month is locked are either in, or refused, or make the lock start over', async () => {
  await bot.say('ou_fang', `/工资 核算 ${MONTH}`);
  await doJobs(database.db);
  await bot.say('ou_fang', `/工资 检查 ${MONTH}`);
  await bot.say('ou_zhao', `/工资 审批 ${MONTH}`);
  const [job] = await database.db.select().from(jobs);
  const common = { db: database.db, by: people.fang, now: () => now, async complete() {} };
  const [locked] = await Promise.allSettled([
    lockPay(common, job!.args as RunArgs, zone),
    ...Array.from({ length: 20 }, (_, at) =>
      bot.receive(bot.message('ou_hr', `/工资 事实 陈静 ${MONTH} 得分=${70 + at}`)),
    ),
  ]);
  const rows = await database.db.select().from(settlements);
  if (locked.status === 'fulfilled') expect(rows.map(({ totalFen }) => totalFen)).toEqual([3860_00n, 3716_25n]);
  else expect(rows).toEqual([]);
});
