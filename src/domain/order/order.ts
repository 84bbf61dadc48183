import { daysBetween, type IsoDate } from '../calendar/dates.ts';
import { UserError } from '../errors.ts';
import type { Person } from '../people/person.ts';
import { inLocale, say } from '../text.ts';
import { formatLines, type OrderLine } from './lines.ts';
import { findStage, stageAmong, stageLabel } from './stages.ts';
import { quantityText } from './unit.ts';

/** O1. Money is whole fen of the order's currency. */
export interface Order {
  id: number;
  no: string;
  template: string;
  customer: string;
  contractNo: string | null;
  style: string;
  product: string;
  qty: number;
  unit: string;
  currency: string;
  unitPriceFen: bigint | null;
  amountFen: bigint | null;
  processingFeeFen: bigint | null;
  factory: string | null;
  /** The customer's wish, our first promise, the promise that stands now, and what came of it. */
  requestedDate: IsoDate | null;
  firstPromised: IsoDate;
  deliveryDate: IsoDate;
  actualDelivery: IsoDate | null;
  special: string;
  merchandiserId: number;
  chatId: string | null;
  status: 'open' | 'closed' | 'cancelled';
  /** Where it stands: the stage of the newest entry. */
  stage: string | null;
  lastProgressAt: Date | null;
  /** Derived from log and plan, see `Standing`. */
  nextStage: string | null;
  nextDue: IsoDate | null;
  paceStage: string | null;
  paceDone: number | null;
  paceFrom: IsoDate | null;
  paceDue: IsoDate | null;
  snoozedUntil: IsoDate | null;
  createdAt: Date;
}

/** O3. An entry of the progress log that still stands. */
export interface Progress {
  id: number;
  stage: string | null;
  /** How much of the stage is done altogether, or `added`: how much more. */
  qty: number | null;
  added: number | null;
  /** Of one colour and size; empty: of the whole order. */
  colour: string;
  size: string;
  machines: number | null;
  pieces: number | null;
  finished: boolean;
  note: string;
  by: number;
  saidAt: Date;
  recordedAt: Date;
  /** The business day it is about, and whether that was over when it was said. */
  forDay: IsoDate;
  late: boolean;
  /** Its place in the log. */
  countsAt: Date;
  /** What it corrects. */
  replaces: number | null;
}

/**
 * Whether anything can be recorded on the order.
 *
 * @throws UserError saying who can allow it
 */
export function demandOpen(order: Pick<Order, 'no' | 'status'>): void {
  if (order.status === 'open') return;
  const state = order.status === 'closed' ? { zh: '已结单', en: 'closed' } : { zh: '已取消', en: 'cancelled' };
  throw new UserError(
    'order.not-open',
    say(
      `订单 ${order.no} ${state.zh}，不能再登记或变更。`,
      `Order ${order.no} is ${state.en}; nothing more can be recorded on it.`,
    ),
    say(
      `如果弄错了，请部门经理重新打开：/订单 重开 ${order.no} 原因=…`,
      `If that is a mistake, ask the department manager to reopen it: /order reopen ${order.no} reason=…`,
    ),
  );
}

/**
 * The stage of this order that a word names.
 *
 * @throws UserError naming the stages that it has
 */
export function demandStage(order: Pick<Order, 'no'>, stages: readonly string[], word: string): string {
  const stage = stageAmong(stages, word);
  if (stage !== undefined) return stage;
  const known = (locale: 'zh' | 'en') =>
    stages.map((code) => inLocale(stageLabel(code), locale)).join(locale === 'zh' ? '、' : ', ');
  const asked = stageLabel(findStage(word)?.code ?? word);
  throw new UserError(
    'order.stage-not-in-template',
    say(
      `订单 ${order.no} 的工序里没有「${inLocale(asked, 'zh')}」。`,
      `Order ${order.no} has no stage “${inLocale(asked, 'en')}”.`,
    ),
    say(`可以写：${known('zh')}`, `Known: ${known('en')}`),
  );
}

/**
 * Whether so much can be done: of the whole order, or of one of its lines.
 *
 * @throws UserError saying what does not fit and what can help
 */
export function checkQuantity(order: Pick<Order, 'no' | 'qty' | 'unit'>, done: number, line?: OrderLine): void {
  const most = line?.qty ?? order.qty;
  if (done <= most) return;
  const of = line ? [line.colour, line.size].filter(Boolean).join(' ') : '';
  throw new UserError(
    'order.qty-over',
    say(
      `数量 ${done} 超过订单 ${order.no} ${of && `${of} `}的 ${most}${order.unit}。`,
      `${done} is more than the ${inLocale(quantityText(most, order.unit), 'en')} of order ${order.no}${of && ` ${of}`}.`,
    ),
    say(
      `数量写的是这道工序累计完成多少；新增的写 +200。客户加单的话，先 /订单 变更 ${order.no} 数量=…`,
      `The quantity is how much of this stage is done altogether; write +200 for what is new. If the customer ordered more: /order change ${order.no} qty=…`,
    ),
  );
}

/**
 * The line of the order that a colour and a size name; either may be left out where it is clear.
 *
 * @throws UserError naming the lines
 */
export function demandLine(
  order: Pick<Order, 'no'>,
  lines: readonly OrderLine[],
  { colour, size }: { colour?: string | undefined; size?: string | undefined },
): OrderLine | undefined {
  if (colour === undefined && size === undefined) return undefined;
  const same = (a: string, b: string | undefined) => b === undefined || a.toLowerCase() === b.toLowerCase();
  const found = lines.filter((line) => same(line.colour, colour) && same(line.size, size));
  if (found.length === 1) return found[0];
  const words = [colour, size].filter(Boolean).join(' ');
  throw new UserError(
    'order.no-line',
    found.length === 0
      ? say(`订单 ${order.no} 的明细里没有「${words}」。`, `Order ${order.no} has no line “${words}”.`)
      : say(
          `「${words}」有 ${found.length} 行，请把颜色和尺码都写上。`,
          `“${words}” fits ${found.length} lines; give colour and size.`,
        ),
    lines.length === 0
      ? say(
          `这张订单没有明细。补上：/订单 变更 ${order.no} 明细="红 S=100 M=200"`,
          `This order has no lines. Add them: /order change ${order.no} lines="red S=100 M=200"`,
        )
      : say(`明细：${formatLines(lines)}`, `Lines: ${formatLines(lines)}`),
  );
}

/** Who may record on an order or change it: who follows it, that person's deputy, everybody above in the line, and the general manager. */
export function mayChange(actor: Person, order: Order, merchandiser: Person, above: number[]): boolean {
  return (
    actor.id === order.merchandiserId ||
    actor.id === merchandiser.deputyId ||
    above.includes(actor.id) ||
    actor.roles.includes('general_manager') ||
    actor.roles.includes('admin')
  );
}

/** Who may cancel and reopen, and decide what is beyond a merchandiser's own authority: everybody above, the general manager. */
export function mayDecide(actor: Person, above: number[]): boolean {
  return above.includes(actor.id) || actor.roles.includes('general_manager') || actor.roles.includes('admin');
}

/** Prices and fees are shown to those who answer for the order or the money, and never in a group. */
export function maySeeMoney(actor: Person, order: Order, merchandiser: Person, above: number[]): boolean {
  return actor.roles.includes('finance') || mayChange(actor, order, merchandiser, above);
}

export type Urgency = 'overdue' | 'due-soon' | 'on-time' | 'closed';

/** Due soon: within three days. */
export function urgency(order: Pick<Order, 'status' | 'deliveryDate' | 'actualDelivery'>, today: IsoDate): Urgency {
  if (order.status !== 'open') return 'closed';
  if (order.actualDelivery !== null) return 'on-time';
  const left = daysBetween(today, order.deliveryDate);
  return left < 0 ? 'overdue' : left <= 3 ? 'due-soon' : 'on-time';
}
