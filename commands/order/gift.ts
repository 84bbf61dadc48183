import { z } from 'zod';
import { type CommandContext, defineCommand } from '#bot/command';
import { money } from '#bot/fields';
import { shortYuan } from '#domain/money';
import { changesAmong } from '#domain/order/changes';
import { beyondGift } from '#domain/order/limits';
import type { Order } from '#domain/order/order';
import { say } from '#domain/text';
import { demandOrderToChange, orderReply } from './access.ts';
import { reason, theOrder } from './fields.ts';
import { goUp, limitsOf } from './limits.ts';
import { logChanges } from './log-changes.ts';

/** `/order gift <no> <amount> reason=…`: an allowance to the customer; above one's limit it goes up the line. */
export const giftOrder = defineCommand({
  name: 'order gift',
  aliases: ['订单 赠送'],
  summary: { zh: '登记给客户的赠送、让利', en: 'record a gift or allowance to the customer' },
  example: {
    zh: '/订单 赠送 SO-1001 金额=300 原因=首单送样',
    en: '/order gift SO-1001 amount=300 reason="first order"',
  },
  roles: ['merchandiser', 'manager', 'general_manager', 'admin'],
  answers: 'private',
  input: z.object({
    order: theOrder,
    gift: money.meta({ word: 2, keys: ['amount'], label: { zh: '金额', en: 'amount' } }),
    reason,
  }),

  async run(ctx, { order: no, gift, reason }) {
    const order = await demandOrderToChange(ctx, no);
    const request = await goUp(ctx, order, {
      args: { gift, reason },
      beyond: beyondGift(await limitsOf(ctx), gift),
      changes: changesAmong([['giftFen', null, gift]]),
      reason,
    });
    return request ?? giveGift(ctx, order, { gift, reason });
  },
});

export async function giveGift(ctx: CommandContext, order: Order, { gift, reason }: { gift: bigint; reason: string }) {
  await logChanges(ctx, order, changesAmong([['giftFen', null, gift]]), { reason });
  await ctx.record({ subject: `order:${order.no}`, after: { giftFen: gift, reason } });
  return orderReply(
    ctx,
    order.no,
    say(`已登记赠送 ${shortYuan(gift)} 元`, `A gift of ${shortYuan(gift)} yuan was recorded`),
  );
}
