import { recordAudit } from '#db/audit';
import type { Db } from '#db/client';
import { peopleNamed } from '#db/people';
import { isMonth, type Month } from '#domain/calendar/dates';
import { UserError } from '#domain/errors';
import { type FactField, isFlag, type MonthValues } from '#domain/hours/hours';
import type { Person } from '#domain/people/person';
import { join, say, type Text } from '#domain/text';
import { problemsWith, storeHours } from './hours.ts';
import type { Table } from './read-table.ts';

/** The columns of an hours file; who it is by number, open_id or name. */
export const hoursColumns = [
  'employee_no',
  'open_id',
  'name',
  'month',
  'required',
  'attended',
  'overtime',
  'overtime_rest_day',
  'overtime_holiday',
  'nights',
  'compliance',
  'conduct',
  'reason',
] as const;
type Column = (typeof hoursColumns)[number];

const alias: Record<string, Column> = {
  工号: 'employee_no',
  姓名: 'name',
  月份: 'month',
  应出勤: 'required',
  应出勤工时: 'required',
  实出勤: 'attended',
  实出勤工时: 'attended',
  加班: 'overtime',
  加班工时: 'overtime',
  休息日加班: 'overtime_rest_day',
  节假日加班: 'overtime_holiday',
  夜班: 'nights',
  规范: 'compliance',
  表现: 'conduct',
  原因: 'reason',
};
const fieldOf: Partial<Record<Column, FactField>> = {
  required: 'required',
  attended: 'attended',
  overtime: 'overtime',
  overtime_rest_day: 'overtimeRestDay',
  overtime_holiday: 'overtimeHoliday',
  nights: 'nights',
  compliance: 'compliance',
  conduct: 'conduct',
};
const yes = ['yes', 'y', '是', 'true', '1', '好'];
const no = ['no', 'n', '否', 'false', '0', '不'];

const columnOf = (name: string): Column | undefined =>
  (hoursColumns as readonly string[]).includes(name) ? (name as Column) : alias[name];

/** An hours file names people and a month, and at least one of the values. */
export function looksLikeHours(table: Table): boolean {
  const columns = table.columns.map(columnOf);
  const names = columns.some((column) => column === 'employee_no' || column === 'open_id' || column === 'name');
  return (
    names &&
    columns.includes('month') &&
    columns.some((column) => column !== undefined && fieldOf[column] !== undefined)
  );
}

const LISTED = 20;

export interface ImportOrigin {
  by: Person;
  now: Date;
  file: string;
  messageId: string;
  eventId: string;
}

/**
 * Checks every row, then stores all of them or none; call it in a transaction.
 *
 * @returns how many people there were and how many values changed
 * @throws UserError naming each mistake by line and column
 */
export async function importHours(
  tx: Db,
  table: Table,
  { by, now, file, messageId, eventId }: ImportOrigin,
): Promise<{ rows: number; changed: number }> {
  const problems: Text[] = [];
  const wrong = (line: number, column: string, zh: string, en: string) =>
    problems.push(say(`第 ${line} 行 ${column}：${zh}`, `line ${line}, ${column}: ${en}`));
  for (const column of table.columns)
    if (!columnOf(column))
      wrong(
        1,
        column,
        `不认识这一列，可以有：${hoursColumns.join('、')}`,
        `unknown column; known: ${hoursColumns.join(', ')}`,
      );
  const read: { line: number; person: Person; month: Month; values: MonthValues; reason: string }[] = [];
  for (const row of table.rows) {
    const cells = Object.fromEntries(
      Object.entries(row.cells).map(([name, value]) => [columnOf(name) ?? name, value.normalize('NFKC')]),
    );
    const person = await personOf(tx, cells, (zh, en) => wrong(row.line, 'employee_no', zh, en));
    const month = (cells.month ?? '')
      .replace(/^(\d{4})[/年](\d{1,2})月?$/, (_, y, m) => `${y}-${m.padStart(2, '0')}`)
      .slice(0, 7);
    if (!isMonth(month))
      wrong(
        row.line,
        'month',
        `「${cells.month ?? ''}」不是月份，请写成 2026-10`,
        `“${cells.month ?? ''}” is no month; write 2026-10`,
      );
    const values: MonthValues = {};
    for (const [column, field] of Object.entries(fieldOf)) {
      const written = cells[column]?.trim();
      if (!written) continue;
      const value = isFlag(field)
        ? yes.includes(written.toLowerCase())
          ? 'yes'
          : no.includes(written.toLowerCase())
            ? 'no'
            : undefined
        : /^\d{1,6}(\.\d{1,4})?$/.test(written)
          ? written
          : undefined;
      if (value === undefined)
        wrong(
          row.line,
          column,
          `「${written}」不行，要写${isFlag(field) ? '是或否' : '0 以上的数字'}`,
          `“${written}” will not do; write ${isFlag(field) ? 'yes or no' : 'a number of 0 or more'}`,
        );
      else values[field] = value;
    }
    if (!person || !isMonth(month)) continue;
    if (person.id === by.id) wrong(row.line, 'employee_no', '不能登记自己的工时', 'nobody records their own hours');
    const double = read.find((other) => other.person.id === person.id && other.month === month);
    if (double)
      wrong(
        row.line,
        'employee_no',
        `和第 ${double.line} 行是同一个人同一个月`,
        `the same person and month as on line ${double.line}`,
      );
    read.push({ line: row.line, person, month, values, reason: cells.reason ?? '' });
  }
  for (const { line, person, month, values, reason } of read)
    for (const problem of await problemsWith(tx, person.id, month, values, reason))
      problems.push(join([say(`第 ${line} 行：`, `line ${line}: `), problem]));
  if (problems.length > 0) throw notImported(problems);

  let changed = 0;
  for (const [index, { line, person, month, values, reason }] of read.entries()) {
    const origin = {
      by: by.id,
      via: 'file' as const,
      origin: `${file} #${line}`,
      saidAt: now,
      recordedAt: now,
      eventId,
      messageId,
      commandIndex: index,
    };
    const stored = await storeHours(tx, person, month, { values, reason }, origin);
    changed += stored;
    if (stored > 0)
      await recordAudit(tx, {
        at: now,
        actor: by.openId,
        via: 'file',
        command: 'hours import',
        subject: `hours:${person.id}:${month}`,
        outcome: 'done',
        messageId,
        after: { ...values, reason },
      });
  }
  return { rows: read.length, changed };
}

async function personOf(
  tx: Db,
  cells: Record<string, string>,
  wrong: (zh: string, en: string) => void,
): Promise<Person | undefined> {
  const word = cells.employee_no || cells.open_id || cells.name || '';
  const found = word ? await peopleNamed(tx, word) : [];
  if (found.length === 1 && (!cells.name || found[0]!.name === cells.name)) return found[0];
  if (found.length === 0) wrong(`花名册里没有「${word}」`, `“${word}” is not on the roster`);
  else if (found.length > 1)
    wrong(
      `有 ${found.length} 个人叫「${word}」，请写工号`,
      `${found.length} people are called “${word}”; give the number`,
    );
  else
    wrong(`「${word}」是 ${found[0]!.name}，不是 ${cells.name}`, `“${word}” is ${found[0]!.name}, not ${cells.name}`);
  return undefined;
}

function notImported(problems: Text[]): UserError {
  const more = problems.length - LISTED;
  const listed = [...problems.slice(0, LISTED), ...(more > 0 ? [say(`……还有 ${more} 处`, `… and ${more} more`)] : [])];
  return new UserError(
    'hours.import',
    join(listed, '\n'),
    say(
      '改好后把整个文件再发一次；现在什么都没有导入。',
      'Correct them and send the whole file again; nothing was imported.',
    ),
  );
}
