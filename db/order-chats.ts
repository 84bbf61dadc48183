import { and, eq, sql } from 'drizzle-orm';
import type { Db } from './client.ts';
import { chats, orders } from './schema.ts';
import { chatOrders } from './tables/orders.ts';

/** Groups with open orders that the bot is in, as far as is known, and that have not switched the digest off. */
export async function activeGroups(db: Db): Promise<Set<string>> {
  const rows = await db
    .selectDistinct({ chatId: orders.chatId })
    .from(orders)
    .leftJoin(chats, eq(chats.chatId, orders.chatId))
    .leftJoin(chatOrders, eq(chatOrders.chatId, orders.chatId))
    .where(
      and(
        eq(orders.status, 'open'),
        sql`${orders.chatId} is not null`,
        sql`coalesce(${chats.active}, true)`,
        sql`coalesce(${chatOrders.digest}, true)`,
      ),
    );
  return new Set(rows.flatMap(({ chatId }) => chatId ?? []));
}
