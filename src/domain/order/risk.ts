import { addDays, daysBetween, type IsoDate } from '../calendar/dates.ts';
import type { Notices } from '../calendar/notice.ts';
import { knownNotices } from '../calendar/notices/known.ts';
import { inLocale, say, type Text } from '../text.ts';
import type { Order } from './order.ts';
import { workdaysUntil } from './planning-days.ts';
import { stageLabel } from './stages.ts';
import { quantityText } from './unit.ts';

/** O4. Why an order needs somebody's eye. */
export type Worry =
  | { kind: 'overdue'; days: number }
  | { kind: 'due-soon'; days: number }
  /** A stage has passed its planned day. */
  | { kind: 'behind'; stage: string; planned: IsoDate; workdays: number }
  /** At the pace so far it will not be finished in time. */
  | { kind: 'slow'; stage: string; perDay: number; left: number; needed: number; available: number; due: IsoDate }
  | { kind: 'stalled'; workdays: number };

export interface WatchSettings {
  /** Calendar days before the delivery date from which it is due soon. */
  dueDays: number;
  /** Working days without an entry after which it is stalled. */
  stalledDays: number;
  /** Working days late after which the manager hears of it. */
  escalateDays: number;
}

export const defaultWatch: WatchSettings = { dueDays: 7, stalledDays: 3, escalateDays: 2 };

export type Watched = Pick<
  Order,
  | 'status'
  | 'qty'
  | 'deliveryDate'
  | 'actualDelivery'
  | 'nextStage'
  | 'nextDue'
  | 'paceStage'
  | 'paceDone'
  | 'paceFrom'
  | 'paceDue'
> & {
  /** Business day of the last entry, or of the order itself. */
  lastDay: IsoDate;
};

/** What is to worry about in an order today, the worst first; the same arithmetic as the database's in `db/order-watch.ts`. */
export function worriesOf(
  order: Watched,
  today: IsoDate,
  { dueDays, stalledDays }: WatchSettings = defaultWatch,
  notices: Notices = knownNotices,
): Worry[] {
  if (order.status !== 'open') return [];
  const worries: Worry[] = [];
  const delivered = order.actualDelivery !== null;
  const left = daysBetween(today, order.deliveryDate);
  if (!delivered && left < 0) worries.push({ kind: 'overdue', days: -left });
  if (!delivered) {
    const slow = slowness(order, today, notices);
    if (slow) worries.push(slow);
  }
  if (order.nextStage !== null && order.nextDue !== null && order.nextDue < today)
    worries.push({
      kind: 'behind',
      stage: order.nextStage,
      planned: order.nextDue,
      workdays: Math.max(1, workdaysUntil(order.nextDue, today, notices)),
    });
  if (!delivered && left >= 0 && left <= dueDays) worries.push({ kind: 'due-soon', days: left });
  const silent = workdaysUntil(order.lastDay, addDays(today, -1), notices);
  if (!delivered && silent >= stalledDays) worries.push({ kind: 'stalled', workdays: silent });
  return worries;
}

function slowness(order: Watched, today: IsoDate, notices: Notices): Worry | undefined {
  const { qty, paceStage, paceDone, paceFrom, paceDue, deliveryDate } = order;
  if (paceStage === null || !paceDone || paceFrom === null || paceFrom > today) return undefined;
  const due = paceDue ?? deliveryDate;
  if (due < today) return undefined;
  const worked = Math.max(1, workdaysUntil(addDays(paceFrom, -1), today, notices));
  const left = qty - paceDone;
  const needed = Math.ceil((left * worked) / paceDone);
  const available = workdaysUntil(today, due, notices);
  return needed > available
    ? { kind: 'slow', stage: paceStage, perDay: Math.round(paceDone / worked), left, needed, available, due }
    : undefined;
}

/** At risk: not late yet, but it will be. */
export const isAtRisk = (worries: readonly Worry[]): boolean =>
  worries.some(({ kind }) => kind === 'behind' || kind === 'slow');

/** In words, with the numbers. */
export function worryText(worry: Worry, unit = ''): Text {
  switch (worry.kind) {
    case 'overdue':
      return say(
        `已超期 ${worry.days} 天，请尽快与客户沟通`,
        `${worry.days} days overdue; please talk to the customer`,
      );
    case 'due-soon':
      return worry.days === 0
        ? say('今天就是货期', 'due today')
        : say(`还有 ${worry.days} 天到货期`, `due in ${worry.days} days`);
    case 'behind': {
      const { zh, en } = inBoth(stageLabel(worry.stage));
      return say(
        `${zh}计划 ${worry.planned.slice(5)} 完成，已迟 ${worry.workdays} 个工作日`,
        `${en} was planned for ${worry.planned.slice(5)}, ${worry.workdays} working days late`,
      );
    }
    case 'slow': {
      const { zh, en } = inBoth(stageLabel(worry.stage));
      return say(
        `${zh}平均每天 ${worry.perDay}${unit}，剩 ${worry.left}${unit} 还要 ${worry.needed} 个工作日，到 ${worry.due.slice(5)} 只有 ${worry.available} 个`,
        `${en} makes ${worry.perDay} a day; ${inLocale(quantityText(worry.left, unit), 'en')} left need ${worry.needed} working days, there are ${worry.available} until ${worry.due.slice(5)}`,
      );
    }
    case 'stalled':
      return say(`${worry.workdays} 个工作日没有更新`, `no update for ${worry.workdays} working days`);
  }
}

const inBoth = (text: Text): { zh: string; en: string } => (typeof text === 'string' ? { zh: text, en: text } : text);
