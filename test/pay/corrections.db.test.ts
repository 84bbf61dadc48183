import { beforeEach, describe, expect, it } from 'vitest';
import { settlements } from '#db/tables/pay';
import { wordsOf } from '#test/support/bot';
import { expectSound } from '#test/support/facts';
import { payRoom } from '#test/support/pay-room';
import { enterLbMonth, left, lockMonthByBot, under } from '#test/support/payroll';
import { verifyPay } from '#usecases/pay/verify';

const room = await payRoom({
  async before({ db, people }) {
    await under(db, people.chen, 'lb');
    await under(db, people.li, 'lb');
  },
});
const MONTH = '2026-10';

const { say } = room;
const settled = () => room.db.select().from(settlements).orderBy(settlements.personId, settlements.kind);

describe('corrections of a locked month', () => {
  beforeEach(async () => {
    await enterLbMonth(room.bot);
    await lockMonthByBot(room.bot, room.db);
  });
  const late = (words: string) => say('ou_fang', `/工资 事实 陈静 ${MONTH} ${words}`);
  const correct = (reason = '考核改判') => say('ou_fang', `/工资 更正 ${MONTH} 写入=是 原因=${reason}`);

  it('become a line of the next open month with the reason; the locked month stays', async () => {
    const before = await settled();
    expect(wordsOf((await late('得分=100'))[0])).toContain('要写原因');
    await late('得分=100 原因=申诉成立');
    const [found] = await say('ou_fang', `/工资 更正 ${MONTH}`);
    expectSound(found!);
    expect(wordsOf(found)).toContain('40.00');
    const [card] = await correct();
    expectSound(card!);
    expect(wordsOf(card)).toContain('2026-11');
    expect(await settled()).toEqual(before);
    await room.bot.say('ou_fang', '/工资 事实 陈静 2026-11 销售额=0 得分=90');
    const [estimate] = await say('ou_chen', '/工资');
    expect(wordsOf(estimate)).toContain('更正 2026-10');
    expect(wordsOf(estimate)).toContain('3,540.00');
    expect(wordsOf((await say('ou_fang', `/工资 更正 ${MONTH}`))[0])).toContain('不需要更正');
  });

  it('made and taken back come to nothing', async () => {
    await late('得分=100 原因=申诉成立');
    await correct();
    await late('得分=90 原因=弄错了');
    await correct('撤回');
    await enterLbMonth(room.bot, '2026-11');
    room.bot.at('2026-12-03T02:00:00Z');
    await lockMonthByBot(room.bot, room.db, '2026-11');
    const november = (await settled()).filter(
      ({ month, personId }) => month === '2026-11' && personId === room.people.chen.id,
    );
    expect(november).toMatchObject([{ totalFen: 3860_00n }]);
    expect(november[0]!.result).toContain('考核改判');
    expect(await verifyPay(room.db)).toEqual([]);
  });

  it('of somebody who has left are paid in a settlement of their own', async () => {
    await left(room.db, room.people.chen, '2026-10-31');
    await late('得分=100 原因=申诉成立');
    await correct();
    await room.bot.say('ou_fang', '/工资 事实 李敏 2026-11 销售额=0 得分=90');
    room.bot.at('2026-12-03T02:00:00Z');
    await lockMonthByBot(room.bot, room.db, '2026-11');
    expect((await settled()).filter(({ month }) => month === '2026-11')).toMatchObject([
      { personId: room.people.chen.id, kind: 'after-leaving', totalFen: 40_00n },
      { personId: room.people.li.id, kind: 'regular' },
    ]);
    expect(await verifyPay(room.db)).toEqual([]);
  });

  it('a raise that was entered late is found without anybody entering a fact', async () => {
    await under(room.db, room.people.li, 'lb', { wage: 4000_00n, from: '2026-10' });
    const [card] = await say('ou_fang', `/工资 更正 ${MONTH}`);
    expect(wordsOf(card)).toContain('李敏');
    expect(wordsOf(card)).toContain('500.00');
  });

  it('nobody corrects their own pay', async () => {
    await under(room.db, room.people.fang, 'lb');
    expect(wordsOf((await say('ou_fang', `/工资 事实 方会计 2026-11 得分=100`))[0])).toContain('不能给自己');
  });
});

it('hours that were forgotten are entered by finance once the month is locked, and paid in the next open one', async () => {
  await under(room.db, room.people.chen, 'jw');
  await room.bot.say('ou_fang', '/工资 设置 夜班费=15 起=2026-10');
  await room.bot.say('ou_hr', `/工时 登记 陈静 ${MONTH} 应出勤=168 实出勤=168 加班=20 夜班=0 表现=是`);
  await room.bot.say('ou_fang', `/工资 事实 陈静 ${MONTH} 加工费=400000 打样=无`);
  await room.bot.say('ou_fang', `/工资 事实 李敏 ${MONTH} 销售额=500000 得分=86.5`);
  const late = `/工资 事实 陈静 ${MONTH} 工时="加班:24" 原因=漏记四小时`;
  expect(wordsOf((await say('ou_fang', late))[0])).toContain('工时直接改');
  await lockMonthByBot(room.bot, room.db);
  const refused = (await say('ou_hr', `/工时 登记 陈静 ${MONTH} 加班=24`))[0];
  expect(wordsOf(refused)).toContain(`/工资 事实 姓名 ${MONTH}`);
  expect(wordsOf((await say('ou_fang', late))[0])).toContain('1 项更正');
  const impossible = `/工资 事实 陈静 ${MONTH} 工时="加班:30 实出勤:999" 原因=漏记`;
  const said = wordsOf((await say('ou_fang', impossible))[0]);
  expect(said).toContain('实出勤 999 小时多于应出勤 168 小时');
  expect(said).toContain('没有记下任何一项');
  // beside what came late before, too: rest days are part of the overtime
  expect(wordsOf((await say('ou_fang', `/工资 事实 陈静 ${MONTH} 工时="休息日加班:25" 原因=漏记`))[0])).toContain(
    '多于加班',
  );
  const found = wordsOf((await say('ou_fang', `/工资 更正 ${MONTH}`))[0]);
  // four hours at 2.00
  expect(found).toContain('8.00');
  expect(found).not.toContain('李敏');
});
