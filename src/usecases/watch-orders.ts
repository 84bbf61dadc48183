import { sendCard } from '#bot/deliver';
import { orderWatchCard, type WatchLine } from '#cards/order-watch-card';
import type { Db } from '#db/client';
import { doOnce, wasDone } from '#db/done-once';
import { activeGroups } from '#db/order-chats';
import { type Digest, digests, toEscalate, type WatchDay } from '#db/order-watch';
import { peopleByIds } from '#db/people';
import { businessDay } from '#domain/calendar/business-day';
import type { Order } from '#domain/order/order';
import { isPlannedWorkday } from '#domain/order/planning-days';
import { type Worry, worriesOf } from '#domain/order/risk';
import type { Person } from '#domain/people/person';
import { say } from '#domain/text';
import type { DueContext, DueTask } from './due.ts';
import { watchSettings } from './watch-day.ts';

/** Reminders come in working hours of working days only. */
const FROM_HOUR = 9;
const TO_HOUR = 18;
const SHOWN = 5;

/**
 * O4. On the morning of each working day, once: a card in private to each merchandiser with something to worry about, a digest to each
 * group that has orders and has not switched it off, and to each manager what is late by more than the company lets pass.
 */
export const watchOrders: DueTask = {
  name: 'watch-orders',
  async run(ctx) {
    if (ctx.hour < FROM_HOUR || ctx.hour >= TO_HOUR || !isPlannedWorkday(ctx.today, ctx.notices)) return;
    // one look a day for all: a tick in the afternoon must not count a hundred thousand orders again
    if (await wasDone(ctx.db, 'order-watch', ctx.today)) return;
    const day: WatchDay = {
      ...(await watchSettings(ctx.db)),
      today: ctx.today,
      zone: ctx.zone,
      notices: ctx.notices,
    };
    await remindMerchandisers(ctx, day);
    await digestGroups(ctx, day);
    await escalate(ctx, day);
    await doOnce(ctx.db, 'order-watch', ctx.today, ctx.now);
  },
};

const worries = (order: Order, day: WatchDay): Worry[] =>
  worriesOf(
    { ...order, lastDay: businessDay(order.lastProgressAt ?? order.createdAt, day.zone) },
    day.today,
    day,
    day.notices,
  );

const isQuiet = ({ overdue, dueSoon, atRisk, stalled }: Digest<string>) => overdue + dueSoon + atRisk + stalled === 0;

async function remindMerchandisers(ctx: DueContext, day: WatchDay): Promise<void> {
  const all = await digests(ctx.db, 'merchandiser', day, { urgent: SHOWN, skipQuiet: true });
  const due = all.filter((digest) => !isQuiet(digest));
  const people = await withStandIns(
    ctx.db,
    due.map(({ of }) => Number(of)),
  );
  for (const { of, urgent, ...counts } of due) {
    const { responsible, reader } = people.get(Number(of))!;
    if (!reader) continue;
    await once(ctx, 'remind-orders', `${ctx.today}:${of}`, async (tx) => {
      const card = orderWatchCard({
        title:
          reader.id === responsible.id
            ? say('今天要盯的订单', 'Orders to watch today')
            : say(`${responsible.name} 的订单，今天请你代看`, `Orders of ${responsible.name}: please watch them today`),
        today: ctx.today,
        counts,
        lines: urgent.map((order) => ({ order, worries: worries(order, day) })),
        canAct: true,
      });
      await sendCard(tx, { to: { person: reader.openId } }, card, {
        now: ctx.now,
        logicalKey: `remind-orders:${ctx.today}:${of}`,
      });
    });
  }
}

async function digestGroups(ctx: DueContext, day: WatchDay): Promise<void> {
  const groups = await activeGroups(ctx.db);
  const all = await digests(ctx.db, 'chat', day, { urgent: SHOWN, skipQuiet: false });
  for (const { of: chatId, urgent, ...counts } of all) {
    if (!groups.has(chatId) || isQuiet({ of: chatId, urgent, ...counts })) continue;
    const names = await peopleByIds(
      ctx.db,
      urgent.map(({ merchandiserId }) => merchandiserId),
    );
    await once(ctx, 'digest-orders', `${ctx.today}:${chatId}`, async (tx) => {
      const card = orderWatchCard({
        title: say('订单简报', 'Orders this morning'),
        today: ctx.today,
        counts,
        lines: urgent.map((order) => ({
          order,
          worries: worries(order, day),
          merchandiser: names.get(order.merchandiserId)!.name,
        })),
        canAct: false,
      });
      await sendCard(tx, { to: { chat: chatId } }, card, {
        now: ctx.now,
        logicalKey: `digest-orders:${ctx.today}:${chatId}`,
      });
    });
  }
}

/** What is late for longer than is let pass, by manager; one who left or is nobody's passes it further up. */
async function escalate(ctx: DueContext, day: WatchDay): Promise<void> {
  const late = await toEscalate(ctx.db, day);
  const merchandisers = await peopleByIds(
    ctx.db,
    late.map(({ merchandiserId }) => merchandiserId),
  );
  const byManager = new Map<number, { manager: Person; orders: Order[] }>();
  const managers = new Map<number, Person | undefined>();
  for (const order of late) {
    const merchandiser = merchandisers.get(order.merchandiserId)!;
    if (!managers.has(merchandiser.id)) managers.set(merchandiser.id, await nearestAbove(ctx.db, merchandiser));
    const manager = managers.get(merchandiser.id);
    if (!manager || manager.id === merchandiser.id) continue;
    const entry = byManager.get(manager.id) ?? { manager, orders: [] };
    entry.orders.push(order);
    byManager.set(manager.id, entry);
  }
  for (const { manager, orders } of byManager.values())
    await once(ctx, 'escalate-orders', `${ctx.today}:${manager.id}`, async (tx) => {
      const judged = orders.map(
        (order): WatchLine => ({
          order,
          worries: worries(order, day),
          merchandiser: merchandisers.get(order.merchandiserId)!.name,
        }),
      );
      const has = (kind: Worry['kind']) => judged.filter((line) => line.worries.some((worry) => worry.kind === kind));
      const card = orderWatchCard({
        title: say('这些订单拖得太久，请你过问', 'These orders have been late for too long'),
        today: ctx.today,
        counts: {
          open: orders.length,
          overdue: has('overdue').length,
          dueSoon: has('due-soon').length,
          atRisk: judged.filter(
            (line) =>
              line.worries.some(({ kind }) => kind === 'behind' || kind === 'slow') &&
              !line.worries.some(({ kind }) => kind === 'overdue'),
          ).length,
          stalled: has('stalled').length,
        },
        lines: judged.slice(0, SHOWN),
        canAct: true,
      });
      await sendCard(tx, { to: { person: manager.openId } }, card, {
        now: ctx.now,
        logicalKey: `escalate-orders:${ctx.today}:${manager.id}`,
      });
    });
}

/** Once for each key, in the transaction of its message: two instances, or two ticks, never send it twice. */
async function once(ctx: DueContext, job: string, key: string, work: (tx: Db) => Promise<void>): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    if (await doOnce(tx, job, key, ctx.now)) await work(tx);
  });
}

/** Who reads the reminders of somebody: they themselves, or when they have left their deputy, else the manager. */
async function withStandIns(
  db: Db,
  ids: number[],
): Promise<Map<number, { responsible: Person; reader: Person | undefined }>> {
  const people = await peopleByIds(db, ids);
  const result = new Map<number, { responsible: Person; reader: Person | undefined }>();
  for (const responsible of people.values()) {
    const deputy = responsible.leftOn !== null && responsible.deputyId ? responsible.deputyId : undefined;
    const standIn = deputy === undefined ? undefined : (await peopleByIds(db, [deputy])).get(deputy);
    const reader =
      responsible.leftOn === null
        ? responsible
        : standIn && standIn.leftOn === null
          ? standIn
          : await nearestAbove(db, responsible);
    result.set(responsible.id, { responsible, reader });
  }
  return result;
}

async function nearestAbove(db: Db, person: Person): Promise<Person | undefined> {
  const seen = new Set<number>([person.id]);
  for (let at: Person | undefined = person; at?.managerId && !seen.has(at.managerId); ) {
    seen.add(at.managerId);
    at = (await peopleByIds(db, [at.managerId])).get(at.managerId);
    if (at && at.leftOn === null) return at;
  }
  return undefined;
}
