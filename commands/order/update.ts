import { z } from 'zod';
import { defineCommand } from '#bot/command';
import { freeText, orderNo, quantity, stage } from '#bot/fields';
import { appendProgress } from '#db/orders';
import { checkProgress } from '#domain/order/order';
import { stageLabel } from '#domain/order/stages';
import { join, say } from '#domain/text';
import { demandGates } from '#usecases/order-gates';
import { cardOfOrder, demandOrder, demandOrderToChange } from './access.ts';

/** `/order update <no> …` (O3): records progress and shows the order. */
export const updateOrder = defineCommand({
  name: 'order update',
  aliases: ['订单 更新', '订单 进度', 'jd'],
  summary: { zh: '登记订单进度', en: 'log order progress' },
  example: {
    zh: '/订单 更新 SO-1001 缝制 800件 备注=“袖口返工”',
    en: '/order update SO-1001 sewing 800pcs note="cuffs redone"',
  },
  roles: ['merchandiser', 'manager', 'general_manager', 'admin'],
  answers: 'anywhere',
  atLeastOne: ['stage', 'qty', 'note'],
  input: z.object({
    order: orderNo.meta({ word: 1, keys: ['单号'], label: { zh: '订单号', en: 'order' } }),
    stage: stage.optional().meta({ keys: ['工序'], label: { zh: '阶段', en: 'stage' }, bare: true }),
    qty: quantity.optional().meta({
      keys: ['完成数量', 'quantity'],
      label: { zh: '数量', en: 'quantity' },
      bare: true,
      placeholder: say('这道工序累计完成多少', 'how much of this stage is done altogether'),
    }),
    note: freeText(500)
      .optional()
      .meta({ keys: ['说明'], label: { zh: '备注', en: 'note' } }),
  }),

  async run(ctx, { order: no, stage, qty, note = '' }) {
    const order = await demandOrderToChange(ctx, no);
    checkProgress(order, { stage, qty });
    if (stage) await demandGates(ctx.tx, order, stage);
    const entry = {
      orderId: order.id,
      stage: stage ?? null,
      qty: qty ?? null,
      note,
      by: ctx.actor.id,
      saidAt: ctx.saidAt,
      recordedAt: ctx.now,
      eventId: ctx.source.eventId,
      messageId: ctx.source.messageId ?? null,
      commandIndex: ctx.source.commandIndex,
    };
    const id = await appendProgress(ctx.tx, entry);
    await ctx.record({
      subject: `order:${no}`,
      before: { stage: order.stage },
      after: { progress: id, stage, qty, note },
    });
    const news = join([
      say('已登记', 'Recorded'),
      stage ? join([' ', stageLabel(stage)]) : '',
      qty === undefined ? '' : ` ${qty}${order.unit}`,
    ]);
    return {
      card: await cardOfOrder(ctx, await demandOrder(ctx.tx, no), news),
      toast: { tone: 'success', text: news },
      subject: `order:${no}`,
    };
  },
});
