import { recordAudit } from '#db/audit';
import type { Db } from '#db/client';
import { addTerms, changePerson, findPerson, peopleNamed, putPerson, termsIn } from '#db/people';
import { isIsoDate } from '#domain/calendar/dates';
import { UserError } from '#domain/errors';
import { NumberTextError, parseYuan } from '#domain/money';
import { type Role, roleLabel, roles } from '#domain/people/person';
import { join, say, type Text } from '#domain/text';
import type { Table, TableRow } from './read-table.ts';

/** The columns of a people file (design section 7); order does not matter, `open_id` and `name` must be there. */
export const peopleColumns = [
  'open_id',
  'name',
  'employee_no',
  'department',
  'manager_open_id',
  'roles',
  'scheme',
  'position_wage_yuan',
  'performance_base_yuan',
  'hired_on',
  'probation_until',
] as const;
type Column = (typeof peopleColumns)[number];

export interface PersonRow {
  line: number;
  openId: string;
  name: string;
  employeeNo: string | undefined;
  department: string | undefined;
  managerOpenId: string | undefined;
  roles: Role[] | undefined;
  scheme: string | undefined;
  positionWageFen: bigint | undefined;
  performanceBaseFen: bigint | undefined;
  hiredOn: string | undefined;
  probationUntil: string | undefined;
}

export const looksLikePeople = (table: Table): boolean =>
  table.columns.includes('open_id') && table.columns.includes('name');

/** How many mistakes are listed; the file has to be gone through anyway when there are more. */
const LISTED = 20;

/**
 * Checks every row before anything is stored.
 *
 * @throws UserError naming each mistake by line and column
 */
export function readPeople(table: Table): PersonRow[] {
  const problems: Text[] = [];
  const wrong = (line: number, column: string, zh: string, en: string) =>
    problems.push(say(`第 ${line} 行 ${column}：${zh}`, `line ${line}, ${column}: ${en}`));
  for (const column of ['open_id', 'name'])
    if (!table.columns.includes(column)) wrong(1, column, '缺少这一列', 'this column is missing');
  for (const column of table.columns)
    if (!(peopleColumns as readonly string[]).includes(column))
      wrong(
        1,
        column,
        `不认识这一列，可以有：${peopleColumns.join('、')}`,
        `unknown column; known: ${peopleColumns.join(', ')}`,
      );

  const seen = { open_id: new Map<string, number>(), employee_no: new Map<string, number>() };
  const rows = table.rows.map((row): PersonRow => {
    const cell = (column: Column) => row.cells[column] || undefined;
    const once = (column: 'open_id' | 'employee_no') => {
      const value = cell(column);
      const before = value === undefined ? undefined : seen[column].get(value);
      if (before !== undefined)
        wrong(row.line, column, `「${value}」和第 ${before} 行重复`, `“${value}” is the same as on line ${before}`);
      else if (value !== undefined) seen[column].set(value, row.line);
      return value;
    };
    const openId = once('open_id') ?? '';
    if (!/^ou_\w+$/.test(openId))
      wrong(row.line, 'open_id', `「${openId}」不是 open_id（ou_…）`, `“${openId}” is no open_id (ou_…)`);
    const name = cell('name') ?? '';
    if (!name || [...name].length > 60)
      wrong(row.line, 'name', '要写姓名（最多 60 个字）', 'a name of at most 60 characters is needed');
    const managerOpenId = cell('manager_open_id');
    if (managerOpenId !== undefined && managerOpenId === openId)
      wrong(row.line, 'manager_open_id', '上级不能是本人', 'nobody is their own manager');
    return {
      line: row.line,
      openId,
      name,
      employeeNo: once('employee_no'),
      department: cell('department'),
      managerOpenId,
      roles: readRoles(row, wrong),
      scheme: cell('scheme'),
      positionWageFen: readYuan(row, 'position_wage_yuan', wrong),
      performanceBaseFen: readYuan(row, 'performance_base_yuan', wrong),
      hiredOn: readDay(row, 'hired_on', wrong),
      probationUntil: readDay(row, 'probation_until', wrong),
    };
  });
  if (problems.length > 0) throw notImported(problems);
  return rows;
}

type Wrong = (line: number, column: string, zh: string, en: string) => void;

function readRoles({ line, cells }: TableRow, wrong: Wrong): Role[] | undefined {
  if (cells.roles === undefined) return undefined;
  const words = cells.roles
    .normalize('NFKC')
    .split(/[;；,、]/)
    .map((word) => word.trim())
    .filter(Boolean);
  return words.flatMap((word) => {
    const role = roles.find((known) => known === word.toLowerCase() || roleLabel[known].zh === word);
    if (!role)
      wrong(
        line,
        'roles',
        `没有「${word}」这个角色，可以写：${roles.join('、')}`,
        `no role “${word}”; known: ${roles.join(', ')}`,
      );
    return role ?? [];
  });
}

function readYuan({ line, cells }: TableRow, column: Column, wrong: Wrong): bigint | undefined {
  const text = cells[column];
  if (!text) return undefined;
  try {
    const fen = parseYuan(text);
    if (fen >= 0n) return fen;
  } catch (error) {
    if (!(error instanceof NumberTextError)) throw error;
  }
  wrong(
    line,
    column,
    `「${text}」不是金额，请写成 3500 或 3500.00`,
    `“${text}” is not an amount; write 3500 or 3500.00`,
  );
  return undefined;
}

function readDay({ line, cells }: TableRow, column: Column, wrong: Wrong): string | undefined {
  const text = cells[column]?.replaceAll('/', '-');
  if (!text) return undefined;
  const [year = '', month = '', day = ''] = text.split('-');
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  if (isIsoDate(iso)) return iso;
  wrong(line, column, `「${text}」不是日期，请写成 2026-03-01`, `“${text}” is not a date; write 2026-03-01`);
  return undefined;
}

function notImported(problems: Text[]): UserError {
  const more = problems.length - LISTED;
  const listed = [...problems.slice(0, LISTED), ...(more > 0 ? [say(`……还有 ${more} 处`, `… and ${more} more`)] : [])];
  return new UserError(
    'people.import',
    join(listed, '\n'),
    say(
      '改好后把整个文件再发一次；现在什么都没有导入。',
      'Correct them and send the whole file again; nothing was imported.',
    ),
  );
}

export interface Imported {
  added: number;
  changed: number;
}

/**
 * Stores people and their pay terms, all or none: call it in a transaction. Columns that are not in the file, and empty cells, leave
 * what is known as it is. Terms begin with `month`.
 *
 * @throws UserError when a manager is unknown, a number is taken by somebody else, or the line of managers would be a circle
 */
export async function importPeople(
  tx: Db,
  rows: PersonRow[],
  { by, via, month, now }: { by: string; via: string; month: string; now: Date },
): Promise<Imported> {
  const problems: Text[] = [];
  const inFile = new Map(rows.map((row) => [row.openId, row]));
  for (const { line, managerOpenId, employeeNo, openId } of rows) {
    if (managerOpenId && !inFile.has(managerOpenId) && !(await findPerson(tx, managerOpenId)))
      problems.push(
        say(
          `第 ${line} 行 manager_open_id：花名册和文件里都没有 ${managerOpenId}`,
          `line ${line}, manager_open_id: ${managerOpenId} is neither on the roster nor in the file`,
        ),
      );
    const taken =
      employeeNo === undefined
        ? undefined
        : (await peopleNamed(tx, employeeNo)).find(
            (other) =>
              other.employeeNo === employeeNo &&
              other.openId !== openId &&
              inFile.get(other.openId)?.employeeNo === undefined,
          );
    if (taken)
      problems.push(
        say(
          `第 ${line} 行 employee_no：工号 ${employeeNo} 是 ${taken.name} 的`,
          `line ${line}, employee_no: ${employeeNo} belongs to ${taken.name}`,
        ),
      );
    if (inCircle(openId, inFile))
      problems.push(
        say(
          `第 ${line} 行 manager_open_id：上级关系成了一个圈`,
          `line ${line}, manager_open_id: the reporting line is a circle`,
        ),
      );
  }
  if (problems.length > 0) throw notImported(problems);

  const imported: Imported = { added: 0, changed: 0 };
  const ids = new Map<string, number>();
  for (const row of rows) {
    const { before, after } = await putPerson(
      tx,
      row.openId,
      defined({
        name: row.name,
        employeeNo: row.employeeNo,
        department: row.department,
        roles: row.roles,
        hiredOn: row.hiredOn,
        probationUntil: row.probationUntil,
      }),
      now,
    );
    ids.set(row.openId, after.id);
    imported[before ? 'changed' : 'added'] += 1;
    const known = await termsIn(tx, after.id, month);
    const terms = {
      fromMonth: month,
      scheme: row.scheme ?? known?.scheme ?? null,
      positionWageFen: row.positionWageFen ?? known?.positionWageFen ?? null,
      performanceBaseFen: row.performanceBaseFen ?? known?.performanceBaseFen ?? null,
    };
    const isNew =
      terms.scheme !== (known?.scheme ?? null) ||
      terms.positionWageFen !== (known?.positionWageFen ?? null) ||
      terms.performanceBaseFen !== (known?.performanceBaseFen ?? null);
    if (isNew) await addTerms(tx, after.id, terms, by, now);
    await recordAudit(tx, {
      at: now,
      actor: by,
      via,
      command: 'people import',
      subject: `person:${after.id}`,
      outcome: 'done',
      before,
      after,
    });
  }
  for (const { openId, managerOpenId } of rows) {
    if (!managerOpenId) continue;
    const manager = ids.get(managerOpenId) ?? (await findPerson(tx, managerOpenId))!.id;
    await changePerson(tx, ids.get(openId)!, { managerId: manager }, now);
  }
  return imported;
}

function inCircle(openId: string, inFile: Map<string, PersonRow>): boolean {
  const passed = new Set<string>();
  for (let at = inFile.get(openId)?.managerOpenId; at; at = inFile.get(at)?.managerOpenId) {
    if (at === openId) return true;
    if (passed.has(at)) return false;
    passed.add(at);
  }
  return false;
}

/** Without what is undefined, so that it is left as it is. */
function defined<T extends { name: string }>(change: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
