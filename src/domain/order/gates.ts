import type { ApprovalCode, Decided } from '../approval.ts';
import { UserError } from '../errors.ts';
import type { RecordHead, RecordSettings } from '../records/kind.ts';
import { isSettled } from '../records/kinds/money.ts';
import { say, type Text } from '../text.ts';
import type { Order } from './order.ts';
import { stageLabel } from './stages.ts';

/**
 * What must have happened before an order may go on: the new mould approved, the first piece sealed, the deposit in, the balance in.
 * A company switches them; who may overrule one is asked with a reason, and the answer stays visible.
 */

export interface CompanyRules extends Omit<RecordSettings, 'notices'> {
  /** Templates whose bulk waits for a seal, also when none was submitted yet. A seal that was begun must pass in any case. */
  sealFor: readonly string[];
  /** Production waits for the deposit. */
  deposit: boolean;
  /** Shipment waits for the balance. */
  balance: boolean;
}

export const defaultRules: CompanyRules = {
  sealFor: [],
  deposit: false,
  balance: false,
  declarationForm: undefined,
};

export type Gate = 'mould' | 'seal' | 'deposit' | 'balance';

export const gateLabel: Record<Gate, { zh: string; en: string }> = {
  mould: { zh: '开模审批', en: 'mould approval' },
  seal: { zh: '首件封样', en: 'first-piece seal' },
  deposit: { zh: '定金', en: 'deposit' },
  balance: { zh: '余款', en: 'balance' },
};

/** The approval with which somebody overrules a gate; the mould's own approval cannot be gone around. */
export const overruleOf = {
  seal: 'seal-override',
  deposit: 'deposit-override',
  balance: 'balance-override',
} satisfies Partial<Record<Gate, ApprovalCode>>;

export interface Answered {
  kind: string;
  /** `order:SO-1001`, `record:12`. */
  subject: string;
  decided: Decided;
}

export interface GateFacts {
  /** The stages of the order's template, in their order, and those of them in which pieces are counted. */
  stages: readonly string[];
  counted: readonly string[];
  records: readonly RecordHead[];
  /** The newest answer to each question about the order and its records. */
  answers: readonly Answered[];
  rules: CompanyRules;
}

const bulkStages = ['cutting', 'sewing', 'mixing', 'moulding'];
const shippingStages = ['shipped', 'loading'];
/** Desk work that a gate of production has nothing to say about. */
const deskStages = ['payment', 'refund'];

/** Whether a stage is bulk production or comes after it began: at the latest where pieces are counted, in a company's own template too. */
export function isBulk(stages: readonly string[], stage: string, counted: readonly string[] = []): boolean {
  const first = stages.findIndex((known) => bulkStages.includes(known) || counted.includes(known));
  return first >= 0 && stages.indexOf(stage) >= first && !deskStages.includes(stage);
}

const answerTo = (answers: readonly Answered[], kind: string, subject: string): Decided | undefined =>
  answers.find((answer) => answer.kind === kind && answer.subject === subject)?.decided;

export const isOverruled = (
  order: Pick<Order, 'no'>,
  gate: keyof typeof overruleOf,
  answers: readonly Answered[],
): boolean => answerTo(answers, overruleOf[gate], `order:${order.no}`) === 'approved';

/** New moulds of the order that the general manager has not agreed to. */
export const openMoulds = (records: readonly RecordHead[], answers: readonly Answered[]): RecordHead[] =>
  records.filter(
    ({ kind, state, values, id }) =>
      kind === 'sample' &&
      state !== 'dropped' &&
      values.mould === 'new' &&
      answerTo(answers, 'mould', `record:${id}`) !== 'approved',
  );

const isSealBegun = (records: readonly RecordHead[]): boolean => records.some(({ kind }) => kind === 'seal');

export function isSealed(records: readonly RecordHead[]): boolean {
  const seals = records.filter(({ kind }) => kind === 'seal');
  return seals.length > 0 && seals.every(({ state }) => state === 'passed');
}

/** The gates that stand between the order and a stage, in the order in which they would be opened. */
export function closedGates(
  order: Order,
  stage: string,
  { stages, counted, records, answers, rules }: GateFacts,
): Gate[] {
  const closed: Gate[] = [];
  const bulk = isBulk(stages, stage, counted);
  const needsMould =
    stage === 'mould' || (stages.includes('moulding') && stages.indexOf(stage) >= stages.indexOf('moulding'));
  if ((needsMould || bulk) && !deskStages.includes(stage) && openMoulds(records, answers).length > 0)
    closed.push('mould');
  const needsSeal = rules.sealFor.includes(order.template) || isSealBegun(records);
  if (bulk && needsSeal && !isSealed(records) && !isOverruled(order, 'seal', answers)) closed.push('seal');
  if (bulk && rules.deposit && !isSettled(records, 'deposit') && !isOverruled(order, 'deposit', answers))
    closed.push('deposit');
  if (
    shippingStages.includes(stage) &&
    rules.balance &&
    !isSettled(records, 'balance') &&
    !isOverruled(order, 'balance', answers)
  )
    closed.push('balance');
  return closed;
}

/**
 * Whether progress may be recorded on a stage.
 *
 * @throws UserError naming the first gate that is closed, what opens it and who may overrule it
 */
export function checkGates(order: Order, stage: string, facts: GateFacts): void {
  const [gate] = closedGates(order, stage, facts);
  if (gate) throw closedError(order, gate, stageLabel(stage));
}

/**
 * Whether a date or a price may be promised to the customer.
 *
 * @throws UserError while a new mould waits for the general manager
 */
export function checkPromise(order: Order, facts: Pick<GateFacts, 'records' | 'answers'>): void {
  if (openMoulds(facts.records, facts.answers).length > 0)
    throw closedError(order, 'mould', say('向客户承诺新的交期、价格', 'new date or price for the customer'));
}

function closedError(order: Order, gate: Gate, step: Text): UserError {
  const what = typeof step === 'string' ? { zh: step, en: step } : step;
  const overrule = (word: string, code: string) => ({
    zh: `急的话请部门经理放行，要写原因：/规则 放行 ${order.no} ${word} 原因=…`,
    en: `If it cannot wait, the department manager may overrule with a reason: /rule overrule ${order.no} ${code} reason=…`,
  });
  const of: Record<Gate, [Text, Text]> = {
    mould: [
      say(
        `订单 ${order.no} 的新开模还没有得到总经理同意，不能${what.zh}。`,
        `The new mould of order ${order.no} has not been approved by the general manager; no ${what.en} yet.`,
      ),
      say(
        '等总经理（不在时由代理人）在审批卡片上答复；没有发过审批的话：/样品 更新 … 模具=新开模',
        'Wait for the general manager (or the deputy) to answer the approval card; if none was asked: /sample update … mould=new',
      ),
    ],
    seal: [
      say(
        `订单 ${order.no} 首件封样还没有通过，不能开始${what.zh}。`,
        `The first piece of order ${order.no} has not passed its seal; ${what.en} cannot start.`,
      ),
      say(
        `先登记封样：/封样 新增 ${order.no}。${overrule('封样', 'seal').zh}`,
        `Record the seal first: /seal add ${order.no}. ${overrule('封样', 'seal').en}`,
      ),
    ],
    deposit: [
      say(
        `订单 ${order.no} 的定金还没有到，不能开始${what.zh}。`,
        `The deposit of order ${order.no} has not come in; ${what.en} cannot start.`,
      ),
      say(
        `财务收到后登记：/款项 更新 ${order.no} 已收。${overrule('定金', 'deposit').zh}`,
        `Finance records it: /money update ${order.no} received. ${overrule('定金', 'deposit').en}`,
      ),
    ],
    balance: [
      say(
        `订单 ${order.no} 的余款还没有收齐，不能${what.zh}。`,
        `The balance of order ${order.no} has not come in; it cannot be shipped (${what.en}).`,
      ),
      say(
        `财务收到后登记：/款项 更新 ${order.no} 已收。${overrule('余款', 'balance').zh}`,
        `Finance records it: /money update ${order.no} received. ${overrule('余款', 'balance').en}`,
      ),
    ],
  };
  const [why, whatToDo] = of[gate];
  return new UserError(`gate.${gate}`, why, whatToDo);
}
