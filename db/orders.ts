import { and, asc, desc, eq, gte, ilike, inArray, lt, lte, or, type SQL, sql } from 'drizzle-orm';
import { addDays, type IsoDate } from '#domain/calendar/dates';
import type { Order, Progress } from '#domain/order/order';
import type { Db } from './client.ts';
import { orderProgress, orders } from './schema.ts';

const columns = {
  id: orders.id,
  no: orders.no,
  template: orders.template,
  customer: orders.customer,
  contractNo: orders.contractNo,
  style: orders.style,
  product: orders.product,
  qty: orders.qty,
  unit: orders.unit,
  currency: orders.currency,
  unitPriceFen: orders.unitPriceFen,
  amountFen: orders.amountFen,
  processingFeeFen: orders.processingFeeFen,
  factory: orders.factory,
  deliveryDate: orders.deliveryDate,
  special: orders.special,
  merchandiserId: orders.merchandiserId,
  chatId: orders.chatId,
  status: orders.status,
  stage: orders.stage,
  lastProgressAt: orders.lastProgressAt,
};

export async function findOrder(db: Db, no: string): Promise<Order | undefined> {
  const [order] = await db.select(columns).from(orders).where(eq(orders.no, no));
  return order;
}

/** The order, held for this transaction: two people who record on it at the same moment take turns. */
export async function lockOrder(db: Db, no: string): Promise<Order | undefined> {
  const [order] = await db.select(columns).from(orders).where(eq(orders.no, no)).for('update');
  return order;
}

/** Order numbers that resemble a mistyped one. */
export async function similarOrderNos(db: Db, no: string): Promise<string[]> {
  const digits = no.replace(/\D/g, '');
  if (digits.length < 2) return [];
  const rows = await db
    .select({ no: orders.no })
    .from(orders)
    .where(and(like(orders.no, digits), sql`${orders.status} = 'open'`))
    .orderBy(desc(orders.id))
    .limit(3);
  return rows.map((row) => row.no);
}

const like = (column: Parameters<typeof ilike>[0], text: string): SQL =>
  ilike(column, `%${text.replace(/[\\%_]/g, '\\$&')}%`);

export type NewOrder = Omit<typeof orders.$inferInsert, 'id' | 'status' | 'stage' | 'lastProgressAt' | 'rev'>;

/** @returns undefined when the number is taken */
export async function insertOrder(db: Db, order: NewOrder): Promise<Order | undefined> {
  const [row] = await db.insert(orders).values(order).onConflictDoNothing({ target: orders.no }).returning(columns);
  return row;
}

export interface OrderFilter {
  status?: Order['status'];
  merchandiserIds?: number[];
  stage?: string;
  customer?: string;
  /** Any part of number, style, customer, product or contract. */
  text?: string;
  due?: { from?: IsoDate; to?: IsoDate };
}

/** More than this is shown as "1000+": counting further helps nobody and costs everybody. */
const COUNT_UP_TO = 1_000;

/** One page, soonest delivery first. */
export async function listOrders(
  db: Db,
  filter: OrderFilter,
  { limit, offset }: { limit: number; offset: number },
): Promise<{ orders: Order[]; total: number; more: boolean }> {
  const which = and(
    eq(orders.status, filter.status ?? 'open'),
    filter.merchandiserIds && inArray(orders.merchandiserId, filter.merchandiserIds),
    filter.stage ? eq(orders.stage, filter.stage) : undefined,
    filter.customer ? like(orders.customer, filter.customer) : undefined,
    filter.text
      ? or(
          ...[orders.no, orders.style, orders.customer, orders.product, orders.contractNo].map((column) =>
            like(column, filter.text!),
          ),
        )
      : undefined,
    filter.due?.from ? gte(orders.deliveryDate, filter.due.from) : undefined,
    filter.due?.to ? lte(orders.deliveryDate, filter.due.to) : undefined,
  );
  const page = await db
    .select(columns)
    .from(orders)
    .where(which)
    .orderBy(asc(orders.deliveryDate), asc(orders.id))
    .limit(limit)
    .offset(offset);
  const counted = await db.select({ n: sql<number>`count(*)::int` }).from(
    db
      .select({ one: sql`1`.as('one') })
      .from(orders)
      .where(which)
      .limit(COUNT_UP_TO)
      .as('some'),
  );
  const total = counted[0]!.n;
  return { orders: page, total, more: total === COUNT_UP_TO };
}

/** Overdue: the promised day has passed. Due: within `days` days from today. */
export const overdue = (today: IsoDate): OrderFilter => ({ due: { to: addDays(today, -1) } });
export const dueWithin = (today: IsoDate, days: number): OrderFilter => ({
  due: { from: today, to: addDays(today, days) },
});

/** The entries that still stand, newest first. */
export async function progressOf(db: Db, orderId: number, limit = 200): Promise<Progress[]> {
  return db
    .select({
      id: orderProgress.id,
      stage: orderProgress.stage,
      qty: orderProgress.qty,
      note: orderProgress.note,
      by: orderProgress.by,
      saidAt: orderProgress.saidAt,
      recordedAt: orderProgress.recordedAt,
    })
    .from(orderProgress)
    .where(and(eq(orderProgress.orderId, orderId), stands))
    .orderBy(desc(orderProgress.saidAt), desc(orderProgress.id))
    .limit(limit);
}

const stands = sql`${orderProgress.undoes} is null and not exists (select 1 from order_progress as u where u.undoes = ${orderProgress.id})`;

export type NewProgress = Pick<
  typeof orderProgress.$inferInsert,
  | 'orderId'
  | 'stage'
  | 'qty'
  | 'note'
  | 'by'
  | 'saidAt'
  | 'recordedAt'
  | 'eventId'
  | 'messageId'
  | 'commandIndex'
  | 'undoes'
>;

/** Appends an entry and brings the order's own state up to date: the newest entry by when it was said counts, not the last to arrive. */
export async function appendProgress(db: Db, entry: NewProgress): Promise<number> {
  const [added] = await db.insert(orderProgress).values(entry).returning({ id: orderProgress.id });
  const [newest] = await db
    .select({ stage: orderProgress.stage })
    .from(orderProgress)
    .where(and(eq(orderProgress.orderId, entry.orderId), sql`${orderProgress.stage} is not null`, stands))
    .orderBy(desc(orderProgress.saidAt), desc(orderProgress.id))
    .limit(1);
  await db
    .update(orders)
    .set({
      stage: newest?.stage ?? null,
      lastProgressAt: sql`greatest(${orders.lastProgressAt}, ${entry.saidAt.toISOString()}::timestamptz)`,
      rev: sql`${orders.rev} + 1`,
    })
    .where(eq(orders.id, entry.orderId));
  return added!.id;
}

export interface OwnEntry {
  id: number;
  orderNo: string;
  stage: string | null;
  qty: number | null;
  note: string;
  recordedAt: Date;
}

/** The last entry that a person recorded and that still stands. */
export async function lastEntryBy(db: Db, personId: number): Promise<OwnEntry | undefined> {
  const [row] = await db
    .select({
      id: orderProgress.id,
      orderNo: orders.no,
      stage: orderProgress.stage,
      qty: orderProgress.qty,
      note: orderProgress.note,
      recordedAt: orderProgress.recordedAt,
    })
    .from(orderProgress)
    .innerJoin(orders, eq(orders.id, orderProgress.orderId))
    .where(and(eq(orderProgress.by, personId), stands))
    .orderBy(desc(orderProgress.recordedAt), desc(orderProgress.id))
    .limit(1);
  return row;
}

/** The last order that a person entered, while nothing has been recorded on it. */
export async function lastUntouchedOrderBy(
  db: Db,
  personId: number,
): Promise<{ no: string; createdAt: Date } | undefined> {
  const [row] = await db
    .select({ no: orders.no, createdAt: orders.createdAt })
    .from(orders)
    .where(
      and(
        eq(orders.createdBy, personId),
        eq(orders.status, 'open'),
        sql`not exists (select 1 from order_progress p where p.order_id = ${orders.id})`,
      ),
    )
    .orderBy(desc(orders.createdAt), desc(orders.id))
    .limit(1);
  return row;
}

export async function setOrderStatus(db: Db, no: string, status: Order['status']): Promise<void> {
  await db
    .update(orders)
    .set({ status, rev: sql`${orders.rev} + 1` })
    .where(eq(orders.no, no));
}

/** Open orders of a person, and how many of them are late. */
export async function countOrdersOf(db: Db, personId: number, today: IsoDate): Promise<{ open: number; late: number }> {
  const own = and(eq(orders.merchandiserId, personId), eq(orders.status, 'open'));
  return {
    open: await db.$count(orders, own),
    late: await db.$count(orders, and(own, lt(orders.deliveryDate, today))),
  };
}
