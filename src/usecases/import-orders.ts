import { setImmediate as breathe } from 'node:timers/promises';
import { jobCard } from '#cards/job-card';
import type { Card } from '#cards/kit';
import { noticeCard } from '#cards/notice-card';
import { noticesOf } from '#db/calendar';
import type { Db } from '#db/client';
import { clearStaged, enterStaged, type StagedRow, type StoredRow, stageRows, tableRowsByNo } from '#db/order-table';
import { allTemplates } from '#db/order-templates';
import { searchOf } from '#db/orders';
import { allPeople } from '#db/people-names';
import { setting } from '#db/settings';
import { businessDay, startOfBusinessDay } from '#domain/calendar/business-day';
import { addDays, type IsoDate } from '#domain/calendar/dates';
import type { Notices } from '#domain/calendar/notice';
import { UserError } from '#domain/errors';
import { stateOfRow } from '#domain/order/import-row';
import { formatLines } from '#domain/order/lines';
import { plannedDates } from '#domain/order/plan';
import { type StageTemplate, stageAmong } from '#domain/order/stages';
import { columnMeaning, masterColumns, type OrderRow, readOrderRow, stageColumnName } from '#domain/order/table';
import type { Person } from '#domain/people/person';
import { join, say, type Text } from '#domain/text';
import { readTables, type Table } from './read-table.ts';

/** An order table is known by its number and its delivery date. */
export function looksLikeOrders({ columns }: Table): boolean {
  const fields = columns
    .map((column) => columnMeaning(column))
    .flatMap((known) => (known && 'field' in known ? [known.field] : []));
  return fields.includes('no') && (fields.includes('deliveryDate') || fields.includes('customer'));
}

export interface OrderImport {
  name: string;
  bytes: Uint8Array;
  by: Person;
  via: string;
  /** Names the staged rows; the same for a job that is taken up again. */
  batch: string;
  now(): Date;
  zone: string;
  show?(card: Card): Promise<void>;
  /** Ends the job in the transaction that enters the orders. */
  complete?(tx: Db, card: Card): Promise<void>;
}

export interface OrdersImported {
  added: number;
  /** Rows that say what is known already. */
  unchanged: number;
}

const LISTED = 20;
const PORTION = 500;

/**
 * Imports orders from a spreadsheet: all rows are checked first, then put aside in portions, then entered at once. So nobody ever sees
 * half of a file, other work goes on in between, and a restart begins again without a trace.
 *
 * @throws UserError naming each mistake by sheet, row and column; then nothing is imported
 */
export async function importOrdersFile(db: Db, job: OrderImport): Promise<OrdersImported> {
  const { name, bytes, by, now, batch } = job;
  const title = say(`导入订单「${name}」`, `Importing orders from “${name}”`);
  const show = async (share: number, step: Text) => job.show?.(jobCard(title, share, step));
  await show(0.02, say('正在读文件', 'Reading the file'));
  await clearStaged(db, batch);
  const tables = (await readTables(name, bytes)).filter(looksLikeOrders);
  const total = tables.reduce((sum, { rows }) => sum + rows.length, 0);
  const checker = await createChecker(db, job, tables);
  let seen = 0;
  let shown = 0.05;
  for (const table of tables)
    while (table.rows.length > 0) {
      // taken out, so that what was read of the file goes as its rows are put aside
      const rows = table.rows.splice(0, PORTION);
      await checker.check(table, rows);
      seen += rows.length;
      const share = 0.05 + (seen / total) * 0.85;
      if (share - shown > 0.1) {
        shown = share;
        await show(share, say(`已检查 ${seen} / ${total} 行`, `${seen} of ${total} rows checked`));
      }
      await breathe();
    }
  if (checker.problems.length > 0) {
    await clearStaged(db, batch);
    throw notImported(checker.problems, checker.count());
  }
  await show(0.92, say('正在登记', 'Entering them'));
  const { added, unchanged } = checker;
  await db.transaction(async (tx) => {
    const entered = await enterStaged(tx, batch, { actor: by.openId, via: job.via, at: now() });
    if (entered !== added)
      throw new UserError(
        'orders.import-raced',
        say(
          '导入时有人新建了同号的订单，什么都没有导入。',
          'Somebody entered an order of the same number meanwhile; nothing was imported.',
        ),
        say('请再发一次文件，会指出是哪几行。', 'Send the file again; it will say which rows.'),
      );
    const said = say(
      `已导入 ${added} 张订单${unchanged > 0 ? `，${unchanged} 张没有变化` : ''}。`,
      `${added} orders imported${unchanged > 0 ? `, ${unchanged} were known already` : ''}.`,
    );
    await job.complete?.(
      tx,
      noticeCard(said, 'success', [
        { label: say('看订单', 'See the orders'), action: { command: 'order list', args: { scope: 'all' } } },
      ]),
    );
  });
  return { added, unchanged };
}

async function createChecker(db: Db, { by, batch, now, zone }: OrderImport, tables: Table[]) {
  const problems: Text[] = [];
  let count = 0;
  const tell = (table: Table, line: number, column: string, problem: Text) => {
    count += 1;
    if (problems.length >= LISTED) return;
    const where = table.sheet
      ? say(`「${table.sheet}」第 ${line} 行 ${column}：`, `sheet “${table.sheet}”, row ${line}, ${column}: `)
      : say(`第 ${line} 行 ${column}：`, `row ${line}, ${column}: `);
    problems.push(join([where, problem]));
  };
  if (tables.length === 0)
    throw new UserError(
      'orders.no-table',
      say(
        '没有找到订单表：要有「订单号」「客户」「数量」「货期」这几列。',
        'There is no table of orders: it needs the columns no, customer, qty, delivery.',
      ),
      say('先 /订单 导出 一份，按它的第一行来写。', 'Export one with /order export and keep its first row.'),
    );
  for (const table of tables)
    for (const column of table.columns)
      if (!columnMeaning(column))
        tell(
          table,
          1,
          column,
          say(
            `不认识这一列。可以有：${masterColumns.map(({ zh }) => zh).join('、')}，和「工序 计划/实际/完成数」`,
            `unknown column; export a table to see which there are`,
          ),
        );
  const moment = now();
  const today = businessDay(moment, zone);
  const dates = remembered(await noticesOf(db));
  const templates = await allTemplates(db);
  const standard = (await setting<string>(db, 'order.default-template')) ?? 'garment';
  const people = await allPeople(db);
  const mayForAll = by.roles.some((role) => role === 'manager' || role === 'general_manager' || role === 'admin');
  const firstSeen = new Map<string, string>();
  const state = { added: 0, unchanged: 0 };

  function resolve(table: Table, line: number, row: OrderRow): { template: StageTemplate; person: Person } | undefined {
    const wanted = (row.template ?? standard).toLowerCase();
    const template = templates.find(({ code, label }) =>
      [code, label.zh, label.en].some((one) => one.toLowerCase() === wanted),
    );
    if (!template)
      tell(table, line, '类别', say(`没有「${row.template}」这个模板`, `there is no template “${row.template}”`));
    const named =
      row.merchandiser === null
        ? [by]
        : people.filter(
            (one) =>
              one.employeeNo === row.merchandiser || one.name === row.merchandiser || one.openId === row.merchandiser,
          );
    if (named.length !== 1)
      tell(
        table,
        line,
        '跟单员',
        named.length === 0
          ? say(`花名册里没有「${row.merchandiser}」`, `“${row.merchandiser}” is not on the roster`)
          : say(
              `有 ${named.length} 个「${row.merchandiser}」，请写工号`,
              `${named.length} people are called “${row.merchandiser}”; give the employee number`,
            ),
      );
    else if (!mayForAll && named[0]!.id !== by.id)
      tell(
        table,
        line,
        '跟单员',
        say('你只能导入自己的订单，别人的请经理导入', 'you may import your own orders only; ask the manager'),
      );
    if (!template || named.length !== 1) return undefined;
    const stages = template.steps.map(({ stage }) => stage);
    for (const one of row.stages) {
      const stage = stageAmong(stages, one.stage);
      // an empty column of another template's stage is no stage of this order
      if (stage !== undefined) one.stage = stage;
      else
        tell(
          table,
          line,
          stageColumnName(one.stage, 'planned'),
          say(`${template.label.zh}工序里没有这道`, `the ${template.label.en} stages have no such stage`),
        );
      if (one.actual !== null && one.actual > today)
        tell(
          table,
          line,
          stageColumnName(one.stage, 'actual'),
          say(`${one.actual} 还没到`, `${one.actual} has not come yet`),
        );
    }
    return { template, person: named[0]! };
  }

  return {
    problems,
    count: () => count,
    get added() {
      return state.added;
    },
    get unchanged() {
      return state.unchanged;
    },
    async check(table: Table, rows: Table['rows']): Promise<void> {
      const read = rows.flatMap(({ line, cells }) => {
        const row = readOrderRow(cells, (column, problem) => tell(table, line, column, problem));
        return row ? [{ line, row, columns: Object.keys(cells) }] : [];
      });
      const known = await tableRowsByNo(
        db,
        read.map(({ row }) => row.no),
      );
      const staged: StagedRow[] = [];
      for (const { line, row, columns } of read) {
        const before = firstSeen.get(row.no);
        const here = table.sheet ? `${table.sheet}!${line}` : String(line);
        if (before !== undefined) {
          tell(
            table,
            line,
            '订单号',
            say(`「${row.no}」和第 ${before} 行重复`, `“${row.no}” is the same as on row ${before}`),
          );
          continue;
        }
        firstSeen.set(row.no, here);
        const resolved = resolve(table, line, row);
        if (!resolved) continue;
        const stored = known.get(row.no);
        if (stored) {
          const differing = difference(stored, { ...row, template: resolved.template.code }, columns, resolved.person);
          if (differing)
            tell(
              table,
              line,
              differing,
              say(
                `订单 ${row.no} 已经有了，而且这一列不一样；改已有的订单请用 /订单 变更`,
                `order ${row.no} exists and differs here; amend it with /order change`,
              ),
            );
          else state.unchanged += 1;
          continue;
        }
        staged.push(stagedRow(row, resolved, { by, now: moment, today, zone, dates }));
      }
      if (problems.length === 0 && staged.length > 0) await stageRows(db, batch, state.added, staged);
      state.added += staged.length;
    },
  };
}

/** The heading in which a known order differs from the row, among the columns of the file. */
function difference(stored: StoredRow, row: OrderRow, columns: string[], person: Person): string | undefined {
  const named = [person.employeeNo, person.name];
  for (const column of columns) {
    const meaning = columnMeaning(column);
    if (!meaning) continue;
    if ('field' in meaning) {
      const { field } = meaning;
      if (
        field === 'lines'
          ? formatLines(stored.lines) !== formatLines(row.lines)
          : field === 'merchandiser'
            ? !named.includes(stored.merchandiser)
            : field === 'firstPromised'
              ? (row.firstPromised ?? stored.firstPromised) !== stored.firstPromised
              : stored[field] !== row[field]
      )
        return column;
    } else {
      const own = stored.stages.find(({ stage }) => stage === meaning.stage || stageAmong([stage], meaning.stage));
      const said = row.stages.find(({ stage }) => stage === own?.stage)?.[meaning.kind] ?? null;
      if (own && said !== null && own[meaning.kind] !== said) return column;
    }
  }
  return undefined;
}

/** Many rows of a file share a day: each plan is reckoned once. */
function remembered(notices: Notices): typeof plannedDates {
  const known = new Map<string, ReturnType<typeof plannedDates>>();
  return (steps, span) => {
    const key = `${steps.map(({ stage, before }) => `${stage}${before}`)}|${span.from}|${span.delivery}`;
    const found = known.get(key) ?? plannedDates(steps, { ...span, notices });
    known.set(key, found);
    return found;
  };
}

function stagedRow(
  row: OrderRow,
  { template, person }: { template: StageTemplate; person: Person },
  { by, now, today, zone, dates }: { by: Person; now: Date; today: IsoDate; zone: string; dates: typeof plannedDates },
): StagedRow {
  const endOf = (day: IsoDate) => new Date(startOfBusinessDay(addDays(day, 1), zone).getTime() - 1);
  const { states, log, standing } = stateOfRow(row, template.steps, { today, now, by: by.id, endOf, dates });
  const isEnded = row.status !== 'open';
  return {
    order: {
      no: row.no,
      template: template.code,
      customer: row.customer,
      contract_no: row.contractNo,
      style: row.style,
      product: row.product,
      qty: row.qty,
      unit: row.unit,
      currency: row.currency,
      unit_price_fen: row.unitPriceFen?.toString() ?? null,
      amount_fen: row.unitPriceFen === null ? null : (row.unitPriceFen * BigInt(row.qty)).toString(),
      processing_fee_fen: row.processingFeeFen?.toString() ?? null,
      factory: row.factory,
      requested_date: row.requestedDate,
      first_promised: row.firstPromised ?? row.deliveryDate,
      delivery_date: row.deliveryDate,
      actual_delivery: standing.delivered,
      special: row.special,
      merchandiser_id: person.id,
      status: row.status,
      stage: standing.stage,
      next_stage: standing.nextStage,
      next_due: standing.nextDue,
      pace_stage: standing.paceStage,
      pace_done: standing.paceDone,
      pace_from: standing.paceFrom,
      pace_due: standing.paceDue,
      last_progress_at: log.length > 0 ? now.toISOString() : null,
      search: searchOf(row),
      ended_at: isEnded ? now.toISOString() : null,
      created_by: by.id,
      created_at: now.toISOString(),
    },
    lines: row.lines,
    stages: states.map(({ stage, planned, fixed, counted, before, actual = null, done = null }, position) => ({
      stage,
      position,
      planned,
      fixed,
      counted,
      before,
      actual,
      done,
    })),
    progress: log.map(({ stage, qty, finished, forDay, late, countsAt }, i) => ({
      stage,
      qty,
      finished,
      by: by.id,
      said_at: now.toISOString(),
      recorded_at: now.toISOString(),
      for_day: forDay,
      late,
      counts_at: countsAt.toISOString(),
      command_index: i,
    })),
  };
}

function notImported(problems: Text[], count: number): UserError {
  const more = count - problems.length;
  const listed = [...problems, ...(more > 0 ? [say(`……还有 ${more} 处`, `… and ${more} more`)] : [])];
  return new UserError(
    'orders.import',
    join(listed, '\n'),
    say(
      '改好后把整个文件再发一次；现在什么都没有导入。',
      'Correct them and send the whole file again; nothing was imported.',
    ),
  );
}
