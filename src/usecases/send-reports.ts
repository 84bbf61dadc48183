import { eq, inArray, type SQL, sql } from 'drizzle-orm';
import { sendCard } from '#bot/deliver';
import { chatsLeft } from '#db/chats';
import type { Db } from '#db/client';
import { doOnce, wasDone } from '#db/done-once';
import { personById } from '#db/people';
import { type ReportPeriod, reportSwitches } from '#db/report-switches';
import { everybodyBelow } from '#db/reporting-line';
import { orders } from '#db/schema';
import { addDays, addMonths, firstDayOf, type IsoDate, lastDayOf, monthOf } from '#domain/calendar/dates';
import type { Notices } from '#domain/calendar/notice';
import { isPlannedWorkday, moveWorkdays } from '#domain/order/planning-days';
import type { Person } from '#domain/people/person';
import type { DueContext, DueTask } from './due.ts';
import { reportCardFor, spanOf } from './order-report.ts';

const FROM_HOUR = 9;
const TO_HOUR = 18;

/** The last period of its kind that is over: a day reaches from the last working day to yesterday, weekends and holidays included. */
export function lastSpan(period: ReportPeriod, today: IsoDate, notices?: Notices): { from: IsoDate; to: IsoDate } {
  if (period === 'day') return { from: moveWorkdays(today, -1, notices), to: addDays(today, -1) };
  if (period === 'week') return spanOf('week', addDays(today, -7));
  const month = addMonths(monthOf(today), -1);
  return { from: firstDayOf(month), to: lastDayOf(month) };
}

/**
 * O14. On the morning of each working day, the reports of what is over since, each once, wherever it is switched on: to a group the figures
 * of its orders, without money and without people; to a person, in private, those of the people below. What fell due while nothing ran is
 * sent on the next working day, the last period only.
 */
export const sendReports: DueTask = {
  name: 'send-reports',
  async run(ctx) {
    const { db, today, hour, notices } = ctx;
    if (hour < FROM_HOUR || hour >= TO_HOUR || !isPlannedWorkday(today, notices)) return;
    if (await wasDone(db, 'order-reports', today)) return;
    const left = await chatsLeft(db);
    for (const { target, period, since } of await reportSwitches(db)) {
      const span = lastSpan(period, today, notices);
      if (span.to < since) continue;
      const [kind, id] = [target.slice(0, target.indexOf(':')), target.slice(target.indexOf(':') + 1)];
      if (kind === 'chat' && left.has(id)) continue;
      await db.transaction(async (tx) => {
        if (!(await doOnce(tx, 'order-report', `${target}:${period}:${span.from}`, ctx.now))) return;
        if (kind === 'chat') await toGroup({ ...ctx, db: tx }, id, period, span);
        else await toPerson({ ...ctx, db: tx }, Number(id), period, span);
      });
    }
    await doOnce(db, 'order-reports', today, ctx.now);
  },
};

type Span = { from: IsoDate; to: IsoDate };

async function toGroup(
  { db, zone, locale, now }: DueContext,
  chatId: string,
  period: ReportPeriod,
  span: Span,
): Promise<void> {
  const where = sql`${eq(orders.chatId, chatId)}`;
  const card = await reportCardFor(db, { period, span: { ...span, zone }, where, by: 'factory', locale });
  await sendCard(db, { to: { chat: chatId } }, card, {
    now,
    logicalKey: `order-report:${chatId}:${period}:${span.from}`,
  });
}

async function toPerson(
  { db, zone, locale, now }: DueContext,
  personId: number,
  period: ReportPeriod,
  span: Span,
): Promise<void> {
  const person = await personById(db, personId);
  if (!person || person.leftOn !== null) return;
  const card = await reportCardFor(db, {
    period,
    span: { ...span, zone },
    where: await ordersBelow(db, person),
    by: 'merchandiser',
    locale,
    query: { period, day: span.to },
  });
  await sendCard(db, { to: { person: person.openId } }, card, {
    now,
    logicalKey: `order-report:${personId}:${period}:${span.from}`,
  });
}

/** The company's orders for those who answer for all of it, else one's own and those of everybody below. */
async function ordersBelow(db: Db, person: Person): Promise<SQL> {
  if (person.roles.some((role) => role === 'general_manager' || role === 'finance')) return sql`true`;
  const ids = [person.id, ...(await everybodyBelow(db, person.id, 1_000)).map(({ id }) => id)];
  return sql`${inArray(orders.merchandiserId, ids)}`;
}
