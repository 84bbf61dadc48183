import { expect, it } from 'vitest';
import { jobs } from '#db/schema';
import { payRunSteps, payRuns, settlements } from '#db/tables/pay';
import { payRoom } from '#test/support/pay-room';
import { doJobs, enterLbMonth, under } from '#test/support/payroll';
import { now } from '#test/support/people';
import { lockPay } from '#usecases/pay/lock';
import type { RunArgs } from '#usecases/pay/run';
import { draftMonth } from '#usecases/pay/run';

const room = await payRoom({
  async before({ bot, db, people }) {
    await under(db, people.chen, 'lb');
    await under(db, people.li, 'lb');
    await enterLbMonth(bot);
  },
});
const MONTH = '2026-10';
const zone = 'Asia/Shanghai';

const all = <T>(count: number, work: (at: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, at) => work(at)));

it('twenty starts at once are one run with one job', async () => {
  await all(20, (at) => room.bot.receive(room.bot.message(at % 2 ? 'ou_fang' : 'ou_hr', `/工资 核算 ${MONTH}`)));
  expect(await room.db.select().from(payRuns)).toHaveLength(1);
  expect(await room.db.select().from(payRunSteps)).toHaveLength(1);
  expect((await room.db.select().from(jobs)).filter(({ kind }) => kind === 'pay-run')).toHaveLength(1);
});

it('two processes that settle and lock the same month end with one set', async () => {
  await room.bot.say('ou_fang', `/工资 核算 ${MONTH}`);
  const [job] = await room.db.select().from(jobs);
  const args = job!.args as RunArgs;
  const common = { db: room.db, by: room.people.fang, now: () => now, async show() {}, async complete() {} };
  await all(3, () => draftMonth(common, args, zone));
  await doJobs(room.db);
  await room.bot.say('ou_fang', `/工资 检查 ${MONTH}`);
  await room.bot.say('ou_zhao', `/工资 审批 ${MONTH}`);
  await all(3, () => lockPay(common, args, zone));
  expect(
    (await room.db.select().from(settlements).orderBy(settlements.personId)).map(({ totalFen }) => totalFen),
  ).toEqual([3860_00n, 3716_25n]);
});

it('facts that come while a month is locked are either in, or refused, or make the lock start over', async () => {
  await room.bot.say('ou_fang', `/工资 核算 ${MONTH}`);
  await doJobs(room.db);
  await room.bot.say('ou_fang', `/工资 检查 ${MONTH}`);
  await room.bot.say('ou_zhao', `/工资 审批 ${MONTH}`);
  const [job] = await room.db.select().from(jobs);
  const common = { db: room.db, by: room.people.fang, now: () => now, async complete() {} };
  const [locked] = await Promise.allSettled([
    lockPay(common, job!.args as RunArgs, zone),
    ...Array.from({ length: 20 }, (_, at) =>
      room.bot.receive(room.bot.message('ou_hr', `/工资 事实 陈静 ${MONTH} 得分=${70 + at}`)),
    ),
  ]);
  const rows = await room.db.select().from(settlements).orderBy(settlements.personId);
  if (locked.status === 'fulfilled') expect(rows.map(({ totalFen }) => totalFen)).toEqual([3860_00n, 3716_25n]);
  else expect(rows).toEqual([]);
});
