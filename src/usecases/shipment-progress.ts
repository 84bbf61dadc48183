import type { CommandContext } from '#bot/command';
import { saidBy } from '#bot/said';
import type { Db } from '#db/client';
import { appendProgress, linesOf, planOf, progressOf, shipmentEntryOf, statesOf } from '#db/order-progress';
import { recordsOfOrder } from '#db/records';
import { businessDay, endOfBusinessDay } from '#domain/calendar/business-day';
import type { Order } from '#domain/order/order';
import { packingWords, shippedByLine } from '#domain/order/packing';
import { stageStates } from '#domain/order/progress';
import { readSizes } from '#domain/order/shipping';
import { deliveryStage } from '#domain/order/stages';
import { partsOf, shippedQty } from '#domain/records/kinds/shipment';
import type { Text } from '#domain/text';

/** Stages that come after the goods have left. */
const AFTER = new Set(['documents', 'payment', 'refund']);

/**
 * O10, O3. Goods that leave are progress of the stage in which they leave, so that the delivery on the order's card, reports and appraisal
 * all come from the shipments. One entry of the log stands for each shipment: a change of it replaces that entry.
 *
 * What is on the log already (somebody logged the stage by hand before) is not counted twice, nor is what came back and leaves again.
 */
export async function logShipment(
  ctx: CommandContext,
  order: Order,
  { recordId, values, note }: { recordId: number; values: Record<string, unknown>; note: string },
): Promise<void> {
  const plan = await planOf(ctx.tx, order.id);
  const stage = deliveryStage(plan.map((planned) => planned.stage));
  if (stage === undefined || AFTER.has(stage)) return;
  const replaces = await shipmentEntryOf(ctx.tx, recordId);
  const others = (await progressOf(ctx.tx, order.id)).filter(({ id }) => id !== replaces);
  const before = stageStates(order, plan, others).find((state) => state.stage === stage)?.done ?? 0;
  const gone = partsOf(await recordsOfOrder(ctx.tx, order.id)).reduce((sum, { qty }) => sum + Math.max(0, qty), 0);
  const added = Math.max(0, Math.min(order.qty, gone) - before);
  const forDay = (values.date as string | undefined) ?? ctx.today;
  const late = forDay < ctx.today;
  await appendProgress(ctx.tx, {
    orderId: order.id,
    stage,
    qty: null,
    added: added > 0 ? added : null,
    finished: values.last === 'yes',
    note,
    ...saidBy(ctx),
    forDay,
    late,
    countsAt: late ? endOfBusinessDay(forDay, ctx.zone) : ctx.saidAt,
    replaces: replaces ?? null,
  });
}

/** Takes the log's entry of a shipment back together with what was said of the shipment. */
export async function unlogShipment(
  ctx: CommandContext,
  order: Order,
  said: { eventId: string; commandIndex: number },
): Promise<void> {
  const entry = await shipmentEntryOf(ctx.tx, undefined, said);
  if (entry === undefined) return;
  await appendProgress(ctx.tx, {
    orderId: order.id,
    note: '',
    ...saidBy(ctx),
    forDay: businessDay(ctx.saidAt, ctx.zone),
    undoes: entry,
  });
}

/** O10. What has left against the order's lines and what was cut of them, in words. */
export async function packingOf(tx: Db, order: Pick<Order, 'id' | 'qty'>): Promise<Text[]> {
  const records = await recordsOfOrder(tx, order.id);
  const parts = partsOf(records);
  if (parts.length === 0) return [];
  const lines = await linesOf(tx, order.id);
  const cutting = (await statesOf(tx, order)).find(({ stage }) => stage === 'cutting');
  return packingWords({
    order,
    lines,
    shipped: shippedQty(records),
    byLine: shippedByLine(
      lines,
      parts.map(({ record, qty }) => ({
        sizes: record.values.sizes === undefined ? undefined : readSizes(record.values.sizes as string),
        sign: qty < 0 ? -1 : 1,
      })),
    ),
    ended: parts.some(({ record }) => record.values.last === 'yes'),
    cut: cutting?.byLine ?? [],
    cutInAll: cutting?.done,
  });
}
