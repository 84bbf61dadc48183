import { beforeEach, describe, expect, it } from 'vitest';
import { payAsks, payEstimates, payFacts } from '#db/tables/pay';
import { parseFacts } from '#domain/pay/facts';
import { cardIn, wordsOf } from '#test/support/bot';
import { expectSound, toGroups } from '#test/support/facts';
import { payRoom } from '#test/support/pay-room';
import { under } from '#test/support/payroll';
import { collectFacts, peopleToPay } from '#usecases/facts/collect';

const room = await payRoom();

const { say } = room;

/** An order of 陈静 of which 600 of 1,200 pieces are shipped. */
async function halfShipped(): Promise<void> {
  await room.bot.say('ou_chen', '/订单 新建 SO-1001 客户=宏达 数量=1200件 货期=11-28 款号=A118 单价=200 加工费=60000', {
    group: true,
  });
  await room.bot.say('ou_chen', '/订单 出货 SO-1001 600件', { group: true });
}

describe('facts are collected from what was recorded', () => {
  it('each with who said it, when and in which message', async () => {
    await under(room.db, room.people.chen, 'lb');
    await halfShipped();
    const [collected] = await collectFacts(room.db, '2026-11', await peopleToPay(room.db, '2026-11'), {
      zone: 'Asia/Shanghai',
    });
    const facts = parseFacts(collected!.inputs.facts);
    expect(facts.measures.sales?.shipped).toEqual([
      expect.objectContaining({
        value: 120000_00n,
        order: 'SO-1001',
        source: expect.objectContaining({
          author: 'ou_chen',
          messageId: expect.stringMatching(/^om_/),
          link: expect.stringContaining('oc_group'),
        }),
      }),
    ]);
    expect(facts.profile.positionWage?.value).toBe(3500_00n);
  });

  it('an order taken back or cancelled sells nothing, and the parts add up to the whole', async () => {
    await under(room.db, room.people.chen, 'lb');
    await halfShipped();
    await room.bot.say('ou_chen', '/订单 出货 SO-1001 600件');
    const sales = async () => {
      const [one] = await collectFacts(room.db, '2026-11', await peopleToPay(room.db, '2026-11'), {
        zone: 'Asia/Shanghai',
      });
      return parseFacts(one!.inputs.facts).measures.sales?.shipped?.map(({ value }) => value);
    };
    expect((await sales())?.reduce((sum, each) => sum + each, 0n)).toBe(240000_00n);
    await room.bot.say('ou_chen', '/撤销');
    expect(await sales()).toEqual([120000_00n]);
  });

  it('an amount in dollars without a rate is missing, not guessed', async () => {
    await under(room.db, room.people.chen, 'lb');
    await room.bot.say('ou_chen', '/订单 新建 SO-7 客户=宏达 数量=10件 货期=11-28 单价=100 币种=USD', { group: true });
    await room.bot.say('ou_chen', '/订单 出货 SO-7 10件');
    const [card] = await say('ou_chen', '/工资');
    expect(wordsOf(card)).toContain('缺少 USD 汇率');
    await room.bot.say('ou_fang', '/工资 设置 汇率=USD:7.1 起=2026-11');
    const [after] = await say('ou_chen', '/工资');
    expect(wordsOf(after)).not.toContain('汇率');
  });
});

it('declarations that were recorded count, once, and finance may replace one', async () => {
  await under(room.db, room.people.chen, 'ft');
  await halfShipped();
  await room.bot.say('ou_fang', '/报关 新增 SO-1001 编号=223120260000000001 日期=11-08');
  await room.bot.say('ou_fang', '/工资 事实 陈静 2026-11 报关单=223120260000000001:2026-11-09:SO-1001');
  const [one] = await collectFacts(room.db, '2026-11', await peopleToPay(room.db, '2026-11'), {
    zone: 'Asia/Shanghai',
  });
  expect(one!.inputs.facts.declarations).toMatchObject([{ no: '223120260000000001', date: '2026-11-09' }]);
  await room.bot.say('ou_fang', '/工资 事实 陈静 2026-11 取消=declaration.223120260000000001');
  const [two] = await collectFacts(room.db, '2026-11', await peopleToPay(room.db, '2026-11'), {
    zone: 'Asia/Shanghai',
  });
  expect(two!.inputs.facts.declarations).toMatchObject([
    { no: '223120260000000001', date: '2026-11-08', order: 'SO-1001', source: { author: 'ou_fang' } },
  ]);
});

describe('/pay', () => {
  it('shows what can be computed, names what is missing, and keeps the hope apart', async () => {
    await under(room.db, room.people.chen, 'lb');
    await halfShipped();
    const [card] = await say('ou_chen', '/工资');
    expectSound(card!);
    const words = wordsOf(card);
    expect(words).toContain('3,500.00');
    expect(words).toContain('考核得分');
    expect(words).toContain('展望');
    expect(words).toContain('SO-1001');
    expect(words).toContain('3,620.00');
    expect(words).toContain('不是工资条');
    expect(JSON.stringify([card!.header, card!.config])).not.toMatch(/3,|500/);
  });

  it('keeps every estimate that was shown', async () => {
    await under(room.db, room.people.chen, 'lb');
    await say('ou_chen', '/工资');
    await say('ou_chen', '/工资 2026-10');
    const rows = await room.db.select().from(payEstimates).orderBy(payEstimates.id);
    expect(rows).toMatchObject([
      { month: '2026-11', partial: true, totalFen: 3500_00n },
      { month: '2026-10', partial: true, totalFen: 3500_00n },
    ]);
    await expect(room.db.update(payEstimates).set({ totalFen: 0n })).rejects.toThrow();
  });

  it('a group hears only that the person was told, alike for all', async () => {
    await under(room.db, room.people.chen, 'lb');
    const own = toGroups(await room.bot.say('ou_chen', '/工资', { group: true }));
    const none = toGroups(await room.bot.say('ou_li', '/工资 如果 得分=95', { group: true }));
    const denied = toGroups(await room.bot.say('ou_li', '/工资 人员=陈静', { group: true }));
    const bare = (words: string) => words.replace(/om_[\w-]+|[0-9a-f]{20}/g, '');
    expect(own).toContain('已私信你');
    expect(bare(none)).toBe(bare(own));
    expect(bare(denied)).toBe(bare(own));
  });

  it('somebody else’s pay and nobody’s pay sound alike', async () => {
    await under(room.db, room.people.chen, 'lb');
    const [denied] = await say('ou_li', '/工资 人员=陈静');
    const [unknown] = await say('ou_li', '/工资 人员=没有这个人');
    const bare = (card: unknown) => wordsOf(card).replace(/[0-9a-f]{20}/g, '');
    expect(bare(denied)).toBe(bare(unknown));
    const [seen] = await say('ou_fang', '/工资 人员=陈静');
    expect(wordsOf(seen)).toContain('陈静');
  });

  it('is slowed down after 20 questions a minute, and each is noted without the amount', async () => {
    await under(room.db, room.people.chen, 'lb');
    for (let at = 0; at < 20; at += 1) await room.bot.say('ou_chen', '/工资');
    expect(wordsOf(cardIn((await room.bot.say('ou_chen', '/工资')).at(-1)))).toContain('一分钟最多问 20 次');
    const asks = await room.db.select().from(payAsks).orderBy(payAsks.id);
    expect(asks).toHaveLength(20);
    expect(JSON.stringify(asks)).not.toContain('3500');
    expect(wordsOf((await say('ou_li', '/工资'))[0])).not.toContain('一分钟');
  });

  it('a warning for finance and HR never reaches the employee', async () => {
    await under(room.db, room.people.chen, 'jw');
    await room.bot.say('ou_wang', '/考核事件 登记 陈静 JW-K2 原因=没有封样');
    const [own] = await say('ou_chen', '/工资');
    expect(wordsOf(own)).not.toContain('罚款');
    const [theirs] = await say('ou_fang', '/工资 人员=陈静');
    expect(wordsOf(theirs)).toContain('罚款');
  });

  it('a month that has not begun, and somebody without a scheme, are told so', async () => {
    await under(room.db, room.people.chen, 'lb');
    expect(wordsOf((await say('ou_chen', '/工资 2027-03'))[0])).toContain('还没有开始');
    expect(wordsOf((await say('ou_li', '/工资'))[0])).toContain('还没有登记你的工资方案');
  });
});

describe('/pay why', () => {
  it('goes from the line to the clause in its own words and the message that recorded each fact', async () => {
    await under(room.db, room.people.chen, 'lb');
    await halfShipped();
    await room.bot.say('ou_fang', '/工资 事实 陈静 2026-11 得分=86.5 理由=经理评分表');
    const [all] = await say('ou_chen', '/工资 为什么');
    expectSound(all!);
    const [line] = await say('ou_chen', '/工资 为什么 LB-P1');
    expectSound(line!);
    const words = wordsOf(line);
    expect(words).toContain('按该跟单员所跟单销售额总和的0.5‰');
    expect(words).toContain('120,000.00 × 0.5‰ × 86.5%');
    expect(words).toContain('陈静');
    expect(words).toContain('方会计');
    expect(words).toContain('SO-1001');
    expect(words).toMatch(/om_event/);
    expect(words).toContain('applink.feishu.cn');
    expect(words).toContain('龙滨橡塑');
  });

  it('says why not more, with its worth', async () => {
    await under(room.db, room.people.chen, 'lb');
    await room.bot.say('ou_fang', '/工资 事实 陈静 2026-11 销售额=800000 得分=90');
    const [card] = await say('ou_chen', '/工资 为什么');
    expect(wordsOf(card)).toContain('+40.00');
  });

  it('a line that is not there is answered with those that are', async () => {
    await under(room.db, room.people.chen, 'lb');
    expect(wordsOf((await say('ou_chen', '/工资 为什么 夜班费'))[0])).toContain('LB-P2 岗位工资');
  });

  it('stays within the card with notes of thousands of characters', async () => {
    await under(room.db, room.people.chen, 'jw');
    await room.bot.say('ou_hr', '/工时 登记 陈静 11月 应出勤=168 实出勤=160 加班=20');
    for (let at = 0; at < 14; at += 1)
      await room.bot.say('ou_wang', `/考核事件 登记 陈静 JW-K2 原因=${'很长的说明'.repeat(90)}`);
    for (const words of ['/工资', '/工资 为什么', '/工资 为什么 JW-K2']) {
      const [card] = await say('ou_chen', words);
      expectSound(card!);
    }
  });
});

describe('/pay if', () => {
  beforeEach(async () => {
    await under(room.db, room.people.chen, 'lb');
    await halfShipped();
  });

  it('a better score and the rest of an order are worth what the rules say', async () => {
    await room.bot.say('ou_fang', '/工资 事实 陈静 2026-11 得分=80');
    const [card] = await say('ou_chen', '/工资 如果 得分=100 订单=SO-1001');
    expectSound(card!);
    // 120,000 × 0.5‰ × 80 % = 48 against 240,000 × 0.5‰ = 120
    expect(wordsOf(card)).toContain('72.00<');
    expect(await room.db.select().from(payEstimates).orderBy(payEstimates.id)).toHaveLength(0);
  });

  it('an incident withdrawn gives back what it cost', async () => {
    await under(room.db, room.people.li, 'jw');
    await room.bot.say('ou_wang', '/考核事件 登记 李敏 JW-K2 原因=没有封样');
    const [card] = await say('ou_li', '/工资 如果 撤回=1');
    expect(wordsOf(card)).toContain('100.00<');
    expect(wordsOf((await say('ou_li', '/工资 如果 撤回=9'))[0])).toContain('没有 9');
  });

  it('a fault withdrawn and one more declaration change the yearly reward, which is paid later', async () => {
    await under(room.db, room.people.li, 'ft');
    await room.bot.say('ou_fang', '/工资 事实 李敏 2026-11 报关单="D-0001:2026-11-02 D-0002:2026-11-03"');
    await room.bot.say('ou_wang', '/考核事件 登记 李敏 FT-F1 日期=2026-11-05 报关单=D-0001 原因=改单费');
    const [card] = await say('ou_li', '/工资 如果 撤回=1');
    expectSound(card!);
    expect(wordsOf(card)).toContain('年度奖励累计：30.00 → **60.00**');
    expect(wordsOf(card)).toContain('最晚 2027-02-05 发放');
    expect(wordsOf(card)).not.toContain('没有变化');
    expect(wordsOf((await say('ou_li', '/工资 如果 多报关=2'))[0])).toContain('30.00 → **90.00**');
  });

  it('another result of one criterion is worth its weight', async () => {
    await under(room.db, room.people.li, 'kpi');
    await room.bot.say(
      'ou_fang',
      '/工资 事实 李敏 2026-11 KPI="KPI-1:20/20 KPI-2:20/20 KPI-3:80 KPI-4:5/5+100 KPI-5:100 KPI-6:4/4+100 KPI-7:20/20"',
    );
    // 2,000 × 15 % of 20 points
    expect(wordsOf((await say('ou_li', '/工资 如果 KPI=KPI-3:100'))[0])).toContain('60.00<');
    expect(wordsOf((await say('ou_li', '/工资 为什么'))[0])).toMatch(/\+60\.00\*\*　KPI-3　客户满意度/);
  });

  it('somebody else’s order is not told about', async () => {
    await under(room.db, room.people.li, 'lb');
    expect(wordsOf((await say('ou_li', '/工资 如果 订单=SO-1001'))[0])).toContain('没有找到你跟的订单');
  });
});

describe('/pay settings and /pay facts', () => {
  it('show what counts with its source, and their forms are cards as the platform takes them', async () => {
    await room.bot.say('ou_hr', '/工资 设置 guard=enforce 地区=上海 夜班费=15 打样价=衬衫:15.5');
    const [settings] = await say('ou_hr', '/工资 设置 起=2026-11 异议期=5');
    expectSound(settings!);
    expect(wordsOf(settings)).toContain('孙人事');
    expectSound((await room.bot.press('ou_hr', settings!, '修改')).card as never);
    expect(wordsOf((await say('ou_hr', '/工资 设置 guard=maybe'))[0])).toContain('没有「maybe」');
    expect(wordsOf((await say('ou_chen', '/工资 设置'))[0])).toContain('还不能用');

    await under(room.db, room.people.chen, 'jw');
    await room.bot.say('ou_fang', '/工资 事实 陈静 2026-11 加工费=400000 打样=衬衫:4');
    const [facts] = await say('ou_fang', '/工资 事实 陈静 2026-11');
    expectSound(facts!);
    expect(wordsOf(facts)).toContain('方会计');
    expectSound((await room.bot.press('ou_fang', facts!, '录入或更正')).card as never);
    await room.bot.say('ou_fang', '/工资 事实 陈静 2026-11 取消=sample.衬衫');
    expect(wordsOf((await say('ou_fang', '/工资 事实 陈静 2026-11'))[0])).not.toContain('衬衫');
    expect(await room.db.$count(payFacts)).toBe(3);
  });
});

it('whole numbers are read with their units, and nothing else for them', async () => {
  await under(room.db, room.people.chen, 'jw');
  await room.bot.say('ou_hr', '/工资 设置 夜班费=15');
  const [card] = await say('ou_chen', '/工资 如果 夜班=3次');
  expect(wordsOf(card)).toContain('45.00');
  expect(wordsOf((await say('ou_chen', '/工资 如果 夜班=三次'))[0])).toContain('不是整数');
  await under(room.db, room.people.li, 'ft');
  await room.bot.say('ou_fang', '/工资 事实 李敏 2026-11 报关单=无');
  expect(wordsOf((await say('ou_li', '/工资 如果 多报关=2票'))[0])).toContain('2 more declarations');
});
