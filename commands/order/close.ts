import { z } from 'zod';
import { type CommandContext, defineCommand } from '#bot/command';
import { freeText } from '#bot/fields';
import { setOrderStatus } from '#db/orders';
import { UserError } from '#domain/errors';
import { changesAmong } from '#domain/order/changes';
import { demandOpen, type Order } from '#domain/order/order';
import { say, type Text } from '#domain/text';
import { demandOrderToChange, demandOrderToDecide, orderReply } from './access.ts';
import { reason, theOrder } from './fields.ts';
import { logChanges } from './log-changes.ts';
import { tellOfChange } from './tell.ts';

/** `/order close <no>`: everything is done. */
export const closeOrder = defineCommand({
  name: 'order close',
  aliases: ['订单 结单', '订单 完结'],
  summary: { zh: '结单', en: 'close an order that is done' },
  example: { zh: '/订单 结单 SO-1001', en: '/order close SO-1001' },
  roles: ['merchandiser', 'manager', 'general_manager', 'admin'],
  answers: 'anywhere',
  input: z.object({
    order: theOrder,
    reason: freeText(300)
      .optional()
      .meta({ keys: ['理由', '说明'], label: { zh: '原因', en: 'reason' } }),
  }),

  async run(ctx, { order: no, reason = '' }) {
    const order = await demandOrderToChange(ctx, no);
    demandOpen(order);
    if (order.actualDelivery === null && reason === '')
      throw new UserError(
        'order.not-delivered',
        say(`订单 ${no} 还没有登记出货，不能直接结单。`, `Order ${no} has not been shipped by the records.`),
        say(
          `先登记出货：/订单 更新 ${no} 出货；确实不出了，请写明：/订单 结单 ${no} 原因=…`,
          `Record it first: /order update ${no} shipped; or say why not: /order close ${no} reason=…`,
        ),
      );
    return setStatus(ctx, order, { to: 'closed', reason, news: say(`订单 ${no} 已结单`, `Order ${no} was closed`) });
  },
});

/** `/order cancel <no> reason=…`: it will not be made. Decided by those above. */
export const cancelOrder = defineCommand({
  name: 'order cancel',
  aliases: ['订单 取消'],
  summary: { zh: '取消订单（经理以上）', en: 'cancel an order (manager and above)' },
  example: { zh: '/订单 取消 SO-1001 原因=客户取消合同', en: '/order cancel SO-1001 reason="contract cancelled"' },
  roles: ['merchandiser', 'manager', 'general_manager', 'admin'],
  answers: 'anywhere',
  input: z.object({ order: theOrder, reason }),

  async run(ctx, { order: no, reason }) {
    const order = await demandOrderToDecide(ctx, no, say(`取消订单 ${no} `, `Cancelling order ${no}`));
    demandOpen(order);
    return setStatus(ctx, order, {
      to: 'cancelled',
      reason,
      news: say(`订单 ${no} 已取消`, `Order ${no} was cancelled`),
      told: say('订单已取消，请停止生产', 'Order cancelled: stop working on it'),
    });
  },
});

/** `/order reopen <no> reason=…`: it was ended by mistake, or goes on. Decided by those above. */
export const reopenOrder = defineCommand({
  name: 'order reopen',
  aliases: ['订单 重开', '订单 重新打开'],
  summary: { zh: '重新打开订单（经理以上）', en: 'reopen an order (manager and above)' },
  example: { zh: '/订单 重开 SO-1001 原因=客户补单', en: '/order reopen SO-1001 reason="more was ordered"' },
  roles: ['merchandiser', 'manager', 'general_manager', 'admin'],
  answers: 'anywhere',
  input: z.object({ order: theOrder, reason }),

  async run(ctx, { order: no, reason }) {
    const order = await demandOrderToDecide(ctx, no, say(`重新打开订单 ${no} `, `Reopening order ${no}`));
    if (order.status === 'open')
      throw new UserError(
        'order.open',
        say(`订单 ${no} 本来就在手。`, `Order ${no} is open already.`),
        say(`直接登记就行：/订单 更新 ${no}`, `Just record on it: /order update ${no}`),
      );
    return setStatus(ctx, order, {
      to: 'open',
      reason,
      news: say(`订单 ${no} 已重新打开`, `Order ${no} was reopened`),
      told: say('订单重新打开，请继续跟进', 'Order reopened: please go on with it'),
    });
  },
});

async function setStatus(
  ctx: CommandContext,
  order: Order,
  { to, reason, news, told }: { to: Order['status']; reason: string; news: Text; told?: Text },
) {
  const changes = changesAmong([['status', order.status, to]]);
  await setOrderStatus(ctx.tx, order.no, to, ctx.now);
  await logChanges(ctx, order, changes, { reason });
  await ctx.record({
    subject: `order:${order.no}`,
    before: { status: order.status },
    after: { status: to, reason },
  });
  return {
    ...(await orderReply(ctx, order.no, news)),
    also: told === undefined ? [] : await tellOfChange(ctx, order, { title: told, changes, reason }),
  };
}
