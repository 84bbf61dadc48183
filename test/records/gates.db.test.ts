import { beforeEach, describe, expect, it } from 'vitest';
import { findOrder } from '#db/orders';
import { changePerson } from '#db/people';
import { orderProgress, settings } from '#db/schema';
import { approvalDecisions } from '#db/tables/records';
import { inLocale } from '#domain/text';
import { wordsOf } from '#test/support/bot';
import { now } from '#test/support/people';
import { answerTo, cardTo, ORDER, setRules } from '#test/support/records';
import { testRoom } from '#test/support/room';
import { marksOfOrder } from '#usecases/order-gates';

const { database, bot, people } = await testRoom();
beforeEach(async () => {
  await setRules(database.db, {});
  await bot.say('ou_chen', ORDER);
});

const CUT = '/订单 更新 SO-1001 裁剪 1000件';
const progressed = async () => (await database.db.select().from(orderProgress)).length > 0;
const mark = async (kind: string) => {
  const marks = await marksOfOrder(database.db, (await findOrder(database.db, 'SO-1001'))!);
  const found = marks.find((one) => one.kind === kind);
  return found && inLocale(found.text, 'zh');
};

describe('bulk waits for the first-piece seal (O6)', () => {
  it('as installed, nobody is kept from work that has no seal on record; a seal that was begun must pass', async () => {
    await database.db.delete(settings);
    await bot.say('ou_chen', CUT);
    expect(await progressed()).toBe(true);
    await bot.say('ou_chen', '/封样 新增 SO-1001');
    expect(await answerTo(bot, 'ou_chen', '/订单 更新 SO-1001 缝制 10件')).toContain('首件封样还没有通过');
  });

  it('without a seal cutting is refused, with the way out; what comes before bulk is not', async () => {
    const words = await answerTo(bot, 'ou_chen', CUT);
    expect(words).toContain('首件封样还没有通过，不能开始裁剪');
    expect(words).toContain('/规则 放行 SO-1001 封样');
    expect(await progressed()).toBe(false);
    await bot.say('ou_chen', '/订单 更新 SO-1001 面辅料到厂');
    expect(await progressed()).toBe(true);
  });

  it.each(['', '需修正 意见=领口偏高'])('a seal that is only submitted or %s does not open it', async (more) => {
    await bot.say('ou_chen', '/封样 新增 SO-1001');
    if (more) await bot.say('ou_chen', `/封样 更新 SO-1001 ${more}`);
    await bot.say('ou_chen', CUT);
    expect(await progressed()).toBe(false);
  });

  it('corrected and passed, it opens', async () => {
    await bot.say('ou_chen', '/封样 新增 SO-1001');
    expect(await answerTo(bot, 'ou_chen', '/封样 更新 SO-1001 需修正')).toContain('封样意见');
    await bot.say('ou_chen', '/封样 更新 SO-1001 需修正 意见=领口偏高');
    expect(await answerTo(bot, 'ou_chen', '/封样 更新 SO-1001 封样通过')).toContain('不能直接改成');
    await bot.say('ou_chen', '/封样 更新 SO-1001 已修正');
    expect(await mark('seal')).toBe('已修正');
    await bot.say('ou_chen', '/封样 更新 SO-1001 封样通过');
    expect(await mark('seal')).toBe('✓');
    await bot.say('ou_chen', CUT);
    expect(await progressed()).toBe(true);
  });

  it('one colour that has not passed keeps it closed', async () => {
    await bot.say('ou_chen', '/封样 新增 SO-1001 部位=红 封样通过');
    await bot.say('ou_chen', '/封样 新增 SO-1001 部位=蓝');
    await bot.say('ou_chen', CUT);
    expect(await progressed()).toBe(false);
  });

  it('the manager overrules with a reason, which stays visible', async () => {
    const posted = await bot.say('ou_chen', '/规则 放行 SO-1001 封样 原因=“客户口头确认”', { group: true });
    expect(wordsOf(cardTo(posted, 'ou_wang'))).toContain('客户口头确认');
    await bot.say('ou_chen', CUT);
    expect(await progressed()).toBe(false);
    await bot.say('ou_wang', '/审批 答复 1 同意 先裁一床');
    await bot.say('ou_chen', CUT);
    expect(await progressed()).toBe(true);
    expect(await mark('seal')).toBe('经理放行');
  });

  it('a manager who says it lets it pass at once; the merchandiser is told', async () => {
    const posted = await bot.say('ou_wang', '/规则 放行 SO-1001 封样 原因=急单');
    expect(wordsOf(cardTo(posted, 'ou_chen'))).toContain('急单');
    await bot.say('ou_chen', CUT);
    expect(await progressed()).toBe(true);
  });

  it('without a reason nobody overrules', async () => {
    expect(await answerTo(bot, 'ou_wang', '/规则 放行 SO-1001 封样')).toContain('"tag":"form"');
    expect(await database.db.select().from(approvalDecisions)).toHaveLength(0);
  });

  it('refused, it stays closed and may be asked again', async () => {
    await bot.say('ou_chen', '/规则 放行 SO-1001 封样 原因=急单');
    expect(await answerTo(bot, 'ou_chen', '/规则 放行 SO-1001 封样 原因=很急')).toContain('还在等答复');
    await bot.say('ou_wang', '/审批 答复 1 拒绝 原因=先封样');
    await bot.say('ou_chen', CUT);
    expect(await progressed()).toBe(false);
    expect(await answerTo(bot, 'ou_chen', '/规则 放行 SO-1001 封样 原因=客户已确认')).toContain('已请 王芳');
  });

  it('the manager’s deputy is asked when the manager has left', async () => {
    await changePerson(database.db, people.wang.id, { deputyId: people.li.id, leftOn: '2026-11-01' }, now);
    const posted = await bot.say('ou_chen', '/规则 放行 SO-1001 封样 原因=急单');
    expect(posted.map(({ lane }) => lane)).toContain('person:ou_li');
  });

  it('is off for templates that the company leaves out, and for rubber by default', async () => {
    await bot.say('ou_zhao', '/规则 设置 封样=外贸');
    await bot.say('ou_chen', CUT);
    expect(await progressed()).toBe(true);
    await database.db.delete(settings);
    await bot.say('ou_chen', '/订单 新建 SO-2002 客户=友邦 数量=10 货期=12-20 类别=橡塑');
    expect(await answerTo(bot, 'ou_chen', '/订单 更新 SO-2002 炼胶配料 10件')).not.toContain('没有登记，请看一下');
  });

  it('only the general manager and administrators set the rules', async () => {
    expect(await answerTo(bot, 'ou_chen', '/规则 设置 封样=关')).toContain('你还不能用');
    await bot.say('ou_chen', CUT);
    expect(await progressed()).toBe(false);
  });
});

describe('a new mould that is not approved (O5)', () => {
  beforeEach(async () => {
    await bot.say('ou_chen', '/订单 新建 SO-2002 客户=友邦 数量=10 货期=12-20 类别=橡塑');
    await bot.say('ou_chen', '/样品 新增 SO-2002 款号=垫圈 模具=新开模');
  });

  it.each(['开模', '成型硫化', '检验'])('keeps %s from starting until it is', async (stage) => {
    expect(await answerTo(bot, 'ou_chen', `/订单 更新 SO-2002 ${stage} 5件`)).toContain('新开模还没有得到总经理同意');
    await bot.say('ou_zhao', '/审批 答复 1 同意');
    await bot.say('ou_chen', `/订单 更新 SO-2002 ${stage} 5件`);
    expect(await progressed()).toBe(true);
  });

  it('leaves earlier stages alone, and nothing blocks once the sample is dropped', async () => {
    await bot.say('ou_chen', '/订单 更新 SO-2002 打样');
    expect(await progressed()).toBe(true);
    await bot.say('ou_chen', '/样品 更新 SO-2002 作废');
    expect(await answerTo(bot, 'ou_chen', '/订单 更新 SO-2002 成型硫化 5件')).not.toContain('总经理');
  });
});

describe('deposit and balance gates (O11)', () => {
  it('are off as installed', async () => {
    await setRules(database.db, { sealFor: [] });
    await bot.say('ou_chen', CUT);
    await bot.say('ou_chen', '/订单 更新 SO-1001 出货 10件');
    expect(await database.db.select().from(orderProgress)).toHaveLength(2);
  });

  it('production waits for the deposit', async () => {
    await bot.say('ou_zhao', '/规则 设置 封样=关 定金=开');
    expect(await answerTo(bot, 'ou_chen', CUT)).toContain('定金还没有到');
    await bot.say('ou_chen', '/款项 新增 SO-1001 定金 金额=3000');
    expect(await answerTo(bot, 'ou_chen', CUT, { group: true })).not.toContain('3,000');
    expect(await progressed()).toBe(false);
    await bot.say('ou_fang', '/款项 更新 SO-1001 定金 已收');
    await bot.say('ou_chen', CUT);
    expect(await progressed()).toBe(true);
  });

  it('shipment waits for the balance, by progress, by /order ship and by the booking alike', async () => {
    await setRules(database.db, { sealFor: [], balance: true });
    await bot.say('ou_chen', CUT);
    await bot.say('ou_chen', '/订单 出货 SO-1001 订舱号=BK1');
    for (const line of [
      '/订单 更新 SO-1001 出货 10件',
      '/订单 出货 SO-1001 10件',
      '/出货 更新 SO-1001 已出货 数量=10件',
    ])
      expect(await answerTo(bot, 'ou_chen', line)).toContain('余款还没有收齐');
    await bot.say('ou_fang', '/款项 新增 SO-1001 余款 金额=7000 已收');
    await bot.say('ou_chen', '/订单 出货 SO-1001 10件');
    expect(await mark('shipment')).toBe('10/1000');
  });

  it('the manager may overrule them with a reason', async () => {
    await setRules(database.db, { sealFor: [], deposit: true, balance: true });
    await bot.say('ou_wang', '/规则 放行 SO-1001 定金 原因=老客户');
    await bot.say('ou_chen', CUT);
    expect(await progressed()).toBe(true);
    expect(await answerTo(bot, 'ou_chen', '/订单 出货 SO-1001 10件')).toContain('余款还没有收齐');
    await bot.say('ou_wang', '/规则 放行 SO-1001 余款 原因=见票付款');
    await bot.say('ou_chen', '/订单 出货 SO-1001 10件');
    expect(await mark('shipment')).toBe('10/1000');
  });
});
