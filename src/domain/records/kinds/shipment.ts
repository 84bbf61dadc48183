import type { IsoDate } from '#domain/calendar/dates';
import { UserError } from '#domain/errors';
import { formatLines } from '#domain/order/lines';
import type { Order } from '#domain/order/order';
import { lineName, lineNamed, shippedByLine } from '#domain/order/packing';
import { netShipped, type Part, readSizes, sizesText } from '#domain/order/shipping';
import { say } from '#domain/text';
import { choice, date, quantity, text, type Values, yesNo } from '../fields.ts';
import { type AnyKind, type Change, defineKind, type RecordHead } from '../kind.ts';

const fields = {
  qty: quantity(['出货数量', 'quantity'], { keys: ['数量', 'quantity'], bare: true }),
  sizes: text(['颜色尺码', 'by colour and size'], 600, {
    keys: ['明细', 'lines'],
    placeholder: say('红/M:120 红/L:80', 'red/M:120 red/L:80'),
  }),
  date: date(['出货日期', 'date'], { keys: ['日期'] }),
  booking: text(['订舱号', 'booking'], 60, { keys: ['订舱', 'so'] }),
  forwarder: text(['货代', 'forwarder'], 80, { keys: ['船公司', '承运人'] }),
  cutoff: date(['截关日期', 'cut-off'], { keys: ['截关', '截单'] }),
  trailer: text(['拖车', 'trailer'], 80, { keys: ['柜号', 'container'] }),
  cartons: quantity(['箱数', 'cartons'], {}),
  informed: choice(
    ['已通知', 'informed'],
    { customer: ['客户', 'customer'], forwarder: ['货代', 'forwarder'], both: ['客户和货代', 'both', '都通知'] },
    {
      keys: ['通知'],
    },
  ),
  last: yesNo(['最后一批', 'last'], { keys: ['不再出', 'final'] }),
} as const;

type ShipmentValues = Values<typeof fields>;
type ShipmentState = 'booked' | 'shipped' | 'returned' | 'cancelled';

/** What left and came back, in the order of its days; what is still only booked does not count. */
export const partsOf = (records: readonly RecordHead[]): (Part & { record: RecordHead })[] =>
  records
    .filter(({ kind, state }) => kind === 'shipment' && (state === 'shipped' || state === 'returned'))
    .sort((a, b) => (a.day === b.day ? a.id - b.id : a.day < b.day ? -1 : 1))
    .map((record) => ({ record, qty: (record.state === 'returned' ? -1 : 1) * Number(record.values.qty ?? 0) }));

export const shippedQty = (records: readonly RecordHead[]): number => netShipped(partsOf(records));

/** @throws UserError showing how colours and sizes are written */
function demandLines(sizes: string): { name: string; qty: number }[] {
  const lines = readSizes(sizes);
  if (lines) return lines;
  throw new UserError(
    'shipment.sizes',
    say(
      `颜色尺码「${sizes.slice(0, 60)}」没看懂。`,
      `The colours and sizes “${sizes.slice(0, 60)}” were not understood.`,
    ),
    say('请写成：颜色尺码=“红/M:120 红/L:80”', 'Write: sizes="red/M:120 red/L:80"'),
  );
}

const sumOf = (lines: { qty: number }[]): number => lines.reduce((total, { qty }) => total + qty, 0);

function demandSizes({ values }: Change<ShipmentValues, ShipmentState>): void {
  if (values.sizes === undefined) return;
  const sum = sumOf(demandLines(values.sizes));
  if (sum !== values.qty)
    throw new UserError(
      'shipment.sizes-sum',
      say(
        `各颜色尺码加起来是 ${sum}，不是 ${values.qty}。`,
        `The colours and sizes add up to ${sum}, not ${values.qty}.`,
      ),
      say('请核对装箱单。', 'Check the packing list.'),
    );
}

/** O10. The packing list names lines of the order, and no more of each than was ordered. */
function demandOrderedLines({ order, lines, state, values, siblings }: Change<ShipmentValues, ShipmentState>): void {
  if (!order || values.sizes === undefined || lines.length === 0) return;
  const packed = demandLines(values.sizes);
  const unknown = packed.find(({ name }) => lineNamed(lines, name) === undefined);
  if (unknown)
    throw new UserError(
      'shipment.no-line',
      say(`订单 ${order.no} 的明细里没有「${unknown.name}」。`, `Order ${order.no} has no line “${unknown.name}”.`),
      say(
        `订单明细：${formatLines(lines)}；客户改了颜色尺码的话，先 /订单 变更 ${order.no} 明细=…`,
        `Its lines: ${formatLines(lines)}; if the customer changed them, first /order change ${order.no} lines=…`,
      ),
    );
  if (state !== 'shipped') return;
  const own = { sizes: packed, sign: 1 as const };
  const others = partsOf(siblings).flatMap(({ record, qty }) => {
    const sizes = typeof record.values.sizes === 'string' ? readSizes(record.values.sizes) : undefined;
    return sizes ? [{ sizes, sign: qty < 0 ? (-1 as const) : (1 as const) }] : [];
  });
  for (const [line, out] of shippedByLine(lines, [...others, own])!)
    if (out > line.qty)
      throw new UserError(
        'shipment.line-over',
        say(
          `订单 ${order.no} 的 ${lineName(line)} 只订了 ${line.qty}，这样一共出 ${out}，超了 ${out - line.qty}。`,
          `Order ${order.no} has ${line.qty} of ${lineName(line)}; with this ${out} would have left, ${out - line.qty} too many.`,
        ),
        say(
          `请核对装箱单；客户加单的话，先 /订单 变更 ${order.no} 明细=…`,
          `Check the packing list; if the customer ordered more, first /order change ${order.no} lines=…`,
        ),
      );
}

function demandWithinOrder({ order, state, values, before, siblings }: Change<ShipmentValues, ShipmentState>): void {
  if (!order || (state !== 'shipped' && state !== 'returned')) return;
  const others = shippedQty(siblings);
  const qty = values.qty ?? 0;
  if (qty === 0)
    throw new UserError(
      'shipment.none',
      say('出货数量不能是 0。', 'Nothing is not a shipment.'),
      say('例如 300件', 'For example 300pcs'),
    );
  if (state === 'shipped' && others + qty > order.qty)
    throw new UserError(
      'shipment.over',
      say(
        `订单 ${order.no} 一共 ${order.qty}${order.unit}，已出 ${others}，再出 ${qty} 就超了 ${others + qty - order.qty}。`,
        `Order ${order.no} is ${order.qty}; ${others} have left, so ${qty} more would be ${others + qty - order.qty} too many.`,
      ),
      say('客户加单的话，先改订单数量，再登记出货。', 'If the customer ordered more, change the order first.'),
    );
  if (state === 'returned' && before === undefined && qty > others)
    throw new UserError(
      'shipment.return-over',
      say(
        `订单 ${order.no} 只出了 ${others}${order.unit}，不能退回 ${qty}。`,
        `Only ${others} of order ${order.no} have left; ${qty} cannot come back.`,
      ),
      say('请核对数量。', 'Check the quantity.'),
    );
}

function demandPast({ state, values, today }: Change<ShipmentValues, ShipmentState>): void {
  if ((state === 'shipped' || state === 'returned') && values.date !== undefined && values.date > today)
    throw new UserError(
      'shipment.future',
      say(`${values.date} 还没有到，不能登记为已出货。`, `${values.date} is still to come; it cannot have left.`),
      say('先登记订舱，出货当天再登记数量。', 'Record the booking now and the quantity on the day.'),
    );
}

/** O10. Recorded with `/order ship`. */
export const shipment: AnyKind = defineKind<typeof fields, ShipmentState>({
  code: 'shipment',
  noun: { zh: '出货', en: 'shipment' },
  nouns: { zh: '出货', en: 'shipments' },
  fields,
  states: {
    booked: {
      label: { zh: '已订舱', en: 'booked' },
      aliases: ['订舱'],
      tone: 'blue',
      open: true,
      to: ['shipped', 'cancelled'],
    },
    shipped: {
      label: { zh: '已出货', en: 'shipped' },
      act: { zh: '出货', en: 'Shipped' },
      tone: 'green',
      open: false,
      to: [],
      needs: ['qty'],
    },
    returned: { label: { zh: '已退回', en: 'returned' }, tone: 'orange', open: false, to: [], needs: ['qty'] },
    cancelled: {
      label: { zh: '已取消', en: 'cancelled' },
      aliases: ['取消'],
      act: { zh: '取消订舱', en: 'Cancel' },
      tone: 'grey',
      open: false,
      to: [],
    },
  },
  begins: 'booked',
  mayBegin: ['returned'],
  needsOrder: true,
  keepers: [],
  gated: { shipped: ['loading', 'shipped'] },
  day: ({ date }) => date,
  due: ({ state, values }) => (state === 'booked' ? values.cutoff : undefined),
  title: ({ qty, booking }) => [qty === undefined ? '' : String(qty), booking].filter(Boolean).join(' · '),
  complete({ values, given }) {
    if (given.sizes === undefined) return values;
    const lines = demandLines(given.sizes);
    return { ...values, sizes: sizesText(lines), qty: values.qty ?? sumOf(lines) };
  },
  rules: [demandSizes, demandWithinOrder, demandOrderedLines, demandPast],
  mark(own, order) {
    const shipped = shippedQty(own);
    if (own.length === 0) return undefined;
    if (shipped === 0) return { text: say('已订舱', 'booked'), tone: 'blue' };
    return { text: `${shipped}/${order.qty}`, tone: shipped === order.qty ? 'green' : 'orange' };
  },
});

/** The nearest cut-off of what is booked and has not left. */
export const nextCutoff = (records: readonly RecordHead[]): IsoDate | undefined =>
  records
    .filter(({ kind, state, values }) => kind === 'shipment' && state === 'booked' && values.cutoff !== undefined)
    .map(({ values }) => values.cutoff as IsoDate)
    .sort()[0];

/**
 * Whether what stands still fits the order, after something was taken back.
 *
 * @throws UserError when more would have left than was ordered, or more come back than had left
 */
export function checkShipped(order: Order, records: readonly RecordHead[]): void {
  const net = shippedQty(records);
  if (net < 0 || net > order.qty)
    throw new UserError(
      'shipment.undo',
      say(
        `撤销后订单 ${order.no} 的出货数量会变成 ${net}，对不上订单的 ${order.qty}。`,
        `Without it ${net} of order ${order.no} would have left, out of ${order.qty}.`,
      ),
      say('请先撤销之后登记的出货或退货。', 'Take back the shipment or return that was recorded after it first.'),
    );
}
