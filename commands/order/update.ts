import { z } from 'zod';
import { type CommandContext, defineCommand } from '#bot/command';
import { choice, freeText, isoDate, quantity } from '#bot/fields';
import { orderDossier, recordProgress } from '#db/order-dossier';
import type { NewProgress } from '#db/order-progress';
import { startOfBusinessDay } from '#domain/calendar/business-day';
import { addDays } from '#domain/calendar/dates';
import { UserError } from '#domain/errors';
import { checkGates } from '#domain/order/gates';
import type { OrderLine } from '#domain/order/lines';
import { checkQuantity, demandLine, demandOpen, demandStage, type Order, type Progress } from '#domain/order/order';
import { type PlannedStage, stageStates } from '#domain/order/progress';
import { stageLabel } from '#domain/order/stages';
import { join, say, type Text } from '#domain/text';
import { cardOfOrder, demandOrderToChange, orderNoHere } from './access.ts';
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
  }),

  async run(ctx, args) {
    const no = await orderNoHere(ctx, args.order);
    // the lock goes out first and the reading right behind it: one trip, and the reading sees what the lock waited for
    const [order, read] = await Promise.all([
      demandOrderToChange(ctx, no),
      orderDossier(ctx.tx, no, { toChange: true }),
    ]);
    const dossier = read!;
    demandOpen(order);
    const stages = dossier.plan.map((planned) => planned.stage);
    const { stage: said, qty, note = '' } = args;
    const stage = said === undefined ? undefined : demandStage(order, stages, said);
    demandStageFor(stage, args);
    if (stage) checkGates(order, stage, { ...dossier, stages });
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
      by: ctx.actor.id,
      saidAt: ctx.saidAt,
      recordedAt: ctx.now,
      forDay,
      late: forDay < ctx.today,
      countsAt: forDay < ctx.today ? endOf(forDay, ctx.zone) : ctx.saidAt,
      eventId: ctx.source.eventId,
      messageId: ctx.source.messageId ?? null,
      commandIndex: ctx.source.commandIndex,
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

/** The end of an earlier day: what is said of it later does not overtake what was said the day after. */
export const endOf = (day: string, zone: string): Date =>
  new Date(startOfBusinessDay(addDays(day, 1), zone).getTime() - 1);

/** What of an entry is worth keeping in the audit. */
export const auditOf = ({
  stage,
  qty,
  added,
  colour,
  size,
  machines,
  pieces,
  finished,
  note,
  forDay,
}: NewProgress) => ({
  stage,
  qty,
  added,
  ...((colour || size) && { colour, size }),
  ...(machines !== null && { machines }),
  ...(pieces !== null && { pieces }),
  ...(finished && { finished }),
  note,
  forDay,
});

export function demandPast(ctx: CommandContext, day: string): void {
  if (day > ctx.today)
    throw new UserError(
      'order.day-to-come',
      say(`${day} 还没到，不能登记那天的进度。`, `${day} has not come yet; progress cannot be recorded for it.`),
      say('日期写今天或以前的，例如 日期=昨天。', 'Give today or an earlier day, like day=yesterday.'),
    );
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

/**
 * Whether the log with this entry in it still fits the order, wherever in the log it stands.
 *
 * @throws UserError when more would be done than was ordered
 */
export function demandFits(
  order: Order,
  entry: Omit<Progress, 'id' | 'replaces'> & { replaces?: number | null },
  { plan, lines, log }: { plan: readonly PlannedStage[]; lines: readonly OrderLine[]; log: readonly Progress[] },
): void {
  if (entry.stage === null) return;
  const kept = log.filter(({ id }) => id !== entry.replaces);
  const whole = { ...entry, replaces: entry.replaces ?? null, id: Number.MAX_SAFE_INTEGER };
  const state = stageStates(order, plan, [...kept, whole]).find(({ stage }) => stage === entry.stage)!;
  for (const { colour, size, done } of state.byLine)
    checkQuantity(
      order,
      done,
      lines.find((line) => line.colour === colour && line.size === size),
    );
  if (state.done !== undefined) checkQuantity(order, state.done);
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
    qty === undefined ? '' : ` ${qty.more ? '+' : ''}${qty.qty}${unit}`,
    late ? say(`（补登 ${forDay}）`, ` (late entry for ${forDay})`) : '',
  ];
}
