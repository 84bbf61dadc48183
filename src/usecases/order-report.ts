import type { SQL } from 'drizzle-orm';
import type { Card } from '#cards/kit';
import { orderReportCard } from '#cards/order-report-card';
import type { Db } from '#db/client';
import { dailyFigures, figuresBy, figuresOf, type Grouping, type Period } from '#db/order-reports';
import type { ReportPeriod } from '#db/report-switches';
import { addDays, firstDayOf, type IsoDate, lastDayOf, monthOf, weekdayOf } from '#domain/calendar/dates';
import { type Locale, say } from '#domain/text';

/** The day, the week from Monday or the month that holds a day. */
export function spanOf(which: ReportPeriod, day: IsoDate): { from: IsoDate; to: IsoDate } {
  if (which === 'day') return { from: day, to: day };
  if (which === 'month') return { from: firstDayOf(monthOf(day)), to: lastDayOf(monthOf(day)) };
  const from = addDays(day, 1 - weekdayOf(day));
  return { from, to: addDays(from, 6) };
}

const titles = {
  day: say('订单日报', 'Daily report'),
  week: say('订单周报', 'Weekly report'),
  month: say('订单月报', 'Monthly report'),
};
const headings = {
  merchandiser: say('跟单员', 'person'),
  customer: say('客户', 'customer'),
  factory: say('工厂', 'factory'),
};

/** O14. The report of a period: orders in, shipped, returned, on time, with one table. */
export async function reportCardFor(
  tx: Db,
  {
    period,
    span,
    where,
    by,
    locale,
    query,
  }: {
    period: ReportPeriod;
    span: Period;
    where: SQL;
    by: Grouping;
    locale: Locale;
    query?: { period: string; day: string };
  },
): Promise<Card> {
  return orderReportCard({
    title: titles[period],
    from: span.from,
    to: span.to,
    total: await figuresOf(tx, span, where),
    days: await dailyFigures(tx, span, where),
    by: { heading: headings[by], rows: await figuresBy(tx, by, span, { where }) },
    locale,
    ...(query && { query }),
  });
}
