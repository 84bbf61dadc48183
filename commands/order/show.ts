import { z } from 'zod';
import { defineCommand } from '#bot/command';
import { orderNo } from '#bot/fields';
import { cardOfOrder, demandOrder } from './access.ts';

/** `/order show <no>`: where an order stands. */
export const showOrder = defineCommand({
  name: 'order show',
  aliases: ['订单 查看', '订单 详情'],
  summary: { zh: '查看一张订单', en: 'show an order' },
  example: { zh: '/订单 查看 SO-1001', en: '/order show SO-1001' },
  roles: 'everyone',
  answers: 'anywhere',
  reads: true,
  input: z.object({
    order: orderNo.meta({ word: 1, keys: ['单号'], label: { zh: '订单号', en: 'order' } }),
  }),

  async run(ctx, { order: no }) {
    const order = await demandOrder(ctx.tx, no);
    return { card: await cardOfOrder(ctx, order), subject: `order:${no}` };
  },
});
