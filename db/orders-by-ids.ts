import { and, eq } from 'drizzle-orm';
import { among } from './among.ts';
import type { Db } from './client.ts';
import { orders } from './schema.ts';

/** The open ones among these orders: what a reminder has to know of them. */
export async function ordersByIds(
  db: Db,
  ids: number[],
): Promise<{ id: number; no: string; template: string; merchandiserId: number }[]> {
  if (ids.length === 0) return [];
  return db
    .select({ id: orders.id, no: orders.no, template: orders.template, merchandiserId: orders.merchandiserId })
    .from(orders)
    .where(and(among(orders.id, ids), eq(orders.status, 'open')));
}
