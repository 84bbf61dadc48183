import { type Fen, formatYuan } from '#domain/money';
import type { Order } from '#domain/order/order';
import { stageLabel } from '#domain/order/stages';
import { stateLabel } from '#domain/records/check';
import { kindOf } from '#domain/records/kinds';
import { say, type Text } from '#domain/text';
import { asks, button, type Card, card, does, figures, note, panel, row, text } from './kit.ts';
import { Markup, md } from './markup.ts';
import { shortened } from './order-entry.ts';
import { percent } from './percent.ts';
import { both } from './words.ts';

export interface CustomerView {
  name: string;
  country: string | null;
  preferences: string;
  contacts: { name: string; details: string }[];
  history: { orders: number; open: number; overdue: number; delivered: number; onTime: number };
  orders: Pick<Order, 'no' | 'style' | 'deliveryDate' | 'stage'>[];
  samples: { total: number; open: number; approved: number; rejected: number };
  claims: { total: number; open: number; satisfaction: string | undefined };
  /** The newest samples and complaints, what is open first. */
  latest: {
    id: number;
    kind: 'sample' | 'claim';
    state: string;
    orderNo: string | null;
    day: string;
    what: string;
    said: string;
  }[];
  /** By currency; empty for those whom amounts do not concern. */
  money: { currency: string; receivedFen: Fen; outstandingFen: Fen; overdueFen: Fen }[];
  news?: Text;
}

/** 客户档案 (O15): contacts, what the customer wants, and what became of the orders. */
export function customerCard(view: CustomerView): Card {
  const { name, country, preferences, contacts, history, orders, samples, claims, latest, money, news } = view;
  const rate = percent(history.onTime, history.delivered);
  return card({
    title: name,
    ...(country && { subtitle: country }),
    tone: 'turquoise',
    body: [
      news !== undefined && text(both((t) => md`✅ ${t(news)}`)),
      figures(
        { label: say('订单', 'Orders'), value: String(history.orders) },
        { label: say('在手', 'Open'), value: String(history.open), colour: 'blue' },
        { label: say('超期', 'Overdue'), value: String(history.overdue), colour: history.overdue > 0 ? 'red' : 'grey' },
        { label: say('准时', 'On time'), value: rate, colour: 'green' },
      ),
      preferences !== '' && text(both((t) => md`**${t(say('偏好', 'Preferences'))}** ${preferences}`)),
      contacts.length > 0 &&
        panel(
          both((t) => md`**${t(say(`联系人 ${contacts.length}`, `${contacts.length} contacts`))}**`),
          [
            text(
              both(
                () =>
                  new Markup(
                    contacts
                      .slice(0, 20)
                      .map(({ name, details }) => md`- **${name}** ${shortened(details, 120)}`.source)
                      .join('\n'),
                  ),
              ),
            ),
          ],
          { expanded: true },
        ),
      orders.length > 0 &&
        text(
          both(
            (t) =>
              new Markup(
                orders
                  .map(
                    ({ no, style, deliveryDate, stage }) =>
                      md`- **${no}** ${style} ${t(say('货期', 'delivery'))} ${deliveryDate} ${stage ? t(stageLabel(stage)) : ''}`
                        .source,
                  )
                  .join('\n'),
              ),
          ),
        ),
      (samples.total > 0 || claims.total > 0) &&
        text(
          both(
            (t) =>
              md`**${t(say('样品', 'Samples'))}** ${t(say(`${samples.total} 个：确认 ${samples.approved}，不满意 ${samples.rejected}，未结 ${samples.open}`, `${samples.total}: ${samples.approved} approved, ${samples.rejected} rejected, ${samples.open} open`))}　**${t(say('投诉', 'Complaints'))}** ${t(say(`${claims.total} 件：未结 ${claims.open}，满意度 ${claims.satisfaction ?? '—'}`, `${claims.total}: ${claims.open} open, satisfaction ${claims.satisfaction ?? '—'}`))}`,
          ),
        ),
      latest.length > 0 && latestPanel(latest),
      money.length > 0 &&
        text(
          both(
            (t) =>
              new Markup(
                money
                  .map(
                    ({ currency, receivedFen, outstandingFen, overdueFen }) =>
                      md`**${currency}** ${t(say(`已收 ${formatYuan(receivedFen)}，待收 ${formatYuan(outstandingFen)}`, `received ${formatYuan(receivedFen)}, outstanding ${formatYuan(outstandingFen)}`))}${overdueFen > 0n ? t(say(`（过期 ${formatYuan(overdueFen)}）`, ` (overdue ${formatYuan(overdueFen)})`)) : ''}`
                        .source,
                  )
                  .join('\n'),
              ),
          ),
        ),
      note(say('准时率按最初承诺的货期算。', 'On time is measured against the first promise.')),
      row(
        button(say('全部订单', 'All orders'), does('order list', { scope: 'all', customer: name })),
        button(say('修改档案', 'Change the file'), asks('customer new', { name })),
      ),
    ],
  });
}

const latestPanel = (latest: CustomerView['latest']) =>
  panel(
    both((t) => md`**${t(say('样品和投诉', 'Samples and complaints'))}**`),
    latest.map(({ id, kind, state, orderNo, day, what, said }) =>
      text(
        both((t) => {
          const { noun } = kindOf(kind);
          const words = [orderNo, day, shortened(what, 60), shortened(said, 80)].filter(Boolean).join(' · ');
          return md`- ${t(say(`${noun.zh} #${id}`, `${noun.en} #${id}`))} **${t(stateLabel(kindOf(kind), state))}** ${words}`;
        }),
      ),
    ),
  );

export const CUSTOMERS_A_PAGE = 10;

/** 客户列表: who has the most open orders first. */
export function customerListCard({
  customers,
  total,
  page,
  query,
}: {
  customers: { name: string; orders: number; open: number }[];
  total: number;
  page: number;
  query: string;
}): Card {
  const pages = Math.max(1, Math.ceil(total / CUSTOMERS_A_PAGE));
  const turn = (to: number) => does('customer list', { ...(query && { text: query }), page: to });
  return card({
    title: say('客户', 'Customers'),
    subtitle: say(`共 ${total} 家`, `${total} in all`),
    tone: 'turquoise',
    body: [
      customers.length === 0 && text(say('没有符合的客户。', 'No customers match.')),
      ...customers.map(({ name, orders, open }) =>
        row(
          text(both((t) => md`**${name}** ${t(say(`在手 ${open} / 共 ${orders} 单`, `${open} open of ${orders}`))}`)),
          button(say('查看', 'Open'), does('customer show', { name }), { size: 'small' }),
        ),
      ),
      (page > 1 || page < pages) &&
        row(
          page > 1 && button(say('上一页', 'Previous'), turn(page - 1), { size: 'small' }),
          page < pages && button(say('下一页', 'Next'), turn(page + 1), { size: 'small' }),
        ),
      row(button(say('新建客户', 'New customer'), asks('customer new'))),
    ],
  });
}
