import type { Text } from '../text.ts';

/** O2. A step of an order's way; `aliases` are other words that people use for it. */
export interface Stage {
  code: string;
  label: { zh: string; en: string };
  aliases: string[];
}

const stage = (code: string, zh: string, en: string, ...aliases: string[]): Stage => ({
  code,
  label: { zh, en },
  aliases,
});

/** Every stage that a template may use. */
export const stages: readonly Stage[] = [
  stage('received', '接单', 'order received', '下单', '已接单'),
  stage('materials', '面辅料到厂', 'materials in', '面辅料', '到料', '来料', '原料'),
  stage('sampling', '打样', 'sampling', '试板样', '试板', '样品'),
  stage('mould', '开模', 'mould making', '模具'),
  stage('sealing', '首件封样', 'first-piece sealing', '封样', '首件'),
  stage('cutting', '裁剪', 'cutting', '开裁', '裁床'),
  stage('sewing', '缝制', 'sewing', '车缝', '缝纫'),
  stage('mixing', '炼胶配料', 'mixing', '炼胶', '配料'),
  stage('moulding', '成型硫化', 'moulding', '成型', '硫化', '注塑'),
  stage('trimming', '修边', 'trimming'),
  stage('finishing', '后整', 'finishing', '后整理', '整烫'),
  stage('inspection', '检验', 'inspection', '验货', '质检'),
  stage('packing', '包装', 'packing', '装箱'),
  stage('shipped', '出货', 'shipped', '发货', '出运', '送货'),
  stage('booking', '订舱', 'booking'),
  stage('customs', '报关', 'customs'),
  stage('loading', '装运', 'loading', '装船', '装柜'),
  stage('documents', '提单单据', 'documents', '提单', '单据', '交单'),
  stage('payment', '收款', 'payment', '回款'),
  stage('refund', '退税', 'tax refund'),
];

const byCode = new Map(stages.map((known) => [known.code, known]));

/** Labels for cards; a code that is not in the catalogue (an own template's) reads as itself. */
export const stageLabel = (code: string): Text => byCode.get(code)?.label ?? code;

/** The stage that a word names, exactly: its code, its names in both languages, an alias. Never a guess. */
export function findStage(word: string): Stage | undefined {
  const wanted = word.trim().toLowerCase();
  return stages.find(
    ({ code, label, aliases }) =>
      code === wanted || label.zh === wanted || label.en === wanted || aliases.includes(wanted),
  );
}

export interface StageTemplate {
  code: string;
  label: { zh: string; en: string };
  stages: string[];
}

/** O2. A company chooses its own; these are the four that come along. */
export const templates: readonly StageTemplate[] = [
  {
    code: 'garment',
    label: { zh: '服装', en: 'garment' },
    stages: ['received', 'materials', 'sampling', 'sealing', 'cutting', 'sewing', 'finishing', 'packing', 'shipped'],
  },
  {
    code: 'foreign-trade',
    label: { zh: '外贸', en: 'foreign trade' },
    stages: [
      'received',
      'materials',
      'sampling',
      'sealing',
      'cutting',
      'sewing',
      'finishing',
      'packing',
      'booking',
      'customs',
      'loading',
      'documents',
      'payment',
      'refund',
    ],
  },
  {
    code: 'rubber',
    label: { zh: '橡塑', en: 'rubber and plastics' },
    stages: [
      'received',
      'materials',
      'sampling',
      'mould',
      'mixing',
      'moulding',
      'trimming',
      'inspection',
      'packing',
      'shipped',
      'payment',
    ],
  },
  {
    code: 'simple',
    label: { zh: '简易', en: 'simple' },
    stages: ['received', 'materials', 'sewing', 'packing', 'shipped'],
  },
];

export const findTemplate = (code: string): StageTemplate | undefined =>
  templates.find((template) => template.code === code);
