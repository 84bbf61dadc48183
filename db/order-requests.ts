import { and, desc, eq, isNull } from 'drizzle-orm';
import type { Db } from './client.ts';
import { orders } from './schema.ts';
import { orderRequests } from './tables/orders.ts';

export interface OrderRequest {
  id: number;
  orderId: number;
  orderNo: string;
  args: Record<string, unknown>;
  why: string;
  by: number;
  decision: 'allowed' | 'refused' | null;
}

/** Amounts travel as digits: JSON has no bigint. */
export async function addRequest(
  db: Db,
  { orderId, args, why, by, at }: { orderId: number; args: Record<string, unknown>; why: string; by: number; at: Date },
): Promise<number> {
  const kept = Object.fromEntries(
    Object.entries(args).map(([key, value]) => [key, typeof value === 'bigint' ? { fen: value.toString() } : value]),
  );
  const [row] = await db
    .insert(orderRequests)
    .values({ orderId, args: kept, why, by, at })
    .returning({ id: orderRequests.id });
  return row!.id;
}

const columns = {
  id: orderRequests.id,
  orderId: orderRequests.orderId,
  orderNo: orders.no,
  args: orderRequests.args,
  why: orderRequests.why,
  by: orderRequests.by,
  decision: orderRequests.decision,
};

function revived(args: unknown): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(args as Record<string, unknown>).map(([key, value]) => [
      key,
      value && typeof value === 'object' && 'fen' in value ? BigInt(value.fen as string) : value,
    ]),
  );
}

/** The request, held until the transaction ends. */
export async function lockRequest(db: Db, id: number): Promise<OrderRequest | undefined> {
  const [row] = await db
    .select(columns)
    .from(orderRequests)
    .innerJoin(orders, eq(orders.id, orderRequests.orderId))
    .where(eq(orderRequests.id, id))
    .for('update', { of: orderRequests });
  return row && { ...row, args: revived(row.args) };
}

export async function openRequestsOf(db: Db, orderId: number): Promise<OrderRequest[]> {
  const rows = await db
    .select(columns)
    .from(orderRequests)
    .innerJoin(orders, eq(orders.id, orderRequests.orderId))
    .where(and(eq(orderRequests.orderId, orderId), isNull(orderRequests.decision)))
    .orderBy(desc(orderRequests.id));
  return rows.map((row) => ({ ...row, args: revived(row.args) }));
}

export async function decideRequest(
  db: Db,
  id: number,
  decision: 'allowed' | 'refused',
  by: number,
  at: Date,
): Promise<void> {
  await db.update(orderRequests).set({ decision, decidedBy: by, decidedAt: at }).where(eq(orderRequests.id, id));
}
