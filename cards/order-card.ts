import { daysBetween, type IsoDate } from '#domain/calendar/dates';
import { formatYuan } from '#domain/money';
import { type Order, type Progress, stageProgress, templateOf, urgency } from '#domain/order/order';
import { stageLabel } from '#domain/order/stages';
import { say, type Text } from '#domain/text';
import {
  asks,
  button,
  type Card,
  card,
  columns,
  divider,
  does,
  type Element,
  note,
  panel,
  row,
  type Tone,
  text,
} from './kit.ts';
import { coloured, Markup, md } from './markup.ts';
import { both, lines } from './words.ts';

export interface OrderView {
  order: Order;
  log: Progress[];
  /** Names by person id. */
  names: Map<number, string>;
  today: IsoDate;
  /** Prices are left out in groups and for people whom they do not concern. */
  withMoney: boolean;
  /** What just happened, above everything else. */
  news?: Text;
}

const tones: Record<ReturnType<typeof urgency>, Tone> = {
  overdue: 'red',
  'due-soon': 'orange',
  'on-time': 'blue',
  closed: 'grey',
};

/** How far the promised day is, in words. */
export function countdown(daysLeft: number): Text {
  if (daysLeft === 0) return say('今天', 'today');
  return daysLeft > 0
    ? say(`还有 ${daysLeft} 天`, `${daysLeft} days left`)
    : say(`已过 ${-daysLeft} 天`, `${-daysLeft} days late`);
}

/** 订单卡: where the order stands, who follows it, the last entries. Pure: the same order on the same day gives the same card. */
export function orderCard({ order, log, names, today, withMoney, news }: OrderView): Card {
  const daysLeft = daysBetween(today, order.deliveryDate);
  const state = urgency(order, today);
  const name = (id: number) => names.get(id) ?? '—';
  return card({
    title: [order.no, order.style].filter(Boolean).join(' · '),
    subtitle: say(`${order.customer} · ${order.qty}${order.unit}`, `${order.customer} · ${order.qty} ${order.unit}`),
    tone: tones[state],
    tags: [
      { text: templateOf(order).label, colour: 'neutral' },
      ...(order.stage ? [{ text: stageLabel(order.stage), colour: 'turquoise' as const }] : []),
      ...statusTag(state),
    ],
    summary: say(`订单 ${order.no}`, `Order ${order.no}`),
    body: [
      news !== undefined && text(both((t) => md`✅ ${t(news)}`)),
      columns(
        [
          text(
            both((t) =>
              lines(
                coloured('grey', t(say('货期', 'Delivery'))),
                order.status === 'open' ? md`${order.deliveryDate}（${t(countdown(daysLeft))}）` : order.deliveryDate,
              ),
            ),
          ),
        ],
        [text(both((t) => lines(coloured('grey', t(say('跟单员', 'Merchandiser'))), name(order.merchandiserId))))],
        [text(both((t) => lines(coloured('grey', t(say('工厂', 'Factory'))), order.factory ?? '—')))],
      ),
      withMoney && moneyLine(order),
      order.special !== '' && text(both((t) => md`⚠️ ${t(say('特殊要求：', 'Special: '))}${order.special}`)),
      divider(),
      stageTable(order, log),
      log.length > 0 && latest(log, name),
      order.status === 'open' &&
        row(
          button(say('登记进度', 'Log progress'), asks('order update', { order: order.no }), {
            look: 'primary_filled',
          }),
          button(say('刷新', 'Refresh'), does('order show', { order: order.no })),
        ),
    ],
  });
}

function statusTag(state: ReturnType<typeof urgency>): { text: Text; colour: Tone }[] {
  if (state === 'overdue') return [{ text: say('已超期', 'overdue'), colour: 'red' }];
  if (state === 'due-soon') return [{ text: say('快到期', 'due soon'), colour: 'orange' }];
  return state === 'closed' ? [{ text: say('已结束', 'closed'), colour: 'grey' }] : [];
}

function moneyLine({ unitPriceFen, amountFen, processingFeeFen, currency }: Order): Element | false {
  const parts: [Text, bigint | null, string][] = [
    [say('单价', 'Unit price'), unitPriceFen, currency],
    [say('金额', 'Amount'), amountFen, currency],
    [say('加工费', 'Processing fee'), processingFeeFen, 'CNY'],
  ];
  const known = parts.filter(([, fen]) => fen !== null);
  if (known.length === 0) return false;
  return note(both((t) => known.map(([label, fen, unit]) => `${t(label)} ${unit} ${formatYuan(fen!)}`).join(' · ')));
}

/** One line a stage: ✓ done, ● here, ○ to come; with how much of it. */
function stageTable(order: Order, log: Progress[]): Element {
  const rows = stageProgress(order, log);
  return text(
    both(
      (t) =>
        new Markup(
          rows
            .map(({ stage, done, reached }) => {
              const here = stage === order.stage;
              const share = done === undefined ? '' : ` ${done}/${order.qty}${bar(done, order.qty)}`;
              const label = `${here ? '●' : reached ? '✓' : '○'} ${t(stageLabel(stage))}${share}`;
              return here ? md`**${label}**`.source : coloured(reached ? 'green' : 'grey', label).source;
            })
            .join('\n'),
        ),
    ),
  );
}

/** Five blocks of progress, so that a phone shows at a glance what a number would not. More than all is possible: the order may have become smaller. */
function bar(done: number, qty: number): string {
  const filled = qty > 0 ? Math.min(5, Math.floor((done * 5) / qty)) : 0;
  return ` ${'▰'.repeat(filled)}${'▱'.repeat(5 - filled)}`;
}

const SHOWN = 5;

function latest(log: Progress[], name: (id: number) => string): Element {
  const entries = both(
    (t) =>
      new Markup(
        log
          .slice(0, SHOWN)
          .map(({ stage, qty, note: words, by, saidAt }) => {
            const what = [stage && t(stageLabel(stage)), qty !== null && String(qty), words]
              .filter(Boolean)
              .join(' · ');
            return md`- <local_time> ${name(by)}：${what}`.source.replace(
              '<local_time>',
              `<local_datetime millisecond='${saidAt.getTime()}' format_type='date_short'></local_datetime>`,
            );
          })
          .join('\n'),
      ),
  );
  return panel(
    both((t) => md`**${t(say('最近记录', 'Latest entries'))}**`),
    [text(entries, { size: 'notation' })],
    { expanded: true },
  );
}
