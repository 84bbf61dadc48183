import type { IsoDate } from '#domain/calendar/dates';
import type { FactoryRecord, OrderFigures } from '#domain/order/figures';
import { inLocale, type Locale, say, type Text } from '#domain/text';
import { button, type Card, card, chart, does, figures, note, row, table, text } from './kit.ts';
import { percent } from './percent.ts';

export interface OrderReportView {
  title: Text;
  from: IsoDate;
  to: IsoDate;
  total: OrderFigures;
  days: { day: IsoDate; entered: number; delivered: number }[];
  by: { heading: Text; rows: (OrderFigures & { name: string })[] };
  locale: Locale;
  /** The command that made it, for the buttons; absent where nobody's figures are to be asked for. */
  query?: { period: string; day: string };
}

/** 日报、周报、月报: orders in and out, on time against the first promise, by person, customer or factory. */
export function orderReportCard({ title, from, to, total, days, by, locale, query }: OrderReportView): Card {
  const t = (words: Text) => inLocale(words, locale);
  const [entered, delivered] = [t(say('接单', 'orders in')), t(say('交货', 'delivered'))];
  return card({
    title,
    subtitle: from === to ? from : `${from} – ${to}`,
    wide: true,
    body: [
      figures(
        { label: say('接单', 'Orders in'), value: String(total.entered), colour: 'blue' },
        { label: say('交货', 'Delivered'), value: String(total.delivered), colour: 'green' },
        { label: say('准时率', 'On time'), value: percent(total.onTime, total.delivered), colour: 'green' },
        { label: say('到期未交', 'Missed'), value: String(total.missed), colour: total.missed > 0 ? 'red' : 'grey' },
      ),
      text(
        say(
          `接单 ${total.enteredQty} 件，交货 ${total.deliveredQty} 件，出货 ${total.shippedQty} 件，退回 ${total.returnedQty} 件，取消 ${total.cancelled} 单；按最后约定的货期准时 ${percent(total.onTimeAgreed, total.delivered)}。`,
          `${total.enteredQty} pieces ordered, ${total.deliveredQty} delivered, ${total.shippedQty} shipped, ${total.returnedQty} returned, ${total.cancelled} orders cancelled; ${percent(total.onTimeAgreed, total.delivered)} on time by the promise that stood.`,
        ),
      ),
      days.length > 1 &&
        chart({
          type: 'bar',
          xField: ['day', 'kind'],
          yField: 'n',
          seriesField: 'kind',
          data: {
            values: days.flatMap((one) => [
              { day: one.day.slice(5), kind: entered, n: one.entered },
              { day: one.day.slice(5), kind: delivered, n: one.delivered },
            ]),
          },
          legends: { visible: true, orient: 'bottom' },
        }),
      by.rows.length > 0 &&
        table(
          locale,
          [
            { name: 'name', label: by.heading },
            { name: 'entered', label: say('接单', 'in'), type: 'number' },
            { name: 'delivered', label: say('交货', 'delivered'), type: 'number' },
            { name: 'rate', label: say('准时率', 'on time') },
            { name: 'missed', label: say('到期未交', 'missed'), type: 'number' },
            { name: 'cancelled', label: say('取消', 'cancelled'), type: 'number' },
            { name: 'returned', label: say('退回件数', 'returned'), type: 'number' },
          ],
          by.rows.map((one) => ({
            name: one.name,
            entered: one.entered,
            delivered: one.delivered,
            rate: percent(one.onTime, one.delivered),
            missed: one.missed,
            cancelled: one.cancelled,
            returned: one.returnedQty,
          })),
        ),
      note(say('准时率：实际交货日不晚于最初承诺的货期。', 'On time: delivered on or before the first promise.')),
      query !== undefined &&
        row(
          button(say('按人', 'By person'), does('order report', { ...query, by: 'merchandiser' }), { size: 'small' }),
          button(say('按客户', 'By customer'), does('order report', { ...query, by: 'customer' }), { size: 'small' }),
          button(say('按工厂', 'By factory'), does('order report', { ...query, by: 'factory' }), { size: 'small' }),
        ),
    ],
  });
}

/** 工厂评分卡: how a factory kept its promises over a period. */
export function factoryCard({
  factory,
  from,
  to,
  total,
  record,
  open,
}: {
  factory: string;
  from: IsoDate;
  to: IsoDate;
  total: OrderFigures;
  record: FactoryRecord;
  open: number;
}): Card {
  return card({
    title: say(`工厂 ${factory}`, `Factory ${factory}`),
    subtitle: `${from} – ${to}`,
    tone: 'turquoise',
    body: [
      figures(
        { label: say('交货', 'Delivered'), value: String(total.delivered), colour: 'green' },
        { label: say('准时率', 'On time'), value: percent(total.onTime, total.delivered), colour: 'green' },
        { label: say('到期未交', 'Missed'), value: String(total.missed), colour: total.missed > 0 ? 'red' : 'grey' },
        { label: say('在做', 'Open'), value: String(open), colour: 'blue' },
      ),
      text(
        say(
          `${record.stages} 道工序里 ${record.lateStages} 道晚于计划，平均晚 ${record.lateDays} 天；工厂原因的变更 ${record.changes} 次；退回 ${total.returnedQty} 件。`,
          `${record.lateStages} of ${record.stages} stages were later than planned, by ${record.lateDays} days on average; ${record.changes} changes were caused by the factory; ${total.returnedQty} pieces came back.`,
        ),
      ),
      record.checks > 0 || record.claims > 0
        ? text(
            say(
              `验货 ${record.checks} 次，${record.failedChecks} 次不合格；抽检 ${record.sampled} 件，疵点 ${record.defects} 件；客户投诉 ${record.claims} 起。`,
              `${record.checks} quality checks, ${record.failedChecks} failed; ${record.sampled} pieces looked at, ${record.defects} with defects; ${record.claims} claims by customers.`,
            ),
          )
        : note(
            say('这段时间没有验货记录，也没有客户投诉。', 'No quality check and no claim was recorded in this time.'),
          ),
      row(button(say('它的订单', 'Its orders'), does('order list', { scope: 'all', text: factory }))),
    ],
  });
}
