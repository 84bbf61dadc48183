import { and, eq, gte, inArray, lte, ne, sql } from 'drizzle-orm';
import type { MonthEvidence } from '#domain/appraisal/evidence';
import { businessDay } from '#domain/calendar/business-day';
import { firstDayOf, lastDayOf, type Month } from '#domain/calendar/dates';
import type { Db } from './client.ts';
import { orderProgress, orders } from './schema.ts';

/** Stages at which the goods have left: O2. */
const GONE = ['shipped', 'loading', 'documents', 'payment', 'refund'];
const SHOWN = 6;

/** The orders of a person that were due in a month, and on how many days progress was logged. A day is one of the company's zone. */
export async function orderEvidence(
  db: Db,
  personId: number,
  month: Month,
  zone: string,
): Promise<Pick<MonthEvidence, 'due' | 'delivered' | 'onTime' | 'late' | 'loggedDays'>> {
  const due = await db
    .select({ id: orders.id, no: orders.no, deliveryDate: orders.deliveryDate, status: orders.status })
    .from(orders)
    .where(
      and(
        eq(orders.merchandiserId, personId),
        ne(orders.status, 'cancelled'),
        gte(orders.deliveryDate, firstDayOf(month)),
        lte(orders.deliveryDate, lastDayOf(month)),
      ),
    )
    .orderBy(orders.deliveryDate, orders.id);
  const stands = sql`${orderProgress.undoes} is null and not exists (select 1 from order_progress as u where u.undoes = ${orderProgress.id})`;
  const gone = new Map<number, string>();
  if (due.length > 0) {
    const rows = await db
      .select({ orderId: orderProgress.orderId, at: sql<string>`min(${orderProgress.saidAt})` })
      .from(orderProgress)
      .where(
        and(
          inArray(
            orderProgress.orderId,
            due.map(({ id }) => id),
          ),
          inArray(orderProgress.stage, GONE),
          stands,
        ),
      )
      .groupBy(orderProgress.orderId);
    for (const { orderId, at } of rows) gone.set(orderId, businessDay(new Date(at), zone));
  }
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
  const isOnTime = ({ id, deliveryDate }: (typeof due)[number]) => (gone.get(id) ?? '9999') <= deliveryDate;
  const delivered = due.filter(({ id, status }) => gone.has(id) || status === 'closed');
  return {
    due: due.length,
    delivered: delivered.length,
    onTime: delivered.filter((order) => isOnTime(order) || !gone.has(order.id)).length,
    late: due
      .filter((order) => !isOnTime(order) && !(order.status === 'closed' && !gone.has(order.id)))
      .map(({ no }) => no)
      .slice(0, SHOWN),
    loggedDays: logged.length,
  };
}
