import { desc, eq } from 'drizzle-orm';
import type { Db } from './client.ts';
import { orderChanges, orderWatchActs } from './tables/orders.ts';

export type NewOrderChange = Omit<typeof orderChanges.$inferInsert, 'id'>;
export type OrderChange = typeof orderChanges.$inferSelect;

export async function appendChanges(db: Db, changes: NewOrderChange[]): Promise<void> {
  if (changes.length > 0) await db.insert(orderChanges).values(changes);
}

/** Newest first. */
export async function changesOf(db: Db, orderId: number, limit = 200): Promise<OrderChange[]> {
  return db
    .select()
    .from(orderChanges)
    .where(eq(orderChanges.orderId, orderId))
    .orderBy(desc(orderChanges.id))
    .limit(limit);
}

export async function appendWatchAct(db: Db, act: Omit<typeof orderWatchActs.$inferInsert, 'id'>): Promise<void> {
  await db.insert(orderWatchActs).values(act);
}

/** Newest first. */
export async function watchActsOf(db: Db, orderId: number, limit = 50) {
  return db
    .select()
    .from(orderWatchActs)
    .where(eq(orderWatchActs.orderId, orderId))
    .orderBy(desc(orderWatchActs.id))
    .limit(limit);
}
