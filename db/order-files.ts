import { desc, eq } from 'drizzle-orm';
import type { Db } from './client.ts';
import { orders, sentCards } from './schema.ts';
import { chatOrders, orderFiles } from './tables/orders.ts';

export interface OrderFile {
  kind: 'image' | 'file';
  name: string;
  note: string;
  by: number;
  at: Date;
}

/** Files photos and documents with an order; the same message files each of them once. */
export async function addOrderFiles(db: Db, files: (typeof orderFiles.$inferInsert)[]): Promise<number> {
  if (files.length === 0) return 0;
  const added = await db.insert(orderFiles).values(files).onConflictDoNothing().returning({ id: orderFiles.id });
  return added.length;
}

/** Newest first. */
export async function filesOf(db: Db, orderId: number, limit = 100): Promise<OrderFile[]> {
  return db
    .select({
      kind: orderFiles.kind,
      name: orderFiles.name,
      note: orderFiles.note,
      by: orderFiles.by,
      at: orderFiles.at,
    })
    .from(orderFiles)
    .where(eq(orderFiles.orderId, orderId))
    .orderBy(desc(orderFiles.id))
    .limit(limit);
}

/** What one of our messages was about: an order, a record that hangs on one, or an incident. */
export async function subjectOfMessage(
  db: Db,
  messageId: string,
): Promise<{ order: string } | { record: number } | { incident: number } | undefined> {
  const [row] = await db
    .select({ subject: sentCards.subject })
    .from(sentCards)
    .where(eq(sentCards.messageId, messageId));
  const [kind, id] = row?.subject?.split(':') ?? [];
  if (kind === 'order' && id) return { order: id };
  if (kind === 'incident' && id) return { incident: Number(id) };
  return kind === 'record' && id ? { record: Number(id) } : undefined;
}

export interface ChatDefaults {
  orderId: number | null;
  orderNo: string | null;
  customer: string | null;
  digest: boolean;
}

export async function chatDefaults(db: Db, chatId: string): Promise<ChatDefaults | undefined> {
  const [row] = await db
    .select({
      orderId: chatOrders.orderId,
      orderNo: orders.no,
      customer: chatOrders.customer,
      digest: chatOrders.digest,
    })
    .from(chatOrders)
    .leftJoin(orders, eq(orders.id, chatOrders.orderId))
    .where(eq(chatOrders.chatId, chatId));
  return row;
}

export async function putChatDefaults(
  db: Db,
  chatId: string,
  change: { orderId?: number | null; customer?: string | null; digest?: boolean },
  by: number,
  now: Date,
): Promise<void> {
  const set = { ...change, updatedBy: by, updatedAt: now };
  await db
    .insert(chatOrders)
    .values({ chatId, ...set })
    .onConflictDoUpdate({ target: chatOrders.chatId, set });
}
