import type { CommandContext } from '#bot/command';
import type { Card } from '#cards/kit';
import { orderCard } from '#cards/order-card';
import type { Db } from '#db/client';
import { findOrder, lockOrder, progressOf, similarOrderNos } from '#db/orders';
import { managersAbove, peopleByIds, personById } from '#db/people';
import { UserError } from '#domain/errors';
import { mayChange, maySeeMoney, type Order } from '#domain/order/order';
import type { Person } from '#domain/people/person';
import { say, type Text } from '#domain/text';

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

interface Relations {
  merchandiser: Person;
  above: number[];
}

async function relations(tx: Db, order: Order): Promise<Relations> {
  const merchandiser = await personById(tx, order.merchandiserId);
  return { merchandiser: merchandiser!, above: await managersAbove(tx, order.merchandiserId) };
}

/** The order for a change by this person, held until the transaction ends. */
export async function demandOrderToChange(ctx: CommandContext, no: string): Promise<Order> {
  const order = await demandOrder(ctx.tx, no, { locked: true });
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

/** The card of an order as this person may see it here. */
export async function cardOfOrder(ctx: CommandContext, order: Order, news?: Text): Promise<Card> {
  const log = await progressOf(ctx.tx, order.id);
  const people = await peopleByIds(ctx.tx, [order.merchandiserId, ...log.map(({ by }) => by)]);
  const isPrivate = ctx.place === 'private';
  const { merchandiser, above } = isPrivate ? await relations(ctx.tx, order) : { merchandiser: undefined, above: [] };
  return orderCard({
    order,
    log,
    names: new Map([...people].map(([id, { name }]) => [id, name])),
    today: ctx.today,
    withMoney: merchandiser !== undefined && maySeeMoney(ctx.actor, order, merchandiser, above),
    ...(news !== undefined && { news }),
  });
}
