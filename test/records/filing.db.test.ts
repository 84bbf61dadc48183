import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { sentCards } from '#db/schema';
import { recordEntries, records } from '#db/tables/records';
import { cardIn, wordsOf } from '#test/support/bot';
import { expectGoodCards } from '#test/support/orders';
import { answerTo, ORDER, PHOTO } from '#test/support/records';
import { testRoom } from '#test/support/room';

const { database, bot } = await testRoom();
beforeEach(() => bot.say('ou_chen', ORDER));

const heads = () => database.db.select().from(records).orderBy(records.id);

describe('photos posted as a reply to a record’s card (O5 … O12)', () => {
  const reply = (openId: string, text = '') =>
    bot.message(openId, '', {
      group: true,
      toBot: false,
      mentions: [],
      text,
      parentId: 'om_card',
      attachments: PHOTO,
    });

  async function onCard(line: string) {
    await bot.say('ou_chen', line, { group: true });
    const cards = await database.db.select().from(sentCards);
    const card = cards.find(({ subject }) => subject === 'record:1')!;
    await database.db.update(sentCards).set({ messageId: 'om_card' }).where(eq(sentCards.key, card.key));
    await bot.posted();
  }

  it.each([
    ['a sample', '/样品 新增 SO-1001 款号=A118'],
    ['an inspection', '/验货 新增 SO-1001 中期 合格'],
    ['a complaint', '/投诉 新增 SO-1001 投诉 内容=色差'],
  ])('are filed with %s, once, with who posted them', async (_, line) => {
    await onCard(line);
    const message = reply('ou_chen', '袖口');
    await bot.receive(message);
    await bot.receive(message);
    const posted = await bot.posted();
    expectGoodCards(posted);
    expect(wordsOf(cardIn(posted[0]))).toContain('1 个附件已归到');
    expect(await heads()).toMatchObject([{ files: 1 }]);
    const entries = await database.db.select().from(recordEntries).orderBy(recordEntries.id);
    expect(entries.at(-1)).toMatchObject({ note: '袖口', files: [{ key: 'img_1' }] });
  });

  it('a sample whose photo came that way may be sent', async () => {
    await onCard('/样品 新增 SO-1001 款号=A118');
    expect(await answerTo(bot, 'ou_chen', '/样品 更新 #1 已寄出')).toContain('还没有照片');
    await bot.receive(reply('ou_chen'));
    await bot.say('ou_chen', '/样品 更新 #1 已寄出');
    expect(await heads()).toMatchObject([{ state: 'sent' }]);
  });

  it('from somebody who may not record on it they are not filed, and the answer says who may', async () => {
    await onCard('/样品 新增 SO-1001 款号=A118');
    await bot.receive(reply('ou_li'));
    expect(wordsOf(cardIn((await bot.posted())[0]))).toContain('请 陈静 或其部门经理来发');
    expect(await heads()).toMatchObject([{ files: 0 }]);
  });

  it('are taken back like anything else that was said', async () => {
    await onCard('/样品 新增 SO-1001 款号=A118');
    await bot.receive(reply('ou_chen'));
    await bot.say('ou_chen', '/撤销');
    expect(await heads()).toMatchObject([{ files: 0, undone: false }]);
  });
});

describe('checklists of documents (O9)', () => {
  it('an administrator says what a class needs, own classes too; the order’s card and list follow', async () => {
    await bot.say('ou_admin', '/模板 设置 绣花 工序="接单 > 绣花 8 计数 > 出货 0"');
    await bot.say('ou_chen', '/订单 新建 SO-7 客户=宏达 数量=10件 货期=12-20 类别=绣花');
    expect(await answerTo(bot, 'ou_chen', '/单证 列表 SO-7')).toContain('单证 0/2');
    expect(await answerTo(bot, 'ou_admin', '/单证 要求 绣花 单证="合同、发票、提单"')).toContain('要备 3 份单证');
    const list = await answerTo(bot, 'ou_chen', '/单证 列表 SO-7');
    expect(list).toContain('单证 0/3');
    expect(list).toContain('提单');
    await bot.say('ou_chen', '/单证 新增 SO-7 提单');
    expect(await answerTo(bot, 'ou_chen', '/订单 查看 SO-7')).toContain('1/3');
    expect(await answerTo(bot, 'ou_admin', '/单证 要求 绣花 恢复默认')).toContain('要备 2 份单证');
  });

  it('anybody sees it, only those who may change it do, and a wrong word names the right ones', async () => {
    expect(await answerTo(bot, 'ou_chen', '/单证 要求 外贸')).toContain('信用证');
    expect(await answerTo(bot, 'ou_chen', '/单证 要求 外贸 单证=合同')).toContain('请管理员或总经理');
    expect(await answerTo(bot, 'ou_admin', '/单证 要求 外贸 单证=合同、护照')).toContain('没有「护照」这种单证');
  });

  it('a class of the company’s own may wait for the seal too', async () => {
    await bot.say('ou_admin', '/模板 设置 绣花 工序="接单 > 备料 12 > 绣花 8 计数 > 出货 0"');
    expect(await answerTo(bot, 'ou_admin', '/规则 设置 封样=服装、绣花')).toContain('绣花');
    await bot.say('ou_chen', '/订单 新建 SO-7 客户=宏达 数量=10件 货期=12-20 类别=绣花');
    expect(await answerTo(bot, 'ou_chen', '/订单 更新 SO-7 备料 完成')).not.toContain('封样');
    expect(await answerTo(bot, 'ou_chen', '/订单 更新 SO-7 绣花 5件')).toContain('首件封样还没有通过');
    expect(await answerTo(bot, 'ou_admin', '/规则 设置 封样=服装、没有')).toContain('没有「没有」这个类别');
  });
});

describe('a promise to the customer (O5, G5)', () => {
  it.each(['货期=12-30', '单价=12.00'])('%s waits while a new mould waits for the general manager', async (change) => {
    await bot.say('ou_chen', '/样品 新增 SO-1001 款号=A118 模具=新开模');
    const refused = await answerTo(bot, 'ou_chen', `/订单 变更 SO-1001 ${change} 原因=客户要求`);
    expect(refused).toContain('新开模还没有得到总经理同意');
    expect(refused).toContain('等总经理');
    await bot.say('ou_zhao', '/审批 答复 1 同意');
    expect(await answerTo(bot, 'ou_chen', `/订单 变更 SO-1001 ${change} 原因=客户要求`)).toContain('已变更');
  });

  it('other changes do not wait', async () => {
    await bot.say('ou_chen', '/样品 新增 SO-1001 款号=A118 模具=新开模');
    expect(await answerTo(bot, 'ou_chen', '/订单 变更 SO-1001 工厂=锦绣 原因=换厂')).toContain('已变更');
  });
});

describe('what a customer’s file and a hand-over show (O15)', () => {
  beforeEach(async () => {
    await bot.say('ou_chen', '/样品 新增 SO-1001 款号=A118', { attachments: PHOTO });
    await bot.say('ou_chen', '/样品 更新 #1 已寄出');
    await bot.say('ou_chen', '/样品 更新 #1 客户不满意 意见=颜色偏深');
    await bot.say('ou_chen', '/投诉 新增 SO-1001 投诉 内容=色差');
    await bot.say('ou_chen', '/投诉 更新 #2 已答复 答复=补发');
    await bot.say('ou_chen', '/投诉 更新 #2 已结案 处理结果=补发20件 满意度=满意');
    await bot.say('ou_chen', '/款项 新增 SO-1001 定金 金额=3000 已收');
    await bot.say('ou_chen', '/款项 新增 SO-1001 余款 金额=7000.50 应收付日=11-20');
  });

  it('samples with the customer’s words, complaints with the satisfaction, money to those whom it concerns', async () => {
    const answers = await bot.say('ou_chen', '/客户 查看 宏达');
    expectGoodCards(answers);
    const words = wordsOf(cardIn(answers[0]));
    for (const part of [
      '颜色偏深',
      '补发20件',
      '满意度 4.0',
      '不满意 1',
      '已收 3,000.00',
      '待收 7,000.50',
      '过期 7,000.50',
    ])
      expect(words).toContain(part);
    expect(await answerTo(bot, 'ou_fang', '/客户 查看 宏达')).toContain('7,000.50');
    expect(await answerTo(bot, 'ou_li', '/客户 查看 宏达')).not.toMatch(/7,000|3,000/);
  });

  it('who takes an order over sees what is open on it, never an amount', async () => {
    await bot.say('ou_chen', '/投诉 新增 SO-1001 退货 内容=尺码错 数量=20');
    const answers = await bot.say('ou_chen', '/订单 交接 SO-1001 给=李敏');
    expectGoodCards(answers);
    const words = wordsOf(cardIn(answers.find(({ lane }) => lane === 'person:ou_li')));
    for (const part of ['没办完的事 3 件', '客户不满意', '余款', '待收付', '退货', '还缺单证', '合同'])
      expect(words).toContain(part);
    expect(words).not.toMatch(/7,?000/);
  });
});
