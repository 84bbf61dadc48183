import { beforeEach, describe, expect, it } from 'vitest';
import { builtInSchemeText } from '#app/schemes';
import { addAdoption, addProposal, keepSchemeText } from '#db/pay-schemes';
import { appraisalSheets } from '#db/tables/appraisal';
import { evidenceFor } from '#domain/appraisal/evidence';
import { inLocale } from '#domain/text';
import { wordsOf } from '#test/support/bot';
import { cardsTo, expectSound, putUnder } from '#test/support/facts';
import { answerTo, PHOTO } from '#test/support/records';
import { testRoom } from '#test/support/room';
import { criteriaFor, monthEvidence } from '#usecases/appraisal-sheets';
import { hashOfScheme } from '#usecases/schemes';

const { database, bot, people } = await testRoom();
const MONTH = '2026-11';

/** A company's own text of a scheme, proposed by one and signed by another. */
async function adopt(scheme: string, text: string): Promise<void> {
  const { db } = database;
  const now = new Date('2026-10-01T02:00:00Z');
  const hash = hashOfScheme(text);
  await keepSchemeText(db, { hash, scheme, text }, now);
  const proposalId = await addProposal(db, {
    scheme,
    hash,
    fromMonth: '2026-10',
    by: people.hr.id,
    saidAt: now,
    recordedAt: now,
    eventId: `adopt-${scheme}`,
    messageId: null,
  });
  await addAdoption(db, { proposalId, by: people.zhao.id, at: now, eventId: `sign-${scheme}` });
}

/** What stands beside a criterion of KPI for 陈静, in words and counts. */
async function beside(clause: string) {
  const criteria = await criteriaFor(database.db, 'kpi', MONTH);
  const evidence = await monthEvidence(database.db, people.chen.id, MONTH, 'Asia/Shanghai');
  const { lines, done, due } = evidenceFor(criteria.find((each) => each.clause === clause)!, evidence);
  return { done, due, words: lines.map((line) => inLocale(line, 'zh')).join('\n') };
}

describe('what the records say beside each criterion of KPI', () => {
  beforeEach(async () => {
    bot.at('2026-11-02T02:00:00Z');
    for (const [no, day] of [
      ['SO-1', '11-10'],
      ['SO-2', '11-12'],
      ['SO-3', '11-14'],
    ])
      await bot.say('ou_chen', `/订单 新建 ${no} 客户=宏达 数量=100件 货期=2026-${day}`, {
        at: new Date('2026-11-02T02:00:00Z'),
      });
  });
  const on = (day: string) => ({ at: new Date(`2026-11-${day}T02:00:00Z`) });

  it('KPI-1, KPI-2: deliveries come from the shipments, on time by the promise that stands, the first one beside it', async () => {
    await bot.say('ou_chen', '/订单 出货 SO-1 100件', on('10'));
    await bot.say('ou_chen', '/订单 变更 SO-2 货期=2026-11-20 原因=客户要求 起因=客户', on('11'));
    await bot.say('ou_chen', '/订单 出货 SO-2 60件', on('18'));
    expect(await beside('KPI-1')).toMatchObject({ done: 1, due: 3 });
    await bot.say('ou_chen', '/订单 出货 SO-2 40件', on('19'));
    expect(await beside('KPI-1')).toMatchObject({ done: 2, due: 3 });
    const { words, ...counts } = await beside('KPI-2');
    expect(counts).toEqual({ done: 2, due: 2 });
    expect(words).toContain('准时 2 单（按最初承诺 1 单）');
    expect(words).toContain('SO-3');
  });

  it('KPI-3: what customers said of complaints and samples', async () => {
    await bot.say('ou_chen', '/样品 新增 SO-1 款号=A1', { attachments: PHOTO, ...on('03') });
    await bot.say('ou_chen', '/样品 更新 #1 已寄出', on('03'));
    await bot.say('ou_chen', '/样品 更新 #1 客户不满意 意见=偏色', on('04'));
    await bot.say('ou_chen', '/投诉 新增 SO-1 投诉 内容=色差', on('05'));
    await bot.say('ou_chen', '/投诉 更新 #2 已答复 答复=补发', on('06'));
    await bot.say('ou_chen', '/投诉 更新 #2 已结案 处理结果=补发 满意度=不满意', on('06'));
    const { words } = await beside('KPI-3');
    expect(words).toContain('投诉 1 件，应答复 1 件，按期答复 1 件');
    expect(words).toContain('满意度平均 2.0');
    expect(words).toContain('不满意 1 个');
  });

  it('KPI-4: complaints answered in time and failed checks put right, of those that were due', async () => {
    await bot.say('ou_chen', '/投诉 新增 SO-1 投诉 内容=色差', on('03'));
    await bot.say('ou_chen', '/投诉 更新 #1 已答复 答复=补发', on('04'));
    await bot.say('ou_chen', '/投诉 新增 SO-2 投诉 内容=少件', on('03'));
    await bot.say('ou_chen', '/投诉 更新 #2 已答复 答复=补发', on('09'));
    await bot.say('ou_chen', '/验货 新增 SO-3 中期 不合格 问题=脱线', on('05'));
    const { words, ...counts } = await beside('KPI-4');
    expect(counts).toEqual({ done: 1, due: 3 });
    expect(words).toContain('没按期答复：SO-2');
    await bot.say('ou_chen', '/验货 更新 #3 工厂已签 整改=返工 工厂签字=刘工', on('06'));
    expect(await beside('KPI-4')).toMatchObject({ done: 2, due: 3 });
  });

  it('KPI-6: reports filed of the inspections made', async () => {
    await bot.say('ou_chen', '/验货 新增 SO-1 中期 合格', on('05'));
    await bot.say('ou_chen', '/验货 新增 SO-2 终期 合格', on('05'));
    await bot.say('ou_chen', '/验货 更新 #1 工厂已签 工厂签字=刘工', on('06'));
    await bot.say('ou_chen', '/验货 更新 #1 已归档', { attachments: PHOTO, ...on('06') });
    expect(await beside('KPI-6')).toMatchObject({ done: 1, due: 2 });
  });

  it('KPI-7: orders without a correction by own fault; what the customer changed does not count', async () => {
    await bot.say('ou_chen', '/订单 变更 SO-1 款号=B1 原因=录错了 起因=跟单', on('03'));
    await bot.say('ou_chen', '/订单 变更 SO-2 款号=B2 原因=客户改款 起因=客户', on('03'));
    const { words, ...counts } = await beside('KPI-7');
    expect(counts).toEqual({ done: 2, due: 3 });
    expect(words).toContain('有跟单原因更正的：SO-1');
  });

  it('an order that was cancelled, or closed without a delivery, has nothing due', async () => {
    await bot.say('ou_wang', '/订单 取消 SO-1 原因=客户取消', on('03'));
    await bot.say('ou_chen', '/订单 结单 SO-2 原因=客户不要了', on('03'));
    expect(await beside('KPI-1')).toMatchObject({ done: 0, due: 1 });
  });
});

describe('a company’s own schemes and templates', () => {
  it('its own kinds of incidents can be recorded, and are named and priced on every card', async () => {
    await adopt(
      'jw',
      builtInSchemeText('jw')!.replace('首件未封样', '首件没封样').replaceAll('amount: 100.00', 'amount: 150.00'),
    );
    await putUnder(database.db, people.chen, 'jw');
    const posted = await bot.say('ou_wang', '/考核事件 登记 陈静 JW-K2 日期=11-20 原因=没有封样');
    const [told] = cardsTo(posted, 'ou_chen');
    expectSound(told!);
    expect(wordsOf(told)).toContain('扣 150.00 元');
    expect(await answerTo(bot, 'ou_chen', '/考核事件 列表')).toContain('JW-K2');
  });

  it('a scheme that nobody ships names its own criteria; the template command knows it', async () => {
    await adopt(
      'own',
      builtInSchemeText('lb')!.replace('scheme: lb', 'scheme: own').replace('工作绩效占50分', '按本公司'),
    );
    expect(await answerTo(bot, 'ou_hr', '/考核 模板 own')).toContain('工作绩效 50');
    expect(await criteriaFor(database.db, 'own', MONTH)).toHaveLength(3);
    expect(await answerTo(bot, 'ou_hr', '/考核 模板 没有')).toContain('/方案 列表');
  });

  it('a template of its own keeps what the records say about criteria of the scheme', async () => {
    expect(await answerTo(bot, 'ou_hr', '/考核 模板 kpi 项目=“订单完成率 40；KPI-4 30；客户拜访 30”')).toContain(
      '客户拜访 30',
    );
    const criteria = await criteriaFor(database.db, 'kpi', MONTH);
    expect(criteria.map(({ clause, from, measure }) => [clause, from, measure])).toEqual([
      ['KPI-1', 'ratio', 'completion'],
      ['KPI-4', 'both', 'problems'],
      ['KPI-OWN-3', 'score', undefined],
    ]);
    expect(await database.db.select().from(appraisalSheets)).toEqual([]);
  });
});
