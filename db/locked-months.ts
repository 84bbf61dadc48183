import { sql } from 'drizzle-orm';
import type { Month } from '#domain/calendar/dates';
import { addMonths } from '#domain/calendar/dates';
import { UserError } from '#domain/errors';
import { say } from '#domain/text';
import type { Db } from './client.ts';
import { lockedMonths } from './tables/appraisal.ts';

/** First half of the two-part advisory key; the second is the month as a number. */
const MONTH_LOCK = 7_305_010;
const numberOf = (month: Month): number => Number(month.replace('-', ''));

/** Whether the month takes no change any more. */
export async function isLocked(db: Db, month: Month): Promise<boolean> {
  return (await db.$count(lockedMonths, sql`${lockedMonths.month} = ${month}`)) > 0;
}

/**
 * Call it in the transaction of every change to a fact of a month: the month stays open until that transaction ends, so that a change is
 * either in before the month is locked, or refused.
 *
 * @throws UserError when the month is locked
 */
export async function demandOpenMonth(tx: Db, month: Month): Promise<void> {
  await holdOpen(tx, month);
  if (!(await isLocked(tx, month))) return;
  throw new UserError(
    'month.locked',
    say(`${month} 已经结算锁定，不能再改。`, `${month} is settled and locked; nothing in it can change.`),
    say(
      `要更正的话，请财务录入迟到的事实（/工资 事实 姓名 ${month} …）再做 /工资 更正 ${month}，差额会作为一行写进下个月。`,
      `Ask finance to enter what came late (/pay facts NAME ${month} …) and then /pay correct ${month}; the difference becomes a line of the next month.`,
    ),
  );
}

/** Shared with all other writers of the month, against whoever locks it. */
const holdOpen = (tx: Db, month: Month) =>
  tx.execute(sql`select pg_advisory_xact_lock_shared(${MONTH_LOCK}, ${numberOf(month)})`);

/** Locks a month, for the settlement: waits for changes that are under way, then none gets in any more. False when it was locked before. */
export async function lockMonth(tx: Db, month: Month, by: string, now: Date): Promise<boolean> {
  await tx.execute(sql`select pg_advisory_xact_lock(${MONTH_LOCK}, ${numberOf(month)})`);
  const added = await tx
    .insert(lockedMonths)
    .values({ month, lockedBy: by, lockedAt: now })
    .onConflictDoNothing()
    .returning({ month: lockedMonths.month });
  return added.length > 0;
}

/** The month itself while it is open, else the next open one: where something late still counts. Held open like `demandOpenMonth`. */
export async function openMonthFrom(tx: Db, month: Month): Promise<Month> {
  for (let at = month; ; at = addMonths(at, 1)) {
    await holdOpen(tx, at);
    if (!(await isLocked(tx, at))) return at;
  }
}
