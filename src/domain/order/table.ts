import { type IsoDate, isIsoDate } from '../calendar/dates.ts';
import { NumberTextError, parseYuan, yuanText } from '../money.ts';
import { say, type Text } from '../text.ts';
import { formatLines, LinesProblem, type OrderLine, parseLines, totalOf } from './lines.ts';
import { findStage, stageLabel } from './stages.ts';

/** O14. A row of the contract progress table (合同进程表): what is exported, and what an import reads back to the same order. */
export interface OrderRow {
  no: string;
  contractNo: string | null;
  customer: string;
  style: string;
  product: string;
  /** Name or code of the stage template; null: the company's default. */
  template: string | null;
  qty: number;
  unit: string;
  lines: OrderLine[];
  currency: string;
  unitPriceFen: bigint | null;
  processingFeeFen: bigint | null;
  factory: string | null;
  requestedDate: IsoDate | null;
  firstPromised: IsoDate | null;
  deliveryDate: IsoDate;
  special: string;
  /** Employee number or name; null: who imports. */
  merchandiser: string | null;
  status: 'open' | 'closed' | 'cancelled';
  stages: { stage: string; planned: IsoDate | null; actual: IsoDate | null; done: number | null }[];
}

type Master = Exclude<keyof OrderRow, 'stages'>;

/** Columns as they are written; each is read by any of its names. */
export const masterColumns: {
  field: Master;
  zh: string;
  names: string[];
  type: 'text' | 'number' | 'money' | 'date';
}[] = [
  { field: 'no', zh: '订单号', names: ['no', 'order', '单号', 'order_no'], type: 'text' },
  { field: 'contractNo', zh: '合同号', names: ['contract', 'contract_no'], type: 'text' },
  { field: 'customer', zh: '客户', names: ['customer'], type: 'text' },
  { field: 'style', zh: '款号', names: ['style'], type: 'text' },
  { field: 'product', zh: '产品', names: ['product', '品名'], type: 'text' },
  { field: 'template', zh: '类别', names: ['class', 'template', '工序模板'], type: 'text' },
  { field: 'qty', zh: '数量', names: ['qty', 'quantity'], type: 'number' },
  { field: 'unit', zh: '单位', names: ['unit'], type: 'text' },
  { field: 'lines', zh: '明细', names: ['lines', '颜色尺码'], type: 'text' },
  { field: 'currency', zh: '币种', names: ['currency'], type: 'text' },
  { field: 'unitPriceFen', zh: '单价', names: ['price', 'unit_price'], type: 'money' },
  { field: 'processingFeeFen', zh: '加工费', names: ['fee', 'processing_fee'], type: 'money' },
  { field: 'factory', zh: '工厂', names: ['factory', '加工厂'], type: 'text' },
  { field: 'requestedDate', zh: '客户要求日期', names: ['requested', '要求货期'], type: 'date' },
  { field: 'firstPromised', zh: '最初承诺', names: ['first_promised'], type: 'date' },
  { field: 'deliveryDate', zh: '货期', names: ['delivery', 'due', '交期', '交货日期'], type: 'date' },
  { field: 'special', zh: '要求', names: ['special', '特殊要求', '备注'], type: 'text' },
  { field: 'merchandiser', zh: '跟单员', names: ['merchandiser', '负责人'], type: 'text' },
  { field: 'status', zh: '状态', names: ['status'], type: 'text' },
];

const suffixes = { planned: ['计划', 'planned'], actual: ['实际', 'actual'], done: ['完成数', 'done'] } as const;
export type StageColumn = keyof typeof suffixes;

export const stageColumnName = (stage: string, kind: StageColumn): string => {
  const label = stageLabel(stage);
  return `${typeof label === 'string' ? label : label.zh} ${suffixes[kind][0]}`;
};

/** What the heading of a column means; undefined for one that nobody knows. */
export function columnMeaning(heading: string): { field: Master } | { stage: string; kind: StageColumn } | undefined {
  const name = heading.normalize('NFKC').trim().toLowerCase();
  const master = masterColumns.find(
    ({ zh, names, field }) => zh === name || names.includes(name) || field.toLowerCase() === name,
  );
  if (master) return { field: master.field };
  const match = /^(.{1,30}?)[\s._]+(\S+)$/.exec(name);
  if (!match) return undefined;
  const kind = (Object.keys(suffixes) as StageColumn[]).find((one) =>
    (suffixes[one] as readonly string[]).includes(match[2]!),
  );
  return kind && { stage: findStage(match[1]!)?.code ?? match[1]!, kind };
}

const statuses: Record<string, OrderRow['status']> = {
  '': 'open',
  在手: 'open',
  open: 'open',
  已结单: 'closed',
  已结: 'closed',
  closed: 'closed',
  已取消: 'cancelled',
  cancelled: 'cancelled',
};
const currencies = ['CNY', 'USD', 'EUR', 'HKD', 'JPY', 'GBP'];
const longest: Partial<Record<Master, number>> = {
  contractNo: 60,
  customer: 80,
  style: 60,
  product: 80,
  template: 30,
  unit: 10,
  factory: 80,
  special: 500,
  merchandiser: 80,
};

/**
 * Reads a row; every mistake is told with the heading of its column.
 *
 * @param cells by heading, as written in the file
 */
export function readOrderRow(
  cells: Record<string, string>,
  wrong: (heading: string, problem: Text) => void,
): OrderRow | undefined {
  const by = new Map<Master, { heading: string; text: string }>();
  const stages = new Map<string, OrderRow['stages'][number]>();
  let isFine = true;
  const tell = (heading: string, zh: string, en: string) => {
    isFine = false;
    wrong(heading, say(zh, en));
  };
  for (const [heading, raw] of Object.entries(cells)) {
    const meaning = columnMeaning(heading);
    if (!meaning || raw === '') continue;
    if ('field' in meaning) by.set(meaning.field, { heading, text: raw });
    else {
      const state = stages.get(meaning.stage) ?? { stage: meaning.stage, planned: null, actual: null, done: null };
      stages.set(meaning.stage, state);
      if (meaning.kind === 'done') state.done = readWhole(raw, heading, tell);
      else state[meaning.kind] = readDay(raw, heading, tell);
    }
  }
  const text = (field: Master): string => {
    const found = by.get(field);
    const most = longest[field];
    if (found && most && [...found.text].length > most)
      tell(found.heading, `太长了，最多 ${most} 个字`, `too long, at most ${most} characters`);
    return found?.text ?? '';
  };
  const heading = (field: Master) => by.get(field)?.heading ?? masterColumns.find((one) => one.field === field)!.zh;
  const needed = (field: Master): string => {
    const value = text(field);
    if (value === '') tell(heading(field), '不能空着', 'must not be empty');
    return value;
  };
  const day = (field: Master) => (by.has(field) ? readDay(text(field), heading(field), tell) : null);
  const money = (field: Master) => (by.has(field) ? readMoney(text(field), heading(field), tell) : null);

  const no = needed('no').normalize('NFKC').trim().toUpperCase();
  if (no && !/^[A-Z0-9][A-Z0-9._/-]{0,39}$/.test(no))
    tell(heading('no'), `「${no}」不像订单号`, `“${no}” is not an order number`);
  const lines = by.has('lines') ? parseLines(text('lines')) : [];
  if (lines instanceof LinesProblem)
    tell(
      heading('lines'),
      `「${lines.part}」没看懂，写成 红 S=100 M=200；蓝 S=50`,
      `“${lines.part}” was not understood`,
    );
  const known = lines instanceof LinesProblem ? [] : lines;
  const qty = by.has('qty') ? readWhole(text('qty'), heading('qty'), tell) : known.length > 0 ? totalOf(known) : null;
  if (!by.has('qty') && known.length === 0) tell(heading('qty'), '不能空着', 'must not be empty');
  else if (qty === 0) tell(heading('qty'), '数量要大于 0', 'the quantity must be above 0');
  if (qty !== null && known.length > 0 && totalOf(known) !== qty)
    tell(heading('lines'), `合计 ${totalOf(known)}，和数量 ${qty} 不一样`, `adds up to ${totalOf(known)}, not ${qty}`);
  const currency = (text('currency') || 'CNY').toUpperCase();
  if (!currencies.includes(currency))
    tell(
      heading('currency'),
      `没有「${currency}」，可以写 ${currencies.join('、')}`,
      `unknown; known: ${currencies.join(', ')}`,
    );
  const status = statuses[text('status').toLowerCase()];
  if (!status) tell(heading('status'), '可以写 在手、已结单、已取消', 'known: open, closed, cancelled');
  const customer = needed('customer');
  needed('deliveryDate');
  const deliveryDate = day('deliveryDate');
  const row = {
    no,
    contractNo: text('contractNo') || null,
    customer,
    style: text('style'),
    product: text('product'),
    template: text('template') || null,
    qty: qty ?? 0,
    unit: text('unit') || '件',
    lines: known,
    currency,
    unitPriceFen: money('unitPriceFen'),
    processingFeeFen: money('processingFeeFen'),
    factory: text('factory') || null,
    requestedDate: day('requestedDate'),
    firstPromised: day('firstPromised'),
    deliveryDate: deliveryDate ?? '',
    special: text('special'),
    merchandiser: text('merchandiser') || null,
    status: status ?? 'open',
    stages: [...stages.values()],
  };
  for (const { stage, done } of row.stages)
    if (done !== null && done > row.qty)
      tell(
        stageColumnName(stage, 'done'),
        `${done} 超过数量 ${row.qty}`,
        `${done} is more than the quantity ${row.qty}`,
      );
  return isFine ? row : undefined;
}

type Tell = (heading: string, zh: string, en: string) => void;

function readWhole(raw: string, heading: string, tell: Tell): number | null {
  const text = raw.normalize('NFKC').replace(/[,\s]/g, '');
  const value = /^\d{1,9}(?:\.0+)?$/.test(text) ? Number(text) : Number.NaN;
  if (value <= 100_000_000) return value;
  tell(heading, `「${raw.slice(0, 30)}」不是整数`, `“${raw.slice(0, 30)}” is not a whole number`);
  return null;
}

function readDay(raw: string, heading: string, tell: Tell): IsoDate | null {
  const [year = '', month = '', day = ''] = raw.normalize('NFKC').trim().replace(/[/.]/g, '-').split('-');
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  if (isIsoDate(iso)) return iso;
  tell(
    heading,
    `「${raw.slice(0, 30)}」不是日期，请写成 2026-12-20`,
    `“${raw.slice(0, 30)}” is not a date; write 2026-12-20`,
  );
  return null;
}

function readMoney(raw: string, heading: string, tell: Tell): bigint | null {
  try {
    const fen = parseYuan(raw);
    if (fen >= 0n) return fen;
  } catch (error) {
    if (!(error instanceof NumberTextError)) throw error;
  }
  tell(heading, `「${raw.slice(0, 30)}」不是金额，请写成 12.50`, `“${raw.slice(0, 30)}” is not an amount; write 12.50`);
  return null;
}

const statusText = { open: '在手', closed: '已结单', cancelled: '已取消' } as const;

/** The cells of a row, in the order of `masterColumns` and then of the stages given. */
export function writeOrderRow(row: OrderRow, stages: readonly string[]): (string | number | null)[] {
  const master = masterColumns.map(({ field, type }): string | number | null => {
    if (field === 'lines') return formatLines(row.lines) || null;
    if (field === 'status') return statusText[row.status];
    const value = row[field];
    // money goes through text: fen are exact, and a price of two decimals is so as a number, too
    if (type === 'money') return value === null ? null : Number(yuanText(value as bigint));
    return value === '' ? null : (value as string | number | null);
  });
  const states = new Map(row.stages.map((state) => [state.stage, state]));
  return [
    ...master,
    ...stages.flatMap((stage) => {
      const state = states.get(stage);
      return [state?.planned ?? null, state?.actual ?? null, state?.done ?? null];
    }),
  ];
}
