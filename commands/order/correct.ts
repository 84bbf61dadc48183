import { z } from 'zod';
import { defineCommand } from '#bot/command';
import { freeText, isoDate, Problem, quantity } from '#bot/fields';
import { appendChanges } from '#db/order-changes';
import { appendProgress, linesOf, planOf, progressOf } from '#db/order-progress';
import { UserError } from '#domain/errors';
import { demandOpen, demandStage } from '#domain/order/order';
import { stageLabel } from '#domain/order/stages';
import { join, say } from '#domain/text';
import { demandOrderToChange, orderNoHere, orderReply } from './access.ts';
import { offerStages, orderStage, theOrderOrDefault } from './fields.ts';
import { fileAttachments } from './files.ts';
import { auditOf, demandFits, demandPast, endOf } from './update.ts';

const entryNo = z
  .int()
  .min(1)
  .meta({
    field: {
      kind: 'entry-no',
      asks: 'line',
      maxLength: 12,
      read: (raw) =>
        /^#?\d{1,12}$/.test(raw.normalize('NFKC').trim())
          ? Number(raw.normalize('NFKC').replace('#', ''))
          : new Problem(say('记录号是 /订单 历史 里的 #数字', 'the number of an entry is the #number in /order log')),
    },
  });

/** `/order correct <no> …` (O3): a new entry takes the place of an earlier one; the old value stays on record. */
export const correctOrder = defineCommand({
  name: 'order correct',
  aliases: ['订单 更正', '订单 改正'],
  summary: { zh: '更正一条进度（旧值保留）', en: 'correct a progress entry; the old value is kept' },
  example: {
    zh: '/订单 更正 SO-1001 缝制 780件 原因=点数错了',
    en: '/order correct SO-1001 sewing 780pcs reason=miscounted',
  },
  roles: ['merchandiser', 'manager', 'general_manager', 'admin'],
  answers: 'anywhere',
  atLeastOne: ['qty', 'note', 'day'],
  offers: offerStages,
  input: z.object({
    order: theOrderOrDefault,
    stage: orderStage.optional().meta({ word: 2, keys: ['工序'], label: { zh: '阶段', en: 'stage' }, bare: true }),
    qty: quantity.optional().meta({ keys: ['应为'], label: { zh: '数量', en: 'quantity' }, bare: true }),
    entry: entryNo.optional().meta({ keys: ['记录'], label: { zh: '记录号', en: 'entry' } }),
    day: isoDate.optional().meta({ keys: ['date'], label: { zh: '日期', en: 'day' } }),
    note: freeText(500)
      .optional()
      .meta({ keys: ['说明'], label: { zh: '备注', en: 'note' } }),
    reason: freeText(300)
      .optional()
      .meta({ keys: ['理由'], label: { zh: '原因', en: 'reason' } }),
  }),

  async run(ctx, { order: named, stage: said, qty, entry, day, note, reason = '' }) {
    const no = await orderNoHere(ctx, named);
    const order = await demandOrderToChange(ctx, no);
    demandOpen(order);
    const plan = await planOf(ctx.tx, order.id);
    const stage =
      said === undefined
        ? undefined
        : demandStage(
            order,
            plan.map(({ stage }) => stage),
            said,
          );
    const log = await progressOf(ctx.tx, order.id);
    const wrong = log.find(
      (one) =>
        (entry === undefined || one.id === entry) &&
        (stage === undefined || one.stage === stage) &&
        (qty === undefined || entry !== undefined || one.qty !== null || one.added !== null),
    );
    if (!wrong)
      throw new UserError(
        'order.nothing-to-correct',
        say(`订单 ${no} 没有这样一条还有效的进度。`, `Order ${no} has no such entry that still stands.`),
        say(`看全部记录和编号：/订单 历史 ${no}`, `See all entries with their numbers: /order log ${no}`),
      );
    const forDay = day ?? wrong.forDay;
    demandPast(ctx, forDay);
    const { id: _, ...kept } = wrong;
    const corrected = {
      ...kept,
      orderId: order.id,
      // an increment stays one: what is corrected is how much was added
      ...(qty !== undefined && (wrong.added === null ? { qty } : { added: qty })),
      ...(note !== undefined && { note }),
      by: ctx.actor.id,
      saidAt: ctx.saidAt,
      recordedAt: ctx.now,
      forDay,
      late: forDay < ctx.today,
      countsAt: day === undefined ? wrong.countsAt : day < ctx.today ? endOf(day, ctx.zone) : ctx.saidAt,
      eventId: ctx.source.eventId,
      messageId: ctx.source.messageId ?? null,
      commandIndex: ctx.source.commandIndex,
      replaces: wrong.id,
    };
    demandFits(order, corrected, { plan, lines: await linesOf(ctx.tx, order.id), log });
    const id = await appendProgress(ctx.tx, corrected);
    const value = (one: { qty: number | null; added: number | null }) =>
      one.qty !== null ? String(one.qty) : one.added !== null ? `+${one.added}` : null;
    await appendChanges(ctx.tx, [
      {
        orderId: order.id,
        field: `progress.${wrong.stage ?? ''}`,
        before: value(wrong) ?? wrong.note,
        after: value(corrected) ?? corrected.note,
        reason,
        by: ctx.actor.id,
        saidAt: ctx.saidAt,
        recordedAt: ctx.now,
        eventId: ctx.source.eventId,
        messageId: ctx.source.messageId ?? null,
      },
    ]);
    await fileAttachments(ctx, order, reason);
    await ctx.record({
      subject: `order:${no}`,
      before: { progress: wrong.id, ...auditOf({ ...corrected, ...wrong }) },
      after: { progress: id, replaces: wrong.id, ...auditOf(corrected), reason },
    });
    return orderReply(
      ctx,
      no,
      join([
        say('已更正', 'Corrected'),
        wrong.stage ? join([' ', stageLabel(wrong.stage)]) : '',
        qty === undefined ? '' : ` ${value(wrong)} → ${value(corrected)}`,
      ]),
    );
  },
});
