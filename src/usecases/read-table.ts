import { parseCsv } from 'hucre/csv';
import { readXlsx } from 'hucre/xlsx';
import { UserError } from '#domain/errors';
import { say } from '#domain/text';

/** A row of a table that somebody sent: texts by column name, and where it stands in the file (the header is line 1). */
export interface TableRow {
  line: number;
  cells: Record<string, string>;
}

export interface Table {
  /** Name of the sheet; empty for CSV. */
  sheet: string;
  columns: string[];
  rows: TableRow[];
}

/** A spreadsheet a person would make by hand; more is split. */
const MAX_ROWS = 50_000;

/**
 * Reads the first sheet of an Excel file, or a CSV file in UTF-8 (with or without BOM) or GB 18030 (what Chinese Excel writes).
 * Column names are trimmed and lower-cased; empty rows are passed over.
 *
 * @throws UserError when it is neither, or has no header
 */
export async function readTable(name: string, bytes: Uint8Array): Promise<Table> {
  const [first = { sheet: '', rows: [] }] = await readSheets(bytes);
  return tableOf(name, first);
}

/**
 * Reads every sheet that holds anything, as `readTable` does the first.
 *
 * @throws UserError when none does
 */
export async function readTables(name: string, bytes: Uint8Array): Promise<Table[]> {
  const sheets = (await readSheets(bytes)).filter(({ rows }) => rows.some((row) => row.some((cell) => cell.trim())));
  const [first = { sheet: '', rows: [] }, ...others] = sheets;
  return [first, ...others].map((sheet) => tableOf(name, sheet));
}

interface RawSheet {
  sheet: string;
  rows: string[][];
}

const readSheets = async (bytes: Uint8Array): Promise<RawSheet[]> =>
  isZip(bytes)
    ? readWorkbook(bytes)
    : [{ sheet: '', rows: parseCsv(decode(bytes), { typeInference: false }).map((row) => row.map(cellText)) }];

function tableOf(name: string, { sheet, rows }: RawSheet): Table {
  const header = (rows[0] ?? []).map((cell) => cell.trim().toLowerCase());
  if (!header.some(Boolean))
    throw new UserError(
      'table.empty',
      say(
        `「${name}」是空的，或者第一行不是列名。`,
        `“${name}” is empty, or its first row does not hold the column names.`,
      ),
      say('第一行写列名，从第二行起写数据。', 'Put the column names in the first row and the data below.'),
    );
  if (rows.length - 1 > MAX_ROWS)
    throw new UserError(
      'table.too-long',
      say(
        `「${name}」有 ${rows.length - 1} 行，一次最多 ${MAX_ROWS} 行。`,
        `“${name}” has ${rows.length - 1} rows; at most ${MAX_ROWS} at a time.`,
      ),
      say('请分成几个文件发。', 'Send it in several files.'),
    );
  const body = rows.slice(1).flatMap((row, i): TableRow[] => {
    const cells = Object.fromEntries(
      header.flatMap((column, at) => (column ? [[column, (row[at] ?? '').trim()]] : [])),
    );
    return Object.values(cells).some(Boolean) ? [{ line: i + 2, cells }] : [];
  });
  return { sheet, columns: header.filter(Boolean), rows: body };
}

/** Excel files are zip archives: their first two bytes say so, whatever the file is called. */
const isZip = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b;

async function readWorkbook(bytes: Uint8Array): Promise<RawSheet[]> {
  try {
    const { sheets } = await readXlsx(bytes);
    return sheets.map(({ name, rows }) => ({ sheet: name, rows: rows.map((row) => [...row].map(cellText)) }));
  } catch {
    throw new UserError(
      'table.unreadable',
      say(
        '这个 Excel 文件打不开，可能损坏或加了密码。',
        'This Excel file cannot be opened; it may be damaged or protected.',
      ),
      say('请另存为 .xlsx 或 CSV 再发。', 'Save it as .xlsx or CSV and send it again.'),
    );
  }
}

function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  // a date cell is a day, not a moment
  if (cell instanceof Date) return cell.toISOString().slice(0, 10);
  return String(cell);
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}
