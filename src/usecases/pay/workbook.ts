import type { Cell, CellValue, WriteSheet } from 'hucre/xlsx';
import { writeXlsx } from 'hucre/xlsx';
import { sumFen, yuanText } from '#domain/money';
import type { Line } from '#domain/pay/context';
import { type Settlement, spreadsheetFormula } from '#domain/pay/settle';

/** A month for finance: one row a person, every amount a formula on the facts that it came from. */
export interface ExportPerson {
  employeeNo: string | null;
  name: string;
  department: string | null;
  settlement: Settlement;
}

export interface ExportMonth {
  month: string;
  /** Not locked: figures may still change. */
  draft: boolean;
  people: readonly ExportPerson[];
  rules: readonly { scheme: string; version: string; clause: string; label: string; sentence: string; text: string }[];
  /** Names by open_id, for the sources of facts. */
  names: ReadonlyMap<string, string>;
  madeAt: string;
}

export const sheetNames = { pay: '工资', lines: '明细', facts: '事实', rules: '条款', about: '说明' } as const;

/** Blanks that hide a leading sign: spaces, no-break and full-width ones, zero-width ones, line ends. */
const HIDING = /^[\s\u00a0\u3000\u200b-\u200f\u2060\ufeff]+/u;

/**
 * Text that stays text, also when somebody saves the sheet as CSV: what a spreadsheet program might take for a formula gets an apostrophe
 * in front. Full-width signs count as well, since some programs fold them. Numbers are written as numbers, never through here.
 */
export function plainText(typed: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  const clean = typed.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '').slice(0, 8000);
  const isRisky = clean
    .split(/\r\n|\r|\n/)
    .some((line) => /^[=+\-@\t|%]/.test(line.replace(HIDING, '').normalize('NFKC')));
  return isRisky ? `'${clean}` : clean;
}

const column = (index: number): string =>
  (index < 26 ? '' : column(Math.floor(index / 26) - 1)) + String.fromCharCode(65 + (index % 26));
const at = (sheet: string, col: number, row: number): string => `${sheet}!$${column(col)}$${row + 1}`;
const cellNumber = (decimal: string): number => Number(decimal);
/** Yuan as a number: a spreadsheet has no other, and two decimals below ten trillion are exact in it. */
const yuan = (fen: bigint): number => cellNumber(yuanText(fen));

interface Grid {
  rows: CellValue[][];
  cells: Map<string, Partial<Cell>>;
}

const money = { style: { numFmt: '#,##0.00' } };
const grid = (...header: string[]): Grid => ({
  rows: [header],
  cells: new Map(header.map((_, col) => [`0,${col}`, { style: { font: { bold: true } } }])),
});

function putFormula({ rows, cells }: Grid, row: number, col: number, formula: string, result: number): void {
  rows[row]![col] = result;
  cells.set(`${row},${col}`, { value: result, type: 'formula', formula, formulaResult: result, ...money });
}

export async function workbook(month: ExportMonth): Promise<Uint8Array> {
  const facts = grid('姓名', '工号', '事实', '路径', '数值', '来源');
  const lines = grid('姓名', '工号', '条款', '项目', '金额', '算法', '提示');
  const clauses = clausesOf(month.people);
  const pay = grid(
    '工号',
    '姓名',
    '部门',
    '方案',
    '版本',
    ...clauses.map(({ clause, label }) => `${clause} ${label}`),
    '合计',
  );
  for (const person of month.people) addPerson(person, { pay, lines, facts, clauses, names: month.names });
  addTotals(pay, clauses, month.people);
  const rules = grid('方案', '版本', '条款', '项目', '规则', '原文');
  for (const { scheme, version, clause, label, sentence, text } of month.rules)
    rules.rows.push([scheme, version, clause, label, sentence, text].map(plainText));
  const total = sumFen(month.people.map(({ settlement }) => settlement.totalFen));
  const about = grid('项目', '内容');
  about.rows.push(
    ['月份', month.month],
    ['状态', month.draft ? '草稿：未锁定，仍可能变化' : '已锁定'],
    ['人数', month.people.length],
    ['生成时间', month.madeAt],
    ['说明', '工资表的每个金额都是公式，引用明细；明细引用事实。改动事实表的数值，金额会跟着重算；结算以系统为准。'],
    ['合计（元）', yuan(total)],
  );
  putFormula(about, 6, 1, at(sheetNames.pay, 5 + clauses.length, month.people.length + 1), yuan(total));
  const sheet = (name: string, { rows, cells }: Grid, frozen: number, widths: number[]): WriteSheet => ({
    name,
    rows,
    cells,
    freezePane: { rows: 1, columns: frozen },
    columns: rows[0]!.map((_, col) => ({ width: widths[col] ?? 14 })),
  });
  return writeXlsx({
    sheets: [
      sheet(sheetNames.pay, pay, 2, [10, 10, 12, 10, 10]),
      sheet(sheetNames.lines, lines, 2, [10, 10, 16, 22, 14, 60, 40]),
      sheet(sheetNames.facts, facts, 2, [10, 10, 26, 30, 14, 60]),
      sheet(sheetNames.rules, rules, 1, [10, 10, 16, 20, 50, 70]),
      sheet(sheetNames.about, about, 1, [16, 60]),
    ],
  });
}

interface Clause {
  clause: string;
  label: string;
}

/** Every clause that anybody has a line of, in the order of the payslips. */
function clausesOf(people: readonly ExportPerson[]): Clause[] {
  const found = new Map<string, Clause>();
  const schemes = [...new Map(people.map(({ settlement }) => [settlement.scheme, true])).keys()].sort();
  for (const scheme of schemes)
    for (const { settlement } of people)
      if (settlement.scheme === scheme)
        for (const { clause, label } of settlement.lines)
          if (!found.has(clause)) found.set(clause, { clause, label: label.zh });
  return [...found.values()];
}

interface Sheets {
  pay: Grid;
  lines: Grid;
  facts: Grid;
  clauses: readonly Clause[];
  names: ReadonlyMap<string, string>;
}

function addPerson(
  { employeeNo, name, department, settlement }: ExportPerson,
  { pay, lines, facts, clauses, names }: Sheets,
): void {
  const who = [plainText(name), plainText(employeeNo ?? '')];
  const factRow = new Map<string, number>();
  for (const fact of settlement.lines.flatMap((line) => line.facts)) {
    if (factRow.has(fact.path)) continue;
    factRow.set(fact.path, facts.rows.length);
    const sources = fact.sources
      .slice(0, 20)
      .map(({ order, value, author, at: when, messageId, note }) =>
        [order, value, author && (names.get(author) ?? author), when, messageId, note].filter(Boolean).join(' '),
      )
      .join('；');
    facts.rows.push([...who, plainText(fact.label.zh), plainText(fact.path), Number(fact.value), plainText(sources)]);
  }
  const first = lines.rows.length;
  const lineRow = new Map(settlement.lines.map(({ id }, i) => [id, first + i]));
  const cell = (path: string): string => {
    if (path.startsWith('line:')) return at(sheetNames.lines, 4, lineRow.get(path.slice(5))!);
    return at(sheetNames.facts, 4, factRow.get(path)!);
  };
  settlement.lines.forEach((line: Line, i) => {
    const warnings = line.warnings.map(({ text }) => text.zh).join('；');
    lines.rows.push([
      ...who,
      plainText(line.clause),
      plainText(line.label.zh),
      null,
      plainText(line.formula.zh),
      plainText(warnings),
    ]);
    putFormula(lines, first + i, 4, spreadsheetFormula(line, cell), yuan(line.amountFen));
  });
  const row = pay.rows.length;
  pay.rows.push([
    plainText(employeeNo ?? ''),
    plainText(name),
    plainText(department ?? ''),
    settlement.scheme,
    settlement.version,
  ]);
  clauses.forEach(({ clause }, i) => {
    const own = settlement.lines.filter((line) => line.clause === clause);
    const col = 5 + i;
    if (own.length === 0) {
      pay.rows[row]![col] = null;
      return;
    }
    const refs = own.map(({ id }) => at(sheetNames.lines, 4, lineRow.get(id)!));
    const amount = yuan(sumFen(own.map(({ amountFen }) => amountFen)));
    putFormula(pay, row, col, refs.length === 1 ? refs[0]! : `ROUND(${refs.join('+')},2)`, amount);
  });
  const last = 5 + clauses.length;
  const range = `${column(5)}${row + 1}:${column(last - 1)}${row + 1}`;
  putFormula(pay, row, last, `ROUND(SUM(${range}),2)`, yuan(settlement.totalFen));
}

function addTotals(pay: Grid, clauses: readonly Clause[], people: readonly ExportPerson[]): void {
  const row = pay.rows.length;
  pay.rows.push(['合计', `${people.length} 人`, '', '', '']);
  const of = (clause: string) => (line: Line) => (line.clause === clause ? line.amountFen : 0n);
  const totals = [
    ...clauses.map(({ clause }) => sumFen(people.flatMap(({ settlement }) => settlement.lines.map(of(clause))))),
    sumFen(people.map(({ settlement }) => settlement.totalFen)),
  ];
  totals.forEach((total, i) => {
    const col = 5 + i;
    if (people.length === 0) pay.rows[row]![col] = 0;
    else putFormula(pay, row, col, `ROUND(SUM(${column(col)}2:${column(col)}${row}),2)`, yuan(total));
  });
}
