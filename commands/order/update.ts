import { z } from 'zod';
import { defineCommand } from '#bot/command';
import { choice, freeText, isoDate, quantity } from '#bot/fields';
import { saidBy } from '#bot/said';
import type { Db } from '#db/client';
import { orderDossier, recordProgress } from '#db/order-dossier';
import { lockOrder } from '#db/orders';
import { endOfBusinessDay } from '#domain/calendar/business-day';
import { UserError } from '#domain/errors';
import { checkGates } from '#domain/order/gates';
import { demandLine, demandOpen, demandStage } from '#domain/order/order';
import { stageLabel } from '#domain/order/stages';
import { quantityText } from '#domain/order/unit';
import { join, say, type Text } from '#domain/text';
import { cardOfOrder, demandOrderToChange, orderNoHere } from './access.ts';
import { correctEntry } from './correction.ts';
import { auditOf, demandFits, demandNotShipped, demandPast } from './entry.ts';
import { offerStages, orderStage, progressAmount, theOrderOrDefault } from './fields.ts';
import { fileAttachments } from './files.ts';

const done = choice([{ value: 'yes', label: { zh: '完成', en: 'done' }, aliases: ['完工', '已完成', 'finished'] }]);

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
  offers: offerStages,
  input: z.object({
    order: theOrderOrDefault,
    stage: orderStage.optional().meta({ word: 2, keys: ['工序'], label: { zh: '阶段', en: 'stage' }, bare: true }),
    qty: progressAmount.optional().meta({
      keys: ['完成数量', 'quantity'],
      label: { zh: '数量', en: 'quantity' },
      bare: true,
      placeholder: say('累计完成多少；新增的写 +200', 'how much is done altogether; or +200 for what is new'),
    }),
    done: done.optional().meta({ keys: ['finished'], label: { zh: '完成', en: 'done' }, bare: true }),
    colour: freeText(30)
      .optional()
      .meta({ keys: ['color'], label: { zh: '颜色', en: 'colour' } }),
    size: freeText(20)
      .optional()
      .meta({ label: { zh: '尺码', en: 'size' } }),
    machines: quantity.optional().meta({ keys: ['机台', '机器'], label: { zh: '开机', en: 'machines in use' } }),
    pieces: quantity.optional().meta({ keys: ['成品数'], label: { zh: '成品', en: 'finished pieces' } }),
    day: isoDate.optional().meta({ keys: ['date'], label: { zh: '日期', en: 'day' }, bare: true }),
    note: freeText(500)
      .optional()
      .meta({ keys: ['说明'], label: { zh: '备注', en: 'note' } }),
    correction: freeText(300)
      .min(1)
      .optional()
      .meta({
        keys: ['改正', 'correct'],
        label: { zh: '更正', en: 'correction' },
        placeholder: say('上次登记错了的话，写原因', 'why, if it puts the last entry right'),
      }),
  }),

  ahead: (tx, { order: no, correction }) =>
    no === undefined || correction !== undefined ? undefined : holdAndRead(tx, no),

  async run(ctx, args) {
    if (args.correction !== undefined) return correctEntry(ctx, correctionOf(args.correction, args));
    const no = await orderNoHere(ctx, args.order);
    const [held, read] = (ctx.ahead as Held | undefined) ?? (await holdAndRead(ctx.tx, no));
    const order = await demandOrderToChange(ctx, no, held);
    const dossier = read!;
    demandOpen(order);
    const stages = dossier.plan.map((planned) => planned.stage);
    const counted = dossier.plan.filter((planned) => planned.counted).map((planned) => planned.stage);
    const { stage: said, qty, note = '' } = args;
    const stage = said === undefined ? undefined : demandStage(order, stages, said);
    demandStageFor(stage, args);
    if (stage) checkGates(order, stage, { ...dossier, stages, counted });
    if (stage && qty) demandNotShipped(order, stage, dossier);
    const line = demandLine(order, dossier.lines, args);
    const forDay = args.day ?? ctx.today;
    demandPast(ctx, forDay);
    const entry = {
      orderId: order.id,
      stage: stage ?? null,
      qty: qty && !qty.more ? qty.qty : null,
      added: qty?.more ? qty.qty : null,
      colour: line?.colour ?? '',
      size: line?.size ?? '',
      machines: args.machines ?? null,
      pieces: args.pieces ?? null,
      finished: args.done === 'yes',
      note,
      ...saidBy(ctx),
      forDay,
      late: forDay < ctx.today,
      countsAt: forDay < ctx.today ? endOfBusinessDay(forDay, ctx.zone) : ctx.saidAt,
    };
    demandFits(order, entry, dossier);
    const recorded = recordProgress(ctx.tx, order, dossier, entry);
    ctx.later(recorded.written);
    dossier.names.set(ctx.actor.id, ctx.actor.name);
    await fileAttachments(ctx, order, note);
    await ctx.record({
      subject: `order:${no}`,
      before: { stage: order.stage },
      after: { progress: recorded.id, ...auditOf(entry) },
    });
    const news = join([say('已登记', 'Recorded'), ...whatOf(stage, qty, order.unit, entry.late, forDay)]);
    return {
      // photos that came along were filed meanwhile
      card: await cardOfOrder(ctx, recorded.order, news, ctx.attachments.length > 0 ? undefined : recorded.dossier),
      toast: { tone: 'success', text: news },
      subject: `order:${no}`,
    };
  },
});

type Held = Awaited<ReturnType<typeof holdAndRead>>;

/** The lock goes out first and the reading right behind it: one trip, and the reading sees what the lock waited for. */
const holdAndRead = (tx: Db, no: string) => Promise.all([lockOrder(tx, no), orderDossier(tx, no, { toChange: true })]);

/** `更正=#12 点数错了` names the entry; without a number it is the last one of the stage. */
function correctionOf(
  said: string,
  {
    order,
    stage,
    qty,
    colour,
    size,
    day,
    note,
  }: {
    order?: string | undefined;
    stage?: string | undefined;
    qty?: { qty: number } | undefined;
    colour?: string | undefined;
    size?: string | undefined;
    day?: string | undefined;
    note?: string | undefined;
  },
) {
  const [, entry, reason] = /^(?:#(\d{1,12})\s*)?(.*)$/s.exec(said)!;
  return {
    order,
    stage,
    qty: qty?.qty,
    colour,
    size,
    day,
    note,
    entry: entry ? Number(entry) : undefined,
    reason: reason!,
  };
}

/** A quantity is of a stage. */
function demandStageFor(
  stage: string | undefined,
  { qty, done, colour, size }: { qty?: unknown; done?: unknown; colour?: unknown; size?: unknown },
): void {
  if (stage === undefined && [qty, done, colour, size].some((said) => said !== undefined))
    throw new UserError(
      'order.stage-missing',
      say('没有写是哪道工序的。', 'Which stage it is of was not said.'),
      say('例如：/订单 更新 SO-1001 缝制 800件', 'For example: /order update SO-1001 sewing 800pcs'),
    );
}

function whatOf(
  stage: string | undefined,
  qty: { qty: number; more: boolean } | undefined,
  unit: string,
  late: boolean,
  forDay: string,
): Text[] {
  return [
    stage ? join([' ', stageLabel(stage)]) : '',
    qty === undefined ? '' : join([' ', quantityText(`${qty.more ? '+' : ''}${qty.qty}`, unit)]),
    late ? say(`（补登 ${forDay}）`, ` (late entry for ${forDay})`) : '',
  ];
}
