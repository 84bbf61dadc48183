import { daysBetween, type IsoDate } from '#domain/calendar/dates';
import { formatYuan } from '#domain/money';
import type { OrderLine } from '#domain/order/lines';
import type { OrderMark } from '#domain/order/marks';
import { type Order, type Progress, urgency } from '#domain/order/order';
import type { StageState } from '#domain/order/progress';
import { type Worry, worryText } from '#domain/order/risk';
import { stageLabel } from '#domain/order/stages';
import { quantityText } from '#domain/order/unit';
import { join, say, type Text } from '#domain/text';
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
import { entryText, when } from './order-entry.ts';
import { linesPanel } from './order-lines-panel.ts';
import { marksLine } from './order-marks.ts';
import { both, lines as lined } from './words.ts';

export interface OrderView {
  order: Order;
  states: StageState[];
  log: Progress[];
  lines: OrderLine[];
  files: { kind: 'image' | 'file'; name: string }[];
  /** Names by person id. */
  names: Map<number, string>;
  today: IsoDate;
  /** What is to worry about, the worst first. */
  worries: Worry[];
  /** Prices are left out in groups and for people whom they do not concern. */
  withMoney: boolean;
  /** What hangs on the order: 封样 ✓ · 单证 3/7. */
  marks?: OrderMark[];
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
export function orderCard(view: OrderView): Card {
  const { order, states, log, lines, files, names, today, worries, withMoney, news } = view;
  const state = urgency(order, today);
  const name = (id: number) => names.get(id) ?? '—';
  const isOpen = order.status === 'open';
  return card({
    title: [order.no, order.style].filter(Boolean).join(' · '),
    subtitle: join([order.customer, quantityText(order.qty, order.unit)], ' · '),
    tone: order.actualDelivery && isOpen ? 'green' : tones[state],
    tags: [
      ...(order.stage ? [{ text: stageLabel(order.stage), colour: 'turquoise' as const }] : []),
      ...statusTag(view),
    ],
    summary: say(`订单 ${order.no}`, `Order ${order.no}`),
    body: [
      news !== undefined && text(both((t) => md`✅ ${t(news)}`)),
      columns(
        [fact(say('货期', 'Delivery'), delivery(order, today))],
        [fact(say('跟单员', 'Merchandiser'), name(order.merchandiserId))],
        [fact(say('工厂', 'Factory'), order.factory ?? '—')],
      ),
      otherDates(order),
      withMoney && moneyLine(order),
      order.special !== '' && text(both((t) => md`⚠️ ${t(say('特殊要求：', 'Special: '))}${order.special}`)),
      worries.length > 0 &&
        text(
          both(
            (t) =>
              new Markup(
                worries
                  .map((worry) => coloured(worryColour(worry), `⏰ ${t(worryText(worry, order.unit))}`).source)
                  .join('\n'),
              ),
          ),
        ),
      divider(),
      stageList(order, states, today, name),
      marksLine(view.marks ?? []),
      lines.length > 0 &&
        linesPanel(
          lines,
          states.find(({ stage }) => stage === order.paceStage),
        ),
      log.length > 0 && latest(log, name),
      files.length > 0 && filesPanel(files),
      isOpen &&
        row(
          button(say('登记进度', 'Log progress'), asks('order update', { order: order.no }), {
            look: 'primary_filled',
          }),
          button(say('变更', 'Change'), asks('order change', { order: order.no })),
          button(say('计划', 'Plan'), does('order plan', { order: order.no })),
          button(say('历史', 'History'), does('order log', { order: order.no })),
          order.actualDelivery !== null && button(say('结单', 'Close'), does('order close', { order: order.no })),
          button(say('刷新', 'Refresh'), does('order show', { order: order.no })),
        ),
      !isOpen && row(button(say('历史', 'History'), does('order log', { order: order.no }))),
    ],
  });
}

const fact = (label: Text, value: Text): Element =>
  text(both((t) => lined(coloured('grey', md`${t(label)}`), t(value))));

function delivery(order: Order, today: IsoDate): Text {
  if (order.actualDelivery !== null)
    return join([
      order.deliveryDate,
      say(`（已于 ${order.actualDelivery} 交货）`, ` (delivered ${order.actualDelivery})`),
    ]);
  if (order.status !== 'open') return order.deliveryDate;
  return join([order.deliveryDate, say('（', ' ('), countdown(daysBetween(today, order.deliveryDate)), say('）', ')')]);
}

/** The customer's wish and the first promise, where they are not the promise that stands; contract and product. */
function otherDates({ requestedDate, firstPromised, deliveryDate, contractNo, product }: Order): Element | false {
  const parts: [Text, string | null][] = [
    [say('合同', 'Contract'), contractNo],
    [say('产品', 'Product'), product || null],
    [say('客户要求', 'Requested'), requestedDate !== deliveryDate ? requestedDate : null],
    [say('最初承诺', 'First promised'), firstPromised !== deliveryDate ? firstPromised : null],
  ];
  const known = parts.filter(([, value]) => value !== null);
  return (
    known.length > 0 && note(both((t) => md`${known.map(([label, value]) => `${t(label)} ${value}`).join(' · ')}`))
  );
}

function statusTag({ order, today, worries }: OrderView): { text: Text; colour: Tone }[] {
  if (order.status === 'cancelled') return [{ text: say('已取消', 'cancelled'), colour: 'grey' }];
  if (order.status === 'closed') return [{ text: say('已结束', 'closed'), colour: 'grey' }];
  if (order.actualDelivery !== null) return [{ text: say('已交货', 'delivered'), colour: 'green' }];
  const state = urgency(order, today);
  if (state === 'overdue') return [{ text: say('已超期', 'overdue'), colour: 'red' }];
  if (worries.some(({ kind }) => kind === 'slow' || kind === 'behind'))
    return [{ text: say('有风险', 'at risk'), colour: 'orange' }];
  return state === 'due-soon' ? [{ text: say('快到期', 'due soon'), colour: 'orange' }] : [];
}

const worryColour = ({ kind }: Worry) => (kind === 'overdue' ? 'red' : kind === 'due-soon' ? 'grey' : 'orange');

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

/** One line a stage: ✓ done, ● here, ○ to come; how much of it, when it was planned, how late it is, whose it is. */
function stageList(order: Order, states: StageState[], today: IsoDate, name: (id: number) => string): Element {
  return text(
    both(
      (t) =>
        new Markup(
          states
            .map(({ stage, done, actual, began, planned, ownerId }) => {
              const isDone = actual !== undefined;
              // through with all pieces, there is nothing left to stand at; closed with pieces missing, there is
              const here = stage === order.stage && !(isDone && (done ?? order.qty) >= order.qty);
              const share = done === undefined ? '' : ` ${done}/${order.qty}${bar(done, order.qty)}`;
              const mark = here ? '●' : isDone ? '✓' : began ? '◐' : '○';
              const label = md`${mark} ${t(stageLabel(stage))}${share}`.source;
              const late = planned === null ? 0 : daysBetween(planned, actual ?? today);
              const day = isDone ? actual.slice(5) : planned?.slice(5);
              const plan = day === undefined ? '' : isDone ? ` ${day}` : ` ${t(say(`计划 ${day}`, `planned ${day}`))}`;
              const owner = ownerId === null ? '' : md` · ${name(ownerId)}`.source;
              const lateness =
                late > 0 && order.status === 'open'
                  ? coloured(isDone ? 'grey' : 'red', t(say(` 迟 ${late} 天`, ` ${late} days late`))).source
                  : '';
              const head = here ? `**${label}**` : coloured(isDone ? 'green' : 'grey', new Markup(label)).source;
              return `${head}${coloured('grey', new Markup(`${plan}${owner}`)).source}${lateness}`;
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
          .map((entry) => `- ${when(entry.saidAt).source} ${md`${name(entry.by)}：${t(entryText(entry, 100))}`.source}`)
          .join('\n'),
      ),
  );
  return panel(
    both((t) => md`**${t(say('最近记录', 'Latest entries'))}**`),
    [text(entries, { size: 'notation' })],
    { expanded: true },
  );
}

function filesPanel(files: { kind: 'image' | 'file'; name: string }[]): Element {
  const photos = files.filter(({ kind }) => kind === 'image').length;
  const shown = files.slice(0, 10);
  return panel(
    both(
      (t) =>
        md`**${t(say(`附件 ${files.length}`, `Files ${files.length}`))}** ${t(say(`照片 ${photos} · 文件 ${files.length - photos}`, `${photos} photos · ${files.length - photos} documents`))}`,
    ),
    [
      text(
        both((t) =>
          lined(
            ...shown.map(({ kind, name }) => md`${kind === 'image' ? '🖼' : '📎'} ${[...name].slice(0, 60).join('')}`),
            ...(files.length > shown.length
              ? [t(say(`……还有 ${files.length - shown.length} 个`, `… and ${files.length - shown.length} more`))]
              : []),
          ),
        ),
        { size: 'notation' },
      ),
    ],
  );
}
