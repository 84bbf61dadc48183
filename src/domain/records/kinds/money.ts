import { UserError } from '#domain/errors';
import { type Fen, formatYuan, sumFen } from '#domain/money';
import { say, type Text } from '#domain/text';
import { money as amount, choice, date, text, type Values } from '../fields.ts';
import { type AnyKind, type Change, defineKind, type RecordHead } from '../kind.ts';
import { shippedQty } from './shipment.ts';

const fields = {
  type: choice(
    ['款项', 'type'],
    {
      deposit: ['定金', 'deposit', '订金', '预付款'],
      balance: ['余款', 'balance', '尾款'],
      receivable: ['货款', 'receivable', '应收', '应收款'],
      freight: ['运费', 'freight'],
      supplier: ['供应商货款', 'supplier payment', 'supplier', '加工款', '工厂款'],
      refund: ['退税款', 'tax refund', 'refund', '退税'],
    },
    { bare: true, required: true, when: 'add', keys: ['类型'] },
  ),
  amount: amount(['金额', 'amount'], { keys: ['数额'] }),
  price: amount(['合同单价', 'contract price'], {
    keys: ['单价', 'price'],
    when: 'add',
    placeholder: say('供应商货款：单价 × 实际出货数', 'supplier: price × pieces shipped'),
  }),
  currency: choice(
    ['币种', 'currency'],
    {
      CNY: ['人民币', 'CNY', 'cny', 'rmb'],
      USD: ['美元', 'USD', 'usd', '美金'],
      EUR: ['欧元', 'EUR', 'eur'],
      HKD: ['港币', 'HKD', 'hkd'],
      JPY: ['日元', 'JPY', 'jpy'],
      GBP: ['英镑', 'GBP', 'gbp'],
    },
    { when: 'add' },
  ),
  party: text(['对方', 'party'], 80, { keys: ['供应商', '付款人', '收款人'] }),
  due: date(['应收付日', 'due'], { keys: ['到期日', '到期'] }),
  date: date(['收付日期', 'settled on'], { keys: ['日期', 'date'] }),
} as const;

type MoneyValues = Values<typeof fields>;
type MoneyState = 'expected' | 'settled' | 'cancelled';

export const moneyLabel = (type: unknown): Text => fields.type.options.find(({ value }) => value === type)?.label ?? '';

/** What comes in for the order; the others go out. */
const incoming = new Set(['deposit', 'balance', 'receivable', 'refund']);

/** A payment of this type has come in (or gone out), and none of its kind is still awaited. */
export function isSettled(records: readonly RecordHead[], type: 'deposit' | 'balance'): boolean {
  const own = records.filter(
    ({ kind, values, state }) => kind === 'money' && values.type === type && state !== 'cancelled',
  );
  return own.length > 0 && own.every(({ state }) => state === 'settled');
}

function demandAmount({ values, siblings }: Change<MoneyValues, MoneyState>): void {
  if (values.type === 'supplier' && values.price !== undefined && shippedQty(siblings) === 0)
    throw new UserError(
      'money.nothing-shipped',
      say(
        '还没有登记出货，供应商货款算不出来。',
        'Nothing has been shipped yet, so the supplier payment cannot be computed.',
      ),
      say(
        '先用 /订单 出货 登记实际出货数量，或直接写金额。',
        'Record the shipment with /order ship first, or give the amount.',
      ),
    );
  if (values.amount === undefined || values.amount === 0n)
    throw new UserError(
      'money.no-amount',
      say(`${moneyWords(values, 'zh')}要写金额。`, `The ${moneyWords(values, 'en')} needs its amount.`),
      say(
        '例如 金额=12,800.00；供应商货款也可以写 合同单价=8.5，按实际出货数计算。',
        'For example amount=12,800.00; a supplier payment may give price=8.5 instead, times the pieces shipped.',
      ),
    );
}

/** O11: a supplier is paid for what was really shipped. */
function demandOnlyShipped({ state, before, values, siblings }: Change<MoneyValues, MoneyState>): void {
  if (values.type !== 'supplier' || values.price === undefined || values.amount === undefined) return;
  if (state !== 'settled' || before?.state === 'settled') return;
  const most = values.price * BigInt(shippedQty(siblings));
  if (values.amount > most)
    throw new UserError(
      'money.supplier-over',
      say(
        `合同单价 ${formatYuan(values.price)} × 实际出货 ${shippedQty(siblings)} = ${formatYuan(most)}，不能付 ${formatYuan(values.amount)}。`,
        `Contract price ${formatYuan(values.price)} × ${shippedQty(siblings)} shipped = ${formatYuan(most)}; ${formatYuan(values.amount)} cannot be paid.`,
      ),
      say('改金额，或先登记出货。', 'Correct the amount, or record the shipment first.'),
    );
}

const moneyWords = ({ type }: MoneyValues, locale: 'zh' | 'en'): string => {
  const label = moneyLabel(type);
  return typeof label === 'string' ? label : label[locale];
};

/** O11. */
export const money: AnyKind = defineKind<typeof fields, MoneyState>({
  code: 'money',
  noun: { zh: '款项', en: 'payment' },
  nouns: { zh: '款项', en: 'payments' },
  fields,
  states: {
    expected: {
      label: { zh: '待收付', en: 'expected' },
      aliases: ['待收', '待付', '应付'],
      act: { zh: '退回待收付', en: 'Expected again' },
      tone: 'orange',
      open: true,
      to: ['settled', 'cancelled'],
    },
    settled: {
      label: { zh: '已收付', en: 'settled' },
      aliases: ['已收', '已付', '收到', '付清', '到账', 'received', 'paid'],
      act: { zh: '已收付', en: 'Settled' },
      tone: 'green',
      open: false,
      to: [],
    },
    cancelled: {
      label: { zh: '已取消', en: 'cancelled' },
      aliases: ['取消'],
      act: { zh: '取消', en: 'Cancel' },
      tone: 'grey',
      open: false,
      to: [],
    },
  },
  begins: 'expected',
  needsOrder: true,
  keepers: ['finance'],
  isPrivate: true,
  apart: 'type',
  day: ({ date }) => date,
  due: ({ state, values }) => (state === 'expected' ? values.due : undefined),
  title: ({ type }) => moneyLabel(type),
  complete({ values, given, order, siblings }) {
    const currency = values.currency ?? (order?.currency as MoneyValues['currency']);
    const computed =
      given.type === 'supplier' && given.price !== undefined && given.amount === undefined
        ? { amount: given.price * BigInt(Math.max(0, shippedQty(siblings))) }
        : {};
    return { ...values, ...computed, ...(currency && { currency }) };
  },
  rules: [demandAmount, demandOnlyShipped],
  mark(own) {
    const part = (type: 'deposit' | 'balance', zh: string, en: string) => {
      const some = own.some(({ values, state }) => values.type === type && state !== 'cancelled');
      if (!some) return undefined;
      return isSettled(own, type)
        ? { zh: `${zh} ✓`, en: `${en} ✓`, done: true }
        : { zh: `${zh}待收`, en: `${en} due`, done: false };
    };
    const parts = [part('deposit', '定金', 'deposit'), part('balance', '余款', 'balance')].filter(
      (known) => known !== undefined,
    );
    if (parts.length === 0) return undefined;
    return {
      text: say(parts.map(({ zh }) => zh).join(' · '), parts.map(({ en }) => en).join(' · ')),
      tone: parts.every(({ done }) => done) ? 'green' : 'orange',
    };
  },
});

/** What has come in for an order, in its own currency, and what has not; tax refunds are not the customer's. */
export function receivableOf(
  order: { amountFen: Fen; currency: string },
  records: readonly RecordHead[],
): { received: Fen; outstanding: Fen } {
  const received = sumFen(
    records
      .filter(
        ({ kind, state, values }) =>
          kind === 'money' &&
          state === 'settled' &&
          values.type !== 'refund' &&
          incoming.has(values.type as string) &&
          (values.currency ?? order.currency) === order.currency,
      )
      .map(({ values }) => values.amount as Fen),
  );
  return { received, outstanding: order.amountFen > received ? order.amountFen - received : 0n };
}
