import { daysBetween, type IsoDate } from '#domain/calendar/dates';
import { type Order, urgency } from '#domain/order/order';
import { type Worry, worryText } from '#domain/order/risk';
import { stageLabel } from '#domain/order/stages';
import { say, type Text } from '#domain/text';
import { asks, beside, button, type Card, card, does, type Element, note, row, text } from './kit.ts';
import { coloured, type Markup, md } from './markup.ts';
import { countdown } from './order-card.ts';
import { both, lines } from './words.ts';

export const ORDERS_A_PAGE = 8;

export interface OrderListView {
  /** Which orders these are: 我的订单, 超期订单. */
  heading: Text;
  orders: Order[];
  names: Map<number, string>;
  /** What is to worry about, by order. */
  worries: Map<number, Worry[]>;
  today: IsoDate;
  page: number;
  total: number;
  /** There are more than `total`. */
  more: boolean;
  /** The command that made the list, for the paging buttons. */
  query: Record<string, string>;
}

const urgencyColour = { overdue: 'red', 'due-soon': 'orange', 'on-time': 'grey', closed: 'grey' } as const;

/** 订单列表: soonest delivery first, each with a button that opens it. */
export function orderListCard({
  heading,
  orders,
  names,
  worries,
  today,
  page,
  total,
  more,
  query,
}: OrderListView): Card {
  const pages = Math.max(1, Math.ceil(total / ORDERS_A_PAGE));
  const count = `${total}${more ? '+' : ''}`;
  return card({
    title: heading,
    subtitle: say(`共 ${count} 单`, `${count} orders`),
    summary: heading,
    body: [
      orders.length === 0 && text(say('没有符合的订单。', 'No orders match.')),
      ...orders.map((order) => line(order, names, today, worries.get(order.id) ?? [])),
      (page > 1 || page < pages) &&
        row(
          page > 1 &&
            button(say('上一页', 'Previous'), does('order list', { ...query, page: page - 1 }), { size: 'small' }),
          page < pages &&
            button(say('下一页', 'Next'), does('order list', { ...query, page: page + 1 }), { size: 'small' }),
        ),
      pages > 1 &&
        note(say(`第 ${page} / ${pages}${more ? '+' : ''} 页`, `Page ${page} of ${pages}${more ? '+' : ''}`)),
      orders.length === 0 && row(button(say('新建订单', 'New order'), asks('order new'))),
    ],
  });
}

function line(order: Order, names: Map<number, string>, today: IsoDate, worries: Worry[]): Element {
  const daysLeft = daysBetween(today, order.deliveryDate);
  const risk = worries.find(({ kind }) => kind === 'slow' || kind === 'behind');
  const said = (t: (text: Text) => string): Markup =>
    lines(
      md`**${order.no}** ${order.customer} ${order.style}`,
      md`${coloured(urgencyColour[urgency(order, today)], `${order.deliveryDate.slice(5)} ${t(countdown(daysLeft))}`)} · ${order.stage ? t(stageLabel(order.stage)) : t(say('未开始', 'not begun'))} · ${names.get(order.merchandiserId) ?? '—'}`,
      ...(risk ? [coloured('orange', t(worryText(risk, order.unit)))] : []),
    );
  return beside(both(said), button(say('查看', 'Open'), does('order show', { order: order.no }), { size: 'small' }));
}
