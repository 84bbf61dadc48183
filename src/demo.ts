import { sql } from 'drizzle-orm';
import { recordAudit } from '#db/audit';
import { putChat } from '#db/chats';
import type { Db } from '#db/client';
import { appendEntries, type NewProgress } from '#db/order-progress';
import { insertOrder } from '#db/orders';
import { findPerson } from '#db/people';
import { businessDay } from '#domain/calendar/business-day';
import { addDays, type IsoDate } from '#domain/calendar/dates';
import { parseYuan } from '#domain/money';
import { findTemplate } from '#domain/order/stages';
import { company, rosterCsv } from '#playground/demo/company';
import { demoGroups } from '#playground/demo/groups';
import { type DemoOrder, demoOrders } from '#playground/demo/orders';
import { importPeople, readPeople } from '#usecases/import-people';
import { readTable } from '#usecases/read-table';

/** Empties every table of the playground's database; append-only tables refuse even this, so their triggers are put aside for the moment. */
export async function clearDemo(db: Db): Promise<void> {
  const result = (await db.execute(
    sql`select table_name from information_schema.tables where table_schema = 'public'`,
  )) as unknown;
  const rows = (Array.isArray(result) ? result : (result as { rows: unknown[] }).rows) as { table_name: string }[];
  const tables = rows.map(({ table_name }) => `"${table_name}"`);
  await db.transaction(async (tx) => {
    for (const table of tables) await tx.execute(sql.raw(`alter table ${table} disable trigger user`));
    await tx.execute(sql.raw(`truncate ${tables.join(', ')} restart identity cascade`));
    for (const table of tables) await tx.execute(sql.raw(`alter table ${table} enable trigger user`));
  });
}

/** Fills an empty database with the demo company; does nothing when there are people already. */
export async function seedDemo(db: Db, { now, zone }: { now: Date; zone: string }): Promise<void> {
  if (await findPerson(db, company.users[0]!.openId)) return;
  const rows = readPeople(await readTable('roster.csv', new TextEncoder().encode(rosterCsv)));
  const today = businessDay(now, zone);
  await db.transaction(async (tx) => {
    await importPeople(tx, rows, { by: 'console', via: 'console', month: addDays(today, -92).slice(0, 7), now });
    for (const { chatId, name } of company.chats) await putChat(tx, { chatId, kind: 'group', name, active: true }, now);
    for (const order of demoOrders) await seedOrder(tx, order, { today, now, zone });
  });
}

async function seedOrder(
  tx: Db,
  demo: DemoOrder,
  { today, now, zone }: { today: IsoDate; now: Date; zone: string },
): Promise<void> {
  const merchandiser = (await findPerson(tx, demo.merchandiser))!;
  const price = parseYuan(demo.price);
  const enteredAt = new Date(now.getTime() - (demo.stages + 6) * 3 * 86_400_000);
  const order = await insertOrder(
    tx,
    {
      no: demo.no,
      template: demo.template,
      customer: demo.customer,
      contractNo: `HT-${demo.no.slice(3)}`,
      style: demo.style,
      product: demo.product,
      qty: demo.qty,
      currency: demo.template === 'foreign-trade' ? 'USD' : 'CNY',
      unitPriceFen: price,
      amountFen: price * BigInt(demo.qty),
      processingFeeFen: demo.fee === null ? null : parseYuan(demo.fee),
      factory: demo.factory,
      deliveryDate: addDays(today, demo.dueIn),
      special: demo.special,
      merchandiserId: merchandiser.id,
      chatId: demoGroups[demo.chat],
      createdBy: merchandiser.id,
      createdAt: enteredAt,
    },
    { enteredOn: businessDay(enteredAt, zone), lines: [] },
  );
  if (!order) return;
  const subject = `order:${demo.no}`;
  await recordAudit(tx, {
    at: enteredAt,
    actor: merchandiser.openId,
    via: 'console',
    command: 'order new',
    subject,
    outcome: 'done',
    after: order,
  });
  const stages = findTemplate(demo.template)!
    .steps.map(({ stage }) => stage)
    .slice(0, demo.stages);
  const entries = stages.map((stage, i): NewProgress => {
    const isLast = i === stages.length - 1;
    const at = new Date(now.getTime() - ((stages.length - i) * 2 - 1) * 86_400_000);
    return {
      orderId: order.id,
      stage,
      qty: isLast ? Math.floor((demo.qty * demo.done) / 100) : demo.qty,
      note: '',
      by: merchandiser.id,
      saidAt: at,
      recordedAt: at,
      countsAt: at,
      forDay: businessDay(at, zone),
      eventId: `demo-${demo.no}-${stage}`,
      messageId: null,
      commandIndex: 0,
    };
  });
  const ids = await appendEntries(tx, order.id, entries);
  const last = entries.at(-1);
  if (!last) return;
  await recordAudit(tx, {
    at: last.saidAt,
    actor: merchandiser.openId,
    via: 'console',
    command: 'order update',
    subject,
    outcome: 'done',
    after: { progress: ids },
  });
}
