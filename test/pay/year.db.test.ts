import { describe, expect, it } from 'vitest';
import type { Card } from '#cards/kit';
import { payPersonal } from '#db/tables/pay';
import { wordsOf } from '#test/support/bot';
import { expectSound, toGroups } from '#test/support/facts';
import { payRoom } from '#test/support/pay-room';
import { enterLbMonth, lockMonthByBot, under } from '#test/support/payroll';

const room = await payRoom();
const first = async (openId: string, words: string): Promise<Card> => (await room.say(openId, words))[0]!;
const chartsIn = (card: Card) =>
  (
    JSON.parse(JSON.stringify(card.body.elements)) as {
      tag: string;
      chart_spec: { type: string; data: { values: Record<string, unknown>[] } };
    }[]
  )
    .filter(({ tag }) => tag === 'chart')
    .map(({ chart_spec }) => chart_spec);
const headOf = (card: Card) => JSON.stringify([card.header, card.config]);

describe('/pay chart', () => {
  it('puts months side by side and shows what the month is made of, only on the private card', async () => {
    await under(room.db, room.people.chen, 'lb');
    await under(room.db, room.people.li, 'lb');
    await enterLbMonth(room.bot, '2026-09');
    await lockMonthByBot(room.bot, room.db, '2026-09');
    await enterLbMonth(room.bot, '2026-10');
    await lockMonthByBot(room.bot, room.db, '2026-10');
    await room.bot.say('ou_fang', '/工资 事实 陈静 2026-11 销售额=200000 得分=100');
    const card = await first('ou_chen', '/工资 图表');
    expectSound(card);
    const [months, parts] = chartsIn(card);
    expect([...new Set(months!.data.values.map(({ month }) => month))]).toEqual(['2026-09', '2026-10', '2026-11 预估']);
    // 3,500 and 200,000 × 0.5‰
    expect(parts).toMatchObject({ type: 'pie', data: { values: [{ yuan: 3500 }, { yuan: 100 }] } });
    expect(wordsOf(card).replaceAll('&#45;', '-')).toContain('-260.00');
    expect(months!.data.values.filter(({ month }) => month === '2026-10')).toMatchObject([
      { part: '岗位工资', yuan: 3500 },
      { part: '提成 × 考核得分', yuan: 360 },
    ]);
    expect(headOf(card)).not.toMatch(/3,?[68]\d\d/);
    expect(toGroups(await room.bot.say('ou_chen', '/工资 图表', { group: true }))).not.toMatch(/3,?[68]00/);
  });

  it('a first month stands alone, and somebody without any is told so', async () => {
    await under(room.db, room.people.chen, 'lb');
    const card = await first('ou_chen', '/工资 图表');
    expectSound(card);
    expect(chartsIn(card).map(({ type }) => type)).toEqual(['pie']);
    expect(wordsOf(await first('ou_li', '/工资 图表'))).toContain('还没有可以画的工资');
  });

  it('deductions of every nature are parts of the column, and the column adds up to the total', async () => {
    await under(room.db, room.people.chen, 'jw');
    await room.bot.say('ou_hr', '/工资 设置 夜班费=15');
    await room.bot.say('ou_fang', '/工资 事实 陈静 2026-10 加工费=400000 打样=无');
    await room.bot.say('ou_hr', '/工时 登记 陈静 10月 应出勤=168 实出勤=160 加班=10 夜班=2');
    await room.bot.say('ou_wang', '/工时 登记 陈静 10月 表现=是');
    await room.bot.say('ou_wang', '/考核事件 登记 陈静 JW-K2 日期=2026-10-12 原因=没有封样');
    const card = await first('ou_fang', '/工资 图表 2026-10 人员=陈静');
    expectSound(card);
    const total = /([\d,]+\.\d\d)/.exec(wordsOf(card))![1];
    expect(wordsOf(card)).toContain('考核扣款 -100.00');
    expect(wordsOf(card)).toContain('出勤不足 -16.00');
    expect(wordsOf(await first('ou_chen', '/工资 2026-10'))).toContain(total);
  });
});

describe('/pay year', () => {
  const declare = (who: string, month: string, list: string) =>
    room.bot.say('ou_fang', `/工资 事实 ${who} ${month} 报关单=${list}`);

  it('shows the employee the reward, what took some of it, the next step of the ladder and by when it is paid', async () => {
    await under(room.db, room.people.chen, 'ft');
    await declare('陈静', '2026-11', 'D-0001:2026-11-02,D-0002:2026-11-03,D-0003:2026-11-05');
    await room.bot.say('ou_wang', '/考核事件 登记 陈静 FT-F2 日期=2026-11-06 报关单=D-0002 原因=单据错误');
    const card = await first('ou_chen', '/工资 年度');
    expectSound(card);
    const words = wordsOf(card);
    expect(words).toContain('60.00');
    expect(words).toContain('最晚 2027-02-05 发放（2027-02-06 是农历正月初一');
    expect(words).toContain('D-0002');
    expect(words).toContain('FT-F2');
    expect(words).toContain('再有 1 次');
    expect(headOf(card)).not.toContain('60.00');
  });

  it('names the accident that costs the year-end bonus, in a locked month or an open one, and a person decides', async () => {
    await under(room.db, room.people.chen, 'jw');
    expect(wordsOf(await first('ou_chen', '/工资 年度'))).toContain('没有取消的事由');
    await room.bot.say('ou_wang', '/考核事件 登记 陈静 JW-K1 日期=2026-11-06 损失=10000 原因=批量返工');
    expect(wordsOf(await first('ou_chen', '/工资 年度'))).toContain('没有取消的事由');
    await room.bot.say('ou_wang', '/考核事件 登记 陈静 JW-K1 日期=2026-11-07 损失=10000.01 原因=批量返工');
    const card = await first('ou_chen', '/工资 年度');
    expectSound(card);
    expect(wordsOf(card)).toContain('按制度取消，由人决定（2026-11 JW-K1');
  });

  it('gives finance everybody in one table, and nobody else', async () => {
    await under(room.db, room.people.chen, 'ft');
    await under(room.db, room.people.li, 'jw');
    await declare('陈静', '2026-11', 'D-0001:2026-11-02,D-0002:2026-11-03');
    await room.bot.say('ou_wang', '/考核事件 登记 李敏 JW-K1 日期=2026-11-07 损失=20000 原因=批量返工');
    const card = await first('ou_fang', '/工资 年度 2026 全员=是');
    expectSound(card);
    const words = wordsOf(card);
    expect(words).toContain('2027-02-05');
    expect(words).toContain('60.00');
    expect(JSON.stringify(card.body)).toMatch(/李敏[^}]*2026-11 JW-K1/);
    expect(wordsOf(await first('ou_chen', '/工资 年度 全员=是'))).toContain('还不能做');
    expect(wordsOf(await first('ou_zhao', '/工资 年度 全员=是'))).toContain('还不能做');
  });

  it('a year that has not begun is refused', async () => {
    await under(room.db, room.people.chen, 'ft');
    expect(wordsOf(await first('ou_chen', '/工资 年度 2027'))).toContain('不是已经开始的年份');
  });
});

describe('/pay net', () => {
  const on = () =>
    room.bot.say(
      'ou_hr',
      '/工资 设置 实发估算=开 缴费="养老:8%:4492-24930 医疗:2%+3 失业:0.5% 公积金:7%:2690-37302:元" 起=2026-01',
    );

  it('is off until the company switches it on', async () => {
    await under(room.db, room.people.chen, 'lb');
    expect(wordsOf(await first('ou_chen', '/工资 实发'))).toContain('没有打开实发估算');
    expect(wordsOf(await first('ou_chen', '/工资'))).not.toContain('实发估算');
    await on();
    expect(wordsOf(await first('ou_chen', '/工资'))).toContain('实发估算');
  });

  it('takes contributions by the dated settings and tax cumulatively, and always says that it is an estimate', async () => {
    await under(room.db, room.people.chen, 'lb', { wage: 12000_00n });
    await on();
    await room.bot.say('ou_fang', '/工资 个税 社保基数=4000 公积金基数=6001 人员=陈静 起=2026-10');
    await room.bot.say('ou_chen', '/工资 个税 专项附加扣除=1000 起=2026-10');
    await room.bot.say('ou_fang', '/工资 事实 陈静 2026-10 销售额=0 得分=90');
    const card = await first('ou_chen', '/工资 实发 2026-10');
    expectSound(card);
    const words = wordsOf(card).replaceAll('&#45;', '-');
    // pension 4,492 (the floor) × 8 % = 359.36; medical 4,000 × 2 % + 3 = 83; unemployment 20; fund 6,001 × 7 % = 420.07 → 420
    for (const amount of ['-359.36', '-83.00', '-20.00', '-420.00']) expect(words).toContain(amount);
    // 12,000 − 882.36 − 1,000 − 5,000 = 5,117.64 × 3 % = 153.53
    expect(words).toContain('-153.53');
    expect(words).toContain('10,964.11');
    expect(words).toContain('本结果为估算');
    expect(words).toContain('缺少本年 10 个月的累计数据');
    expect(headOf(card)).not.toMatch(/10,?964/);
  });

  it('shows a bonus taxed apart and merged, and keeps to what the person chose', async () => {
    await under(room.db, room.people.chen, 'lb', { wage: 4000_00n });
    await on();
    await room.bot.say('ou_fang', '/工资 事实 陈静 2026-10 销售额=0 得分=90');
    const before = await first('ou_chen', '/工资 实发 2026-10 奖金=10000');
    expectSound(before);
    // apart 10,000 × 3 % = 300; merged (4,000 + 10,000 − 5,000) × 3 % = 270
    expect(wordsOf(before)).toContain('300.00');
    expect(wordsOf(before)).toContain('270.00');
    expect(wordsOf(before)).toContain('还没有选择计税方式');
    expect(wordsOf(before)).toContain('13,700.00');
    await room.bot.press('ou_chen', before, '并入当月');
    expect(wordsOf(await first('ou_chen', '/工资 实发 2026-10 奖金=10000'))).toContain('13,730.00');
  });

  it('deductions are the employee’s, bases are finance’s, and neither is known to anybody else', async () => {
    await under(room.db, room.people.chen, 'lb');
    await on();
    expect(wordsOf(await first('ou_chen', '/工资 个税 社保基数=9000'))).toContain('由财务或人事登记');
    expect(wordsOf(await first('ou_li', '/工资 个税 专项附加扣除=1000 人员=陈静'))).toContain('没有你能看的');
    await room.bot.say('ou_hr', '/工资 设置 上级可见=是');
    expect(wordsOf(await first('ou_wang', '/工资 个税 专项附加扣除=1000 人员=陈静'))).toContain('本人选择');
    await expect(room.db.$count(payPersonal)).resolves.toBe(0);
  });

  it('settings that make no sense are refused with an example', async () => {
    for (const words of ['缴费=养老', '缴费=养老:80%', '缴费=养老:8%:9000-100', '缴费=工会:1%'])
      expect(wordsOf(await first('ou_hr', `/工资 设置 ${words}`))).toContain('养老:8%');
  });

  it('changes no settlement', async () => {
    await under(room.db, room.people.chen, 'lb');
    await room.bot.say('ou_fang', '/工资 事实 陈静 2026-10 销售额=800000 得分=90');
    const total = () => first('ou_chen', '/工资 2026-10').then((card) => /([\d,]+\.\d\d)/.exec(wordsOf(card))![1]);
    const before = await total();
    await on();
    await room.bot.say('ou_chen', '/工资 个税 专项附加扣除=1000');
    expect(await total()).toBe(before);
  });
});
