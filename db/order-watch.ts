import { and, asc, eq, inArray, type SQL, sql } from 'drizzle-orm';
import { startOfBusinessDay } from '#domain/calendar/business-day';
import { addDays, type IsoDate } from '#domain/calendar/dates';
import type { Notices } from '#domain/calendar/notice';
import type { Order } from '#domain/order/order';
import { countedDays, moveWorkdays } from '#domain/order/planning-days';
import type { WatchSettings } from '#domain/order/risk';
import type { Db } from './client.ts';
import { orderColumns } from './orders.ts';
import { rowsOf } from './rows.ts';
import { orders } from './schema.ts';

/** What a day looks like to the database: the working days around it, counted, and the limits. */
export interface WatchDay extends WatchSettings {
  today: IsoDate;
  zone: string;
  notices?: Notices | undefined;
}

const PAST_DAYS = 400;
const FUTURE_DAYS = 800;

/**
 * The conditions of `worriesOf` (src/domain/order/risk.ts) in SQL, so that a hundred thousand orders are judged where they are. Working
 * days come from `wd(day, n)`: the number of working days up to and including each day; days outside its span count as its ends.
 */
export function watchConditions({ today, zone, notices, dueDays, stalledDays }: WatchDay) {
  const from = addDays(today, -PAST_DAYS);
  const to = addDays(today, FUTURE_DAYS);
  const days = countedDays(from, to, notices);
  const counts = sql`${`{${days.map(({ count }) => count).join(',')}}`}::int[]`;
  const before = sql`(wd.n)[1 + (least(greatest(x.day, ${from}::date), ${to}::date) - ${from}::date)]`;
  const workdays = (day: SQL) => sql`(select ${before} from (select (${day})::date as day) as x)`;
  const now = days.find(({ day }) => day === today)!.count;
  const undelivered = sql`${orders.actualDelivery} is null`;
  const worked = sql`greatest(1, ${now} - ${workdays(sql`${orders.paceFrom} - 1`)})`;
  const due = sql`coalesce(${orders.paceDue}, ${orders.deliveryDate})`;
  // the last entry lies before the day on which the allowed silence began
  const silentSince = startOfBusinessDay(moveWorkdays(today, -stalledDays, notices), zone).toISOString();
  return {
    calendar: sql`(select ${counts} as n) as wd`,
    overdue: sql`(${undelivered} and ${orders.deliveryDate} < ${today}::date)`,
    dueSoon: sql`(${undelivered} and ${orders.deliveryDate} between ${today}::date and ${addDays(today, dueDays)}::date)`,
    behind: sql`(${orders.nextDue} < ${today}::date)`,
    slow: sql`(${undelivered} and ${orders.paceDone} > 0 and ${orders.paceFrom} <= ${today}::date and ${due} >= ${today}::date
      and ceil((${orders.qty} - ${orders.paceDone})::numeric * ${worked} / ${orders.paceDone})
        > ${workdays(due)} - ${now})`,
    stalled: sql`(${undelivered} and coalesce(${orders.lastProgressAt}, ${orders.createdAt}) < ${silentSince}::timestamptz)`,
    quiet: sql`(${orders.snoozedUntil} is not null and ${orders.snoozedUntil} >= ${today}::date)`,
  };
}

/** As a condition for `listOrders`: behind its plan, or too slow for it. */
export function atRiskCondition(day: WatchDay): SQL {
  const { calendar, behind, slow } = watchConditions(day);
  return sql`exists (select 1 from ${calendar} where ${behind} or ${slow})`;
}

export interface WorryCounts {
  open: number;
  overdue: number;
  dueSoon: number;
  atRisk: number;
  stalled: number;
}

export interface Digest<Key> extends WorryCounts {
  of: Key;
  /** Those that most need an eye, the most urgent first. */
  urgent: Order[];
}

const numbers = (row: Record<string, unknown>): WorryCounts => ({
  open: Number(row.open),
  overdue: Number(row.overdue),
  dueSoon: Number(row.due_soon),
  atRisk: Number(row.at_risk),
  stalled: Number(row.stalled),
});

/**
 * Counts of what is to worry about, by group or by merchandiser, each with its few most urgent orders; one pass over the open orders.
 *
 * @param skipQuiet leaves out what somebody put off or dealt with
 */
export async function digests(
  db: Db,
  by: 'chat' | 'merchandiser',
  day: WatchDay,
  { urgent, skipQuiet }: { urgent: number; skipQuiet: boolean },
): Promise<Digest<string>[]> {
  const key = by === 'chat' ? orders.chatId : orders.merchandiserId;
  const { calendar, overdue, dueSoon, behind, slow, stalled, quiet } = watchConditions(day);
  const result = await db.execute(sql`
    with judged as materialized (
      select ${orders.id} as id, ${key}::text as key, ${orders.deliveryDate} as delivery_date,
        ${overdue} as overdue, ${dueSoon} as due_soon, (${behind} or ${slow}) as at_risk, ${stalled} as stalled
      from ${orders}, ${calendar}
      where ${orders.status} = 'open' and ${key} is not null ${skipQuiet ? sql`and not ${quiet}` : sql``}
    ), ranked as (
      select id, key, row_number() over (
        partition by key order by overdue desc, at_risk desc nulls last, delivery_date, id) as place
      from judged where overdue or due_soon or at_risk or stalled
    ), chosen as (
      select key, string_agg(id::text, ',' order by place) as urgent from ranked where place <= ${urgent} group by key
    )
    select judged.key, max(chosen.urgent) as urgent, count(*) as open, count(*) filter (where overdue) as overdue, count(*) filter (where due_soon) as due_soon,
      count(*) filter (where at_risk and not overdue) as at_risk, count(*) filter (where stalled) as stalled
    from judged left join chosen on chosen.key = judged.key group by judged.key order by judged.key`);
  const rows = rowsOf<Record<string, unknown>>(result);
  const ids = rows.map(({ urgent }) => (urgent ? String(urgent).split(',').map(Number) : []));
  const found = await ordersById(db, ids.flat());
  return rows.map((row, i) => ({
    of: String(row.key),
    ...numbers(row),
    urgent: ids[i]!.flatMap((id) => found.get(id) ?? []),
  }));
}

/** Ids travel in portions, so that a company of any size fits into a statement. */
async function ordersById(db: Db, ids: number[]): Promise<Map<number, Order>> {
  const found = new Map<number, Order>();
  for (let i = 0; i < ids.length; i += 5_000)
    for (const order of await db
      .select(orderColumns)
      .from(orders)
      .where(inArray(orders.id, ids.slice(i, i + 5_000))))
      found.set(order.id, order);
  return found;
}

/** Orders whose delivery or next stage is late by more than the manager should hear of it only in the digest. */
export async function toEscalate(db: Db, day: WatchDay, limit = 5_000): Promise<Order[]> {
  const late = moveWorkdays(day.today, -day.escalateDays, day.notices);
  const { quiet } = watchConditions(day);
  return db
    .select(orderColumns)
    .from(orders)
    .where(
      and(
        eq(orders.status, 'open'),
        sql`((${orders.actualDelivery} is null and ${orders.deliveryDate} < ${late}::date) or ${orders.nextDue} < ${late}::date)`,
        sql`not ${quiet}`,
      ),
    )
    .orderBy(asc(orders.deliveryDate), asc(orders.id))
    .limit(limit);
}

export interface BoardRow extends WorryCounts {
  stage: string | null;
  qty: number;
  urgentNo: string | null;
  urgentDelivery: IsoDate | null;
}

/** Open orders by the stage they stand in. */
export async function boardOf(db: Db, day: WatchDay, merchandiserIds?: number[]): Promise<BoardRow[]> {
  const { calendar, overdue, dueSoon, behind, slow, stalled } = watchConditions(day);
  const rows = rowsOf<Record<string, unknown>>(
    await db.execute(sql`
    select ${orders.stage} as stage, count(*) as open, sum(${orders.qty}) as qty,
      count(*) filter (where ${overdue}) as overdue, count(*) filter (where ${dueSoon}) as due_soon,
      count(*) filter (where (${behind} or ${slow}) and not ${overdue}) as at_risk, count(*) filter (where ${stalled}) as stalled,
      (array_agg(${orders.no} order by ${orders.deliveryDate}, ${orders.id}) filter (where ${orders.actualDelivery} is null))[1] as urgent_no,
      (min(${orders.deliveryDate}) filter (where ${orders.actualDelivery} is null))::text as urgent_delivery
    from ${orders}, ${calendar}
    where ${orders.status} = 'open' ${merchandiserIds ? sql`and ${inArray(orders.merchandiserId, merchandiserIds)}` : sql``}
    group by ${orders.stage}`),
  );
  return rows.map((row) => ({
    ...numbers(row),
    stage: row.stage as string | null,
    qty: Number(row.qty),
    urgentNo: row.urgent_no as string | null,
    urgentDelivery: row.urgent_delivery as IsoDate | null,
  }));
}
