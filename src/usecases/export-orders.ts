import { setImmediate as breathe } from 'node:timers/promises';
import { eq, type SQL, sql } from 'drizzle-orm';
import { writeXlsx } from 'hucre/xlsx';
import { sendFile } from '#bot/deliver';
import { jobCard } from '#cards/job-card';
import type { Card } from '#cards/kit';
import { noticeCard } from '#cards/notice-card';
import { recordAudit } from '#db/audit';
import type { Db } from '#db/client';
import { tableRows } from '#db/order-table';
import { orders } from '#db/schema';
import { businessDay } from '#domain/calendar/business-day';
import { stages } from '#domain/order/stages';
import { masterColumns, type OrderRow, stageColumnName, writeOrderRow } from '#domain/order/table';
import type { Person } from '#domain/people/person';
import { say } from '#domain/text';

export interface ExportOrdersArgs {
  scope: 'mine' | 'open' | 'all';
}

/** Kind of the job that `/order export` writes. */
export const EXPORT_ORDERS = 'export-orders';

const PORTION = 1_000;

/** O14. The contract progress table as a job: its file goes to who asked, in private. */
export async function exportOrders(
  { zone }: { zone: string },
  {
    db,
    job,
    by,
    now,
    show,
    complete,
  }: {
    db: Db;
    job: { id: number; args: unknown };
    by: Person;
    now(): Date;
    show(card: Card): Promise<void>;
    complete(tx: Db, card: Card): Promise<void>;
  },
): Promise<void> {
  const { scope } = job.args as ExportOrdersArgs;
  const title = say('导出合同进程表', 'Exporting the progress table');
  const where = scopeOf(scope, by);
  const total = await db.$count(orders, where);
  const rows = await collect(db, where, async (read) =>
    show(
      jobCard(title, read / Math.max(1, total), say(`已读 ${read} / ${total} 张`, `${read} of ${total} orders read`)),
    ),
  );
  const bytes = await progressWorkbook(rows);
  const name = `合同进程表-${businessDay(now(), zone)}.xlsx`;
  await db.transaction(async (tx) => {
    await sendFile(tx, { to: { person: by.openId } }, { name, bytes }, now(), `export-orders:${job.id}`);
    await recordAudit(tx, {
      at: now(),
      actor: by.openId,
      via: 'file',
      command: 'order export',
      subject: 'orders',
      outcome: 'done',
      after: { scope, rows: rows.length },
    });
    await complete(
      tx,
      noticeCard(
        say(`已导出 ${rows.length} 张订单，见下面的文件。`, `${rows.length} orders exported, see the file below.`),
        'success',
      ),
    );
  });
}

function scopeOf(scope: ExportOrdersArgs['scope'], by: Person): SQL | undefined {
  // prices are in it: who answers for all of them may have all of them
  const mayHaveAll = by.roles.some((role) => ['manager', 'general_manager', 'finance', 'admin'].includes(role));
  const own = scope === 'mine' || !mayHaveAll ? sql`${eq(orders.merchandiserId, by.id)}` : sql`true`;
  return scope === 'all' ? own : sql`${own} and ${orders.status} = 'open'`;
}

async function collect(db: Db, where: SQL | undefined, read: (count: number) => Promise<void>): Promise<OrderRow[]> {
  const rows: OrderRow[] = [];
  for (let after = 0; ; ) {
    const portion = await tableRows(db, { after, limit: PORTION, where });
    if (portion.length === 0) return rows;
    rows.push(...portion);
    after = portion.at(-1)!.id;
    await read(rows.length);
    await breathe();
  }
}

const place = new Map(stages.map(({ code }, i) => [code, i]));

/** One row an order; every cell is typed, so that no text can become a formula. */
export async function progressWorkbook(rows: readonly OrderRow[]): Promise<Uint8Array> {
  const used = [...new Set(rows.flatMap((row) => row.stages.map(({ stage }) => stage)))].sort(
    (a, b) => (place.get(a) ?? stages.length) - (place.get(b) ?? stages.length),
  );
  const kinds = ['planned', 'actual', 'done'] as const;
  const columns = [
    ...masterColumns.map(({ zh, type }) => ({ header: zh, type })),
    ...used.flatMap((stage) =>
      kinds.map((kind) => ({
        header: stageColumnName(stage, kind),
        type: kind === 'done' ? ('number' as const) : ('date' as const),
      })),
    ),
  ];
  const cells = rows.map((row) =>
    writeOrderRow(row, used).map((value, i) =>
      columns[i]!.type === 'date' && typeof value === 'string' ? new Date(`${value}T00:00:00Z`) : value,
    ),
  );
  return writeXlsx({
    sheets: [
      {
        name: '合同进程表',
        columns: columns.map(({ type }) => ({
          width: type === 'text' ? 16 : 12,
          ...(type === 'date' && { numFmt: 'yyyy-mm-dd' }),
          ...(type === 'money' && { numFmt: '#,##0.00' }),
        })),
        rows: [columns.map(({ header }) => header), ...cells],
        freezePane: { rows: 1, columns: 1 },
      },
    ],
  });
}
