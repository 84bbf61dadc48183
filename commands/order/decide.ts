import { z } from 'zod';
import { type CommandContext, defineCommand } from '#bot/command';
import { freeText, Problem } from '#bot/fields';
import { orderChangeCard } from '#cards/order-change-card';
import { decideRequest, lockRequest } from '#db/order-requests';
import { personById } from '#db/people';
import { UserError } from '#domain/errors';
import { say } from '#domain/text';
import { demandOrderToDecide } from './access.ts';
import { applyChange, type ChangeArgs } from './change.ts';
import { giveGift } from './gift.ts';

export const requestNo = z
  .int()
  .min(1)
  .meta({
    word: 1,
    label: { zh: '申请号', en: 'request' },
    field: {
      kind: 'request-no',
      asks: 'line',
      maxLength: 12,
      read: (raw) =>
        /^\d{1,12}$/.test(raw)
          ? Number(raw)
          : new Problem(say('申请号是卡片上的数字', 'the number of a request is on its card')),
    },
  });

async function openRequest(ctx: CommandContext, id: number) {
  const request = await lockRequest(ctx.tx, id);
  if (!request || request.decision !== null)
    throw new UserError(
      'order.request-closed',
      say('这份申请已经处理过了。', 'This request has been decided already.'),
      say('看订单现在的样子和谁决定的：/订单 历史', 'See how the order stands and who decided: /order log'),
    );
  const order = await demandOrderToDecide(ctx, request.orderNo, say('这份申请', 'This request'));
  return { request, order };
}

/** `/order allow <request>`: somebody above allows what was beyond a merchandiser's authority; it is done at once. */
export const allowRequest = defineCommand({
  name: 'order allow',
  aliases: ['订单 同意'],
  summary: { zh: '同意超出权限的变更', en: 'allow a change beyond a merchandiser’s authority' },
  example: { zh: '/订单 同意 12', en: '/order allow 12' },
  roles: ['manager', 'general_manager', 'admin'],
  answers: 'private',
  input: z.object({ request: requestNo }),

  async run(ctx, { request: id }) {
    const { request, order } = await openRequest(ctx, id);
    await decideRequest(ctx.tx, id, 'allowed', ctx.actor.id, ctx.now);
    return 'gift' in request.args
      ? giveGift(ctx, order, { gift: request.args.gift as bigint, reason: request.args.reason as string })
      : applyChange(ctx, order, request.args as ChangeArgs);
  },
});

/** `/order refuse <request>`: the order stays as it is, and who asked is told. */
export const refuseRequest = defineCommand({
  name: 'order refuse',
  aliases: ['订单 不同意'],
  summary: { zh: '不同意超出权限的变更', en: 'refuse a change beyond a merchandiser’s authority' },
  example: { zh: '/订单 不同意 12 说明=客户不接受', en: '/order refuse 12 note="the customer will not have it"' },
  roles: ['manager', 'general_manager', 'admin'],
  answers: 'private',
  input: z.object({
    request: requestNo,
    note: freeText(300)
      .optional()
      .meta({ keys: ['原因'], label: { zh: '说明', en: 'note' } }),
  }),

  async run(ctx, { request: id, note = '' }) {
    const { request, order } = await openRequest(ctx, id);
    await decideRequest(ctx.tx, id, 'refused', ctx.actor.id, ctx.now);
    await ctx.record({ subject: `order:${order.no}`, after: { request: id, decision: 'refused', note } });
    const card = orderChangeCard({
      no: order.no,
      style: order.style,
      customer: order.customer,
      title: say('变更没有同意', 'The change was refused'),
      tone: 'grey',
      changes: [],
      reason: note,
      by: ctx.actor.name,
      followUp: say('订单保持原样。', 'The order stays as it is.'),
    });
    const asker = await personById(ctx.tx, request.by);
    return {
      card,
      also: asker ? [{ to: { person: asker.openId }, content: { type: 'card', card } }] : [],
    };
  },
});
