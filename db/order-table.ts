import { and, asc, eq, gt, inArray, type SQL, sql } from 'drizzle-orm';
import type { OrderRow } from '#domain/order/table';
import type { Db } from './client.ts';
import { rowsOf } from './rows.ts';
import { orders, people } from './schema.ts';
import { orderImportRows, orderLines, orderStages } from './tables/orders.ts';

export interface StoredRow extends OrderRow {
  id: number;
}

/** Orders as rows of the progress table, by id from `after` on, one portion. */
export async function tableRows(
  db: Db,
  { after = 0, limit = 1_000, where }: { after?: number; limit?: number; where?: SQL | undefined },
): Promise<StoredRow[]> {
  const found = await db
    .select({
      id: orders.id,
      no: orders.no,
      contractNo: orders.contractNo,
      customer: orders.customer,
      style: orders.style,
      product: orders.product,
      template: orders.template,
      qty: orders.qty,
      unit: orders.unit,
      currency: orders.currency,
      unitPriceFen: orders.unitPriceFen,
      processingFeeFen: orders.processingFeeFen,
      factory: orders.factory,
      requestedDate: orders.requestedDate,
      firstPromised: orders.firstPromised,
      deliveryDate: orders.deliveryDate,
      special: orders.special,
      merchandiser: sql<string>`coalesce(${people.employeeNo}, ${people.name})`,
      status: orders.status,
    })
    .from(orders)
    .innerJoin(people, eq(people.id, orders.merchandiserId))
    .where(and(gt(orders.id, after), where))
    .orderBy(asc(orders.id))
    .limit(limit);
  if (found.length === 0) return [];
  const ids = found.map(({ id }) => id);
  const lines = group(
    await db.select().from(orderLines).where(inArray(orderLines.orderId, ids)).orderBy(asc(orderLines.position)),
  );
  const stages = group(
    await db.select().from(orderStages).where(inArray(orderStages.orderId, ids)).orderBy(asc(orderStages.position)),
  );
  return found.map((order) => ({
    ...order,
    firstPromised: order.firstPromised ?? order.deliveryDate,
    lines: (lines.get(order.id) ?? []).map(({ colour, size, qty }) => ({ colour, size, qty })),
    stages: (stages.get(order.id) ?? []).map(({ stage, planned, actual, done }) => ({ stage, planned, actual, done })),
  }));
}

function group<Row extends { orderId: number }>(rows: Row[]): Map<number, Row[]> {
  const grouped = new Map<number, Row[]>();
  for (const row of rows) {
    const own = grouped.get(row.orderId);
    if (own) own.push(row);
    else grouped.set(row.orderId, [row]);
  }
  return grouped;
}

/** Rows by number, of those that exist. */
export async function tableRowsByNo(db: Db, nos: string[]): Promise<Map<string, StoredRow>> {
  const rows = nos.length === 0 ? [] : await tableRows(db, { where: inArray(orders.no, nos), limit: nos.length });
  return new Map(rows.map((row) => [row.no, row]));
}

/** A row on its way in: named as the tables' own columns, so that the database spreads it by itself. */
export interface StagedRow {
  order: Record<string, unknown>;
  lines: { colour: string; size: string; qty: number }[];
  stages: Record<string, unknown>[];
  progress: Record<string, unknown>[];
}

export async function clearStaged(db: Db, batch: string): Promise<void> {
  await db.delete(orderImportRows).where(eq(orderImportRows.batch, batch));
}

export async function stageRows(db: Db, batch: string, from: number, rows: StagedRow[]): Promise<void> {
  await db.insert(orderImportRows).values(rows.map((row, i) => ({ batch, seq: from + i, row })));
}

/**
 * Turns the staged rows of a batch into orders, all of them in the caller's transaction.
 *
 * @returns how many; fewer than were staged when a number was taken meanwhile
 */
export async function enterStaged(
  db: Db,
  batch: string,
  { actor, via, at }: { actor: string; via: string; at: Date },
): Promise<number> {
  const [ends] = rowsOf<{ first: number | null; last: number }>(
    await db.execute(sql`select min(seq) as first, max(seq) as last from order_import_rows where batch = ${batch}`),
  );
  const sum = { orders: 0, progress: 0 };
  // statement by statement, since the memory of one is held until it ends; the transaction still takes all or nothing
  for (let from = Number(ends?.first ?? 1); from <= Number(ends?.last ?? 0); from += AT_ONCE) {
    const entered = await enterPart(db, batch, { actor, via, at, from, progressBefore: sum.progress });
    sum.orders += entered.orders;
    sum.progress += entered.progress;
  }
  await clearStaged(db, batch);
  return sum.orders;
}

/** Rows of a workbook that one statement turns into orders. */
const AT_ONCE = 500;

async function enterPart(
  db: Db,
  batch: string,
  {
    actor,
    via,
    at,
    from,
    progressBefore,
  }: { actor: string; via: string; at: Date; from: number; progressBefore: number },
): Promise<{ orders: number; progress: number }> {
  const moment = sql`${at.toISOString()}::timestamptz`;
  const part = sql`i.batch = ${batch} and i.seq >= ${from} and i.seq < ${from + AT_ONCE}`;
  const count = async (query: SQL) => rowsOf<{ n: number }>(await db.execute(query))[0]!.n;
  const entered = await count(sql`
    with added as (
      insert into orders (no, template, customer, contract_no, style, product, qty, unit, currency, unit_price_fen, amount_fen,
        processing_fee_fen, factory, requested_date, first_promised, delivery_date, actual_delivery, special, merchandiser_id, status,
        stage, next_stage, next_due, pace_stage, pace_done, pace_from, pace_due, last_progress_at, search, ended_at, created_by, created_at)
      select p.no, p.template, p.customer, p.contract_no, p.style, p.product, p.qty, p.unit, p.currency, p.unit_price_fen, p.amount_fen,
        p.processing_fee_fen, p.factory, p.requested_date, p.first_promised, p.delivery_date, p.actual_delivery, p.special,
        p.merchandiser_id, p.status, p.stage, p.next_stage, p.next_due, p.pace_stage, p.pace_done, p.pace_from, p.pace_due,
        p.last_progress_at, p.search, p.ended_at, p.created_by, p.created_at
      from (select i.seq, r.* from order_import_rows i, jsonb_populate_record(null::orders, i.row->'order') r
        where ${part}) p order by p.seq
      on conflict (no) do nothing returning 1
    ) select count(*)::int as n from added`);
  const of = sql`order_import_rows i join orders o on o.no = i.row->'order'->>'no'`;
  await db.execute(sql`
    insert into order_lines (order_id, position, colour, size, qty)
    select o.id, l.place - 1, l.v->>'colour', l.v->>'size', (l.v->>'qty')::int
    from ${of}, jsonb_array_elements(i.row->'lines') with ordinality as l(v, place) where ${part}`);
  await db.execute(sql`
    insert into order_stages (order_id, stage, position, planned, fixed, counted, before, actual, done)
    select o.id, s.stage, s.position, s.planned, s.fixed, s.counted, s.before, s.actual, s.done
    from ${of}, jsonb_populate_recordset(null::order_stages, i.row->'stages') s where ${part}`);
  const progress = await count(sql`
    with added as (
      insert into order_progress (order_id, stage, qty, finished, by, said_at, recorded_at, for_day, late, counts_at, event_id, command_index)
      select o.id, p.stage, p.qty, p.finished, p.by, p.said_at, p.recorded_at, p.for_day, p.late, p.counts_at,
        ${`import:${batch}`}, ${progressBefore}::int + row_number() over (order by i.seq, p.command_index)
      from ${of}, jsonb_populate_recordset(null::order_progress, i.row->'progress') p where ${part}
      order by i.seq, p.command_index returning 1
    ) select count(*)::int as n from added`);
  await db.execute(sql`
    insert into audit (at, actor, via, command, subject, outcome, after)
    select ${moment}, ${actor}, ${via}, 'order import', 'order:' || (i.row->'order'->>'no'), 'done', i.row
    from order_import_rows i where ${part} order by i.seq`);
  return { orders: entered, progress };
}
