import { and, asc, desc, eq, sql } from 'drizzle-orm';
import type { IsoDate } from '#domain/calendar/dates';
import type { OrderLine } from '#domain/order/lines';
import type { Progress } from '#domain/order/order';
import { plannedDates } from '#domain/order/plan';
import { type PlannedStage, type StageState, stageStates, standingOf } from '#domain/order/progress';
import { deliveryStage } from '#domain/order/stages';
import { noticesOf } from './calendar.ts';
import type { Db } from './client.ts';
import { demandTemplate } from './order-templates.ts';
import { orderProgress, orders } from './schema.ts';
import { orderLines, orderStages } from './tables/orders.ts';
import { recordEntries } from './tables/records.ts';

export async function linesOf(db: Db, orderId: number): Promise<OrderLine[]> {
  return db
    .select({ colour: orderLines.colour, size: orderLines.size, qty: orderLines.qty })
    .from(orderLines)
    .where(eq(orderLines.orderId, orderId))
    .orderBy(asc(orderLines.position));
}

/** Puts these lines in place of those that were; the change is logged by who asks for it. */
export async function putLines(db: Db, orderId: number, lines: readonly OrderLine[]): Promise<void> {
  await db.delete(orderLines).where(eq(orderLines.orderId, orderId));
  if (lines.length > 0)
    await db.insert(orderLines).values(lines.map((line, position) => ({ orderId, position, ...line })));
}

/** The stages of an order as they are planned, in their order. */
export async function planOf(db: Db, orderId: number): Promise<PlannedStage[]> {
  return db
    .select({
      stage: orderStages.stage,
      ownerId: orderStages.ownerId,
      planned: orderStages.planned,
      fixed: orderStages.fixed,
      counted: orderStages.counted,
      before: orderStages.before,
    })
    .from(orderStages)
    .where(eq(orderStages.orderId, orderId))
    .orderBy(asc(orderStages.position));
}

/**
 * Plans an order back from the delivery date: by a template when one is named, else by its stages as they are. Days that a person has
 * set stay, and so do owners; stages that a new template does not have are dropped.
 */
export async function planOrder(
  db: Db,
  orderId: number,
  { template, from, delivery }: { template?: string | undefined; from: IsoDate; delivery: IsoDate },
): Promise<void> {
  const now = await planOf(db, orderId);
  const before = new Map(now.map((stage) => [stage.stage, stage]));
  const steps = template === undefined ? now : (await demandTemplate(db, template)).steps;
  await db.delete(orderStages).where(eq(orderStages.orderId, orderId));
  await db.insert(orderStages).values(
    plannedDates(steps, { from, delivery, notices: await noticesOf(db) }).map(({ stage, planned }, position) => {
      const known = before.get(stage);
      return {
        orderId,
        stage,
        position,
        ownerId: known?.ownerId ?? null,
        planned: known?.fixed ? known.planned : planned,
        fixed: known?.fixed ?? false,
        counted: steps[position]!.counted,
        before: steps[position]!.before,
      };
    }),
  );
}

export async function setStage(
  db: Db,
  orderId: number,
  stage: string,
  change: { planned?: IsoDate; ownerId?: number | null },
): Promise<void> {
  await db
    .update(orderStages)
    .set({ ...change, ...(change.planned && { fixed: true }) })
    .where(and(eq(orderStages.orderId, orderId), eq(orderStages.stage, stage)));
}

const progressColumns = {
  id: orderProgress.id,
  stage: orderProgress.stage,
  qty: orderProgress.qty,
  added: orderProgress.added,
  colour: orderProgress.colour,
  size: orderProgress.size,
  machines: orderProgress.machines,
  pieces: orderProgress.pieces,
  finished: orderProgress.finished,
  note: orderProgress.note,
  by: orderProgress.by,
  saidAt: orderProgress.saidAt,
  recordedAt: orderProgress.recordedAt,
  forDay: sql<IsoDate>`coalesce(${orderProgress.forDay}, ${orderProgress.saidAt}::date)`,
  late: orderProgress.late,
  countsAt: sql<Date>`coalesce(${orderProgress.countsAt}, ${orderProgress.saidAt})`.mapWith(orderProgress.countsAt),
  replaces: orderProgress.replaces,
};

/** Neither taken back nor corrected by an entry that still stands itself. */
export const entryStands = sql`${orderProgress.undoes} is null
  and not exists (select 1 from order_progress as u where u.undoes = ${orderProgress.id})
  and not exists (select 1 from order_progress as c where c.replaces = ${orderProgress.id}
    and not exists (select 1 from order_progress as v where v.undoes = c.id))`;

/** The entries that still stand, newest first. */
export async function progressOf(db: Db, orderId: number, limit = 2_000): Promise<Progress[]> {
  return db
    .select(progressColumns)
    .from(orderProgress)
    .where(and(eq(orderProgress.orderId, orderId), entryStands))
    .orderBy(desc(sql`coalesce(${orderProgress.countsAt}, ${orderProgress.saidAt})`), desc(orderProgress.id))
    .limit(limit);
}

/** Every entry with what became of it, newest first. */
export async function wholeLogOf(
  db: Db,
  orderId: number,
  limit = 200,
): Promise<(Progress & { undoes: number | null; stands: boolean })[]> {
  return db
    .select({ ...progressColumns, undoes: orderProgress.undoes, stands: sql<boolean>`(${entryStands})` })
    .from(orderProgress)
    .where(eq(orderProgress.orderId, orderId))
    .orderBy(desc(orderProgress.id))
    .limit(limit);
}

export type NewProgress = Omit<typeof orderProgress.$inferInsert, 'id'>;

/** Appends an entry and brings what the order's own row remembers up to date. The order must be locked. */
export async function appendProgress(db: Db, entry: NewProgress): Promise<number> {
  const [added] = await db.insert(orderProgress).values(entry).returning({ id: orderProgress.id });
  await db
    .update(orders)
    .set({
      // null means no entry yet: some databases' greatest() would keep it, ours passes over it
      lastProgressAt: sql`greatest(${orders.lastProgressAt}, ${entry.saidAt.toISOString()}::timestamptz)`,
      rev: sql`${orders.rev} + 1`,
    })
    .where(eq(orders.id, entry.orderId));
  await refreshOrder(db, entry.orderId);
  return added!.id;
}

/** Appends several entries of one order at once, oldest first; for data that is set up, not said. */
export async function appendEntries(db: Db, orderId: number, entries: NewProgress[]): Promise<number[]> {
  if (entries.length === 0) return [];
  const added = await db.insert(orderProgress).values(entries).returning({ id: orderProgress.id });
  await db
    .update(orders)
    .set({ lastProgressAt: entries.at(-1)!.saidAt })
    .where(eq(orders.id, orderId));
  await refreshOrder(db, orderId);
  return added.map(({ id }) => id);
}

/** The stages of an order as they are, from plan and log. */
export async function statesOf(db: Db, order: { id: number; qty: number }): Promise<StageState[]> {
  return stageStates(order, await planOf(db, order.id), await progressOf(db, order.id));
}

/** Computes anew what is derived from plan and log: where the order stands, its stages' actual days and quantities, the delivery. */
export async function refreshOrder(db: Db, orderId: number): Promise<StageState[]> {
  const [order] = await db.select({ id: orders.id, qty: orders.qty }).from(orders).where(eq(orders.id, orderId));
  const log = await progressOf(db, orderId);
  const states = stageStates(order!, await planOf(db, orderId), log);
  const { delivered, ...standing } = standingOf(states, log, deliveryStage(states.map(({ stage }) => stage)));
  await db
    .update(orders)
    .set({ ...standing, actualDelivery: delivered })
    .where(eq(orders.id, orderId));
  const kept = await db
    .select({ stage: orderStages.stage, actual: orderStages.actual, done: orderStages.done })
    .from(orderStages)
    .where(eq(orderStages.orderId, orderId));
  const before = new Map(kept.map((row) => [row.stage, row]));
  // one entry moves one stage or two: the others are left alone, which spares a round trip each
  for (const { stage, actual = null, done = null } of states) {
    const was = before.get(stage);
    if (was && was.actual === actual && was.done === done) continue;
    await db
      .update(orderStages)
      .set({ actual, done })
      .where(and(eq(orderStages.orderId, orderId), eq(orderStages.stage, stage)));
  }
  return states;
}

/**
 * The standing entry of the log that came with a shipment: with any message about a record, or with one of them.
 *
 * @returns undefined where the shipment was never logged
 */
export async function shipmentEntryOf(
  db: Db,
  recordId: number | undefined,
  said?: { eventId: string; commandIndex: number },
): Promise<number | undefined> {
  const ofMessage = said
    ? sql`${orderProgress.eventId} = ${said.eventId} and ${orderProgress.commandIndex} = ${said.commandIndex}`
    : sql`exists (select 1 from record_entries e where e.record_id = ${recordId} and e.undoes is null
        and e.event_id = ${orderProgress.eventId} and e.command_index = ${orderProgress.commandIndex})`;
  const [row] = await db
    .select({ id: orderProgress.id })
    .from(orderProgress)
    .where(and(ofMessage, entryStands))
    .orderBy(desc(orderProgress.id))
    .limit(1);
  return row?.id;
}

/** The shipment whose message wrote an entry of the log. */
export async function shipmentOfEntry(db: Db, entryId: number): Promise<number | undefined> {
  const [row] = await db
    .select({ recordId: recordEntries.recordId })
    .from(recordEntries)
    .innerJoin(
      orderProgress,
      and(eq(orderProgress.eventId, recordEntries.eventId), eq(orderProgress.commandIndex, recordEntries.commandIndex)),
    )
    .where(and(eq(orderProgress.id, entryId), sql`${recordEntries.undoes} is null`))
    .limit(1);
  return row?.recordId;
}

export interface OwnEntry {
  id: number;
  orderNo: string;
  stage: string | null;
  qty: number | null;
  added: number | null;
  note: string;
  recordedAt: Date;
}

/** The last entry that a person recorded and that still stands. */
export async function lastEntryBy(db: Db, personId: number): Promise<OwnEntry | undefined> {
  const [row] = await db
    .select({
      id: orderProgress.id,
      orderNo: orders.no,
      stage: orderProgress.stage,
      qty: orderProgress.qty,
      added: orderProgress.added,
      note: orderProgress.note,
      recordedAt: orderProgress.recordedAt,
    })
    .from(orderProgress)
    .innerJoin(orders, eq(orders.id, orderProgress.orderId))
    .where(and(eq(orderProgress.by, personId), entryStands))
    .orderBy(desc(orderProgress.recordedAt), desc(orderProgress.id))
    .limit(1);
  return row;
}
