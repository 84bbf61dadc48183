import { sendCard, tell } from '#bot/deliver';
import { REMINDERS_A_CARD, recordReminderCard } from '#cards/record-reminder-card';
import { openApprovals } from '#db/approvals';
import type { Db } from '#db/client';
import { documentRules } from '#db/document-rules';
import { doOnce } from '#db/done-once';
import { ordersByIds } from '#db/orders-by-ids';
import { managersAbove, personById } from '#db/people';
import { documentsOf, dueRecords } from '#db/records';
import { addDays, isWeekend } from '#domain/calendar/dates';
import { CalendarGap } from '#domain/calendar/notice';
import { isWorkday } from '#domain/calendar/workdays';
import { kindOf } from '#domain/records/kinds';
import {
  CUTOFF_NOTICE_DAYS,
  dayComes,
  missingDocuments,
  type Reminder,
  unansweredClaim,
} from '#domain/records/reminders';
import { PASSED_ON_AFTER_MS, standInFor, toldTo } from './approvals.ts';
import type { DueContext, DueTask } from './due.ts';

/** People are reminded in the working hours of working days only. */
const FROM_HOUR = 9;
const UNTIL_HOUR = 18;

/** Samples and payments whose day comes, claims without an answer, documents before the cut-off; approvals that nobody has answered. */
export const watchRecords: DueTask = {
  name: 'watch-records',
  async run(ctx) {
    if (ctx.hour < FROM_HOUR || ctx.hour >= UNTIL_HOUR || !isWorked(ctx)) return;
    const reminders = await remindersOf(ctx);
    for (const personId of new Set(reminders.map((reminder) => reminder.personId)))
      await remind(
        ctx,
        personId,
        reminders.filter((reminder) => reminder.personId === personId),
      );
    await passOnApprovals(ctx);
  },
};

/** A year whose notice nobody has entered yet: Monday to Friday, since a reminder may err where pay may not. */
function isWorked({ today, notices }: DueContext): boolean {
  try {
    return isWorkday(today, notices);
  } catch (error) {
    if (!(error instanceof CalendarGap)) throw error;
    return !isWeekend(today);
  }
}

async function remindersOf({ db, today }: DueContext): Promise<Reminder[]> {
  const due = await dueRecords(
    db,
    ['sample', 'claim', 'money', 'purchase', 'shipment'],
    addDays(today, CUTOFF_NOTICE_DAYS),
  );
  const found: Reminder[] = [];
  const cutoffs = new Map<number, string>();
  for (const record of due) {
    if (record.kind === 'sample' || record.kind === 'money' || record.kind === 'purchase')
      found.push(...[dayComes(kindOf(record.kind), record, today)].filter((one) => one !== undefined));
    else if (record.kind === 'claim')
      found.push(...unansweredClaim(record, today, await managerOf(db, record.responsibleId)));
    else if (record.orderId !== null && !cutoffs.has(record.orderId)) cutoffs.set(record.orderId, record.due!);
  }
  const orders = await ordersByIds(db, [...cutoffs.keys()]);
  const documents = await documentsOf(db, [...cutoffs.keys()]);
  const rules = await documentRules(db);
  for (const order of orders) {
    const own = documents.filter(({ orderId }) => orderId === order.id);
    const reminder = missingDocuments(order, own, cutoffs.get(order.id)!, today, rules);
    if (reminder) found.push(reminder);
  }
  return found;
}

const managerOf = async (db: Db, personId: number): Promise<number | null> =>
  (await managersAbove(db, personId))[0] ?? null;

/** One card for everything that is new to a person, in one transaction with the marks that it was told. */
async function remind({ db, now }: DueContext, personId: number, reminders: Reminder[]): Promise<void> {
  await db.transaction(async (tx) => {
    const person = await personById(tx, personId);
    if (!person || person.leftOn !== null) return;
    const fresh: Reminder[] = [];
    for (const reminder of reminders) if (await doOnce(tx, 'watch-records', reminder.key, now)) fresh.push(reminder);
    for (let from = 0; from < fresh.length; from += REMINDERS_A_CARD)
      await sendCard(
        tx,
        { to: { person: person.openId } },
        recordReminderCard(fresh.slice(from, from + REMINDERS_A_CARD)),
        {
          now,
        },
      );
  });
}

/** What nobody has answered for a day is asked of the one who stands in, too. */
async function passOnApprovals({ db, now, today }: DueContext): Promise<void> {
  for (const approval of await openApprovals(db, { before: new Date(now.getTime() - PASSED_ON_AFTER_MS) }))
    await db.transaction(async (tx) => {
      const standIn = await standInFor(tx, approval, today);
      if (!standIn || !(await doOnce(tx, 'approval-passed-on', String(approval.id), now))) return;
      await tell(tx, await toldTo(tx, standIn, approval, `approval:${approval.id}:stand-in`), now);
    });
}
