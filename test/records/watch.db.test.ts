import { beforeEach, describe, expect, it } from 'vitest';
import { changePerson } from '#db/people';
import { businessDay, businessHour } from '#domain/calendar/business-day';
import { knownNotices } from '#domain/calendar/notices/known';
import { cardIn, wordsOf } from '#test/support/bot';
import { now } from '#test/support/people';
import { answerTo, ORDER } from '#test/support/records';
import { testRoom } from '#test/support/room';
import { watchRecords } from '#usecases/watch-records';

const { database, bot, people } = await testRoom();
beforeEach(() => bot.say('ou_chen', ORDER));

const ZONE = 'Asia/Shanghai';

/** One tick at this moment; what it sent, by person. */
async function tick(at: string): Promise<Record<string, string>> {
  const moment = new Date(at);
  await bot.posted();
  await watchRecords.run({
    db: database.db,
    now: moment,
    today: businessDay(moment, ZONE),
    hour: businessHour(moment, ZONE),
    zone: ZONE,
    locale: 'zh',
    notices: knownNotices,
  });
  return Object.fromEntries((await bot.posted()).map((entry) => [entry.lane, wordsOf(cardIn(entry))]));
}

// 10 in the morning in Shanghai
const morning = (day: string) => `${day}T02:00:00Z`;

describe('lent samples', () => {
  beforeEach(async () => {
    await bot.say('ou_chen', '/样品 新增 SO-1001 款号=A118 留样=柜3');
    await bot.say('ou_chen', '/样品 更新 #1 已借出 借给=小王 归还日期=11-26');
  });

  it('are asked for on the day before, once, and not before that', async () => {
    expect(await tick(morning('2026-11-24'))).toEqual({});
    expect((await tick(morning('2026-11-25')))['person:ou_chen']).toContain('借给 小王');
    expect(await tick('2026-11-25T03:00:00Z')).toEqual({});
  });

  it('are asked for again when late; not once they are back', async () => {
    await tick(morning('2026-11-25'));
    expect((await tick(morning('2026-11-27')))['person:ou_chen']).toContain('已过 1 天');
    expect(await tick(morning('2026-11-30'))).toEqual({});
    bot.at(morning('2026-11-30'));
    await bot.say('ou_chen', '/样品 更新 #1 客户确认');
    expect(await tick(morning('2026-12-07'))).toEqual({});
  });

  it.each([
    ['at night', '2026-11-25T13:00:00Z'],
    ['before nine', '2026-11-25T00:30:00Z'],
    ['on a weekend', morning('2026-11-28')],
  ])('nobody is reminded %s', async (_, at) => {
    expect(await tick(at)).toEqual({});
  });

  it('two ticks at the same moment remind once', async () => {
    await bot.posted();
    await Promise.all([tick(morning('2026-11-25')), tick(morning('2026-11-25'))]);
    bot.forget();
    const sent = (await bot.posted()).filter(
      ({ lane, job }) => lane === 'person:ou_chen' && JSON.stringify(job).includes('今天要跟的'),
    );
    expect(sent).toHaveLength(1);
  });
});

describe('what was promised for a day', () => {
  it('a payment that is awaited is named, never how much; not once it is in', async () => {
    await bot.say('ou_chen', '/款项 新增 SO-1001 余款 金额=7777 应收付日=11-25');
    const words = (await tick(morning('2026-11-24')))['person:ou_chen'];
    expect(words).toContain('余款 · SO-1001：应收付日 2026-11-25');
    expect(words).not.toContain('7,777');
    await bot.say('ou_fang', '/款项 更新 SO-1001 余款 已收');
    expect(await tick(morning('2026-11-26'))).toEqual({});
  });

  it('a sample that the customer was promised', async () => {
    await bot.say('ou_chen', '/样品 新增 SO-1001 款号=A118 承诺日期=11-25');
    expect((await tick(morning('2026-11-24')))['person:ou_chen']).toContain('答应客户的日期 2026-11-25');
  });
});

describe('claims without an answer', () => {
  it('remind whom they were assigned to on the last day, and the manager, too, when late', async () => {
    await bot.say('ou_chen', '/投诉 新增 SO-1001 投诉 内容=色差 负责人=李敏');
    expect(await tick(morning('2026-11-24'))).toEqual({});
    expect(Object.keys(await tick(morning('2026-11-25')))).toEqual(['person:ou_li']);
    expect(Object.keys(await tick(morning('2026-11-26'))).sort()).toEqual(['person:ou_li', 'person:ou_wang']);
  });

  it('are quiet once answered', async () => {
    await bot.say('ou_chen', '/投诉 新增 SO-1001 投诉 内容=色差');
    await bot.say('ou_chen', '/投诉 更新 #1 已答复 答复=补发');
    expect(await tick(morning('2026-11-26'))).toEqual({});
  });
});

describe('documents before the cut-off', () => {
  it('are asked for in the last three days, by name, until they are there', async () => {
    await bot.say('ou_chen', '/订单 出货 SO-1001 订舱号=BK1 截关=11-27');
    await bot.say('ou_chen', '/单证 新增 SO-1001 合同');
    expect(await tick(morning('2026-11-23'))).toEqual({});
    const words = (await tick(morning('2026-11-24')))['person:ou_chen'];
    expect(words).toContain('还缺：发票、装箱单、检验证');
    expect(words).not.toContain('合同、');
    for (const name of ['发票', '装箱单', '检验证']) await bot.say('ou_chen', `/单证 新增 SO-1001 ${name}`);
    expect(await tick(morning('2026-11-25'))).toEqual({});
  });

  it('are not asked for once the goods have left', async () => {
    await bot.say('ou_chen', '/订单 出货 SO-1001 订舱号=BK1 截关=11-27');
    await bot.say('ou_chen', '/订单 出货 SO-1001 1000件');
    expect(await tick(morning('2026-11-25'))).toEqual({});
  });
});

describe('approvals that nobody has answered', () => {
  beforeEach(async () => {
    await changePerson(database.db, people.zhao.id, { deputyId: people.wang.id }, now);
    await bot.say('ou_chen', '/样品 新增 SO-1001 款号=A118 模具=新开模');
  });

  it('go to the deputy after a day, who may answer then and not before', async () => {
    expect(await tick('2026-11-24T01:59:00Z')).toEqual({});
    expect(await answerTo(bot, 'ou_wang', '/审批 答复 1 同意')).toContain('没有等你答复的审批');
    expect(Object.keys(await tick(morning('2026-11-24')))).toEqual(['person:ou_wang']);
    expect(await tick('2026-11-24T03:00:00Z')).toEqual({});
    bot.at('2026-11-24T03:00:00Z');
    expect(await answerTo(bot, 'ou_wang', '/审批 列表')).toContain('等我答复的审批');
    expect(await answerTo(bot, 'ou_wang', '/审批 答复 1 同意')).toContain('已同意');
  });

  it('do not go on once answered', async () => {
    await bot.say('ou_zhao', '/审批 答复 1 同意');
    expect(await tick(morning('2026-11-25'))).toEqual({});
  });
});

describe('purchases and outsourced work (O2, O7)', () => {
  it('are chased the day before their day and each week that they are late, until all came', async () => {
    await bot.say('ou_chen', '/采购 新增 SO-1001 外协 内容=绣花 供应商=锦绣 数量=1000 交期=11-26');
    expect(await tick(morning('2026-11-24'))).toEqual({});
    expect((await tick(morning('2026-11-25')))['person:ou_chen']).toContain(
      '0/1000 到货，交期 2026-11-26（还有 1 天）',
    );
    expect(await tick(morning('2026-11-26'))).toEqual({});
    await bot.say('ou_chen', '/采购 更新 #1 部分到货 已回=600');
    expect((await tick(morning('2026-11-27')))['person:ou_chen']).toContain('600/1000 到货');
    await bot.say('ou_chen', '/采购 更新 #1 已到齐 已回=1000');
    expect(await tick(morning('2026-12-08'))).toEqual({});
  });
});
