import { expect, it } from 'vitest';
import { wordsOf } from '#test/support/bot';
import { expectSound } from '#test/support/facts';
import { payRoom } from '#test/support/pay-room';
import { under } from '#test/support/payroll';

const room = await payRoom({
  async before({ bot, db, people }) {
    await under(db, people.chen, 'jw');
    bot.at('2026-11-20T02:00:00Z');
    await bot.say('ou_hr', '/工资 设置 夜班费=15 起=2026-01');
    for (const month of ['2026-10', '2026-11']) {
      await bot.say('ou_hr', `/工时 登记 陈静 ${month} 应出勤=168 实出勤=168 加班=20 夜班=0`);
      await bot.say('ou_wang', `/工时 登记 陈静 ${month} 表现=是`);
      await bot.say('ou_fang', `/工资 事实 陈静 ${month} 加工费=100000 打样=无`);
    }
  },
});
const seenBy = async (openId: string, month: string) => {
  const [card] = await room.say(openId, `/工资 ${month} 人员=陈静`);
  expectSound(card!);
  return wordsOf(card);
};

it('the company’s own figures count from their month on, for finance only, each warning with its source', async () => {
  await room.bot.say(
    'ou_hr',
    '/工资 设置 最低工资=2000 加班倍数=200/200/300 批准文号=邢人社许1号 批准到期=2026-11-29 起=2026-11',
  );
  const november = await seenBy('ou_fang', '2026-11');
  // 700 + 500 + 250
  expect(november).toContain('正常工时工资 1,450.00 低于最低工资 2,000.00，差 550.00');
  expect(november).toContain('公司设置');
  // 700 ÷ 174 × 20 × 2
  expect(november).toContain('至少 160.92');
  expect(november).toContain('劳动法第 44 条');
  expect(november).toContain('已于 2026-11-29 到期');
  const october = await seenBy('ou_fang', '2026-10');
  expect(october).toContain('最低工资未配置');
  expect(october).toContain('未登记批准文号');
  expect(wordsOf((await room.say('ou_chen', '/工资'))[0])).not.toMatch(/最低工资|批准|加班 20/);
});

it('enforced, a fine is not taken and damages stop at the company’s cap; the rest waits for later months', async () => {
  await room.bot.say('ou_wang', '/考核事件 登记 陈静 JW-K2 日期=2026-11-03 原因=没有封样');
  await room.bot.say('ou_wang', '/考核事件 登记 陈静 JW-K1 日期=2026-11-04 损失=9000 原因=返工');
  await room.bot.say('ou_hr', '/工资 设置 guard=enforce 赔偿上限=10% 起=2026-11');
  const words = await seenBy('ou_fang', '2026-11');
  expect(words).toContain('无法律依据，不扣（原应扣 100.00）');
  // 700 + 500 + 40 overtime; the award is lost with the loss: 10 % of 1,240 is 124
  expect(words).toContain('的 10% 为 124.00');
  expect(words).toContain('776.00 转以后月份');
  await room.bot.say('ou_hr', '/工资 设置 fines=deduct 起=2026-11');
  expect(await seenBy('ou_fang', '2026-11')).not.toContain('无法律依据，不扣');
});

it('contributions that finance entered are part of the minimum where they come on top', async () => {
  await room.bot.say('ou_hr', '/工资 设置 地区=上海 起=2026-11');
  expect(await seenBy('ou_fang', '2026-11')).toContain('本人缴费未登记');
  await room.bot.say('ou_fang', '/工资 事实 陈静 2026-11 社保公积金=260');
  expect(await seenBy('ou_fang', '2026-11')).toContain('低于最低工资 3,000.00（含个人社保公积金）');
});

it('nobody sets less than the law', async () => {
  for (const [words, said] of [
    ['赔偿上限=25%', '不能超过当月工资的 20%'],
    ['加班倍数=100/200/300', '不能低于法定'],
    ['试用期比例=70%', '不能低于约定工资的 80%'],
    ['最低工资=0', '要大于 0'],
    ['批准到期=2026-13-01', '不是日期'],
  ])
    expect(wordsOf((await room.say('ou_hr', `/工资 设置 ${words}`))[0])).toContain(said);
});
