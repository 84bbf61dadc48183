import { isIsoDate } from '#domain/calendar/dates';
import { factLabel, type HourField, hourFields } from '#domain/hours/hours';
import { NumberTextError, parseYuan, yuanText } from '#domain/money';
import { say, type Text } from '#domain/text';

/**
 * Facts that finance enters or imports, as keys with a plain value: amounts as yuan, the others as written. `sample.衬衫` = pieces,
 * `kpi.KPI-1` = `17/18`, `92` or `5/6 88.5`, `declaration.2231…` = `2026-05-08 SO-3003`; `samples` and `declarations` = `none` say that
 * there are none this month; `hours.overtime` = `24` only in a month that is locked, before that the hours themselves are changed.
 */
export const moneyKeys = [
  'sales',
  'processingFee',
  'companyLoss',
  'contractWage',
  'contributions',
  'carriedIn',
  'damagesBalance',
] as const;
export type MoneyKey = (typeof moneyKeys)[number];

export const manualLabel: Record<string, { zh: string; en: string }> = {
  sales: { zh: '销售额', en: 'sales' },
  processingFee: { zh: '加工费', en: 'processing fee' },
  companyLoss: { zh: '公司损失', en: 'company loss' },
  contractWage: { zh: '约定工资', en: 'contract wage' },
  contributions: { zh: '个人社保公积金', en: 'contributions' },
  carriedIn: { zh: '上月结转', en: 'carried in' },
  damagesBalance: { zh: '未扣完的赔偿', en: 'damages left' },
  score: { zh: '考核得分', en: 'score' },
  kpi: { zh: 'KPI', en: 'KPI' },
  samples: { zh: '试板样', en: 'samples' },
  declarations: { zh: '报关单', en: 'declarations' },
  hours: { zh: '工时', en: 'hours' },
};

export interface Entry {
  key: string;
  value: string;
}

const noneWords = ['无', '没有', 'none', '0'];

/** What a person wrote for one kind of fact, as entries; or what is wrong with it. */
export function readEntries(kind: string, written: string): Entry[] | Text {
  const text = written.normalize('NFKC').trim();
  if ((moneyKeys as readonly string[]).includes(kind)) return readMoney(kind, text);
  if (kind === 'score') return readScore(text);
  const parts = text
    .split(/[;；,，、\s]+(?=[^\s:]+:)|[;；,，、]+/)
    .map((part) => part.trim())
    .filter(Boolean);
  if ((kind === 'samples' || kind === 'declarations') && noneWords.includes(text.toLowerCase()))
    return [{ key: kind, value: 'none' }];
  const entries: Entry[] = [];
  for (const part of parts) {
    const entry = readPart[kind]?.(part);
    if (!entry) return wrong(kind, part);
    entries.push(entry);
  }
  return entries.length > 0 ? entries : wrong(kind, text);
}

function readMoney(kind: string, text: string): Entry[] | Text {
  try {
    const fen = parseYuan(text);
    if (fen >= 0n || kind === 'sales') return [{ key: kind, value: yuanText(fen) }];
  } catch (error) {
    if (!(error instanceof NumberTextError)) throw error;
  }
  const { zh, en } = manualLabel[kind]!;
  return say(`${zh}「${text}」不是金额，请写成 12800 或 12,800.50`, `${en} “${text}” is not an amount, like 12800.50`);
}

function readScore(text: string): Entry[] | Text {
  const match = /^(\d{1,3})(?:\.(\d))?分?$/.exec(text);
  return match && BigInt(match[1]!) * 10n + BigInt(match[2] ?? 0) <= 1000n
    ? [{ key: 'score', value: text.replace('分', '') }]
    : say(
        `得分「${text}」不行，请写 0 到 100，最多一位小数`,
        `“${text}” is no score: 0 to 100 with at most one decimal`,
      );
}

const safeName = (name: string) => /^[^{}.\s]{1,40}$/.test(name);

function sample(part: string): Entry | undefined {
  const match = /^(.+?)\s*[:*×]\s*(\d{1,6})\s*件?$/.exec(part);
  return match && safeName(match[1]!) ? { key: `sample.${match[1]}`, value: match[2]! } : undefined;
}

/** `223120260000001:2026-05-08:SO-3003`, the order may be left out. */
function declaration(part: string): Entry | undefined {
  const [no = '', date = '', order = ''] = part.split(':').map((each) => each.trim());
  return /^[A-Za-z0-9-]{4,30}$/.test(no) && isIsoDate(date)
    ? { key: `declaration.${no}`, value: `${date} ${order}`.trim() }
    : undefined;
}

/** `KPI-1:17/18`, `KPI-3:92`, `KPI-4:5/6+88.5`. */
function kpi(part: string): Entry | undefined {
  const match = /^([\w.-]{1,30})\s*:\s*(?:(\d{1,6})\/(\d{1,6}))?\s*\+?\s*(\d{1,3}(?:\.\d)?)?$/.exec(part);
  if (!match || (!match[2] && !match[4])) return undefined;
  return {
    key: `kpi.${match[1]!.toUpperCase()}`,
    value: [match[2] && `${match[2]}/${match[3]}`, match[4]].filter(Boolean).join(' '),
  };
}

/** What people call the hours of a month, beside their full labels. */
const hourNames: Record<string, HourField> = {
  应出勤: 'required',
  实出勤: 'attended',
  出勤: 'attended',
  加班: 'overtime',
  休息日加班: 'overtimeRestDay',
  节假日加班: 'overtimeHoliday',
  夜班: 'nights',
};

/** `加班:24`, `overtime:24.5`; nights are whole. */
function hoursOf(part: string): Entry | undefined {
  const match = /^(\D+?)\s*:\s*(\d{1,3}(?:\.\d{1,2})?)$/.exec(part);
  if (!match) return undefined;
  const [, name = '', value = ''] = match;
  const field =
    hourNames[name] ??
    hourFields.find((each) => each.toLowerCase() === name.toLowerCase() || factLabel[each].zh === name);
  return field && (field !== 'nights' || !value.includes('.')) ? { key: `hours.${field}`, value } : undefined;
}

const readPart: Record<string, (part: string) => Entry | undefined> = {
  samples: sample,
  declarations: declaration,
  kpi,
  hours: hoursOf,
};

function wrong(kind: string, part: string): Text {
  const example: Record<string, string> = {
    samples: '衬衫:4 外套:2',
    declarations: '223120260000001:2026-05-08:SO-3003',
    kpi: 'KPI-1:17/18 KPI-3:92',
    hours: '加班:24 实出勤:168',
  };
  const { zh, en } = manualLabel[kind]!;
  const mayBeNone = kind === 'samples' || kind === 'declarations';
  return say(
    `${zh}「${part}」没看懂，请写成 ${example[kind]}${mayBeNone ? '，没有就写 无' : ''}`,
    `${en} “${part}” was not understood; write ${example[kind]}${mayBeNone ? ', or none' : ''}`,
  );
}
