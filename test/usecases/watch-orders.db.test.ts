import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { atRiskCondition, digests } from '#db/order-watch';
import { listOrders } from '#db/orders';
import { orders, sentCards } from '#db/schema';
import { businessDay, businessHour } from '#domain/calendar/business-day';
import { knownNotices } from '#domain/calendar/notices/known';
import { defaultWatch, isAtRisk, worriesOf } from '#domain/order/risk';
import { cardIn, GROUP, wordsOf } from '#test/support/bot';
import { expectGoodCards } from '#test/support/orders';
import { testRoom } from '#test/support/room';
import { watchOrders } from '#usecases/watch-orders';

const zone = 'Asia/Shanghai';
const { database, bot, people } = await testRoom();

async function tick(moment: string) {
  await bot.posted();
  const now = new Date(moment);
  bot.at(moment);
  await watchOrders.run({
    db: database.db,
    now,
    today: businessDay(now, zone),
    hour: businessHour(now, zone),
    zone,
    locale: 'zh',
    notices: knownNotices,
  });
  return bot.posted();
}
const lanes = (entries: { lane: string }[]) => entries.map(({ lane }) => lane).sort();
const friday = '2026-12-18';

describe('the morning of a working day (O4)', () => {
  beforeEach(async () => {
    await bot.say('ou_chen', '/订单 新建 SO-1001 客户=宏达 数量=1200件 货期=12-21', { group: true });
    await bot.say('ou_chen', '/订单 新建 SO-1002 客户=宏达 数量=1200件 货期=2027-03-20');
  });

  it('reminds the merchandiser once, with a digest to the group and what is too late to the manager', async () => {
    const sent = await tick(`${friday}T01:30:00Z`);
    expect(lanes(sent)).toEqual([`chat:${GROUP}`, 'person:ou_chen', 'person:ou_wang']);
    expectGoodCards(sent);
    const own = wordsOf(cardIn(sent.find(({ lane }) => lane === 'person:ou_chen')));
    expect(own).toContain('SO-1001');
    expect(own).toContain('已处理');
    expect(wordsOf(cardIn(sent.find(({ lane }) => lane === `chat:${GROUP}`)))).not.toContain('已处理');
    expect(await tick(`${friday}T01:31:00Z`)).toEqual([]);
    expect(await tick(`${friday}T08:00:00Z`)).toEqual([]);
  });

  it.each([
    ['before nine', `${friday}T00:59:00Z`],
    ['after six', `${friday}T10:00:00Z`],
    ['on a Saturday', '2026-12-19T02:00:00Z'],
    ['on New Year’s Day', '2027-01-01T16:30:00Z'],
    ['at night', '2026-12-17T18:00:00Z'],
  ])('is silent %s', async (_, moment) => {
    expect(await tick(moment)).toEqual([]);
  });

  it('catches up in the afternoon when nothing ran in the morning', async () => {
    expect(await tick(`${friday}T09:30:00Z`)).not.toEqual([]);
  });

  it('two instances at the same moment send each reminder once', async () => {
    await bot.posted();
    const now = new Date(`${friday}T01:30:00Z`);
    const ctx = { db: database.db, now, today: friday, hour: 9, zone, locale: 'zh' as const, notices: knownNotices };
    const cards = await database.db.$count(sentCards);
    await Promise.all([watchOrders.run(ctx), watchOrders.run(ctx), watchOrders.run(ctx)]);
    // neither a message nor a card that nobody would ever see
    expect(await database.db.$count(sentCards)).toBe(cards + 3);
    expect(lanes(await bot.posted())).toEqual([`chat:${GROUP}`, 'person:ou_chen', 'person:ou_wang']);
  });

  it('one switch turns the digest of a group off, private reminders go on', async () => {
    await bot.say('ou_chen', '/订单 简报 关', { group: true });
    expect(lanes(await tick(`${friday}T01:30:00Z`))).toEqual(['person:ou_chen', 'person:ou_wang']);
  });

  it('what was put off or dealt with is left out until its day is over', async () => {
    const sent = await tick(`${friday}T01:30:00Z`);
    const card = cardIn(sent.find(({ lane }) => lane === 'person:ou_chen'));
    await bot.press('ou_chen', card, '明天再说');
    await bot.say('ou_chen', '/订单 已处理 SO-1002 已和客户沟通');
    expect(lanes(await tick('2026-12-21T01:30:00Z'))).toEqual([`chat:${GROUP}`, 'person:ou_chen', 'person:ou_wang']);
    const log = await bot.say('ou_chen', '/订单 历史 SO-1002');
    expect(wordsOf(cardIn(log[0]))).toContain('已和客户沟通');
  });

  it('nobody hears of an order that is delivered', async () => {
    await bot.say('ou_chen', '/订单 更新 SO-1001 出货');
    await bot.say('ou_chen', '/订单 更新 SO-1002 出货');
    expect(await tick(`${friday}T01:30:00Z`)).toEqual([]);
  });

  it('the one above reads it when the merchandiser has left', async () => {
    await bot.say('ou_hr', '/人员 设置 陈静 离职=12-01');
    const sent = await tick(`${friday}T01:30:00Z`);
    expect(lanes(sent)).not.toContain('person:ou_chen');
    expect(wordsOf(sent.map(cardIn))).toContain('陈静 的订单');
  });
});

describe('the limits of the watch (O4)', () => {
  beforeEach(async () => {
    await bot.say('ou_chen', '/订单 新建 SO-1001 客户=宏达 数量=1200件 货期=12-30', { group: true });
    await bot.say('ou_chen', '/订单 更新 SO-1001 备注=面料在路上', { at: new Date('2026-12-18T00:00:00Z') });
  });

  it('are the company’s: whoever leads it sets them, the reminders and lists of that day follow', async () => {
    const worried = async () => wordsOf((await tick(`${friday}T01:30:00Z`)).map(cardIn));
    await bot.say('ou_zhao', '/订单 提醒设置 到期=3 停滞=20');
    expect(wordsOf(cardIn((await bot.say('ou_chen', '/订单 列表 快到期'))[0]))).not.toContain('SO-1001');
    await bot.say('ou_zhao', '/订单 提醒设置 到期=40');
    expect(wordsOf(cardIn((await bot.say('ou_chen', '/订单 列表 快到期'))[0]))).toContain('SO-1001');
    expect(wordsOf(cardIn((await bot.say('ou_chen', '/订单 查看 SO-1001'))[0]))).toContain('天到货期');
    expect(await worried()).toContain('还有 12 天到货期');
  });

  it('are shown to a manager, who is told who may change them', async () => {
    const [shown] = await bot.say('ou_wang', '/订单 提醒设置');
    expectGoodCards([shown!]);
    expect(wordsOf(cardIn(shown))).toContain('3 个工作日没有登记算停滞');
    expect(wordsOf(cardIn(shown))).not.toContain('修改天数');
    const [own] = await bot.say('ou_zhao', '/订单 提醒设置');
    expect(wordsOf((await bot.press('ou_zhao', cardIn(own), '修改天数')).card)).toContain('停滞');
    expect(wordsOf(cardIn((await bot.say('ou_wang', '/订单 提醒设置 停滞=9'))[0]))).toContain('请总经理或管理员');
    expect(wordsOf(cardIn((await bot.say('ou_zhao', '/订单 提醒设置 停滞=0'))[0]))).toContain('至少是 1');
  });
});

describe('the database judges as the domain does', () => {
  it('on many orders of every kind', async () => {
    const day = (i: number, spread: number) =>
      new Date(Date.UTC(2026, 10, 23) + ((i * 7919) % spread) * 86_400_000 - (spread / 3) * 86_400_000)
        .toISOString()
        .slice(0, 10);
    const rows = Array.from({ length: 400 }, (_, i) => ({
      no: `T-${i}`,
      template: 'garment',
      customer: 'x',
      qty: 1200,
      deliveryDate: day(i, 60),
      merchandiserId: people.chen.id,
      chatId: GROUP,
      createdBy: people.chen.id,
      createdAt: new Date(`${day(i * 3, 40)}T03:00:00Z`),
      lastProgressAt: i % 3 === 0 ? null : new Date(`${day(i * 5, 30)}T17:00:00Z`),
      actualDelivery: i % 11 === 0 ? day(i, 20) : null,
      nextStage: 'sewing',
      nextDue: i % 4 === 0 ? null : day(i * 2, 60),
      paceStage: i % 2 ? 'sewing' : null,
      paceDone: i % 2 ? (i * 37) % 1200 : null,
      paceFrom: i % 2 ? day(i * 13, 30) : null,
      paceDue: i % 5 === 0 ? null : day(i * 17, 90),
    }));
    await database.db.insert(orders).values(rows);
    let atRisk = 0;
    for (const today of ['2026-11-23', '2026-11-22', '2026-10-05', '2027-01-04']) {
      const watch = { ...defaultWatch, today, zone };
      const listed = await listOrders(database.db, {}, { limit: 500, offset: 0 });
      const judged = listed.orders.map((order) => ({
        no: order.no,
        worries: worriesOf({ ...order, lastDay: businessDay(order.lastProgressAt ?? order.createdAt, zone) }, today),
      }));
      const of = (kind: string) => judged.filter(({ worries }) => worries.some((worry) => worry.kind === kind)).length;
      const risky = judged.filter(({ worries }) => isAtRisk(worries)).map(({ no }) => no);
      const found = await listOrders(database.db, { where: atRiskCondition(watch) }, { limit: 500, offset: 0 });
      expect(found.orders.map(({ no }) => no).sort(), today).toEqual(risky.sort());
      const [digest] = await digests(database.db, 'chat', watch, { urgent: 5, skipQuiet: false });
      expect(digest, today).toMatchObject({
        of: GROUP,
        open: 400,
        overdue: of('overdue'),
        dueSoon: of('due-soon'),
        stalled: of('stalled'),
      });
      atRisk += risky.length;
    }
    expect(atRisk).toBeGreaterThan(200);
    expect(atRisk).toBeLessThan(1_400);
  });
});

describe('/order list at-risk', () => {
  it('lists what is behind or too slow, with the numbers', async () => {
    await bot.say('ou_chen', '/订单 新建 SO-1001 客户=宏达 数量=1200件 货期=12-21');
    await bot.say('ou_chen', '/订单 新建 SO-1002 客户=宏达 数量=1200件 货期=2027-03-21');
    await bot.say('ou_chen', '/订单 更新 SO-1002 缝制 10件');
    await database.db.update(orders).set({ paceFrom: '2026-10-23' }).where(eq(orders.no, 'SO-1002'));
    const answers = await bot.say('ou_wang', '/订单 列表 有风险');
    expectGoodCards(answers);
    expect(wordsOf(cardIn(answers[0]))).toContain('SO-1002');
    expect(wordsOf(cardIn(answers[0]))).toContain('还要');
    expect(wordsOf(cardIn(answers[0]))).not.toContain('SO-1001');
  });
});
