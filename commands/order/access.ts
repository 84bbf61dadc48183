import type { CommandContext } from '#bot/command';
import type { Card } from '#cards/kit';
import { orderCard } from '#cards/order-card';
import type { Db } from '#db/client';
import { type Dossier, orderDossier, statesIn } from '#db/order-dossier';
import { chatDefaults } from '#db/order-files';
import { findOrder, lockOrder, similarOrderNos } from '#db/orders';
import { managersAbove, personById } from '#db/people';
import { businessDay } from '#domain/calendar/business-day';
import { knownNotices } from '#domain/calendar/notices/known';
import { UserError } from '#domain/errors';
import { orderMarks } from '#domain/order/marks';
import { mayChange, mayDecide, maySeeMoney, type Order } from '#domain/order/order';
import { type Worry, worriesOf } from '#domain/order/risk';
import type { Person } from '#domain/people/person';
import { say, type Text } from '#domain/text';
import { watchDay } from '#usecases/watch-day';

/** @throws UserError naming orders that resemble it */
export async function demandOrder(tx: Db, no: string, { locked = false } = {}): Promise<Order> {
  const order = await (locked ? lockOrder(tx, no) : findOrder(tx, no));
  if (order) return order;
  const similar = await similarOrderNos(tx, no);
  throw new UserError(
    'order.not-found',
    say(`没有找到订单 ${no}。`, `There is no order ${no}.`),
    similar.length > 0
      ? say(
          `是不是 ${similar.join('、')}？你手上的订单：/订单 列表`,
          `Is it ${similar.join(', ')}? Your orders: /order list`,
        )
      : say(
          '核对一下订单号，或用 /订单 列表 查看你手上的订单；新订单用 /订单 新建。',
          'Check the number, or see your orders with /order list; a new one with /order new.',
        ),
  );
}

/**
 * The order that was named, or the default one of this group.
 *
 * @throws UserError saying how to name one
 */
export async function orderNoHere(ctx: CommandContext, no: string | undefined): Promise<string> {
  if (no !== undefined) return no;
  const here = ctx.place === 'group' && ctx.source.chatId ? await chatDefaults(ctx.tx, ctx.source.chatId) : undefined;
  if (here?.orderNo) return here.orderNo;
  throw new UserError(
    'order.which',
    say('没有写是哪张订单。', 'Which order this is about was not said.'),
    say(
      '请写上订单号；一个群只跟一张订单的话，先 /订单 群 SO-1001，以后就不用写了。',
      'Give its number; where a group follows one order, say /order group SO-1001 once and leave it out from then on.',
    ),
  );
}

interface Relations {
  merchandiser: Person;
  above: number[];
}

export async function relations(tx: Db, order: Order): Promise<Relations> {
  const merchandiser = await personById(tx, order.merchandiserId);
  return { merchandiser: merchandiser!, above: await managersAbove(tx, order.merchandiserId) };
}

/**
 * The order for a change by this person, held until the transaction ends.
 *
 * @param held the order, when this transaction holds it already
 */
export async function demandOrderToChange(ctx: CommandContext, no: string, held?: Order): Promise<Order> {
  const order = held ?? (await demandOrder(ctx.tx, no, { locked: true }));
  if (ctx.actor.id === order.merchandiserId) return order;
  const { merchandiser, above } = await relations(ctx.tx, order);
  if (mayChange(ctx.actor, order, merchandiser, above)) return order;
  throw new UserError(
    'denied.order',
    say(
      `订单 ${no} 由 ${merchandiser.name} 跟进，你不能登记。`,
      `Order ${no} is followed by ${merchandiser.name}; you cannot record on it.`,
    ),
    say(
      `请 ${merchandiser.name} 或其部门经理登记，或由经理把订单交接给你。`,
      `Ask ${merchandiser.name} or their manager to record it, or to hand the order over to you.`,
    ),
  );
}

/** The order for what only those above its merchandiser decide: cancelling, reopening, giving it to somebody else. */
export async function demandOrderToDecide(ctx: CommandContext, no: string, what: Text): Promise<Order> {
  const order = await demandOrderToChange(ctx, no);
  const { above } = await relations(ctx.tx, order);
  if (mayDecide(ctx.actor, above)) return order;
  const manager = above[0] === undefined ? undefined : await personById(ctx.tx, above[0]);
  const { zh, en } = typeof what === 'string' ? { zh: what, en: what } : what;
  throw new UserError(
    'denied.order-decide',
    say(`${zh}要由上级决定。`, `${en} is decided by those above.`),
    manager
      ? say(`请 ${manager.name} 或总经理来做。`, `Ask ${manager.name} or the general manager.`)
      : say('请部门经理或总经理来做。', 'Ask the department manager or the general manager.'),
  );
}

/** Whether prices may be shown: in private, to those who answer for the order or the money. */
export async function seesMoney(ctx: CommandContext, order: Order): Promise<boolean> {
  if (ctx.place !== 'private') return false;
  if (ctx.actor.id === order.merchandiserId) return true;
  const { merchandiser, above } = await relations(ctx.tx, order);
  return maySeeMoney(ctx.actor, order, merchandiser, above);
}

/** The business day of the last entry, or of the order itself. */
export const lastDayOf = (order: Order, zone: string): string =>
  businessDay(order.lastProgressAt ?? order.createdAt, zone);

/** What is to worry about in an order today, by the company's own limits and holidays. */
export async function worriesNow(ctx: CommandContext, order: Order): Promise<Worry[]> {
  const { notices = knownNotices, ...watch } = await watchDay(ctx.tx, ctx.today, ctx.zone);
  return worriesBy(ctx, order, { watch, notices });
}

const worriesBy = (
  ctx: CommandContext,
  order: Order,
  { watch, notices }: Pick<Dossier, 'watch' | 'notices'>,
): Worry[] =>
  order.status === 'open'
    ? worriesOf({ ...order, lastDay: lastDayOf(order, ctx.zone) }, ctx.today, watch, notices)
    : [];

/** The card of an order as this person may see it here. */
export async function cardOfOrder(ctx: CommandContext, order: Order, news?: Text, known?: Dossier): Promise<Card> {
  const dossier = known ?? (await orderDossier(ctx.tx, order.no))!;
  const { log, lines, files, names, records, answers } = dossier;
  return orderCard({
    order,
    states: statesIn(order, dossier),
    log,
    lines,
    files,
    names,
    today: ctx.today,
    worries: worriesBy(ctx, order, dossier),
    withMoney: await seesMoney(ctx, order),
    marks: orderMarks(order, records, answers, { documents: dossier.documents }),
    ...(news !== undefined && { news }),
  });
}

/** The answer of a command that changed an order: its card, and what happened. */
export async function orderReply(ctx: CommandContext, no: string, news: Text) {
  return {
    card: await cardOfOrder(ctx, await demandOrder(ctx.tx, no), news),
    toast: { tone: 'success' as const, text: news },
    subject: `order:${no}`,
  };
}
