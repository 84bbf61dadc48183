import { expect, it } from 'vitest';
import { addRunStep, holdRun } from '#db/pay-runs';
import { businessDay } from '#domain/calendar/business-day';
import { wordsOf } from '#test/support/bot';
import { cardsTo, expectSound } from '#test/support/facts';
import { payRoom } from '#test/support/pay-room';
import { under } from '#test/support/payroll';
import { remindYearly } from '#usecases/pay/remind-yearly';

const room = await payRoom();
const zone = 'Asia/Shanghai';

/** What everybody is told on a day at ten in the morning, by three clocks at once. */
async function told(day: string) {
  const now = new Date(`${day}T02:00:00Z`);
  const ctx = { db: room.db, now, today: businessDay(now, zone), hour: 10, zone, locale: 'zh' as const, notices: [] };
  await room.bot.posted();
  await Promise.all([remindYearly.run(ctx), remindYearly.run(ctx), remindYearly.run(ctx)]);
  return room.bot.posted();
}
const toFinance = async (day: string) => cardsTo(await told(day), 'ou_fang').map(wordsOf);

it('finance is told a month and a week before the lunar new year, once each, and where to look (FT-R2)', async () => {
  await under(room.db, room.people.chen, 'ft');
  // the lunar new year of 2027 is on 6 February: a Saturday, and the day before is the last one
  expect(await toFinance('2027-01-05')).toEqual([]);
  const posted = await told('2027-01-06');
  expect(posted).toHaveLength(1);
  const [card] = cardsTo(posted, 'ou_fang');
  expectSound(card!, { personal: false });
  expect(wordsOf(card)).toContain('2026 年的年度奖励最晚 2027-02-05 发放');
  expect(await toFinance('2027-01-07')).toEqual([]);
  expect(await toFinance('2027-01-29')).toHaveLength(1);
  expect(await toFinance('2027-02-05')).toEqual([]);
  expect((await toFinance('2027-02-08'))[0]).toContain('还没有标记为已发放');
  expect(await toFinance('2027-02-09')).toEqual([]);
});

it('nobody is told when December is marked as paid, nobody has such a reward, or nobody works', async () => {
  expect(await toFinance('2027-01-06')).toEqual([]);
  await under(room.db, room.people.chen, 'ft');
  // a Sunday
  expect(await toFinance('2027-01-31')).toEqual([]);
  const now = new Date('2027-01-20T02:00:00Z');
  const run = await room.db.transaction((tx) => holdRun(tx, '2026-12', now));
  await addRunStep(room.db, {
    runId: run.id,
    attempt: 1,
    kind: 'paid',
    by: room.people.fang.id,
    at: now,
    eventId: 'paid',
  });
  expect(await toFinance('2027-02-01')).toEqual([]);
  expect(await toFinance('2027-02-08')).toEqual([]);
});
