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

/** A step of a template: a stage of the catalogue or a name of the company's own, and when it has to be finished. */
export interface TemplateStep {
  stage: string;
  /** Working days before the delivery date by which it is finished; after it when negative; null: the day of the order. */
  before: number | null;
  /** Pieces are counted: it is finished when all are done. */
  counted: boolean;
}

export interface StageTemplate {
  code: string;
  label: { zh: string; en: string };
  steps: TemplateStep[];
}

const counted = new Set(['cutting', 'sewing', 'finishing', 'packing', 'mixing', 'moulding', 'trimming', 'inspection']);

/** Stages whose quantity is counted in pieces. */
export const isCounted = (stage: string): boolean => counted.has(stage);

const steps = (plan: Record<string, number | null>): TemplateStep[] =>
  Object.entries(plan).map(([stage, before]) => ({ stage, before, counted: isCounted(stage) }));

/** O2. A company chooses its own; these are the four that come along. */
export const templates: readonly StageTemplate[] = [
  {
    code: 'garment',
    label: { zh: '服装', en: 'garment' },
    steps: steps({
      received: null,
      materials: 20,
      sampling: 17,
      sealing: 14,
      cutting: 12,
      sewing: 5,
      finishing: 3,
      packing: 1,
      shipped: 0,
    }),
  },
  {
    code: 'foreign-trade',
    label: { zh: '外贸', en: 'foreign trade' },
    steps: steps({
      received: null,
      materials: 24,
      sampling: 21,
      sealing: 18,
      cutting: 16,
      sewing: 9,
      finishing: 7,
      packing: 5,
      booking: 5,
      customs: 2,
      loading: 0,
      documents: -3,
      payment: -20,
      refund: -40,
    }),
  },
  {
    code: 'rubber',
    label: { zh: '橡塑', en: 'rubber and plastics' },
    steps: steps({
      received: null,
      materials: 18,
      sampling: 15,
      mould: 12,
      mixing: 9,
      moulding: 6,
      trimming: 4,
      inspection: 2,
      packing: 1,
      shipped: 0,
      payment: -20,
    }),
  },
  {
    code: 'simple',
    label: { zh: '简易', en: 'simple' },
    steps: steps({ received: null, materials: 10, sewing: 3, packing: 1, shipped: 0 }),
  },
];

export const findTemplate = (code: string): StageTemplate | undefined =>
  templates.find((template) => template.code === code);

/** The stage in which the goods leave: when it is finished, the order is delivered. */
export function deliveryStage(stages: readonly string[]): string | undefined {
  return ['shipped', 'loading'].find((stage) => stages.includes(stage)) ?? stages.at(-1);
}

/** The stage of an order that a word names: its code or label, or a name of the company's own. */
export function stageAmong(stages: readonly string[], word: string): string | undefined {
  const known = findStage(word)?.code;
  if (known !== undefined && stages.includes(known)) return known;
  const wanted = word.trim().toLowerCase();
  return stages.find((stage) => stage.toLowerCase() === wanted);
}
