import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { orders } from '#db/schema';
import { orderHandovers } from '#db/tables/orders';
import { cardIn, wordsOf } from '#test/support/bot';
import { expectGoodCard, expectGoodCards } from '#test/support/orders';
import { testRoom } from '#test/support/room';

const { database, bot, people } = await testRoom();
beforeEach(async () => {
  await bot.say('ou_chen', '/订单 新建 SO-1001 客户=宏达 数量=1200件 货期=12-20 工厂=恒丰');
  await bot.say('ou_chen', '/订单 更新 SO-1001 缝制 800件 备注=袖口返工');
});

const merchandiser = async () =>
  (await database.db.select().from(orders).where(eq(orders.no, 'SO-1001')))[0]!.merchandiserId;

describe('hand-over of an order', () => {
  const begin = async () => {
    const answers = await bot.say('ou_chen', '/订单 交接 SO-1001 给=李敏 说明=休产假');
    const [toChen, toLi] = ['person:ou_chen', 'person:ou_li'].map((lane) =>
      cardIn(answers.find((entry) => entry.lane === lane)),
    );
    return { answers, toChen: toChen!, toLi: toLi! };
  };

  it('the successor sees all that is open, and the merchandiser changes only when both have signed', async () => {
    const { answers, toChen, toLi } = await begin();
    expectGoodCards(answers);
    expect(wordsOf(toLi)).toContain('没做完的工序');
    expect(wordsOf(toLi)).toContain('袖口返工');
    await bot.press('ou_li', toLi, '签字');
    expect(await merchandiser()).toBe(people.chen.id);
    const done = await bot.press('ou_chen', toChen, '签字');
    expectGoodCard(done.card);
    expect(wordsOf(done.card)).toContain('已交接');
    expect(await merchandiser()).toBe(people.li.id);
    expect((await bot.posted()).map(({ lane }) => lane)).toEqual(
      expect.arrayContaining(['person:ou_wang', 'person:ou_li']),
    );
    expect(wordsOf(cardIn((await bot.say('ou_li', '/订单 历史 SO-1001'))[0]))).toContain('陈静 → **李敏**');
    expect(wordsOf(cardIn((await bot.say('ou_chen', '/订单 更新 SO-1001 缝制 900件'))[0]))).toContain('由 李敏 跟进');
  });

  it('nobody signs twice or for both; the manager signs for one who is away', async () => {
    const { toLi } = await begin();
    await bot.press('ou_li', toLi, '签字');
    expect(wordsOf(cardIn((await bot.say('ou_li', '/订单 签字 1'))[0]))).toContain('已经签过');
    expect(await merchandiser()).toBe(people.chen.id);
    expect(wordsOf(cardIn((await bot.say('ou_wang', '/订单 签字 1'))[0]))).toContain('王芳 代');
    expect(await merchandiser()).toBe(people.li.id);
    expect(await database.db.select().from(orderHandovers)).toMatchObject([{ givenBy: people.wang.id }]);
  });

  it('one at a time, and it can be withdrawn', async () => {
    await begin();
    expect(wordsOf(cardIn((await bot.say('ou_chen', '/订单 交接 SO-1001 给=王芳'))[0]))).toContain('没签完的交接单');
    expectGoodCards(await bot.say('ou_li', '/订单 交接作废 1'));
    expect(wordsOf(cardIn((await bot.say('ou_chen', '/订单 签字 1'))[0]))).toContain('办完或作废');
    expect(wordsOf(cardIn((await bot.say('ou_li', '/订单 交接 SO-1001 给=李敏'))[0]))).toContain('由 陈静 跟进');
  });

  it('both signatures at the same moment hand it over once', async () => {
    await begin();
    await Promise.all([
      bot.receive(bot.message('ou_li', '/订单 签字 1')),
      bot.receive(bot.message('ou_chen', '/订单 签字 1')),
    ]);
    expect(await merchandiser()).toBe(people.li.id);
  });
});

describe('customers (O15)', () => {
  it('a file with contacts and preferences, and the history of the orders, in private', async () => {
    const saved = await bot.say('ou_chen', '/客户 新建 宏达 国家=德国 联系人=Anna 联系方式="+49 30 1" 偏好=唛头烫金');
    expectGoodCards(saved);
    const shown = await bot.say('ou_li', '/客户 查看 hd', { group: true });
    expectGoodCards(shown);
    const own = wordsOf(cardIn(shown.find(({ lane }) => lane === 'person:ou_li')));
    for (const words of ['Anna', '唛头烫金', 'SO-1001', '德国']) expect(own).toContain(words);
    expect(wordsOf(cardIn(shown.find(({ lane }) => lane.startsWith('chat:'))))).not.toContain('Anna');
    expectGoodCards(await bot.say('ou_chen', '/客户 列表'));
    expect(wordsOf(cardIn((await bot.say('ou_chen', '/客户 查看 没有'))[0]))).toContain('没有找到客户');
  });
});

describe('reports (O14)', () => {
  beforeEach(async () => {
    await bot.say('ou_li', '/订单 新建 SO-2 客户=明远 数量=100件 货期=11-30 工厂=恒丰');
    await bot.say('ou_li', '/订单 更新 SO-2 出货');
    await bot.say('ou_li', '/订单 新建 SO-3 客户=明远 数量=100件 货期=11-24 工厂=恒丰');
    await bot.say('ou_li', '/订单 变更 SO-3 货期=11-30 原因=面料晚 起因=工厂');
    bot.at('2026-11-27T02:00:00Z');
    await bot.say('ou_li', '/订单 更新 SO-3 出货');
  });

  it.each(['日报', '周报', '月报', '月报 按=人', '周报 11-23 按=工厂'])('%s', async (words) => {
    const answers = await bot.say('ou_wang', `/订单 报表 ${words}`, { group: true });
    expectGoodCards(answers);
    expect(answers.some(({ lane }) => lane === 'person:ou_wang')).toBe(true);
  });

  it('on time is measured against the first promise, not the one that was moved', async () => {
    const [answer] = await bot.say('ou_wang', '/订单 报表 周报 按=人');
    expect(wordsOf(cardIn(answer))).toContain('50%');
    expect(wordsOf(cardIn(answer))).toContain('准时 100%');
    expect(wordsOf(cardIn(answer))).toContain('李敏');
  });

  it('a merchandiser sees the own figures only', async () => {
    const [answer] = await bot.say('ou_chen', '/订单 报表 周报 按=人');
    expect(wordsOf(cardIn(answer))).not.toContain('李敏');
  });

  it('a factory’s scorecard', async () => {
    expect(wordsOf(cardIn((await bot.say('ou_wang', '/订单 工厂 恒丰'))[0]))).toContain('没有验货记录');
    await bot.say('ou_li', '/验货 登记 SO-3 中期 合格 抽检数=50 疵点数=1');
    await bot.say('ou_li', '/验货 登记 SO-3 终期 不合格 抽检数=80 疵点数=9 问题=袖口脱线');
    await bot.say('ou_li', '/投诉 登记 SO-3 投诉 内容=脱线');
    const answers = await bot.say('ou_wang', '/订单 工厂 恒丰');
    expectGoodCards(answers);
    const words = wordsOf(cardIn(answers[0]));
    expect(words).toContain('工厂原因的变更 1 次');
    expect(words).toContain('验货 2 次，1 次不合格；抽检 130 件，疵点 10 件；客户投诉 1 起');
    expect(wordsOf(cardIn((await bot.say('ou_wang', '/订单 工厂 没有'))[0]))).toContain('没有订单是');
  });
});
