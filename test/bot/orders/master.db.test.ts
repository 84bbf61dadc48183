import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { audit, orderProgress, orders, sentCards } from '#db/schema';
import { orderChanges, orderFiles, orderLines, orderStages } from '#db/tables/orders';
import { cardIn, GROUP, type TestBot, wordsOf } from '#test/support/bot';
import { expectGoodCard, expectGoodCards } from '#test/support/orders';
import { testRoom } from '#test/support/room';

const { database, bot } = await testRoom();

const newOrder =
  '/订单 新建 SO-1001 客户=宏达 货期=2026-12-20 款号=A118 工厂=恒丰 单价=12.50 明细="红 S=300 M=400；蓝 S=500"';
const order = async (no = 'SO-1001') => (await database.db.select().from(orders).where(eq(orders.no, no)))[0]!;
const standing = async () =>
  (await database.db.select().from(orderProgress).orderBy(orderProgress.id)).map(({ qty, added, replaces }) => ({
    qty,
    added,
    replaces,
  }));
const last = (answers: { lane: string; job: never }[] | Awaited<ReturnType<TestBot['say']>>) =>
  wordsOf(cardIn(answers.at(-1)));

describe('the order master (O1)', () => {
  it('colours and sizes are kept as lines, their sum is the quantity, and the card shows them', async () => {
    const answers = await bot.say('ou_chen', newOrder);
    expect(await database.db.select().from(orderLines).orderBy(orderLines.position)).toMatchObject([
      { colour: '红', size: 'S', qty: 300 },
      { colour: '红', size: 'M', qty: 400 },
      { colour: '蓝', size: 'S', qty: 500 },
    ]);
    expect(await order()).toMatchObject({ qty: 1200, amountFen: 1_500_000n, firstPromised: '2026-12-20' });
    expectGoodCards(answers);
    expect(last(answers)).toContain('| 红 | 300 | 400 | 700 |');
  });

  it('lines that do not add up to the quantity are refused', async () => {
    const answers = await bot.say('ou_chen', `${newOrder} 数量=1300件`);
    expect(last(answers)).toContain('明细合计 1200，和数量 1300 不一样');
    expect(await database.db.select().from(orders)).toHaveLength(0);
  });

  it('requested, first promised, promised now and actual day are kept apart', async () => {
    await bot.say('ou_chen', `${newOrder} 客户要求日期=12-15`);
    await bot.say('ou_chen', '/订单 变更 SO-1001 货期=12-25 原因=面料晚到');
    await bot.say('ou_chen', '/订单 更新 SO-1001 出货');
    expect(await order()).toMatchObject({
      requestedDate: '2026-12-15',
      firstPromised: '2026-12-20',
      deliveryDate: '2026-12-25',
      actualDelivery: '2026-11-23',
    });
  });

  it('in a group with a default order and customer neither has to be said', async () => {
    await bot.say('ou_chen', '/订单 群 客户=宏达', { group: true });
    await bot.say('ou_chen', '/订单 新建 SO-7 数量=100件 货期=12-20', { group: true });
    expect(await order('SO-7')).toMatchObject({ customer: '宏达', chatId: GROUP });
    await bot.say('ou_chen', '/订单 群 SO-7', { group: true });
    const answers = await bot.say('ou_chen', '/订单 更新 缝制 80件', { group: true });
    expectGoodCards(answers);
    expect(await database.db.select().from(orderProgress).orderBy(orderProgress.id)).toMatchObject([
      { stage: 'sewing', qty: 80 },
    ]);
    expect(last(await bot.say('ou_chen', '/订单 更新 缝制 80件'))).toContain('没有写是哪张订单');
  });

  it('photos posted as a reply to the order’s card are filed with it, once', async () => {
    await bot.say('ou_chen', newOrder, { group: true });
    const [card] = await database.db.select().from(sentCards);
    await database.db.update(sentCards).set({ messageId: 'om_card' }).where(eq(sentCards.key, card!.key));
    const photo = {
      group: true,
      toBot: false,
      mentions: [],
      text: '袖口',
      parentId: 'om_card',
      attachments: [{ type: 'image' as const, key: 'img_1', name: 'a.jpg' }],
    };
    const message = bot.message('ou_chen', '', photo);
    await bot.receive(message);
    await bot.receive(message);
    expect(await database.db.select().from(orderFiles).orderBy(orderFiles.id)).toMatchObject([
      { key: 'img_1', note: '袖口', kind: 'image' },
    ]);
    expect(last(await bot.say('ou_chen', '/订单 查看 SO-1001', { group: true }))).toContain('附件 1');
    const refused = await bot.say('ou_li', '', { ...photo, group: true });
    expect(last(refused)).toContain('由 陈静 跟进');
    expect(await database.db.select().from(orderFiles).orderBy(orderFiles.id)).toHaveLength(1);
  });

  it('files that come with a command are filed, and a reply to anything else is left alone', async () => {
    await bot.say('ou_chen', newOrder);
    await bot.say('ou_chen', '/订单 更新 SO-1001 裁剪 300件', {
      attachments: [{ type: 'file', key: 'file_1', name: '裁床单.pdf' }],
    });
    expect(await database.db.select().from(orderFiles).orderBy(orderFiles.id)).toMatchObject([{ name: '裁床单.pdf' }]);
    const chatter = await bot.say('ou_chen', '', {
      group: true,
      toBot: false,
      mentions: [],
      text: '看看这个',
      parentId: 'om_other',
      attachments: [{ type: 'image', key: 'img_2', name: 'b.jpg' }],
    });
    expect(chatter).toEqual([]);
  });
});

describe('progress (O3)', () => {
  beforeEach(() => bot.say('ou_chen', newOrder));

  it('+200 adds, and several add up', async () => {
    await bot.say('ou_chen', '/订单 更新 SO-1001 缝制 800件');
    const answers = await bot.say('ou_chen', '/订单 更新 SO-1001 缝制 +200件\n/订单 更新 SO-1001 缝制 ＋100');
    expect(last(answers)).toContain('1100/1200');
    expectGoodCards(answers);
    expect(last(await bot.say('ou_chen', '/订单 更新 SO-1001 缝制 +200件'))).toContain('数量 1300 超过订单');
  });

  it('two people who add at the same moment lose nothing', async () => {
    await Promise.all(
      ['ou_chen', 'ou_wang'].map((who) => bot.receive(bot.message(who, '/订单 更新 SO-1001 缝制 +300件'))),
    );
    expect(last(await bot.say('ou_chen', '/订单 查看 SO-1001'))).toContain('600/1200');
  });

  it('is counted by colour and size, each within its own quantity', async () => {
    await bot.say('ou_chen', '/订单 更新 SO-1001 缝制 200件 颜色=红 尺码=S');
    const answers = await bot.say('ou_chen', '/订单 更新 SO-1001 缝制 +100件 颜色=蓝');
    expect(last(answers)).toContain('300/1200');
    expect(last(answers)).toContain('| 红 | 200/300 | 400 | 700 |');
    expect(last(await bot.say('ou_chen', '/订单 更新 SO-1001 缝制 301件 颜色=红 尺码=S'))).toContain('红 S 的 300件');
    expect(last(await bot.say('ou_chen', '/订单 更新 SO-1001 缝制 10件 颜色=绿'))).toContain('明细里没有「绿」');
    expect(last(await bot.say('ou_chen', '/订单 更新 SO-1001 缝制 10件 颜色=红'))).toContain('有 2 行');
  });

  it('machines in use, finished pieces and what is finished are kept', async () => {
    await bot.say('ou_chen', '/订单 更新 SO-1001 缝制 1150件 开机=12 成品=300 完成');
    expect(await database.db.select().from(orderProgress).orderBy(orderProgress.id)).toMatchObject([
      { machines: 12, pieces: 300, finished: true },
    ]);
    expect(await database.db.select().from(orderStages).where(eq(orderStages.stage, 'sewing'))).toMatchObject([
      { actual: '2026-11-23', done: 1150 },
    ]);
  });

  it('a correction keeps the old value and takes its place in the log', async () => {
    await bot.say('ou_chen', '/订单 更新 SO-1001 缝制 800件');
    await bot.say('ou_chen', '/订单 更新 SO-1001 裁剪 1200件');
    const answers = await bot.say('ou_chen', '/订单 更正 SO-1001 缝制 780件 原因=点数错了');
    expect(last(answers)).toContain('800 → 780');
    expect(last(answers)).toContain('780/1200');
    expect(await standing()).toMatchObject([{ qty: 800 }, { qty: 1200 }, { qty: 780, replaces: 1 }]);
    // where the order stands is still what was said last, not what was corrected last
    expect(await order()).toMatchObject({ stage: 'cutting' });
    const log = await bot.say('ou_chen', '/订单 历史 SO-1001');
    expect(last(log)).toContain('~~');
    expect(last(log)).toContain('点数错了');
    expectGoodCards(log);
    // taken back, the old value stands again
    await bot.say('ou_chen', '/撤销');
    expect(last(await bot.say('ou_chen', '/订单 查看 SO-1001'))).toContain('800/1200');
  });

  it('an increment is corrected as one', async () => {
    await bot.say('ou_chen', '/订单 更新 SO-1001 缝制 500件\n/订单 更新 SO-1001 缝制 +200件');
    expect(last(await bot.say('ou_chen', '/订单 更正 SO-1001 缝制 150件'))).toContain('650/1200');
  });

  it('what is said for an earlier day is marked late and does not overtake what was said since', async () => {
    await bot.say('ou_chen', '/订单 更新 SO-1001 缝制 500件');
    const answers = await bot.say('ou_chen', '/订单 更新 SO-1001 缝制 300件 日期=昨天');
    expect(last(answers)).toContain('补登 2026-11-22');
    expect(last(answers)).toContain('500/1200');
    expect((await database.db.select().from(orderProgress).orderBy(orderProgress.id))[1]).toMatchObject({
      late: true,
      forDay: '2026-11-22',
    });
    expect(last(await bot.say('ou_chen', '/订单 更新 SO-1001 缝制 300件 日期=明天'))).toContain('还没到');
  });
});

describe('a correction said with the progress (O3)', () => {
  it('takes the place of the last entry of the stage; the old value and the reason stay on record', async () => {
    await bot.say('ou_chen', newOrder);
    await bot.say('ou_chen', '/订单 更新 SO-1001 缝制 800件');
    const answers = await bot.say('ou_chen', '/订单 更新 SO-1001 缝制 780件 更正=点数错了');
    expectGoodCards(answers);
    expect(last(answers)).toContain('已更正 缝制 800 → 780');
    expect(await database.db.select().from(orderProgress).orderBy(orderProgress.id)).toMatchObject([
      { qty: 800 },
      { qty: 780, replaces: 1 },
    ]);
    const log = last(await bot.say('ou_chen', '/订单 历史 SO-1001'));
    expect(log).toContain('点数错了');
    expect(log).toContain('800');
  });

  it('of a named entry, whatever came after it', async () => {
    await bot.say('ou_chen', newOrder);
    await bot.say('ou_chen', '/订单 更新 SO-1001 裁剪 300件');
    await bot.say('ou_chen', '/订单 更新 SO-1001 缝制 100件');
    expect(last(await bot.say('ou_chen', '/订单 更新 SO-1001 裁剪 280件 更正=“#1 少点一包”'))).toContain('300 → 280');
    expect(last(await bot.say('ou_chen', '/订单 更新 SO-1001 包装 80件 更正=错了'))).toContain('没有这样一条');
  });
});

describe('stages, templates and plans (O2)', () => {
  it('every stage gets a planned day, and moving the delivery moves all but those set by hand', async () => {
    await bot.say('ou_chen', newOrder);
    const plan = async () =>
      Object.fromEntries((await database.db.select().from(orderStages)).map(({ stage, planned }) => [stage, planned]));
    expect(await plan()).toMatchObject({ received: '2026-11-23', shipped: '2026-12-20', packing: '2026-12-18' });
    const answers = await bot.say('ou_chen', '/订单 计划 SO-1001 缝制 12-08 负责=李敏');
    expectGoodCards(answers);
    expect(answers.map(({ lane }) => lane)).toContain('person:ou_li');
    await bot.say('ou_chen', '/订单 变更 SO-1001 货期=12-31 原因=客户推迟');
    expect(await plan()).toMatchObject({ sewing: '2026-12-08', shipped: '2026-12-31', packing: '2026-12-30' });
  });

  it('a late stage is visible on the card', async () => {
    await bot.say('ou_chen', newOrder);
    bot.at('2026-12-10T02:00:00Z');
    const answers = await bot.say('ou_chen', '/订单 查看 SO-1001');
    expect(last(answers)).toContain('面辅料到厂计划');
    expect(last(answers)).toMatch(/迟 \d+ 天/);
    expectGoodCards(answers);
  });

  it('an administrator adds a template without code, and its stages are offered and taken', async () => {
    const line = '/模板 设置 绣花 工序="接单 > 面料 20 > 绣花 8 计数 > 出货 0" 默认=是';
    expect(last(await bot.say('ou_chen', line))).toContain('管理员');
    expectGoodCards(await bot.say('ou_admin', line));
    const created = await bot.say('ou_chen', '/订单 新建 SO-9 客户=宏达 数量=500件 货期=12-20');
    expect(last(created)).toContain('绣花');
    await bot.say('ou_chen', '/订单 更新 SO-9 绣花 200件');
    expect(await order('SO-9')).toMatchObject({ stage: '绣花', template: '绣花', paceDone: 200 });
    const shown = await bot.say('ou_chen', '/订单 查看 SO-9');
    const form = await bot.press('ou_chen', cardIn(shown[0]), '登记进度');
    expect(wordsOf(form.card)).toContain('"value":"绣花"');
    expect(wordsOf(form.card)).not.toContain('"value":"sewing"');
    expectGoodCard(form.card);
    expect(last(await bot.say('ou_chen', '/订单 更新 SO-9 缝制 200件'))).toContain('没有「缝制」');
    expect(last(await bot.say('ou_chen', '/订单 新建 SO-10 客户=宏达 数量=5件 货期=12-20 类别=没有'))).toContain(
      '没有「没有」',
    );
  });
});

describe('changes (O13)', () => {
  beforeEach(() =>
    bot.say('ou_chen', '/订单 新建 SO-1001 客户=宏达 数量=1200件 货期=2026-12-20 单价=10', { group: true }),
  );

  it('old and new value and reason are logged and told to those who work from the old one', async () => {
    const answers = await bot.say('ou_chen', '/订单 变更 SO-1001 数量=1300 单价=11 原因=客户加单 起因=客户');
    expectGoodCards(answers);
    const to = (lane: string) => wordsOf(answers.filter((entry) => entry.lane === lane).map(cardIn));
    expect(to('person:ou_wang')).toContain('1200 → **1300**');
    expect(to('person:ou_wang')).toContain('14,300.00');
    expect(to(`chat:${GROUP}`)).toContain('1200 → **1300**');
    expect(to(`chat:${GROUP}`)).not.toContain('14,300.00');
    expect(await database.db.select().from(orderChanges).orderBy(orderChanges.id)).toMatchObject([
      { field: 'qty', before: '1200', after: '1300', reason: '客户加单', cause: 'customer' },
      { field: 'unitPriceFen', before: '1000', after: '1100' },
      { field: 'amountFen', before: '1200000', after: '1430000' },
    ]);
    expect(wordsOf(cardIn((await bot.say('ou_chen', '/订单 历史 SO-1001', { group: true }))[0]))).not.toContain(
      '14,300.00',
    );
  });

  it('the history refuses to be rewritten', async () => {
    await bot.say('ou_chen', '/订单 变更 SO-1001 数量=1300 原因=客户加单');
    await expect(database.db.delete(orderChanges)).rejects.toThrow();
    await expect(database.db.update(orderChanges).set({ reason: 'x' })).rejects.toThrow();
  });

  it('what is done already stays possible, and nothing changes without a change or a reason', async () => {
    await bot.say('ou_chen', '/订单 更新 SO-1001 缝制 800件');
    expect(last(await bot.say('ou_chen', '/订单 变更 SO-1001 数量=700 原因=减单'))).toContain('已经做到 800件');
    expect(last(await bot.say('ou_chen', '/订单 变更 SO-1001 数量=1200 原因=x'))).toContain('没有要变更的');
    expect(last(await bot.say('ou_chen', '/订单 变更 SO-1001 数量=1300'))).toContain('"tag":"form"');
    expect(await order()).toMatchObject({ qty: 1200 });
  });

  it('cancelling and reopening are decided above, closing needs the delivery or a reason', async () => {
    expect(last(await bot.say('ou_chen', '/订单 取消 SO-1001 原因=x'))).toContain('请 王芳 或总经理');
    expect(last(await bot.say('ou_chen', '/订单 结单 SO-1001'))).toContain('还没有登记出货');
    const answers = await bot.say('ou_wang', '/订单 取消 SO-1001 原因=客户取消合同');
    expect(answers.map(({ lane }) => lane)).toEqual(expect.arrayContaining(['person:ou_chen', `chat:${GROUP}`]));
    expect(last(await bot.say('ou_chen', '/订单 更新 SO-1001 缝制 8件'))).toContain('已取消');
    expect(last(await bot.say('ou_chen', '/订单 重开 SO-1001 原因=x'))).toContain('王芳');
    await bot.say('ou_wang', '/订单 重开 SO-1001 原因=又要了');
    await bot.say('ou_chen', '/订单 更新 SO-1001 出货');
    expectGoodCards(await bot.say('ou_chen', '/订单 结单 SO-1001'));
    expect(await order()).toMatchObject({ status: 'closed' });
  });

  it('beyond a merchandiser’s authority the card goes up the line, and nothing changes until it is allowed', async () => {
    await bot.say('ou_admin', '/权限 设置 降价=5 延期=3 赠品=500');
    const asked = await bot.say('ou_chen', '/订单 变更 SO-1001 单价=9 原因=客户压价');
    expectGoodCards(asked);
    expect(await order()).toMatchObject({ unitPriceFen: 1000n });
    const card = cardIn(asked.find(({ lane }) => lane === 'person:ou_wang'));
    const done = await bot.press('ou_wang', card, '同意');
    expect(wordsOf(done.card)).toContain('已变更');
    expect(await order()).toMatchObject({ unitPriceFen: 900n });
    await bot.say('ou_chen', '/订单 变更 SO-1001 货期=12-22 原因=差两天');
    expect(await order()).toMatchObject({ deliveryDate: '2026-12-22' });
    const gift = await bot.say('ou_chen', '/订单 赠送 SO-1001 800 原因=补偿');
    const refused = await bot.press('ou_wang', cardIn(gift.find(({ lane }) => lane === 'person:ou_wang')), '不同意');
    expect(wordsOf(refused.card)).toContain('没有同意');
    expect((await bot.posted()).map(({ lane }) => lane)).toContain('person:ou_chen');
  });

  it('every change leaves an audit row', async () => {
    await bot.say('ou_chen', '/订单 变更 SO-1001 数量=1300 原因=客户加单');
    expect(await database.db.select().from(audit).where(eq(audit.command, 'order change'))).toMatchObject([
      { subject: 'order:SO-1001', before: { qty: '1200' }, after: { qty: '1300', reason: '客户加单' } },
    ]);
  });
});

describe('finding and the board', () => {
  it.each(['1001', 'a11', '宏', 'hd', 'hongda', 'HT-7', 'hf', 'a118 hd'])('%s finds the order', async (words) => {
    await bot.say('ou_chen', `${newOrder} 合同号=HT-77`);
    await bot.say('ou_chen', '/订单 新建 SO-2002 客户=明远 数量=10件 货期=12-20');
    const answers = await bot.say('ou_li', `/订单 列表 ${words}`);
    expect(last(answers)).toContain('SO-1001');
    expect(last(answers)).not.toContain('SO-2002');
    expectGoodCards(answers);
  });

  it('the board counts the orders of each stage', async () => {
    await bot.say('ou_chen', newOrder);
    await bot.say('ou_chen', '/订单 更新 SO-1001 缝制 100件');
    await bot.say('ou_li', '/订单 新建 SO-2002 客户=明远 数量=10件 货期=12-20');
    const answers = await bot.say('ou_wang', '/订单 看板');
    expect(last(answers)).toContain('1 单 · 1200 件');
    expect(last(answers)).toContain('最急 SO-2002');
    expectGoodCards(answers);
  });

  it('long texts still make cards that the platform takes', async () => {
    const long = '<at id=all></at>*长*'.repeat(30).slice(0, 499);
    await bot.say('ou_chen', `/订单 新建 SO-1001 客户=宏达 数量=10件 货期=12-20 要求="${long}"`);
    for (let i = 0; i < 6; i++) await bot.say('ou_chen', `/订单 更新 SO-1001 缝制 ${i}件 备注="${long}"`);
    expectGoodCards(await bot.say('ou_chen', '/订单 查看 SO-1001'));
    expectGoodCards(await bot.say('ou_chen', '/订单 历史 SO-1001'));
  });
});
