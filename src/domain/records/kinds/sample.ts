import type { Decided } from '#domain/approval';
import { UserError } from '#domain/errors';
import { say } from '#domain/text';
import { choice, date, money, quantity, text, type Values, yesNo } from '../fields.ts';
import { type AnyKind, type Change, defineKind } from '../kind.ts';

const fields = {
  item: text(['款号', 'item'], 80, { keys: ['货号', 'style', '品名'], required: true }),
  customer: text(['客户', 'customer'], 80, { when: 'add' }),
  material: text(['材质', 'material'], 120, { keys: ['面料'] }),
  packaging: text(['包装', 'packaging'], 120),
  printing: text(['印刷', 'printing'], 120, { keys: ['印花'] }),
  colour: text(['颜色', 'colour'], 80, { keys: ['color'] }),
  mark: text(['唛头', 'shipping mark'], 200, { keys: ['marks'] }),
  workmanship: text(['工艺', 'workmanship'], 300, { keys: ['做工'] }),
  mould: choice(
    ['模具', 'mould'],
    {
      none: ['不开模', 'none', '无'],
      existing: ['现有模', 'existing', '旧模'],
      new: ['新开模', 'new', '开模', '开新模'],
    },
    { bare: true },
  ),
  newCustomer: yesNo(['新客户', 'new customer'], { keys: ['newcustomer', 'new'] }),
  charged: yesNo(['收费', 'charged'], { keys: ['收样品费'] }),
  fee: money(['样品费', 'sample fee'], { keys: ['费用'] }),
  courier: choice(
    ['快递费', 'courier'],
    { prepaid: ['预付', 'prepaid', '寄付', '我付'], collect: ['到付', 'collect'] },
    {
      keys: ['快递'],
      bare: true,
    },
  ),
  garment: text(['打样种类', 'sample kind'], 40, {
    keys: ['种类', 'kind'],
    placeholder: say('价目表上的种类，如 衬衫', 'a kind on the price list, like shirt'),
  }),
  pieces: quantity(['打样件数', 'pieces made'], { keys: ['件数', 'pieces'] }),
  madeOn: date(['做好日期', 'made on'], { keys: ['完成日期', 'made'] }),
  promised: date(['承诺日期', 'promised'], { keys: ['答应日期', 'promise'] }),
  kept: text(['留样', 'retained'], 80, {
    keys: ['留样位置', 'kept'],
    placeholder: say('留样放在哪里', 'where the retained one is'),
  }),
  waybill: text(['快递单号', 'waybill'], 60, { when: 'update', keys: ['运单号'] }),
  verdict: text(['客户意见', 'verdict'], 500, { when: 'update', keys: ['意见'] }),
  likely: choice(
    ['下单可能', 'order likely'],
    { yes: ['会下单', 'likely'], unsure: ['待定', 'unsure'], no: ['不会', 'unlikely'] },
    {
      when: 'update',
      keys: ['likely'],
    },
  ),
  borrower: text(['借给', 'borrower'], 80, { when: 'update', keys: ['借用人', 'lent'] }),
  returnBy: date(['归还日期', 'return by'], { when: 'update', keys: ['returnby', 'return'] }),
} as const;

type SampleValues = Values<typeof fields>;

/** A new customer pays for the sample and the courier; anything else goes up the line. */
export const isFeeException = ({ newCustomer, charged, courier }: SampleValues): boolean =>
  newCustomer === 'yes' && (charged === 'no' || courier === 'prepaid');

function demandFeeSettled({ state, before, values, approvals }: Change<SampleValues, SampleState>): void {
  if (state !== 'sent' || before?.state === 'sent' || values.newCustomer !== 'yes') return;
  if (
    values.charged === undefined ||
    values.courier === undefined ||
    (values.charged === 'yes' && values.fee === undefined)
  )
    throw new UserError(
      'sample.fee-open',
      say(
        '新客户的样品，寄出前要写明收不收费、收多少、快递费谁付。',
        'For a new customer it must be said before dispatch whether the sample is charged, how much, and who pays the courier.',
      ),
      say(
        '例如：收费=是 样品费=200 快递费=到付；不收费或我方付快递费要总经理同意。',
        'For example: charged=yes fee=200 courier=collect; free of charge or courier prepaid needs the general manager.',
      ),
    );
  if (isFeeException(values) && approvals.get('sample-fee') !== 'approved')
    throw new UserError(
      'sample.fee-approval',
      approvals.get('sample-fee') === 'refused'
        ? say(
            '总经理没有同意这份样品的费用例外，不能寄出。',
            'The general manager refused the fee exception; the sample cannot be sent.',
          )
        : say(
            '这份样品的费用例外还没有得到总经理同意，不能寄出。',
            'The general manager has not agreed to the fee exception yet; the sample cannot be sent.',
          ),
      say(
        '改为收费、到付，或等总经理（不在时由代理人）在审批卡片上答复。',
        'Charge it and send it collect, or wait for the general manager (or the deputy) to answer.',
      ),
    );
}

/** O5: a new mould needs the general manager before the customer is promised. */
function demandMouldBeforePromise({ given, values, approvals }: Change<SampleValues, SampleState>): void {
  if (values.mould !== 'new' || values.promised === undefined) return;
  if (given.promised === undefined && given.mould === undefined) return;
  if (approvals.get('mould') !== 'approved')
    throw new UserError(
      'sample.mould-approval',
      say(
        '新开模还没有得到总经理同意，先不要答应客户日期。',
        'The general manager has not agreed to the new mould yet; do not promise the customer a date.',
      ),
      say(
        '先不写承诺日期登记，总经理同意后再补；总经理不在时由代理人答复。',
        'Record it without the promised date; add it after the general manager (or the deputy) has agreed.',
      ),
    );
}

function demandKept({ state, before, values }: Change<SampleValues, SampleState>): void {
  if (state === 'lent' && before?.state !== 'lent' && values.kept === undefined)
    throw new UserError(
      'sample.not-kept',
      say('没有登记留样，不能借出。', 'No retained sample is recorded, so none can be lent.'),
      say('先登记留样位置，例如：留样=样品柜3', 'Record where it is kept first: kept="shelf 3"'),
    );
}

type SampleState = 'making' | 'sent' | 'received' | 'approved' | 'rejected' | 'lent' | 'dropped';

/** O5. */
export const sample: AnyKind = defineKind<typeof fields, SampleState>({
  code: 'sample',
  noun: { zh: '样品', en: 'sample' },
  nouns: { zh: '样品', en: 'samples' },
  fields,
  states: {
    making: {
      label: { zh: '打样中', en: 'making' },
      act: { zh: '重新打样', en: 'Make again' },
      tone: 'blue',
      open: true,
      to: ['sent', 'lent', 'dropped'],
    },
    sent: {
      label: { zh: '已寄出', en: 'sent' },
      aliases: ['寄出', '寄样', 'dispatched'],
      act: { zh: '寄出', en: 'Sent' },
      tone: 'orange',
      open: true,
      to: ['received', 'approved', 'rejected'],
      photo: true,
    },
    received: {
      label: { zh: '客户已收到', en: 'received' },
      aliases: ['已收到', '收到', '签收'],
      act: { zh: '客户收到了', en: 'Received' },
      tone: 'orange',
      open: true,
      to: ['approved', 'rejected'],
    },
    approved: {
      label: { zh: '客户确认', en: 'approved' },
      aliases: ['确认', '通过', 'ok'],
      act: { zh: '客户确认了', en: 'Approved' },
      tone: 'green',
      open: false,
      to: ['lent'],
    },
    rejected: {
      label: { zh: '客户不满意', en: 'rejected' },
      aliases: ['不满意', '退回', '不通过'],
      act: { zh: '客户不满意', en: 'Rejected' },
      tone: 'red',
      open: true,
      to: ['making', 'dropped'],
      needs: ['verdict'],
    },
    lent: {
      label: { zh: '已借出', en: 'lent' },
      aliases: ['借出'],
      act: { zh: '借出', en: 'Lend' },
      tone: 'orange',
      open: true,
      to: ['approved'],
      needs: ['borrower', 'returnBy'],
    },
    dropped: {
      label: { zh: '已作废', en: 'dropped' },
      aliases: ['作废', '取消'],
      act: { zh: '作废', en: 'Drop' },
      tone: 'grey',
      open: false,
      to: [],
    },
  },
  begins: 'making',
  needsOrder: false,
  keepers: [],
  title: ({ item }) => item ?? '',
  due: ({ state, values }) => (state === 'lent' ? values.returnBy : state === 'making' ? values.promised : undefined),
  complete: ({ values, order }) => ({ ...(order && { customer: order.customer }), ...values }),
  rules: [demandMouldBeforePromise, demandFeeSettled, demandKept],
  asks: ({ values, given, approvals }) => [
    ...(values.mould === 'new' && mustAsk(approvals.get('mould'), given.mould !== undefined)
      ? [{ kind: 'mould', reason: say(`样品 ${values.item} 要新开模`, `Sample ${values.item} needs a new mould`) }]
      : []),
    ...(isFeeException(values) &&
    mustAsk(approvals.get('sample-fee'), given.charged !== undefined || given.courier !== undefined)
      ? [{ kind: 'sample-fee', reason: feeReason(values) }]
      : []),
  ],
  mark(own) {
    const last = own.at(-1);
    if (!last) return undefined;
    const state = sample.states[last.state]!;
    const done = own.filter(({ open }) => !open).length;
    return own.length === 1
      ? {
          text: say(`${state.label.zh}${last.open ? '' : ' ✓'}`, `${state.label.en}${last.open ? '' : ' ✓'}`),
          tone: state.tone,
        }
      : { text: `${done}/${own.length}`, tone: done === own.length ? 'green' : 'orange' };
  },
});

/** Once; after a refusal again when somebody says it again. */
const mustAsk = (answer: Decided | undefined, saidAgain: boolean): boolean =>
  answer === undefined || (answer === 'refused' && saidAgain);

function feeReason({ charged, courier }: SampleValues) {
  const zh = [charged === 'no' && '不收样品费', courier === 'prepaid' && '快递费我方付'].filter(Boolean).join('，');
  const en = [charged === 'no' && 'free of charge', courier === 'prepaid' && 'courier prepaid']
    .filter(Boolean)
    .join(', ');
  return say(`新客户：${zh}`, `New customer: ${en}`);
}
