import { daysBetween, type IsoDate } from '../calendar/dates.ts';
import { UserError } from '../errors.ts';
import type { Person } from '../people/person.ts';
import { say } from '../text.ts';
import { findTemplate, type StageTemplate, stageLabel, templates } from './stages.ts';

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
  deliveryDate: IsoDate;
  special: string;
  merchandiserId: number;
  chatId: string | null;
  status: 'open' | 'closed' | 'cancelled';
  /** Where it stands: the stage of the newest entry. */
  stage: string | null;
  lastProgressAt: Date | null;
}

/** O3. An entry of the progress log that still stands. `qty` is how much of the stage is done altogether. */
export interface Progress {
  id: number;
  stage: string | null;
  qty: number | null;
  note: string;
  by: number;
  saidAt: Date;
  recordedAt: Date;
}

export const templateOf = (order: Pick<Order, 'template'>): StageTemplate =>
  findTemplate(order.template) ?? templates[0]!;

/** How much of each stage is done, by the newest entry that says so; in the order of the template. */
export function stageProgress(
  order: Order,
  log: readonly Progress[],
): { stage: string; done: number | undefined; reached: boolean; last?: Progress }[] {
  const newestFirst = [...log].sort((a, b) => b.saidAt.getTime() - a.saidAt.getTime() || b.id - a.id);
  const { stages } = templateOf(order);
  const current = order.stage === null ? -1 : stages.indexOf(order.stage);
  return stages.map((stage, i) => {
    const own = newestFirst.filter((entry) => entry.stage === stage);
    const done = own.find(({ qty }) => qty !== null)?.qty ?? undefined;
    return { stage, done, reached: own.length > 0 || i < current, ...(own[0] && { last: own[0] }) };
  });
}

/**
 * Whether an entry fits the order.
 *
 * @throws UserError saying what does not fit and who or what can help
 */
export function checkProgress(order: Order, entry: { stage?: string | undefined; qty?: number | undefined }): void {
  if (order.status !== 'open') {
    const state = order.status === 'closed' ? say('已结单', 'closed') : say('已取消', 'cancelled');
    throw new UserError(
      'order.not-open',
      typeof state === 'string'
        ? state
        : say(
            `订单 ${order.no} ${state.zh}，不能再登记进度。`,
            `Order ${order.no} is ${state.en}; no more progress can be recorded.`,
          ),
      say('如果弄错了，请部门经理重新打开。', 'If that is a mistake, ask the department manager to reopen it.'),
    );
  }
  const { stages, label } = templateOf(order);
  if (entry.stage !== undefined && !stages.includes(entry.stage)) {
    const known = (locale: 'zh' | 'en') =>
      stages.map((code) => labelIn(code, locale)).join(locale === 'zh' ? '、' : ', ');
    throw new UserError(
      'order.stage-not-in-template',
      say(
        `订单 ${order.no} 用的是${label.zh}工序，没有「${labelIn(entry.stage, 'zh')}」。`,
        `Order ${order.no} follows the ${label.en} stages, which have no “${labelIn(entry.stage, 'en')}”.`,
      ),
      say(`可以写：${known('zh')}`, `Known: ${known('en')}`),
    );
  }
  if (entry.qty !== undefined && entry.qty > order.qty) {
    throw new UserError(
      'order.qty-over',
      say(
        `数量 ${entry.qty} 超过订单 ${order.no} 的 ${order.qty}${order.unit}。`,
        `${entry.qty} is more than the ${order.qty} of order ${order.no}.`,
      ),
      say(
        '数量写的是这道工序累计完成多少。客户加单的话，请先改订单数量。',
        'The quantity is how much of this stage is done altogether. If the customer ordered more, change the order first.',
      ),
    );
  }
}

const labelIn = (code: string, locale: 'zh' | 'en'): string => {
  const label = stageLabel(code);
  return typeof label === 'string' ? label : label[locale];
};

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

/** Prices and fees are shown to those who answer for the order or the money, and never in a group. */
export function maySeeMoney(actor: Person, order: Order, merchandiser: Person, above: number[]): boolean {
  return actor.roles.includes('finance') || mayChange(actor, order, merchandiser, above);
}

export type Urgency = 'overdue' | 'due-soon' | 'on-time' | 'closed';

/** Due soon: within three days. */
export function urgency(order: Pick<Order, 'status' | 'deliveryDate'>, today: IsoDate): Urgency {
  if (order.status !== 'open') return 'closed';
  const left = daysBetween(today, order.deliveryDate);
  return left < 0 ? 'overdue' : left <= 3 ? 'due-soon' : 'on-time';
}
