import { sendCard } from '#bot/deliver';
import { does } from '#cards/kit';
import { noticeCard } from '#cards/notice-card';
import { doOnce, wasDone } from '#db/done-once';
import { findRun } from '#db/pay-runs';
import { peopleWithRole } from '#db/reporting-line';
import { addDays, type IsoDate, yearOf } from '#domain/calendar/dates';
import { LunarGap } from '#domain/calendar/lunar';
import { isPlannedWorkday } from '#domain/order/planning-days';
import { rewardPayBy } from '#domain/pay/kinds/yearly-reward';
import { stateOf } from '#domain/pay/run';
import { say } from '#domain/text';
import type { DueContext, DueTask } from '../due.ts';
import { peopleToPay } from '../facts/collect.ts';
import { hasKind } from '../facts/source.ts';

const JOB = 'remind-yearly';
const FROM_HOUR = 9;
const UNTIL_HOUR = 18;

/** FT-R2: finance is told a month and a week before the lunar new year, and once after it, while the year's rewards are not paid. */
export const remindYearly: DueTask = {
  name: JOB,
  async run(ctx) {
    if (ctx.hour < FROM_HOUR || ctx.hour >= UNTIL_HOUR || !isPlannedWorkday(ctx.today, ctx.notices)) return;
    for (const year of [yearOf(ctx.today) - 1, yearOf(ctx.today)]) {
      const payBy = dayOf(year);
      const stage = payBy && stageOn(ctx.today, payBy);
      if (payBy && stage) await remind(ctx, year, payBy, stage);
    }
  },
};

function dayOf(year: number): IsoDate | undefined {
  try {
    return rewardPayBy(year, {});
  } catch (error) {
    if (error instanceof LunarGap) return undefined;
    throw error;
  }
}

type Stage = 'month' | 'week' | 'late';
/** A year of which nobody has spoken for this long is no longer reminded of. */
const LATE_DAYS = 30;

function stageOn(today: IsoDate, payBy: IsoDate): Stage | undefined {
  if (today < addDays(payBy, -30) || today > addDays(payBy, LATE_DAYS)) return undefined;
  return today > payBy ? 'late' : today >= addDays(payBy, -7) ? 'week' : 'month';
}

async function remind({ db, now }: DueContext, year: number, payBy: IsoDate, stage: Stage): Promise<void> {
  const key = `${year}:${stage}`;
  if (await wasDone(db, JOB, key)) return;
  await db.transaction(async (tx) => {
    if (!(await doOnce(tx, JOB, key, now))) return;
    const run = await findRun(tx, `${year}-12`);
    if (run && stateOf(run).has('paid')) return;
    if (!(await peopleToPay(tx, `${year}-12`)).some(({ version }) => hasKind(version, 'yearly-reward'))) return;
    const said =
      stage === 'late'
        ? say(
            `${year} 年的年度奖励应在 ${payBy} 前发放，还没有标记为已发放。`,
            `The yearly rewards of ${year} were to be paid by ${payBy} and are not marked as paid.`,
          )
        : say(
            `${year} 年的年度奖励最晚 ${payBy} 发放（农历新年前一天）。`,
            `The yearly rewards of ${year} are to be paid by ${payBy}, the day before the lunar new year.`,
          );
    const see = { label: say('看总览', 'See them'), action: does('pay year', { year: `${year}`, all: 'yes' }) };
    for (const person of await peopleWithRole(tx, 'finance'))
      await sendCard(tx, { to: { person: person.openId } }, noticeCard(said, 'warning', [see]), { now });
  });
}
