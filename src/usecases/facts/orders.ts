import { ordersOfPeople, shippedEntries } from '#db/pay-sources';
import { startOfDay } from '#domain/calendar/business-day';
import { addDays, firstDayOf, lastDayOf, type Month } from '#domain/calendar/dates';
import { fraction, multiply, NumberTextError, yuanText } from '#domain/money';
import { shipmentAmount } from '#domain/pay/part-shipment';
import { type PayProblem, PayProblemFound } from '#domain/pay/problem';
import { text } from '#domain/pay/text';
import { type Asked, byPerson, type FactPart, type FactSource, sourceOf, uses } from './source.ts';

/**
 * Sales and processing fees of the orders that a person follows: what was entered in the month, and what was shipped, each part by its share
 * of the order's amount. Amounts in another currency need the company's rate of the month (`/pay settings rate.USD=7.12`).
 */
export const orderFacts: FactSource = {
  name: 'orders',
  async collect(db, asked) {
    const { month, people, zone } = asked;
    const asks = people.filter(
      ({ kind, version }) => kind === 'regular' && (uses(version, 'sales') || uses(version, 'processingFee')),
    );
    const ids = asks.map(({ id }) => id);
    const span = momentsOf(month, zone);
    const entered = byPerson(await ordersOfPeople(db, ids, { enteredFrom: span.from, enteredTo: span.to }));
    const shipped = byPerson(await shippedEntries(db, ids, span));
    const parts = new Map<number, FactPart>();
    for (const { id, version } of asks) {
      const problems: PayProblem[] = [];
      const measures: Record<string, unknown> = {};
      for (const [name, column] of [
        ['sales', 'amountFen'],
        ['processingFee', 'processingFeeFen'],
      ] as const) {
        if (!uses(version, name)) continue;
        const worth = (order: PricedOrder) => amountOf(order, column, asked, problems);
        measures[name] = {
          ordered: entered.of(id).flatMap((order) => {
            const fen = worth(order);
            return fen === undefined
              ? []
              : [{ value: yuanText(fen), order: order.no, source: sourceOf({ ...order, at: order.createdAt }) }];
          }),
          shipped: shippedParts(shipped.of(id), worth, span, problems),
        };
      }
      parts.set(id, { facts: { measures } as FactPart['facts'], problems });
    }
    return parts;
  },
};

export const momentsOf = (month: Month, zone: string): { from: Date; to: Date } => ({
  from: startOfDay(firstDayOf(month), zone),
  to: startOfDay(addDays(lastDayOf(month), 1), zone),
});

interface PricedOrder {
  no: string;
  qty: number;
  currency: string;
  unitPriceFen: bigint | null;
  amountFen: bigint | null;
  processingFeeFen: bigint | null;
}

/** What the whole order is worth in yuan; undefined when nobody has said, which is noted. */
export function amountOf(
  order: PricedOrder,
  column: 'amountFen' | 'processingFeeFen',
  { settings }: Pick<Asked, 'settings'>,
  problems: PayProblem[],
): bigint | undefined {
  const note = (at: string, zh: string, en: string) => {
    if (!problems.some((each) => each.at === at)) problems.push({ code: 'missing', at, text: text(zh, en) });
    return undefined;
  };
  const own =
    column === 'amountFen'
      ? (order.amountFen ?? (order.unitPriceFen && order.unitPriceFen * BigInt(order.qty)))
      : order.processingFeeFen;
  if (own === null || own === undefined)
    return note(
      `orders.${order.no}.${column}`,
      `订单 ${order.no} 没有登记${column === 'amountFen' ? '金额' : '加工费'}`,
      `order ${order.no} has no ${column === 'amountFen' ? 'amount' : 'processing fee'}`,
    );
  if (order.currency === 'CNY' || column === 'processingFeeFen') return own;
  const rate = settings.get(`rate.${order.currency}`)?.value;
  try {
    if (rate !== undefined) return multiply(own, fraction(rate));
  } catch (error) {
    if (!(error instanceof NumberTextError)) throw error;
  }
  return note(
    `settings.rate.${order.currency}`,
    `缺少 ${order.currency} 汇率（订单 ${order.no}）`,
    `the rate of ${order.currency} is missing (order ${order.no})`,
  );
}

type Shipped = Awaited<ReturnType<typeof shippedEntries>>[number];

/** The parts that left within the span. Entries say how much has left altogether, so each is worth the difference to the one before. */
function shippedParts(
  entries: readonly Shipped[],
  worth: (order: PricedOrder) => bigint | undefined,
  { from }: { from: Date },
  problems: PayProblem[],
) {
  const before = new Map<number, number>();
  return entries.flatMap((entry) => {
    const shippedBefore = before.get(entry.orderId) ?? 0;
    before.set(entry.orderId, entry.shipped);
    if (entry.saidAt < from || entry.shipped === shippedBefore) return [];
    const amountFen = worth(entry);
    if (amountFen === undefined) return [];
    try {
      const fen = shipmentAmount({
        no: entry.no,
        amountFen,
        orderedQuantity: BigInt(entry.qty),
        shippedBefore: BigInt(shippedBefore),
        shippedNow: BigInt(entry.shipped - shippedBefore),
      });
      return [{ value: yuanText(fen), order: entry.no, source: sourceOf({ ...entry, at: entry.saidAt }) }];
    } catch (error) {
      if (!(error instanceof PayProblemFound)) throw error;
      problems.push(...error.problems);
      return [];
    }
  });
}
