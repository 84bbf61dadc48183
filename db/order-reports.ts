import { type SQL, sql } from 'drizzle-orm';
import { startOfBusinessDay } from '#domain/calendar/business-day';
import { addDays, type IsoDate } from '#domain/calendar/dates';
import type { FactoryRecord, OrderFigures } from '#domain/order/figures';
import type { Db } from './client.ts';
import { rowsOf } from './rows.ts';
import { orders, people } from './schema.ts';

export interface Period {
  from: IsoDate;
  to: IsoDate;
  zone: string;
}

function figures({ from, to, zone }: Period): SQL {
  const begin = sql`${startOfBusinessDay(from, zone).toISOString()}::timestamptz`;
  const end = sql`${startOfBusinessDay(addDays(to, 1), zone).toISOString()}::timestamptz`;
  const entered = sql`(${orders.createdAt} >= ${begin} and ${orders.createdAt} < ${end})`;
  const delivered = sql`(${orders.actualDelivery} between ${from}::date and ${to}::date and ${orders.status} <> 'cancelled')`;
  const promised = sql`coalesce(${orders.firstPromised}, ${orders.deliveryDate})`;
  return sql`count(*) filter (where ${entered}) as entered,
    coalesce(sum(${orders.qty}) filter (where ${entered}), 0) as entered_qty,
    count(*) filter (where ${delivered}) as delivered,
    coalesce(sum(${orders.qty}) filter (where ${delivered}), 0) as delivered_qty,
    count(*) filter (where ${delivered} and ${orders.actualDelivery} <= ${promised}) as on_time,
    count(*) filter (where ${delivered} and ${orders.actualDelivery} <= ${orders.deliveryDate}) as on_time_agreed,
    count(*) filter (where ${orders.status} = 'cancelled' and ${orders.endedAt} >= ${begin} and ${orders.endedAt} < ${end}) as cancelled,
    coalesce(sum(moved.shipped), 0) as shipped_qty, coalesce(sum(moved.returned), 0) as returned_qty,
    count(*) filter (where ${orders.status} <> 'cancelled' and ${promised} between ${from}::date and ${to}::date
      and (${orders.actualDelivery} is null or ${orders.actualDelivery} > ${to}::date)) as missed`;
}

/** What left and came back in a period, by order: one pass over the shipments of the period. */
const moved = ({ from, to }: Period): SQL => sql`left join (
    select order_id, sum((data->>'qty')::bigint) filter (where state = 'shipped') as shipped,
      sum((data->>'qty')::bigint) filter (where state = 'returned') as returned
    from records where kind = 'shipment' and not undone and state in ('shipped', 'returned')
      and day between ${from}::date and ${to}::date group by order_id
  ) moved on moved.order_id = ${orders.id}`;

type Row = Record<string, unknown>;

const read = (row: Row): OrderFigures => ({
  entered: Number(row.entered),
  enteredQty: Number(row.entered_qty),
  delivered: Number(row.delivered),
  deliveredQty: Number(row.delivered_qty),
  onTime: Number(row.on_time),
  onTimeAgreed: Number(row.on_time_agreed),
  cancelled: Number(row.cancelled),
  shippedQty: Number(row.shipped_qty),
  returnedQty: Number(row.returned_qty),
  missed: Number(row.missed),
});

/** @param where of which orders, e.g. of one factory */
export async function figuresOf(db: Db, period: Period, where: SQL = sql`true`): Promise<OrderFigures> {
  const [row] = rowsOf<Row>(
    await db.execute(sql`select ${figures(period)} from ${orders} ${moved(period)} where ${where}`),
  );
  return read(row!);
}

export type Grouping = 'merchandiser' | 'customer' | 'factory';

/** The busiest of the period first. */
export async function figuresBy(
  db: Db,
  by: Grouping,
  period: Period,
  { where = sql`true`, limit = 20 }: { where?: SQL; limit?: number } = {},
): Promise<(OrderFigures & { name: string })[]> {
  const name =
    by === 'merchandiser' ? people.name : by === 'customer' ? orders.customer : sql`coalesce(${orders.factory}, '—')`;
  const key = by === 'merchandiser' ? people.id : name;
  const rows = rowsOf<Row>(
    await db.execute(sql`
    select * from (
      select max(${name}) as name, ${figures(period)}
      from ${orders} join ${people} on ${people.id} = ${orders.merchandiserId} ${moved(period)} where ${where} group by ${key}
    ) f where entered + delivered + cancelled + missed + shipped_qty + returned_qty > 0
    order by delivered desc, entered desc, missed desc, name limit ${limit}`),
  );
  return rows.map((row) => ({ name: String(row.name), ...read(row) }));
}

/** Orders in and out by day. */
export async function dailyFigures(
  db: Db,
  { from, to, zone }: Period,
  where: SQL = sql`true`,
): Promise<{ day: IsoDate; entered: number; delivered: number }[]> {
  const begin = startOfBusinessDay(from, zone).toISOString();
  const end = startOfBusinessDay(addDays(to, 1), zone).toISOString();
  const rows = rowsOf<Row>(
    await db.execute(sql`
    select day::text as day, sum(entered)::int as entered, sum(delivered)::int as delivered from (
      select (${orders.createdAt} at time zone ${zone})::date as day, 1 as entered, 0 as delivered from ${orders}
      where ${orders.createdAt} >= ${begin}::timestamptz and ${orders.createdAt} < ${end}::timestamptz and ${where}
      union all
      select ${orders.actualDelivery}, 0, 1 from ${orders}
      where ${orders.actualDelivery} between ${from}::date and ${to}::date and ${orders.status} <> 'cancelled' and ${where}
    ) d group by day order by day`),
  );
  const byDay = new Map(rows.map((row) => [String(row.day), row]));
  const days: { day: IsoDate; entered: number; delivered: number }[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) {
    const row = byDay.get(day);
    days.push({ day, entered: Number(row?.entered ?? 0), delivered: Number(row?.delivered ?? 0) });
  }
  return days;
}

/** Of the orders that a factory makes. */
export async function factoryRecord(db: Db, factory: string, { from, to, zone }: Period): Promise<FactoryRecord> {
  const within = (day: SQL): SQL => sql`${day} between ${from}::date and ${to}::date`;
  const [row] = rowsOf<Row>(
    await db.execute(sql`
    select stages.*, checks.*, changes.*
    from (
      select count(*) as stages, count(*) filter (where s.actual > s.planned) as late_stages,
        coalesce(round(avg(greatest(0, s.actual - s.planned)), 1), 0) as late_days
      from order_stages s join orders o on o.id = s.order_id
      where o.factory = ${factory} and s.counted and ${within(sql`s.actual`)}
    ) stages, (
      select count(*) filter (where kind = 'check') as checks,
        count(*) filter (where kind = 'check' and data->>'result' = 'fail') as failed_checks,
        coalesce(sum((data->>'sampled')::bigint) filter (where kind = 'check'), 0) as sampled,
        coalesce(sum((data->>'defects')::bigint) filter (where kind = 'check'), 0) as defects,
        count(*) filter (where kind = 'claim') as claims
      from records r join orders o on o.id = r.order_id
      where o.factory = ${factory} and r.kind in ('check', 'claim') and not r.undone and ${within(sql`r.day`)}
    ) checks, (
      select count(*) as changes from order_changes c join orders o on o.id = c.order_id
      where o.factory = ${factory} and c.cause = 'factory' and ${within(sql`(c.said_at at time zone ${zone})::date`)}
    ) changes`),
  );
  return {
    stages: Number(row!.stages),
    lateStages: Number(row!.late_stages),
    lateDays: Number(row!.late_days),
    changes: Number(row!.changes),
    checks: Number(row!.checks),
    failedChecks: Number(row!.failed_checks),
    sampled: Number(row!.sampled),
    defects: Number(row!.defects),
    claims: Number(row!.claims),
  };
}
