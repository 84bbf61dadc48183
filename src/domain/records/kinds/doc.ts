import type { Order } from '#domain/order/order';
import type { Text } from '#domain/text';
import { choice, date, text } from '../fields.ts';
import { type AnyKind, defineKind, type RecordHead } from '../kind.ts';

const fields = {
  type: choice(
    ['单证', 'document'],
    {
      contract: ['合同', 'contract', '销售合同'],
      invoice: ['发票', 'invoice', '商业发票'],
      'packing-list': ['装箱单', 'packing list', 'packing-list', '箱单'],
      'customs-declaration': ['报关单', 'customs declaration', 'customs-declaration'],
      'bill-of-lading': ['提单', 'bill of lading', 'bill-of-lading', 'b/l', 'bl'],
      'certificate-of-origin': ['产地证', 'certificate of origin', 'certificate-of-origin', 'form a', '原产地证'],
      'inspection-certificate': ['检验证', 'inspection certificate', 'inspection-certificate', '商检证', '检验证书'],
      'letter-of-credit': ['信用证', 'letter of credit', 'letter-of-credit', 'l/c', 'lc'],
      insurance: ['保险单', 'insurance', '保单'],
      'vat-invoice': ['增值税发票', 'VAT invoice', 'vat-invoice', '工厂发票'],
    },
    { bare: true, required: true, when: 'add', keys: ['类型', 'type'] },
  ),
  number: text(['编号', 'number'], 80, { keys: ['单证号'] }),
  date: date(['日期', 'date'], { when: 'add' }),
  waybill: text(['快递单号', 'waybill'], 60, { when: 'update', keys: ['运单号'] }),
} as const;

export type DocumentType = (typeof fields)['type']['options'][number]['value'];

/** O9. What a company asks of each template; an administrator's own list takes the place of what is here. */
export type DocumentRules = Readonly<Record<string, readonly string[]>>;

/** As installed; a company's own template asks for contract and invoice until somebody says otherwise. */
export const defaultDocuments: Record<string, readonly DocumentType[]> = {
  garment: ['contract', 'invoice', 'packing-list', 'inspection-certificate'],
  'foreign-trade': [
    'contract',
    'invoice',
    'packing-list',
    'customs-declaration',
    'bill-of-lading',
    'certificate-of-origin',
    'inspection-certificate',
    'letter-of-credit',
    'insurance',
    'vat-invoice',
  ],
  rubber: ['contract', 'invoice', 'packing-list'],
  simple: ['contract', 'invoice'],
};

/** These have to be there before the goods are handed over; the others come of the voyage. */
const beforeCutoff: readonly DocumentType[] = [
  'contract',
  'invoice',
  'packing-list',
  'customs-declaration',
  'inspection-certificate',
];

export const documentLabel = (type: string): Text =>
  fields.type.options.find(({ value }) => value === type)?.label ?? type;

/** The documents that orders of a template have to have. */
export const documentsFor = (template: string, rules: DocumentRules): readonly string[] =>
  rules[template] ?? defaultDocuments[template] ?? defaultDocuments.simple!;

export const documentTypes = fields.type.options;

export interface ChecklistItem {
  type: string;
  /** Absent: missing. */
  record: RecordHead | undefined;
  beforeCutoff: boolean;
}

/** Everything that the order has to have, then what it has beyond that. */
export function checklist(
  order: Pick<Order, 'template'>,
  own: readonly RecordHead[],
  rules: DocumentRules = {},
): ChecklistItem[] {
  const wanted = documentsFor(order.template, rules);
  const found = (type: string) => own.find(({ values }) => values.type === type);
  const extra = own.map(({ values }) => values.type as string).filter((type) => !wanted.includes(type));
  return [...wanted, ...extra].map((type) => ({
    type,
    record: found(type),
    beforeCutoff: beforeCutoff.some((early) => early === type),
  }));
}

/** O9. */
export const doc: AnyKind = defineKind<typeof fields, 'filed' | 'sent' | 'handed' | 'waived'>({
  code: 'doc',
  noun: { zh: '单证', en: 'document' },
  nouns: { zh: '单证', en: 'documents' },
  fields,
  states: {
    filed: {
      label: { zh: '已备齐', en: 'ready' },
      aliases: ['备齐', '已收', 'filed'],
      act: { zh: '备齐了', en: 'Ready' },
      tone: 'green',
      open: false,
      to: ['sent', 'handed', 'waived'],
    },
    sent: {
      label: { zh: '已寄客户', en: 'sent to customer' },
      aliases: ['寄客户', '已寄', 'sent'],
      act: { zh: '寄给客户', en: 'Sent to customer' },
      tone: 'green',
      open: false,
      to: ['handed'],
    },
    handed: {
      label: { zh: '已交财务', en: 'handed to finance' },
      aliases: ['交财务', 'handed'],
      act: { zh: '交财务', en: 'To finance' },
      tone: 'green',
      open: false,
      to: ['sent'],
    },
    waived: {
      label: { zh: '不需要', en: 'not needed' },
      aliases: ['免', 'waived'],
      act: { zh: '不需要', en: 'Not needed' },
      tone: 'grey',
      open: false,
      to: ['filed'],
    },
  },
  begins: 'filed',
  needsOrder: true,
  keepers: ['finance'],
  tells: { handed: 'finance' },
  apart: 'type',
  one: true,
  day: ({ date }) => date,
  title: ({ type }) => (type ? documentLabel(type) : ''),
  mark(own, order, { documents }) {
    const items = checklist(order, own, documents);
    const have = items.filter(({ record }) => record).length;
    return { text: `${have}/${items.length}`, tone: have === items.length ? 'green' : 'grey' };
  },
});
