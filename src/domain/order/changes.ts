import { formatYuan } from '../money.ts';
import { say, type Text } from '../text.ts';
import { stageLabel } from './stages.ts';

/** O13. What of an order can be amended, and how it is called. */
const labels: Record<string, { zh: string; en: string }> = {
  qty: { zh: '数量', en: 'quantity' },
  lines: { zh: '明细', en: 'colours and sizes' },
  deliveryDate: { zh: '货期', en: 'delivery date' },
  requestedDate: { zh: '客户要求日期', en: 'requested date' },
  unitPriceFen: { zh: '单价', en: 'unit price' },
  amountFen: { zh: '金额', en: 'amount' },
  processingFeeFen: { zh: '加工费', en: 'processing fee' },
  currency: { zh: '币种', en: 'currency' },
  customer: { zh: '客户', en: 'customer' },
  factory: { zh: '工厂', en: 'factory' },
  style: { zh: '款号', en: 'style' },
  product: { zh: '产品', en: 'product' },
  contractNo: { zh: '合同号', en: 'contract' },
  special: { zh: '要求', en: 'special requirements' },
  template: { zh: '类别', en: 'class' },
  merchandiser: { zh: '跟单员', en: 'merchandiser' },
  status: { zh: '状态', en: 'status' },
  giftFen: { zh: '赠送', en: 'gift' },
  chat: { zh: '群', en: 'group' },
};

const statuses: Record<string, { zh: string; en: string }> = {
  open: { zh: '在手', en: 'open' },
  closed: { zh: '已结单', en: 'closed' },
  cancelled: { zh: '已取消', en: 'cancelled' },
};

export function fieldLabel(field: string): Text {
  const [kind, stage] = field.split('.', 2) as [string, string?];
  if (stage !== undefined) {
    const of = stageLabel(stage);
    const { zh, en } = typeof of === 'string' ? { zh: of, en: of } : of;
    if (kind === 'plan') return say(`${zh}的计划`, `plan of ${en}`);
    if (kind === 'owner') return say(`${zh}的负责人`, `owner of ${en}`);
    if (kind === 'progress') return say(`${zh}进度（更正）`, `progress of ${en} (corrected)`);
  }
  return labels[field] ?? field;
}

/** Money is for those whom it concerns, and never in a group. */
export const isMoneyField = (field: string): boolean => field.endsWith('Fen') || field === 'currency';

/** A stored value as people read it. */
export function valueText(field: string, value: string | null): Text {
  if (value === null || value === '') return '—';
  if (field === 'status') return statuses[value] ?? value;
  return field.endsWith('Fen') ? formatYuan(BigInt(value)) : value;
}

export interface Change {
  field: string;
  before: string | null;
  after: string | null;
}

/** The changes among the pairs: what stays the same is none. */
export const changesAmong = (pairs: [string, unknown, unknown][]): Change[] =>
  pairs
    .map(([field, before, after]) => ({ field, before: textOf(before), after: textOf(after) }))
    .filter(({ before, after }) => before !== after);

const textOf = (value: unknown): string | null => (value === null || value === undefined ? null : String(value));
