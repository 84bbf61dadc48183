import { and, desc, eq, isNull, or } from 'drizzle-orm';
import type { Db } from './client.ts';
import { orders } from './schema.ts';
import { orderHandovers } from './tables/orders.ts';

export interface Handover {
  id: number;
  orderId: number;
  orderNo: string;
  fromId: number;
  toId: number;
  note: string;
  givenBy: number | null;
  givenAt: Date | null;
  takenAt: Date | null;
  endedAt: Date | null;
}

const columns = {
  id: orderHandovers.id,
  orderId: orderHandovers.orderId,
  orderNo: orders.no,
  fromId: orderHandovers.fromId,
  toId: orderHandovers.toId,
  note: orderHandovers.note,
  givenBy: orderHandovers.givenBy,
  givenAt: orderHandovers.givenAt,
  takenAt: orderHandovers.takenAt,
  endedAt: orderHandovers.endedAt,
};

const isOpen = and(isNull(orderHandovers.endedAt), or(isNull(orderHandovers.givenAt), isNull(orderHandovers.takenAt)));

/** @returns undefined when the order is on its way to somebody already */
export async function addHandover(
  db: Db,
  row: { orderId: number; fromId: number; toId: number; note: string; requestedBy: number; requestedAt: Date },
): Promise<number | undefined> {
  const [added] = await db
    .insert(orderHandovers)
    .values(row)
    .onConflictDoNothing()
    .returning({ id: orderHandovers.id });
  return added?.id;
}

export async function openHandoverOf(db: Db, orderId: number): Promise<Handover | undefined> {
  const [row] = await db
    .select(columns)
    .from(orderHandovers)
    .innerJoin(orders, eq(orders.id, orderHandovers.orderId))
    .where(and(eq(orderHandovers.orderId, orderId), isOpen))
    .orderBy(desc(orderHandovers.id));
  return row;
}

export async function findHandover(db: Db, id: number): Promise<Handover | undefined> {
  const [row] = await db
    .select(columns)
    .from(orderHandovers)
    .innerJoin(orders, eq(orders.id, orderHandovers.orderId))
    .where(eq(orderHandovers.id, id));
  return row;
}

export async function signHandover(
  db: Db,
  id: number,
  signed: { givenBy?: number; givenAt?: Date; takenAt?: Date; endedAt?: Date },
): Promise<void> {
  await db.update(orderHandovers).set(signed).where(eq(orderHandovers.id, id));
}
