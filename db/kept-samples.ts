import { and, asc, eq, ne, sql } from 'drizzle-orm';
import type { Db } from './client.ts';
import { orders } from './schema.ts';
import { records } from './tables/records.ts';

/** O5. Samples of which one was retained, with who has it while it is lent; by number. */
export async function keptSamples(db: Db) {
  const rows = await db
    .select({ id: records.id, state: records.state, data: records.data, orderNo: orders.no })
    .from(records)
    .leftJoin(orders, eq(orders.id, records.orderId))
    .where(
      and(
        eq(records.kind, 'sample'),
        eq(records.undone, false),
        ne(records.state, 'dropped'),
        sql`${records.data}->>'kept' is not null`,
      ),
    )
    .orderBy(asc(records.id));
  return rows.map(({ id, state, data, orderNo }) => {
    const said = data as Record<string, string | undefined>;
    return {
      id,
      orderNo,
      item: said.item ?? '',
      colour: said.colour,
      customer: said.customer,
      kept: said.kept!,
      borrower: state === 'lent' ? said.borrower : undefined,
      returnBy: state === 'lent' ? said.returnBy : undefined,
    };
  });
}
