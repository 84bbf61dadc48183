import { z } from 'zod';
import { defineCommand } from '#bot/command';
import { freeText, isoDate, Problem, quantity } from '#bot/fields';
import { say } from '#domain/text';
import { correctEntry } from './correction.ts';
import { offerStages, orderStage, theOrderOrDefault } from './fields.ts';

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

  run: (ctx, { order, stage, qty, entry, day, note, reason = '' }) =>
    correctEntry(ctx, { order, stage, qty, entry, day, note, reason }),
});
