import { ordersOfPeople, type ShippedRecord, shippedRecords } from '#db/pay-sources';
import { startOfDay } from '#domain/calendar/business-day';
import { addDays, firstDayOf, lastDayOf, type Month } from '#domain/calendar/dates';
import { fraction, multiply, NumberTextError, yuanText } from '#domain/money';
import { netShipped, partAmounts } from '#domain/order/shipping';
import type { PayProblem } from '#domain/pay/problem';
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
    const shipped = await shippedRecords(db, ids, { first: firstDayOf(month), last: lastDayOf(month) });
    // all parts of an order, also those that left under another merchandiser
    const byOrder = new Map<number, ShippedRecord[]>();
    for (const part of shipped) byOrder.set(part.orderId, [...(byOrder.get(part.orderId) ?? []), part]);
    const partsOf = new Map<number, ShippedRecord[]>();
    for (const whole of byOrder.values())
      for (const id of new Set(whole.map(({ personId }) => personId)))
        partsOf.set(id, [...(partsOf.get(id) ?? []), ...whole]);
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
          shipped: shippedParts(partsOf.get(id) ?? [], id, worth, firstDayOf(month), problems),
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

/**
 * The parts of a person's orders that left or came back in the month. The parts of an order add up to the whole, so that each is worth what
 * the ones before it leave.
 */
function shippedParts(
  all: readonly ShippedRecord[],
  personId: number,
  worth: (order: PricedOrder) => bigint | undefined,
  first: string,
  problems: PayProblem[],
) {
  return [...new Set(all.map(({ orderId }) => orderId))].flatMap((orderId) => {
    const parts = all.filter((part) => part.orderId === orderId);
    const [order] = parts;
    if (!order || !parts.some((part) => part.personId === personId && part.day >= first)) return [];
    const shipped = netShipped(parts.map(({ pieces }) => ({ qty: pieces })));
    if (shipped > order.qty || shipped < 0) {
      problems.push({
        code: 'invalid',
        at: `orders.${order.no}`,
        text: text(
          `订单 ${order.no} 订购 ${order.qty}，累计出运 ${shipped}，请先改单`,
          `order ${order.no} of ${order.qty} has shipped ${shipped}; change the order first`,
        ),
      });
      return [];
    }
    const whole = worth(order);
    if (whole === undefined) return [];
    const amounts = partAmounts(
      { qty: order.qty, amountFen: whole },
      parts.map(({ pieces }) => ({ qty: pieces })),
    );
    return parts.flatMap((part, at) =>
      part.personId === personId && part.day >= first
        ? [{ value: yuanText(amounts[at]!), order: part.no, source: sourceOf({ ...part, at: part.saidAt }) }]
        : [],
    );
  });
}
