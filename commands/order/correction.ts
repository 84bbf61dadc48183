import type { CommandContext } from '#bot/command';
import { saidBy } from '#bot/said';
import { appendChanges } from '#db/order-changes';
import { appendProgress, linesOf, planOf, progressOf, shipmentOfEntry } from '#db/order-progress';
import { endOfBusinessDay } from '#domain/calendar/business-day';
import { UserError } from '#domain/errors';
import { demandOpen, demandStage } from '#domain/order/order';
import { stageLabel } from '#domain/order/stages';
import { join, say } from '#domain/text';
import { demandOrderToChange, orderNoHere, orderReply } from './access.ts';
import { auditOf, demandFits, demandPast } from './entry.ts';
import { fileAttachments } from './files.ts';

export interface Correction {
  order: string | undefined;
  stage: string | undefined;
  qty: number | undefined;
  colour?: string | undefined;
  size?: string | undefined;
  /** Number of the entry; else the last one that fits. */
  entry: number | undefined;
  day: string | undefined;
  note: string | undefined;
  reason: string;
}

/** O3. A new entry takes the place of an earlier one, whose value stays on record with the reason. */
export async function correctEntry(
  ctx: CommandContext,
  { order: named, stage: said, qty, colour, size, entry, day, note, reason }: Correction,
) {
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
  const isOf = (named: string | undefined, value: string) =>
    named === undefined || named.toLowerCase() === value.toLowerCase();
  const wrong = log.find(
    (one) =>
      (entry === undefined || one.id === entry) &&
      (stage === undefined || one.stage === stage) &&
      isOf(colour, one.colour) &&
      isOf(size, one.size) &&
      (qty === undefined || entry !== undefined || one.qty !== null || one.added !== null),
  );
  if (!wrong)
    throw new UserError(
      'order.nothing-to-correct',
      say(`订单 ${no} 没有这样一条还有效的进度。`, `Order ${no} has no such entry that still stands.`),
      say(`看全部记录和编号：/订单 历史 ${no}`, `See all entries with their numbers: /order log ${no}`),
    );
  const shipment = await shipmentOfEntry(ctx.tx, wrong.id);
  if (shipment !== undefined)
    throw new UserError(
      'order.correct-shipment',
      say(
        `这条进度来自出货 #${shipment}，要在出货记录上更正。`,
        `This entry comes from shipment #${shipment}; correct it there.`,
      ),
      say(
        `例如：/出货 更新 #${shipment} 数量=…；整条登记错了，由登记的人 /撤销。`,
        `For example: /shipment update #${shipment} qty=…; if it is all wrong, who recorded it says /undo.`,
      ),
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
    ...saidBy(ctx),
    forDay,
    late: forDay < ctx.today,
    countsAt: day === undefined ? wrong.countsAt : day < ctx.today ? endOfBusinessDay(day, ctx.zone) : ctx.saidAt,
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
}
