import { z } from 'zod';
import { defineCommand } from '#bot/command';
import { saidBy } from '#bot/said';
import { appendProgress, lastEntryBy } from '#db/order-progress';
import { lastUntouchedOrderBy, setOrderStatus } from '#db/orders';
import { lastRecordEntryBy } from '#db/records';
import { UserError } from '#domain/errors';
import { stageLabel } from '#domain/order/stages';
import { join, say } from '#domain/text';
import { cardOfOrder, demandOrder } from './order/access.ts';
import { undoRecordEntry } from './records/undo.ts';

/** `/undo`: takes back one's own last record. The record stays in the log; a new row says that it no longer counts. */
export const undo = defineCommand({
  name: 'undo',
  aliases: ['撤销', '撤回', 'order undo', '订单 撤销'],
  summary: { zh: '撤销我最近一次登记', en: 'take back my last record' },
  example: { zh: '/撤销', en: '/undo' },
  roles: ['merchandiser', 'manager', 'finance', 'general_manager', 'admin'],
  answers: 'anywhere',
  input: z.object({}),

  async run(ctx) {
    const entry = await lastEntryBy(ctx.tx, ctx.actor.id);
    const entered = await lastUntouchedOrderBy(ctx.tx, ctx.actor.id);
    const hanging = await lastRecordEntryBy(ctx.tx, ctx.actor.id);
    const newest = [entry?.recordedAt, entered?.createdAt].filter((at) => at !== undefined);
    if (hanging && newest.every((at) => at <= hanging.recordedAt)) return undoRecordEntry(ctx, hanging);
    if (entered && (!entry || entered.createdAt > entry.recordedAt)) {
      await demandOrder(ctx.tx, entered.no, { locked: true });
      await setOrderStatus(ctx.tx, entered.no, 'cancelled', ctx.now);
      await ctx.record({ subject: `order:${entered.no}`, before: { status: 'open' }, after: { status: 'cancelled' } });
      return {
        card: await cardOfOrder(
          ctx,
          await demandOrder(ctx.tx, entered.no),
          say(`已撤销新建订单 ${entered.no}`, `Order ${entered.no} was taken back`),
        ),
        subject: `order:${entered.no}`,
      };
    }
    if (!entry)
      throw new UserError(
        'undo.nothing',
        say('你还没有可以撤销的登记。', 'There is nothing of yours to take back.'),
        say(
          '别人登记的，请登记的人自己撤销；已经更正过的看 /订单 历史。',
          'What others recorded they take back themselves; see /order log for the rest.',
        ),
      );
    const order = await demandOrder(ctx.tx, entry.orderNo, { locked: true });
    await appendProgress(ctx.tx, {
      orderId: order.id,
      note: '',
      ...saidBy(ctx),
      undoes: entry.id,
    });
    await ctx.record({
      subject: `order:${entry.orderNo}`,
      before: { progress: entry.id, stage: entry.stage, qty: entry.qty, note: entry.note },
      after: { undone: entry.id },
    });
    const what = join([
      entry.stage ? stageLabel(entry.stage) : '',
      entry.qty === null ? '' : ` ${entry.qty}`,
      entry.added === null ? '' : ` +${entry.added}`,
      entry.note && ` ${entry.note}`,
    ]);
    const news = join([say('已撤销：', 'Taken back: '), what]);
    return {
      card: await cardOfOrder(ctx, await demandOrder(ctx.tx, entry.orderNo), news),
      toast: { tone: 'success', text: news },
      subject: `order:${entry.orderNo}`,
    };
  },
});
