import { isIsoDate } from '#domain/calendar/dates';
import { NumberTextError, parseYuan, yuanText } from '#domain/money';
import { say, type Text } from '#domain/text';

/**
 * Facts that finance enters or imports, as keys with a plain value: amounts as yuan, the others as written. `sample.衬衫` = pieces,
 * `kpi.KPI-1` = `17/18`, `92` or `5/6 88.5`, `declaration.2231…` = `2026-05-08 SO-3003`; `samples` and `declarations` = `none` say that
 * there are none this month.
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
    const entry = kind === 'samples' ? sample(part) : kind === 'declarations' ? declaration(part) : kpi(part);
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

function wrong(kind: string, part: string): Text {
  const example: Record<string, string> = {
    samples: '衬衫:4 外套:2',
    declarations: '223120260000001:2026-05-08:SO-3003',
    kpi: 'KPI-1:17/18 KPI-3:92',
  };
  const { zh, en } = manualLabel[kind]!;
  return say(
    `${zh}「${part}」没看懂，请写成 ${example[kind]}${kind === 'kpi' ? '' : '，没有就写 无'}`,
    `${en} “${part}” was not understood; write ${example[kind]}${kind === 'kpi' ? '' : ', or none'}`,
  );
}
