import { beforeEach, describe, expect, it } from 'vitest';
import { claimFigures } from '#db/claims';
import { records } from '#db/tables/records';
import { GROUP, wordsOf } from '#test/support/bot';
import { answerTo, cardTo, ORDER, PHOTO, setRules } from '#test/support/records';
import { testRoom } from '#test/support/room';

const { database, bot } = await testRoom();
beforeEach(() => bot.say('ou_chen', ORDER));

const heads = () => database.db.select().from(records).orderBy(records.id);
const state = async (id = 1) => (await heads()).find((record) => record.id === id)?.state;

describe('materials (O7)', () => {
  const add = (received: string) =>
    bot.say('ou_chen', `/物料 新增 SO-1001 物料=斜纹 面料 送货数=1250.5 实收=${received} 单耗=1.05`);

  it('all of it, or more, is complete; a thousandth less is a shortage', async () => {
    await add('1250.5');
    await add('1250.50');
    await add('1250.499');
    expect((await heads()).map((record) => record.state)).toEqual(['complete', 'complete', 'short']);
  });

  it('a shortage is countersigned by somebody, then replenished with all that was short', async () => {
    await add('1200');
    expect(await answerTo(bot, 'ou_chen', '/物料 更新 #1 已补齐 补料数=50.5')).toContain('不能直接改成');
    expect(await answerTo(bot, 'ou_chen', '/物料 更新 #1 短缺已签认')).toContain('签认人');
    await bot.say('ou_chen', '/物料 更新 #1 短缺已签认 签认人=王师傅');
    expect(await answerTo(bot, 'ou_chen', '/物料 更新 #1 已补齐 补料数=50.4')).toContain('短 50.5，只补了 50.4');
    await bot.say('ou_chen', '/物料 更新 #1 已补齐 补料数=50.5');
    expect(await heads()).toMatchObject([{ state: 'replenished', open: false }]);
  });

  it('surplus is returned with its quantity', async () => {
    await add('1250.5');
    expect(await answerTo(bot, 'ou_chen', '/物料 更新 SO-1001 余料已退')).toContain('余料');
    await bot.say('ou_chen', '/物料 更新 SO-1001 余料已退 余料=12.25');
    expect(await heads()).toMatchObject([{ state: 'surplus-returned', data: { surplus: '12.25' } }]);
  });

  it.each(['1e3', '1.2345', '-5', '很多'])('%s is not an amount', async (word) => {
    expect(await answerTo(bot, 'ou_chen', `/物料 新增 SO-1001 物料=x 送货数=10 实收=${word}`)).toContain('不是数量');
    expect(await heads()).toHaveLength(0);
  });
});

describe('quality checks (O8)', () => {
  it('a failed one says what was found, is corrected, signed, and filed with its report', async () => {
    expect(await answerTo(bot, 'ou_chen', '/验货 新增 SO-1001 终期 不合格')).toContain('写明发现了什么');
    await bot.say('ou_chen', '/验货 新增 SO-1001 终期 不合格 问题=脱线');
    expect(await answerTo(bot, 'ou_chen', '/验货 列表 SO-1001')).toContain('终期 · 不合格');
    expect(await answerTo(bot, 'ou_chen', '/验货 更新 SO-1001 工厂已签 工厂签字=老周')).toContain('怎么整改');
    expect(await answerTo(bot, 'ou_chen', '/验货 更新 SO-1001 整改中')).toContain('整改');
    await bot.say('ou_chen', '/验货 更新 SO-1001 整改中 整改=全检返工');
    expect(await answerTo(bot, 'ou_chen', '/验货 更新 SO-1001 工厂已签')).toContain('工厂签字');
    await bot.say('ou_chen', '/验货 更新 SO-1001 工厂已签 工厂签字=老周');
    expect(await answerTo(bot, 'ou_chen', '/验货 更新 SO-1001 报告已归档')).toContain('还没有照片或文件');
    await bot.say('ou_chen', '/验货 更新 SO-1001 报告已归档', {
      attachments: [{ type: 'file', key: 'f', name: 'r.pdf' }],
    });
    expect(await heads()).toMatchObject([{ state: 'filed', files: 1, open: false }]);
  });

  it('one that passed goes straight to the factory’s signature; phases are told apart', async () => {
    await bot.say('ou_chen', '/验货 新增 SO-1001 早期 合格');
    await bot.say('ou_chen', '/验货 新增 SO-1001 终期 合格');
    await bot.say('ou_chen', '/验货 更新 SO-1001 早期 工厂已签 工厂签字=老周');
    expect([await state(1), await state(2)]).toEqual(['signed', 'checked']);
  });
});

describe('documents (O9)', () => {
  it('an order’s checklist shows what is there, by whom, and what is missing', async () => {
    await bot.say('ou_chen', '/单证 新增 SO-1001 合同');
    await bot.say('ou_fang', '/单证 新增 SO-1001 发票 编号=INV-7');
    const words = await answerTo(bot, 'ou_chen', '/单证 列表 SO-1001');
    expect(words).toContain('单证 2/4 · SO-1001');
    expect(words).toContain('方会计 2026-11-23');
    expect(words).toContain('装箱单');
    expect(words).toContain('截关前要有');
  });

  it('a foreign-trade order asks for the whole set', async () => {
    await bot.say('ou_chen', '/订单 新建 SO-2 客户=友邦 数量=10 货期=12-20 类别=外贸');
    const words = await answerTo(bot, 'ou_chen', '/单证 列表 SO-2');
    for (const name of ['报关单', '提单', '产地证', '检验证', '信用证', '保险单']) expect(words).toContain(name);
    expect(words).toContain('0/10');
  });

  it('each document exists once in an order, and again in another', async () => {
    await bot.say('ou_chen', '/单证 新增 SO-1001 发票');
    expect(await answerTo(bot, 'ou_chen', '/单证 新增 SO-1001 发票')).toContain('已经登记过了');
    await bot.say('ou_chen', '/订单 新建 SO-2 客户=友邦 数量=10 货期=12-20');
    await bot.say('ou_chen', '/单证 新增 SO-2 发票');
    expect(await heads()).toHaveLength(2);
  });

  it('a missing one is filed by its button on the checklist', async () => {
    const card = cardTo(await bot.say('ou_chen', '/单证 列表 SO-1001'), 'ou_chen');
    await bot.press('ou_chen', card, '已备齐');
    expect(await heads()).toMatchObject([{ kind: 'doc', data: { type: 'contract' } }]);
  });

  it('tax-refund papers handed to finance land on finance’s desk', async () => {
    await bot.say('ou_chen', '/单证 新增 SO-1001 增值税发票');
    const posted = await bot.say('ou_chen', '/单证 更新 SO-1001 增值税发票 已交财务');
    expect(wordsOf(cardTo(posted, 'ou_fang'))).toContain('已交财务');
    const other = await bot.say('ou_chen', '/单证 新增 SO-1001 合同 已寄客户');
    expect(other.map(({ lane }) => lane)).not.toContain('person:ou_fang');
  });

  it('one that is not needed counts as done', async () => {
    await bot.say('ou_chen', '/单证 新增 SO-1001 检验证 不需要');
    expect(await answerTo(bot, 'ou_chen', '/单证 列表 SO-1001')).toContain('单证 1/4');
  });
});

describe('claims (O12)', () => {
  const ADD = '/投诉 新增 SO-1001 投诉 内容=色差严重 负责人=李敏';

  it('is assigned, answered and closed, each with what it needs, and the assigned person is told', async () => {
    const posted = await bot.say('ou_chen', ADD);
    expect(wordsOf(cardTo(posted, 'ou_li'))).toContain('色差严重');
    expect(await heads()).toMatchObject([
      { state: 'open', due: '2026-11-25', data: { customer: '宏达', replyBy: '2026-11-25' } },
    ]);
    expect(await answerTo(bot, 'ou_li', '/投诉 更新 #1 已结案 处理结果=补发')).toContain('不能直接改成');
    expect(await answerTo(bot, 'ou_li', '/投诉 更新 #1 已答复')).toContain('答复');
    await bot.say('ou_li', '/投诉 更新 #1 已答复 答复=补发');
    expect(await heads()).toMatchObject([{ state: 'answered', due: null, data: { answeredOn: '2026-11-23' } }]);
    expect(await answerTo(bot, 'ou_chen', '/投诉 更新 #1 已结案')).toContain('处理结果');
    await bot.say('ou_chen', '/投诉 更新 #1 已结案 处理结果=客户接受 满意度=4分');
    expect(await heads()).toMatchObject([{ state: 'closed', open: false, data: { satisfaction: '4' } }]);
  });

  it('a colleague to whom it was not assigned may not answer it', async () => {
    await bot.say('ou_chen', '/投诉 新增 SO-1001 投诉 内容=色差');
    expect(await answerTo(bot, 'ou_li', '/投诉 更新 #1 已答复 答复=x')).toContain('由 陈静 登记');
  });

  it('returns and exchanges need a quantity, a credit its amount before it is closed', async () => {
    expect(await answerTo(bot, 'ou_chen', '/投诉 新增 SO-1001 退货 内容=破洞')).toContain('要写明数量');
    await bot.say('ou_chen', '/投诉 新增 SO-1001 赔款 内容=短装');
    await bot.say('ou_chen', '/投诉 更新 #1 已答复 答复=赔');
    expect(await answerTo(bot, 'ou_chen', '/投诉 更新 #1 已结案 处理结果=赔款')).toContain('赔了多少');
    await bot.say('ou_chen', '/投诉 更新 #1 已结案 处理结果=赔款 赔款金额=1234.56');
    expect(await state()).toBe('closed');
    const inGroup = await bot.say('ou_chen', '/投诉 查看 #1', { group: true });
    expect(inGroup.map(({ lane }) => lane)).toEqual([`chat:${GROUP}`]);
    expect(wordsOf(inGroup)).not.toContain('1,234.56');
    expect(await answerTo(bot, 'ou_chen', '/投诉 查看 #1')).toContain('1,234.56');
  });

  it('a month’s figures: how many in time, how long, how satisfied; a late answer is not in time', async () => {
    await bot.say('ou_chen', ADD, { at: new Date('2026-11-23T02:00:00Z') });
    await bot.say('ou_chen', '/投诉 新增 SO-1001 投诉 内容=迟到', { at: new Date('2026-11-23T02:00:00Z') });
    bot.at('2026-11-23T12:00:00Z');
    await bot.say('ou_chen', '/投诉 更新 #1 已答复 答复=好 满意度=5分');
    bot.at('2026-11-26T02:00:00Z');
    await bot.say('ou_chen', '/投诉 更新 #2 已答复 答复=好 满意度=2分');
    expect(await claimFigures(database.db, '2026-11')).toEqual({
      total: 2,
      answered: 2,
      answeredInTime: 1,
      averageHours: 41,
      satisfaction: '3.5',
    });
    expect((await claimFigures(database.db, '2026-10')).total).toBe(0);
    expect(await answerTo(bot, 'ou_wang', '/投诉 列表 2026-11')).toContain('1/2');
  });
});

describe('/declare', () => {
  const NO = '310120260000123456';

  it.each([
    [NO, true],
    ['3101 2026 0000 123456'.replaceAll(' ', '-'), true],
    [NO.slice(1), false],
    [`${NO}7`, false],
    ['ABCDEFGHIJKLMNOPQR', false],
  ])('%s is a number: %s', async (number, fits) => {
    await bot.say('ou_chen', `/报关 新增 SO-1001 编号=${number}`);
    expect(await heads()).toHaveLength(fits ? 1 : 0);
  });

  it('a company’s own form is accepted where it was set', async () => {
    await setRules(database.db, { declarationForm: 'EX999999' });
    await bot.say('ou_chen', '/报关 新增 SO-1001 编号=ex123456');
    expect(await answerTo(bot, 'ou_chen', '/报关 新增 SO-1001 编号=ZZ123456')).toContain('EX999999');
    expect(await heads()).toMatchObject([{ uniqueKey: 'EX123456' }]);
  });

  it('each number exists once in the company; taken back it may be entered again', async () => {
    await bot.say('ou_chen', `/报关 新增 SO-1001 编号=${NO}`);
    await bot.say('ou_li', '/订单 新建 SO-2 客户=友邦 数量=10 货期=12-20');
    expect(await answerTo(bot, 'ou_li', `/报关 新增 SO-2 编号=${NO}`)).toContain('（SO-1001）');
    await bot.say('ou_chen', '/撤销');
    await bot.say('ou_li', `/报关 新增 SO-2 编号=${NO}`);
    expect((await heads()).filter(({ undone }) => !undone)).toHaveLength(1);
  });

  it('the same number from two people at once is recorded once', async () => {
    await bot.say('ou_li', '/订单 新建 SO-2 客户=友邦 数量=10 货期=12-20');
    await Promise.all([
      bot.receive(bot.message('ou_chen', `/报关 新增 SO-1001 编号=${NO}`)),
      bot.receive(bot.message('ou_li', `/报关 新增 SO-2 编号=${NO}`)),
    ]);
    expect(await heads()).toHaveLength(1);
  });

  it('a correction to a number that another one has is refused', async () => {
    await bot.say('ou_chen', `/报关 新增 SO-1001 编号=${NO}`);
    await bot.say('ou_chen', `/报关 新增 SO-1001 编号=${NO.replace(/6$/, '7')}`);
    expect(await answerTo(bot, 'ou_chen', `/报关 更新 #2 编号=${NO}`)).toContain('已经登记过了');
    await bot.say('ou_chen', `/报关 更新 #2 编号=${NO.replace(/6$/, '8')}`);
    expect((await heads())[1]).toMatchObject({ uniqueKey: NO.replace(/6$/, '8') });
  });

  it('finance sees the month’s count by person, a merchandiser their own, a group none', async () => {
    await bot.say('ou_chen', `/报关 新增 SO-1001 编号=${NO} 日期=11-20`);
    await bot.say('ou_chen', `/报关 新增 SO-1001 编号=${NO.replace(/6$/, '7')} 日期=10-31`);
    await bot.say('ou_li', '/订单 新建 SO-2 客户=友邦 数量=10 货期=12-20');
    await bot.say('ou_li', `/报关 新增 SO-2 编号=${NO.replace(/6$/, '8')}`);
    const all = await answerTo(bot, 'ou_fang', '/报关 列表 2026-11');
    expect(all).toContain('2026-11 共 2 张');
    expect(all).toContain('李敏：1');
    const own = await answerTo(bot, 'ou_chen', '/报关 列表 本月');
    expect(own).toContain('2026-11 共 1 张');
    expect(own).not.toContain('李敏');
    expect(await answerTo(bot, 'ou_fang', '/报关 列表 2026-11', { group: true })).not.toContain('共 2 张');
  });

  it('a day to come has not been declared', async () => {
    expect(await answerTo(bot, 'ou_chen', `/报关 新增 SO-1001 编号=${NO} 日期=11-24`)).toContain('还没有到');
  });
});

describe('lists', () => {
  it('a merchandiser sees their own open records, a manager everybody’s', async () => {
    await bot.say('ou_chen', '/样品 新增 SO-1001 款号=A118', { attachments: PHOTO });
    await bot.say('ou_li', '/样品 新增 款号=B7');
    expect(await answerTo(bot, 'ou_li', '/样品 列表')).not.toContain('A118');
    const all = await answerTo(bot, 'ou_wang', '/样品 列表');
    expect(all).toContain('A118');
    expect(all).toContain('B7');
  });

  it('pages through many', async () => {
    for (let i = 0; i < 9; i++) await bot.say('ou_li', `/样品 新增 款号=B${i}`);
    const first = cardTo(await bot.say('ou_li', '/样品 列表'), 'ou_li');
    expect(wordsOf(first)).toContain('共 9 条');
    const second = await bot.press('ou_li', first, '下一页');
    expect(wordsOf(second.card)).toContain('B0');
  });
});

describe('purchases and outsourced work (O2, O7)', () => {
  const add = '/采购 新增 SO-1001 外协 内容=绣花 供应商=锦绣 数量=1000 交期=11-25';

  it('are counted like a stage: a part, then all of it', async () => {
    expect(await answerTo(bot, 'ou_chen', add)).toContain('已登记采购 #1');
    expect(await answerTo(bot, 'ou_chen', '/采购 更新 #1 部分到货 已回=600')).toContain('部分到货');
    expect(await answerTo(bot, 'ou_chen', '/订单 查看 SO-1001')).toContain('600/1000');
    expect(await answerTo(bot, 'ou_chen', '/采购 更新 #1 已到齐 已回=900')).toContain('还差 100');
    expect(await answerTo(bot, 'ou_chen', '/采购 更新 #1 已回=1001')).toContain('不能回来 1001');
    await bot.say('ou_chen', '/采购 更新 #1 已到齐 已回=1000');
    expect(await answerTo(bot, 'ou_chen', '/采购 列表 SO-1001')).toContain('已到齐');
  });

  it('what it costs is said in private only', async () => {
    const posted = await bot.say('ou_chen', `${add} 单价=3.21`, { group: true });
    expect(wordsOf(posted)).not.toContain('3.21');
    expect(await answerTo(bot, 'ou_chen', '/采购 查看 #1')).toContain('3.21');
  });
});
