import type { CommandContext, Reply } from '#bot/command';
import { does } from '#cards/kit';
import { noticeCard } from '#cards/notice-card';
import { orderChangeCard } from '#cards/order-change-card';
import { addRequest } from '#db/order-requests';
import { personById } from '#db/people';
import { setting } from '#db/settings';
import { UserError } from '#domain/errors';
import { changesAmong } from '#domain/order/changes';
import { beyondLimits, type Limits, noLimits } from '#domain/order/limits';
import { mayDecide, type Order } from '#domain/order/order';
import { inLocale, join, say, type Text } from '#domain/text';
import { relations } from './access.ts';
import type { ChangeArgs } from './change.ts';

export const LIMITS = 'order.limits';

export const limitsOf = async (ctx: CommandContext): Promise<Limits> => ({
  ...noLimits,
  ...(await setting<Partial<Limits>>(ctx.tx, LIMITS)),
});

/** A change beyond its author's authority becomes a card for the person above; undefined when it is within. */
export async function requestBeyond(ctx: CommandContext, order: Order, args: ChangeArgs): Promise<Reply | undefined> {
  const beyond = beyondLimits(await limitsOf(ctx), order, args);
  const changes = changesAmong([
    ...(args.price === undefined
      ? []
      : [['unitPriceFen', order.unitPriceFen, args.price] as [string, unknown, unknown]]),
    ...(args.delivery === undefined
      ? []
      : [['deliveryDate', order.deliveryDate, args.delivery] as [string, unknown, unknown]]),
    ...(args.qty === undefined ? [] : [['qty', order.qty, args.qty] as [string, unknown, unknown]]),
  ]);
  return goUp(ctx, order, { args, beyond, changes, reason: args.reason });
}

/** Asks the nearest person above who is there: the manager, else who is above them. */
export async function goUp(
  ctx: CommandContext,
  order: Order,
  {
    args,
    beyond,
    changes,
    reason,
  }: { args: Record<string, unknown>; beyond: Text[]; changes: ReturnType<typeof changesAmong>; reason: string },
): Promise<Reply | undefined> {
  if (beyond.length === 0) return undefined;
  const { above } = await relations(ctx.tx, order);
  if (mayDecide(ctx.actor, above)) return undefined;
  const deciders = (await Promise.all(above.map((id) => personById(ctx.tx, id)))).filter(
    (person) => person !== undefined && person.leftOn === null,
  );
  const decider = deciders[0];
  const why = join(beyond, say('；', '; '));
  if (!decider)
    throw new UserError(
      'order.beyond-limits',
      why,
      say(
        '花名册里没有你的上级，请总经理来登记。',
        'Nobody is above you on the roster; ask the general manager to do it.',
      ),
    );
  const id = await addRequest(ctx.tx, {
    orderId: order.id,
    args,
    why: inLocale(why, ctx.locale),
    by: ctx.actor.id,
    at: ctx.saidAt,
  });
  await ctx.record({ subject: `order:${order.no}`, after: { request: id, args, why } });
  const news = say(
    `要上级同意，已转给 ${decider.name}：${inLocale(why, 'zh')}。同意之前订单不变。`,
    `This needs consent; ${decider.name} was asked: ${inLocale(why, 'en')}. The order stays as it is until then.`,
  );
  const card = orderChangeCard({
    no: order.no,
    style: order.style,
    customer: order.customer,
    title: say('请你决定：超出跟单员权限', 'For you to decide: beyond a merchandiser’s authority'),
    tone: 'violet',
    changes,
    reason,
    by: ctx.actor.name,
    followUp: why,
    actions: [
      { label: say('同意', 'Allow'), action: does('order allow', { request: id }) },
      { label: say('不同意', 'Refuse'), action: does('order refuse', { request: id }) },
    ],
  });
  return {
    card: noticeCard(news, 'warning', [
      { label: say('查看订单', 'Open order'), action: does('order show', { order: order.no }) },
    ]),
    also: [{ to: { person: decider.openId }, content: { type: 'card', card, subject: `order:${order.no}` } }],
  };
}
