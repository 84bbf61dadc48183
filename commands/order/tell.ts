import type { CommandContext, Told } from '#bot/command';
import { orderChangeCard } from '#cards/order-change-card';
import { planOf } from '#db/order-progress';
import { peopleByIds } from '#db/people';
import { type Change, isMoneyField } from '#domain/order/changes';
import type { Order } from '#domain/order/order';
import type { Text } from '#domain/text';
import { relations } from './access.ts';

/**
 * Tells those who work from what was valid before: the merchandiser, their manager and the owners of unfinished stages in private, the
 * order's group with what is not about money. Not the one who did it, and not the group in which it was said.
 */
export async function tellOfChange(
  ctx: CommandContext,
  order: Order,
  { title, changes, reason, followUp }: { title: Text; changes: Change[]; reason: string; followUp?: Text },
): Promise<Told[]> {
  const { merchandiser, above } = await relations(ctx.tx, order);
  const owners = (await planOf(ctx.tx, order.id)).flatMap(({ ownerId }) => ownerId ?? []);
  const informed = new Set([merchandiser.id, ...above.slice(0, 1)]);
  const people = await peopleByIds(ctx.tx, [...informed, ...owners]);
  const neutral = changes.filter(({ field }) => !isMoneyField(field));
  const cardFor = (shown: Change[]) =>
    orderChangeCard({
      no: order.no,
      style: order.style,
      customer: order.customer,
      title,
      changes: shown,
      reason,
      by: ctx.actor.name,
      ...(followUp !== undefined && { followUp }),
    });
  const toPeople = [...people.values()]
    .filter(({ id, leftOn }) => id !== ctx.actor.id && leftOn === null)
    .filter(({ id }) => informed.has(id) || neutral.length > 0)
    .map(
      ({ id, openId }): Told => ({
        to: { person: openId },
        content: {
          type: 'card',
          card: cardFor(informed.has(id) ? changes : neutral),
          subject: `order:${order.no}`,
        },
      }),
    );
  const isSaidThere = ctx.place === 'group' && ctx.source.chatId === order.chatId;
  if (order.chatId === null || isSaidThere || neutral.length === 0) return toPeople;
  return [
    ...toPeople,
    {
      to: { chat: order.chatId },
      content: { type: 'card', card: cardFor(neutral), subject: `order:${order.no}` },
    },
  ];
}
