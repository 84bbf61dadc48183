import { and, asc, eq, gte, inArray, lte } from 'drizzle-orm';
import { firstDayOf, lastDayOf, type Month, monthOf } from '#domain/calendar/dates';
import type { Fen } from '#domain/money';
import { partAmounts } from '#domain/order/shipping';
import type { Db } from './client.ts';
import { orders } from './schema.ts';
import { records } from './tables/records.ts';

/** A shipment or return with what it is worth. */
export interface ShippedPart {
  recordId: number;
  orderNo: string;
  merchandiserId: number;
  day: string;
  /** Negative for goods that came back. */
  qty: number;
  currency: string;
  /** Of the order's currency; undefined while the order has no amount. */
  amountFen: Fen | undefined;
}

/** O10. Everything that left or came back in a month, of all orders or of one person's: the basis of shipped sales (LB-P1). */
export async function shippedIn(db: Db, month: Month, merchandiserId?: number): Promise<ShippedPart[]> {
  const moved = inArray(records.state, ['shipped', 'returned']);
  const ofKind = and(eq(records.kind, 'shipment'), eq(records.undone, false), moved);
  const touched = db
    .select({ id: records.orderId })
    .from(records)
    .where(
      and(
        ofKind,
        gte(records.day, firstDayOf(month)),
        gte(records.day, firstDayOf(month)),
        lte(records.day, lastDayOf(month)),
      ),
    );
  const rows = await db
    .select({
      recordId: records.id,
      orderId: orders.id,
      orderNo: orders.no,
      merchandiserId: records.responsibleId,
      day: records.day,
      state: records.state,
      data: records.data,
      orderQty: orders.qty,
      currency: orders.currency,
      amountFen: orders.amountFen,
    })
    .from(records)
    .innerJoin(orders, eq(orders.id, records.orderId))
    .where(and(ofKind, inArray(records.orderId, touched), lte(records.day, lastDayOf(month))))
    .orderBy(asc(orders.id), asc(records.day), asc(records.id));
  const parts: ShippedPart[] = [];
  for (const orderId of new Set(rows.map((row) => row.orderId))) {
    const own = rows.filter((row) => row.orderId === orderId);
    const { orderQty, amountFen: whole } = own[0]!;
    const qtys = own.map(({ state, data }) => ({
      qty: (state === 'returned' ? -1 : 1) * Number((data as { qty?: number }).qty ?? 0),
    }));
    const amounts = whole === null ? undefined : partAmounts({ qty: orderQty, amountFen: whole }, qtys);
    own.forEach(({ recordId, orderNo, merchandiserId: by, day, currency }, i) => {
      if (monthOf(day) === month && (merchandiserId === undefined || by === merchandiserId))
        parts.push({
          recordId,
          orderNo,
          merchandiserId: by,
          day,
          qty: qtys[i]!.qty,
          currency,
          amountFen: amounts?.[i],
        });
    });
  }
  return parts;
}
