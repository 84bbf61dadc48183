import { and, asc, desc, eq, gte, ilike, inArray, lt, lte, type SQL, sql } from 'drizzle-orm';
import { addDays, type IsoDate } from '#domain/calendar/dates';
import type { OrderLine } from '#domain/order/lines';
import type { Order } from '#domain/order/order';
import { searchText, searchWord } from '#domain/order/search';
import { builtOnce } from './built-once.ts';
import type { Db } from './client.ts';
import { planOrder, putLines, refreshOrder } from './order-progress.ts';
import { orders } from './schema.ts';

export const orderColumns = {
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
  requestedDate: orders.requestedDate,
  firstPromised: sql<IsoDate>`coalesce(${orders.firstPromised}, ${orders.deliveryDate})`,
  deliveryDate: orders.deliveryDate,
  actualDelivery: orders.actualDelivery,
  special: orders.special,
  merchandiserId: orders.merchandiserId,
  chatId: orders.chatId,
  status: orders.status,
  stage: orders.stage,
  lastProgressAt: orders.lastProgressAt,
  nextStage: orders.nextStage,
  nextDue: orders.nextDue,
  paceStage: orders.paceStage,
  paceDone: orders.paceDone,
  paceFrom: orders.paceFrom,
  paceDue: orders.paceDue,
  snoozedUntil: orders.snoozedUntil,
  createdAt: orders.createdAt,
};

export async function findOrder(db: Db, no: string): Promise<Order | undefined> {
  const [order] = await db.select(orderColumns).from(orders).where(eq(orders.no, no));
  return order;
}

const forUpdate = builtOnce<Order>((db) =>
  db
    .select(orderColumns)
    .from(orders)
    .where(eq(orders.no, sql.placeholder('no')))
    .for('update'),
);

/** The order, held for this transaction: two people who record on it at the same moment take turns. */
export async function lockOrder(db: Db, no: string): Promise<Order | undefined> {
  const [order] = await forUpdate(db, { no });
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

/** In what an order can be found by, which is in small letters already: comparing without regard to case would cost five times as much. */
const found = (word: string): SQL => sql`${orders.search} like ${`%${searchWord(word).replace(/[\\%_]/g, '\\$&')}%`}`;

export type NewOrder = Omit<
  typeof orders.$inferInsert,
  'id' | 'status' | 'stage' | 'lastProgressAt' | 'rev' | 'search' | 'actualDelivery' | `next${string}` | `pace${string}`
>;

/**
 * Enters an order with its lines and its plan, counted back from the delivery date.
 *
 * @param enteredOn the business day; nothing is planned before it
 * @returns undefined when the number is taken
 */
export async function insertOrder(
  db: Db,
  order: NewOrder,
  {
    enteredOn = order.createdAt.toISOString().slice(0, 10),
    lines = [],
  }: { enteredOn?: IsoDate; lines?: OrderLine[] } = {},
): Promise<Order | undefined> {
  const [row] = await db
    .insert(orders)
    .values({ firstPromised: order.deliveryDate, ...order, search: searchOf(order) })
    .onConflictDoNothing({ target: orders.no })
    .returning({ id: orders.id });
  if (!row) return undefined;
  await putLines(db, row.id, lines);
  await planOrder(db, row.id, { template: order.template, from: enteredOn, delivery: order.deliveryDate });
  await refreshOrder(db, row.id);
  return findOrder(db, order.no);
}

export const searchOf = (
  order: Pick<NewOrder, 'no' | 'style' | 'customer' | 'product' | 'contractNo' | 'factory'>,
): string =>
  searchText(
    order.no,
    order.style ?? '',
    order.customer,
    order.product ?? '',
    order.contractNo ?? '',
    order.factory ?? '',
  );

export interface OrderFilter {
  status?: Order['status'];
  merchandiserIds?: number[];
  stage?: string;
  customer?: string;
  /** Words of which each is a part of number, style, customer, product, contract or factory, or of how they sound. */
  text?: string;
  due?: { from?: IsoDate; to?: IsoDate };
  undelivered?: boolean;
  anyStatus?: boolean;
  exactCustomer?: string;
  chatId?: string;
  /** A further condition on `orders`. */
  where?: SQL | undefined;
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
    filter.anyStatus ? undefined : eq(orders.status, filter.status ?? 'open'),
    filter.merchandiserIds && inArray(orders.merchandiserId, filter.merchandiserIds),
    filter.stage ? eq(orders.stage, filter.stage) : undefined,
    filter.customer ? found(filter.customer) : undefined,
    filter.exactCustomer ? eq(orders.customer, filter.exactCustomer) : undefined,
    filter.chatId ? eq(orders.chatId, filter.chatId) : undefined,
    ...(filter.text ?? '').split(/\s+/u).filter(Boolean).map(found),
    filter.undelivered ? sql`${orders.actualDelivery} is null` : undefined,
    filter.where,
    filter.due?.from ? gte(orders.deliveryDate, filter.due.from) : undefined,
    filter.due?.to ? lte(orders.deliveryDate, filter.due.to) : undefined,
  );
  const byDelivery = [asc(orders.deliveryDate), asc(orders.id)];
  if (filter.text || filter.customer) {
    // words are found by reading everything, so once must do: the count comes along
    const rows = await db
      .select({ order: orderColumns, all: sql<number>`(count(*) over ())::int` })
      .from(orders)
      .where(which)
      .orderBy(...byDelivery)
      .limit(limit)
      .offset(offset);
    const all = rows[0]?.all ?? 0;
    return { orders: rows.map(({ order }) => order), total: Math.min(all, COUNT_UP_TO), more: all > COUNT_UP_TO };
  }
  const page = await db
    .select(orderColumns)
    .from(orders)
    .where(which)
    .orderBy(...byDelivery)
    .limit(limit)
    .offset(offset);
  const some = db.select({ id: orders.id }).from(orders).where(which).limit(COUNT_UP_TO).as('some');
  const [counted] = await db.select({ n: sql<number>`count(*)::int` }).from(some);
  const total = counted!.n;
  return { orders: page, total, more: total === COUNT_UP_TO };
}

/** Overdue: the promised day has passed. Due: within `days` days from today. */
export const overdue = (today: IsoDate): OrderFilter => ({
  undelivered: true,
  due: { to: addDays(today, -1) },
});
export const dueWithin = (today: IsoDate, days: number): OrderFilter => ({
  undelivered: true,
  due: { from: today, to: addDays(today, days) },
});

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

/** @param now when it ended; it begins again without */
export async function setOrderStatus(db: Db, no: string, status: Order['status'], now?: Date): Promise<void> {
  await db
    .update(orders)
    .set({ status, endedAt: status === 'open' ? null : (now ?? null), rev: sql`${orders.rev} + 1` })
    .where(eq(orders.no, no));
}

/** Sets what was changed of an order's own row; what it is found by follows. */
export async function changeOrder(db: Db, id: number, change: Partial<NewOrder>): Promise<void> {
  const [row] = await db
    .update(orders)
    .set({ ...change, rev: sql`${orders.rev} + 1` })
    .where(eq(orders.id, id))
    .returning(orderColumns);
  await db
    .update(orders)
    .set({ search: searchOf(row!) })
    .where(eq(orders.id, id));
}

/** Open orders of a person, and how many of them are late. */
export async function countOrdersOf(db: Db, personId: number, today: IsoDate): Promise<{ open: number; late: number }> {
  const own = and(eq(orders.merchandiserId, personId), eq(orders.status, 'open'));
  return {
    open: await db.$count(orders, own),
    late: await db.$count(orders, and(own, lt(orders.deliveryDate, today))),
  };
}
