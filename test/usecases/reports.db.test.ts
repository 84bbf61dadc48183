import { beforeEach, describe, expect, it } from 'vitest';
import { businessDay, businessHour } from '#domain/calendar/business-day';
import { knownNotices } from '#domain/calendar/notices/known';
import { cardIn, GROUP, wordsOf } from '#test/support/bot';
import { expectGoodCards } from '#test/support/orders';
import { testRoom } from '#test/support/room';
import type { DueTask } from '#usecases/due';
import { lastSpan, sendReports } from '#usecases/send-reports';
import { takeStock } from '#usecases/stock-take';

const zone = 'Asia/Shanghai';
const { database, bot } = await testRoom();

const context = (moment: string) => {
  const now = new Date(moment);
  const notices = knownNotices;
  const day = { today: businessDay(now, zone), hour: businessHour(now, zone) };
  return { db: database.db, now, ...day, zone, locale: 'zh' as const, notices };
};
async function tick(task: DueTask, moment: string) {
  await bot.posted();
  bot.at(moment);
  await task.run(context(moment));
  return bot.posted();
}
const lanes = (entries: { lane: string }[]) => entries.map(({ lane }) => lane).sort();

describe('reports that come by themselves (O14)', () => {
  beforeEach(async () => {
    await bot.say('ou_chen', '/订单 新建 SO-1 客户=宏达 数量=100件 货期=12-20 工厂=恒丰 单价=88.88', { group: true });
    await bot.say('ou_li', '/订单 新建 SO-2 客户=明远 数量=100件 货期=12-20 工厂=锦绣');
    await bot.say('ou_chen', '/订单 出货 SO-1 100件');
    await bot.say('ou_chen', '/订单 出货 SO-1 退货=7');
  });

  it('come to a group for its own orders, with returns, without money and without people', async () => {
    await bot.say('ou_chen', '/订单 定时报表 日报=开', { group: true });
    const sent = await tick(sendReports, '2026-11-24T01:30:00Z');
    expect(lanes(sent)).toEqual([`chat:${GROUP}`]);
    expectGoodCards(sent);
    const words = wordsOf(cardIn(sent[0]));
    expect(words).toContain('订单日报');
    expect(words).toContain('出货 100 件，退回 7 件');
    expect(words).toContain('恒丰');
    expect(words).not.toMatch(/锦绣|陈静|李敏|88|按人/);
  });

  it('come to a manager in private, with everybody below', async () => {
    await bot.say('ou_wang', '/订单 定时报表 周报=开 月报=开');
    const monday = await tick(sendReports, '2026-11-30T01:30:00Z');
    expect(lanes(monday)).toEqual(['person:ou_wang']);
    expectGoodCards(monday);
    for (const name of ['陈静', '李敏', '订单周报', '2026-11-23 – 2026-11-29'])
      expect(wordsOf(cardIn(monday[0]))).toContain(name);
    const first = await tick(sendReports, '2026-12-01T01:30:00Z');
    expect(first.map((entry) => wordsOf(cardIn(entry)).includes('订单月报'))).toEqual([true]);
  });

  it('each once, by however many instances, in working hours of working days only', async () => {
    await bot.say('ou_wang', '/订单 定时报表 日报=开');
    for (const moment of ['2026-11-24T00:59:00Z', '2026-11-24T10:00:00Z', '2026-11-28T02:00:00Z'])
      expect(await tick(sendReports, moment), moment).toEqual([]);
    await bot.posted();
    const ctx = context('2026-11-24T01:30:00Z');
    await Promise.all([sendReports.run(ctx), sendReports.run(ctx), sendReports.run(ctx)]);
    expect(lanes(await bot.posted())).toEqual(['person:ou_wang']);
    expect(await tick(sendReports, '2026-11-24T06:30:00Z')).toEqual([]);
  });

  it('what fell due while nothing ran is sent on the next working day', async () => {
    await bot.say('ou_wang', '/订单 定时报表 周报=开');
    const late = await tick(sendReports, '2026-12-02T03:00:00Z');
    expect(wordsOf(cardIn(late[0]))).toContain('2026-11-23 – 2026-11-29');
  });

  it('nothing that was over before it was switched on, and nothing after it was switched off', async () => {
    await bot.say('ou_wang', '/订单 定时报表 周报=开 月报=开 日报=开');
    expect(await tick(sendReports, '2026-11-23T03:00:00Z')).toEqual([]);
    const answers = await bot.say('ou_wang', '/订单 定时报表');
    expect(wordsOf(cardIn(answers[0]))).toContain('日报（每个工作日早上）');
    // each press answers with the card as it stands then
    let shown = cardIn(answers[0]);
    for (const label of ['关掉日报', '关掉周报', '关掉月报'])
      shown = (await bot.press('ou_wang', shown, label)).card as typeof shown;
    expect(wordsOf(shown)).toContain('你没有打开定时报表');
    await bot.press('ou_wang', shown, '打开日报');
    expect((await tick(sendReports, '2026-11-24T03:00:00Z')).length).toBe(1);
    await bot.say('ou_wang', '/订单 定时报表 日报=关');
    expect(await tick(sendReports, '2026-12-01T03:00:00Z')).toEqual([]);
  });

  it('a day reaches from the last working day to yesterday', () => {
    expect(lastSpan('day', '2026-11-23')).toEqual({ from: '2026-11-20', to: '2026-11-22' });
    expect(lastSpan('day', '2026-10-08')).toEqual({ from: '2026-09-30', to: '2026-10-07' });
    expect(lastSpan('week', '2026-11-25')).toEqual({ from: '2026-11-16', to: '2026-11-22' });
    expect(lastSpan('month', '2027-01-04')).toEqual({ from: '2026-12-01', to: '2026-12-31' });
  });
});

describe('the stock-take at the end of the month (O5)', () => {
  beforeEach(async () => {
    await bot.say('ou_chen', '/样品 新增 款号=A118 客户=宏达 留样=样品柜3');
    await bot.say('ou_chen', '/样品 新增 款号=B220 客户=明远 留样=样品柜4');
    await bot.say('ou_chen', '/样品 更新 #2 已借出 借给=刘工 归还日期=11-26');
  });

  it('goes to finance once, on the last working day, with what is lent and not back', async () => {
    expect(await tick(takeStock, '2026-11-27T02:00:00Z')).toEqual([]);
    const sent = await tick(takeStock, '2026-11-30T02:00:00Z');
    expect(lanes(sent)).toEqual(['person:ou_fang']);
    expectGoodCards(sent);
    for (const words of ['样品柜3', 'B220', '借给 刘工，2026-11-26 还（已过期）'])
      expect(wordsOf(cardIn(sent[0]))).toContain(words);
    expect(await tick(takeStock, '2026-11-30T05:00:00Z')).toEqual([]);
    expect(await tick(takeStock, '2026-12-01T02:00:00Z')).toEqual([]);
  });

  it('is caught up in the first days of the next month', async () => {
    expect(lanes(await tick(takeStock, '2026-12-02T02:00:00Z'))).toEqual(['person:ou_fang']);
    expect(await tick(takeStock, '2026-12-03T02:00:00Z')).toEqual([]);
  });

  it('/sample stock shows it at any time', async () => {
    const answers = await bot.say('ou_fang', '/样品 盘点', { group: true });
    expectGoodCards(answers);
    expect(wordsOf(cardIn(answers.find(({ lane }) => lane === 'person:ou_fang')))).toContain('样品柜3');
  });
});
