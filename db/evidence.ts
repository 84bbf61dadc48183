import { and, eq, gte, inArray, lte, ne, or, sql } from 'drizzle-orm';
import type { MonthEvidence } from '#domain/appraisal/evidence';
import { firstDayOf, type IsoDate, lastDayOf, type Month } from '#domain/calendar/dates';
import { claimFigures } from './claims.ts';
import type { Db } from './client.ts';
import { orderProgress, orders } from './schema.ts';
import { orderChanges } from './tables/orders.ts';
import { recordEntries, records } from './tables/records.ts';

const SHOWN = 6;

/**
 * KPI-1, KPI-2, KPI-7. The orders of a person that were due in a month, and on how many days progress was logged. The delivery is the
 * order's own, which follows its shipments. An order that was closed without one has nothing due any more.
 */
export async function orderEvidence(
  db: Db,
  personId: number,
  month: Month,
  zone: string,
): Promise<
  Pick<
    MonthEvidence,
    'due' | 'delivered' | 'onTime' | 'onTimeFirst' | 'late' | 'loggedDays' | 'accurate' | 'inaccurate'
  >
> {
  const due = await db
    .select({
      id: orders.id,
      no: orders.no,
      promised: orders.deliveryDate,
      first: sql<IsoDate>`coalesce(${orders.firstPromised}, ${orders.deliveryDate})`,
      actual: orders.actualDelivery,
    })
    .from(orders)
    .where(
      and(
        eq(orders.merchandiserId, personId),
        ne(orders.status, 'cancelled'),
        or(ne(orders.status, 'closed'), sql`${orders.actualDelivery} is not null`),
        gte(orders.deliveryDate, firstDayOf(month)),
        lte(orders.deliveryDate, lastDayOf(month)),
      ),
    )
    .orderBy(orders.deliveryDate, orders.id);
  const own =
    due.length === 0
      ? []
      : await db
          .selectDistinct({ orderId: orderChanges.orderId })
          .from(orderChanges)
          .where(
            and(
              eq(orderChanges.cause, 'own'),
              inArray(
                orderChanges.orderId,
                due.map(({ id }) => id),
              ),
            ),
          );
  const faulty = new Set(own.map(({ orderId }) => orderId));
  const stands = sql`${orderProgress.undoes} is null and not exists (select 1 from order_progress as u where u.undoes = ${orderProgress.id})`;
  const logged = await db
    .selectDistinct({ day: sql<string>`(${orderProgress.saidAt} at time zone ${zone})::date::text` })
    .from(orderProgress)
    .where(
      and(
        eq(orderProgress.by, personId),
        stands,
        sql`(${orderProgress.saidAt} at time zone ${zone})::date between ${firstDayOf(month)} and ${lastDayOf(month)}`,
      ),
    );
  const delivered = due.filter(({ actual }) => actual !== null);
  const inaccurate = due.filter(({ id }) => faulty.has(id));
  return {
    due: due.length,
    delivered: delivered.length,
    onTime: delivered.filter(({ actual, promised }) => actual! <= promised).length,
    onTimeFirst: delivered.filter(({ actual, first }) => actual! <= first).length,
    late: due
      .filter(({ actual, promised }) => actual === null || actual > promised)
      .map(({ no }) => no)
      .slice(0, SHOWN),
    accurate: due.length - inaccurate.length,
    inaccurate: inaccurate.map(({ no }) => no).slice(0, SHOWN),
    loggedDays: logged.length,
  };
}

/** KPI-3, KPI-4, KPI-6. What hangs on a person's orders and happened in a month: complaints, failed checks, verdicts, reports. */
export async function recordEvidence(
  db: Db,
  personId: number,
  month: Month,
  zone: string,
): Promise<Pick<MonthEvidence, 'claims' | 'failedChecks' | 'verdicts' | 'reports'>> {
  const [from, to] = [firstDayOf(month), lastDayOf(month)];
  const { total, satisfaction } = await claimFigures(db, month, personId);
  const found = await db
    .select({ id: records.id, kind: records.kind, state: records.state, data: records.data, orderNo: orders.no })
    .from(records)
    .leftJoin(orders, eq(orders.id, records.orderId))
    .where(
      and(
        inArray(records.kind, ['claim', 'check']),
        eq(records.responsibleId, personId),
        eq(records.undone, false),
        gte(records.day, from),
        lte(records.day, to),
      ),
    )
    .orderBy(records.id);
  const data = (row: (typeof found)[number]) => row.data as Record<string, string | undefined>;
  const claims = found
    .filter((row) => row.kind === 'claim')
    .map((row) => {
      const { replyBy, answeredOn } = data(row);
      const isAnswered = answeredOn !== undefined && row.state !== 'open' && row.state !== 'assigned';
      return {
        name: row.orderNo ?? `#${row.id}`,
        // an answer that is not due before the month is over is judged when it has come, or not at all
        isDue: isAnswered || (replyBy ?? to) <= to,
        inTime: isAnswered && (replyBy === undefined || answeredOn <= replyBy),
      };
    });
  const checks = found.filter((row) => row.kind === 'check');
  const failed = checks.filter((row) => data(row).result === 'fail');
  const verdicts = await db
    .select({ state: recordEntries.state, count: sql<number>`count(distinct ${records.id})::int` })
    .from(recordEntries)
    .innerJoin(records, eq(records.id, recordEntries.recordId))
    .where(
      and(
        eq(records.kind, 'sample'),
        eq(records.responsibleId, personId),
        eq(records.undone, false),
        inArray(recordEntries.state, ['approved', 'rejected']),
        sql`${recordEntries.undoes} is null and not exists (select 1 from record_entries u where u.undoes = ${recordEntries.id})`,
        sql`(${recordEntries.saidAt} at time zone ${zone})::date between ${from} and ${to}`,
      ),
    )
    .groupBy(recordEntries.state);
  const verdict = (state: string) => verdicts.find((row) => row.state === state)?.count ?? 0;
  const dueClaims = claims.filter(({ isDue }) => isDue);
  return {
    claims: {
      total,
      due: dueClaims.length,
      inTime: dueClaims.filter(({ inTime }) => inTime).length,
      satisfaction,
      late: dueClaims
        .filter(({ inTime }) => !inTime)
        .map(({ name }) => name)
        .slice(0, SHOWN),
    },
    failedChecks: {
      total: failed.length,
      corrected: failed.filter(({ state }) => state === 'signed' || state === 'filed').length,
    },
    verdicts: { approved: verdict('approved'), rejected: verdict('rejected') },
    reports: { due: checks.length, filed: checks.filter(({ state }) => state === 'filed').length },
  };
}
