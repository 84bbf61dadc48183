import { sendCard } from '#bot/deliver';
import type { Card } from '#cards/kit';
import { STOCK_A_CARD, stockTakeCard } from '#cards/stock-take-card';
import type { Db } from '#db/client';
import { doOnce } from '#db/done-once';
import { keptSamples } from '#db/kept-samples';
import { peopleWithRole } from '#db/reporting-line';
import { addDays, addMonths, firstDayOf, type IsoDate, monthOf } from '#domain/calendar/dates';
import type { Notices } from '#domain/calendar/notice';
import { isPlannedWorkday, moveWorkdays } from '#domain/order/planning-days';
import type { Locale } from '#domain/text';
import type { DueContext, DueTask } from './due.ts';

const FROM_HOUR = 9;
const TO_HOUR = 18;
/** A list that nobody could send on the last working day is sent in the first days of the next month, then no more. */
const CATCH_UP_DAYS = 5;

/** The month whose list is due: this one on its last working day, else the one before for a few days. */
export function stockMonth(today: IsoDate, notices?: Notices): string | undefined {
  const next = firstDayOf(addMonths(monthOf(today), 1));
  if (today >= moveWorkdays(addDays(next, -1), 0, notices)) return monthOf(today);
  return Number(today.slice(8)) <= CATCH_UP_DAYS ? addMonths(monthOf(today), -1) : undefined;
}

/** The cards of a stock-take; one where everything fits, several where it does not. */
export async function stockTakeCards(db: Db, day: IsoDate, locale: Locale): Promise<Card[]> {
  const all = await keptSamples(db);
  const lent = all.filter(({ borrower }) => borrower !== undefined);
  const overdue = lent.filter(({ returnBy }) => returnBy !== undefined && returnBy < day);
  const pages = Math.max(1, Math.ceil(all.length / STOCK_A_CARD));
  return Array.from({ length: pages }, (_, at) =>
    stockTakeCard({
      samples: all.slice(at * STOCK_A_CARD, (at + 1) * STOCK_A_CARD),
      total: all.length,
      lent: lent.length,
      overdue: overdue.length,
      day,
      ...(pages > 1 && { part: { no: at + 1, of: pages } }),
      locale,
    }),
  );
}

/** O5. At the end of each month, once, finance gets the list of retained and lent samples. */
export const takeStock: DueTask = {
  name: 'take-stock',
  async run({ db, today, hour, notices, locale, now }: DueContext) {
    if (hour < FROM_HOUR || hour >= TO_HOUR || !isPlannedWorkday(today, notices)) return;
    const month = stockMonth(today, notices);
    if (month === undefined) return;
    await db.transaction(async (tx) => {
      if (!(await doOnce(tx, 'stock-take', month, now))) return;
      if ((await keptSamples(tx)).length === 0) return;
      for (const [at, card] of (await stockTakeCards(tx, today, locale)).entries())
        for (const { id, openId } of await peopleWithRole(tx, 'finance'))
          await sendCard(tx, { to: { person: openId } }, card, { now, logicalKey: `stock-take:${month}:${id}:${at}` });
    });
  },
};
