import { addDays, type IsoDate } from '#domain/calendar/dates';
import { CalendarGap, type Notices } from '#domain/calendar/notice';
import { addWorkdays } from '#domain/calendar/workdays';
import { UserError } from '#domain/errors';
import { say } from '#domain/text';
import { choice, date, money, person, quantity, text, type Values } from '../fields.ts';
import { type AnyKind, type Change, defineKind } from '../kind.ts';

const fields = {
  type: choice(
    ['类型', 'type'],
    {
      complaint: ['投诉', 'complaint', '客诉'],
      return: ['退货', 'return'],
      exchange: ['换货', 'exchange'],
      credit: ['赔款', 'credit', '索赔', '扣款'],
    },
    { bare: true, required: true },
  ),
  what: text(['内容', 'what'], 1000, { keys: ['问题', 'issue'], required: true }),
  customer: text(['客户', 'customer'], 80, { when: 'add' }),
  date: date(['投诉日期', 'claimed on'], { keys: ['日期', 'date'], when: 'add' }),
  qty: quantity(['数量', 'quantity'], { keys: ['qty', '退换数量'] }),
  replyBy: date(['答复期限', 'reply by'], { keys: ['期限', 'replyby'] }),
  owner: person(['负责人', 'assigned to'], { keys: ['处理人', 'owner'] }),
  answer: text(['答复', 'answer'], 1000, { when: 'update', keys: ['回复'] }),
  answeredOn: date(['答复日期', 'answered on'], { when: 'update', keys: ['answeredon'] }),
  outcome: text(['处理结果', 'outcome'], 500, { when: 'update', keys: ['结果'] }),
  credit: money(['赔款金额', 'credit'], { when: 'update', keys: ['金额', '赔付'] }),
  satisfaction: choice(
    ['满意度', 'satisfaction'],
    {
      5: ['很满意', 'very satisfied', '5分'],
      4: ['满意', 'satisfied', '4分'],
      3: ['一般', 'neutral', '3分'],
      2: ['不满意', 'dissatisfied', '2分'],
      1: ['很不满意', 'very dissatisfied', '1分'],
    },
    { when: 'update', keys: ['客户评价'] },
  ),
} as const;

type ClaimValues = Values<typeof fields>;
type ClaimState = 'open' | 'assigned' | 'answered' | 'closed';

/** A customer waits two working days for an answer, unless another day was said. */
const REPLY_WITHIN_WORKDAYS = 2;

/** Where no notice tells the working days yet, calendar days: rather too early than never. */
function replyBy(day: IsoDate, notices: Notices): IsoDate {
  try {
    return addWorkdays(day, REPLY_WITHIN_WORKDAYS, notices);
  } catch (error) {
    if (!(error instanceof CalendarGap)) throw error;
    return addDays(day, REPLY_WITHIN_WORKDAYS);
  }
}

function demandQuantity({ values }: Change<ClaimValues, ClaimState>): void {
  if ((values.type === 'return' || values.type === 'exchange') && values.qty === undefined)
    throw new UserError(
      'claim.no-quantity',
      say('退货、换货要写明数量。', 'A return or exchange needs its quantity.'),
      say(
        '例如加上 数量=20。货真的退回来了，再用 /订单 出货 … 退货=20 登记。',
        'Add for example qty=20. When the goods are really back, record /order ship … return=20.',
      ),
    );
}

function demandCredit({ values, state }: Change<ClaimValues, ClaimState>): void {
  if (values.type === 'credit' && state === 'closed' && values.credit === undefined)
    throw new UserError(
      'claim.no-credit',
      say(
        '赔款结案前要写明赔了多少（私聊里登记，群里不会显示）。',
        'A credit needs its amount before it is closed (say it in private; groups never show it).',
      ),
      say('例如私聊我：/投诉 更新 #… 赔款金额=1200', 'For example, to me in private: /claim update #… credit=1200'),
    );
}

/** O12. */
export const claim: AnyKind = defineKind<typeof fields, ClaimState>({
  code: 'claim',
  noun: { zh: '投诉', en: 'claim' },
  nouns: { zh: '投诉', en: 'claims' },
  fields,
  states: {
    open: {
      label: { zh: '待处理', en: 'open' },
      act: { zh: '重新处理', en: 'Reopen' },
      tone: 'red',
      open: true,
      to: ['assigned', 'answered'],
    },
    assigned: {
      label: { zh: '已分派', en: 'assigned' },
      aliases: ['分派'],
      act: { zh: '分派', en: 'Assign' },
      tone: 'orange',
      open: true,
      to: ['answered'],
      needs: ['owner'],
    },
    answered: {
      label: { zh: '已答复', en: 'answered' },
      act: { zh: '已答复客户', en: 'Answered' },
      tone: 'blue',
      open: true,
      to: ['closed', 'open'],
      needs: ['answer'],
    },
    closed: {
      label: { zh: '已结案', en: 'closed' },
      aliases: ['结案'],
      act: { zh: '结案', en: 'Close' },
      tone: 'green',
      open: false,
      to: ['open'],
      needs: ['outcome'],
    },
  },
  begins: 'open',
  needsOrder: false,
  keepers: [],
  day: ({ date }) => date,
  due: ({ state, values }) => (state === 'open' || state === 'assigned' ? values.replyBy : undefined),
  title: ({ type }) => fields.type.options.find(({ value }) => value === type)?.label ?? '',
  complete: ({ values, order, state, before, today, settings }) => ({
    ...(order && { customer: order.customer }),
    replyBy: replyBy(values.date ?? today, settings.notices),
    ...values,
    ...(state === 'answered' && before?.state !== 'answered' && { answeredOn: values.answeredOn ?? today }),
  }),
  rules: [demandQuantity, demandCredit],
  mark(own) {
    if (own.length === 0) return undefined;
    const open = own.filter((record) => record.open).length;
    return open > 0
      ? { text: say(`${open} 件未结`, `${open} open`), tone: 'red' }
      : { text: say('已结', 'closed'), tone: 'grey' };
  },
});
