import { z } from 'zod';
import { type CommandContext, defineCommand } from '#bot/command';
import { choice, freeText, orderNo } from '#bot/fields';
import { noticeCard } from '#cards/notice-card';
import { chatDefaults, putChatDefaults } from '#db/order-files';
import { changeOrder } from '#db/orders';
import { UserError } from '#domain/errors';
import { join, say, type Text } from '#domain/text';
import { demandOrderToChange } from './access.ts';

const clear = choice([{ value: 'yes', label: { zh: '清除', en: 'clear' }, aliases: ['取消默认', 'none'] }]);

/** The group in which this is said. */
export function demandGroup(ctx: CommandContext): string {
  if (ctx.place === 'group' && ctx.source.chatId) return ctx.source.chatId;
  throw new UserError(
    'order.group-only',
    say('这个要在群里说：它是关于那个群的。', 'Say this in the group that it is about.'),
    say('在群里 @我 再写一次。', 'Mention me in that group and write it again.'),
  );
}

/** `/order group [no] [customer=]` (O1): a group's default order and customer, so that they need not be said. */
export const groupOrder = defineCommand({
  name: 'order group',
  aliases: ['订单 群', '订单 本群'],
  summary: { zh: '设置本群默认的订单、客户', en: 'set this group’s default order and customer' },
  example: { zh: '/订单 群 SO-1001', en: '/order group SO-1001' },
  roles: ['merchandiser', 'manager', 'general_manager', 'admin'],
  answers: 'anywhere',
  input: z.object({
    order: orderNo.optional().meta({ word: 1, keys: ['单号'], label: { zh: '默认订单', en: 'default order' } }),
    customer: freeText(80)
      .optional()
      .meta({ label: { zh: '客户', en: 'customer' } }),
    clear: clear.optional().meta({ label: { zh: '清除', en: 'clear' }, bare: true }),
  }),

  async run(ctx, { order: no, customer, clear }) {
    const chatId = demandGroup(ctx);
    const before = await chatDefaults(ctx.tx, chatId);
    if (no !== undefined || customer !== undefined || clear !== undefined) {
      const order = no === undefined ? undefined : await demandOrderToChange(ctx, no);
      // an order that belongs to no group yet belongs to this one from now on
      if (order && order.chatId === null) await changeOrder(ctx.tx, order.id, { chatId });
      await putChatDefaults(
        ctx.tx,
        chatId,
        {
          ...(clear && { orderId: null, customer: null }),
          ...(order && { orderId: order.id }),
          ...(customer !== undefined && { customer }),
        },
        ctx.actor.id,
        ctx.now,
      );
      await ctx.record({ subject: `chat:${chatId}`, before, after: await chatDefaults(ctx.tx, chatId) });
    }
    const now = await chatDefaults(ctx.tx, chatId);
    const parts: Text[] = [
      ...(now?.orderNo ? [say(`默认订单 ${now.orderNo}`, `default order ${now.orderNo}`)] : []),
      ...(now?.customer ? [say(`默认客户 ${now.customer}`, `default customer ${now.customer}`)] : []),
      (now?.digest ?? true) ? say('每天早上发简报', 'a digest each morning') : say('不发简报', 'no digest'),
    ];
    return {
      card: noticeCard(join([say('本群：', 'This group: '), join(parts, say('，', ', '))]), 'success', [
        ...(now?.orderNo
          ? [
              {
                label: say('查看订单', 'Open order'),
                action: { command: 'order show', args: { order: now.orderNo } },
              },
            ]
          : []),
      ]),
    };
  },
});
