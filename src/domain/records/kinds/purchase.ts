import type { IsoDate } from '#domain/calendar/dates';
import { UserError } from '#domain/errors';
import { say } from '#domain/text';
import { choice, date, money, quantity, text, type Values } from '../fields.ts';
import { type AnyKind, type Change, defineKind } from '../kind.ts';

const fields = {
  type: choice(
    ['类型', 'type'],
    {
      purchase: ['采购', 'purchase', '采购单', 'po'],
      outsourcing: ['外协', 'outsourcing', '外发', '外发加工', 'outsource'],
    },
    { bare: true, required: true, when: 'add' },
  ),
  what: text(['内容', 'what'], 200, { keys: ['品名', '工序', 'item'], required: true }),
  supplier: text(['供应商', 'supplier'], 80, { keys: ['加工厂', '外协厂', 'factory'], required: true }),
  qty: quantity(['数量', 'quantity'], { keys: ['quantity'], bare: true, required: true }),
  due: date(['交期', 'due'], { keys: ['货期', '到期', 'delivery'], required: true }),
  number: text(['采购单号', 'number'], 60, { keys: ['外协单号', 'po'] }),
  price: money(['单价', 'unit price'], { keys: ['价格'] }),
  received: quantity(['已回数量', 'received'], {
    when: 'update',
    keys: ['已回', '已到', '到货'],
    placeholder: say('累计回来多少', 'how many are back altogether'),
  }),
  receivedOn: date(['到货日期', 'received on'], { when: 'update', keys: ['日期', 'date'] }),
} as const;

type PurchaseValues = Values<typeof fields>;
type PurchaseState = 'ordered' | 'part' | 'received' | 'cancelled';

function demandReceived({ state, values }: Change<PurchaseValues, PurchaseState>): void {
  const [qty, received] = [values.qty ?? 0, values.received ?? 0];
  if (received > qty)
    throw new UserError(
      'purchase.over',
      say(`一共 ${qty}，不能回来 ${received}。`, `${qty} were ordered; ${received} cannot have come.`),
      say(
        '已回写的是累计数量；加单的话先改数量，例如 数量=1300。',
        'It is the number altogether; if more was ordered, change the quantity first, like qty=1300.',
      ),
    );
  if (state === 'received' && received < qty)
    throw new UserError(
      'purchase.short',
      say(`只回来 ${received}，还差 ${qty - received}，不能算到齐。`, `${qty - received} of ${qty} have not come.`),
      say(
        '没到齐写 部分到货 已回=…；不会再到的话，把数量改成实际的。',
        'Say part received=…; if no more will come, change the quantity to what came.',
      ),
    );
}

/** O2, O7. Outsourced work and purchase orders of an order: chased by their day and counted like stages. */
export const purchase: AnyKind = defineKind<typeof fields, PurchaseState>({
  code: 'purchase',
  noun: { zh: '采购', en: 'purchase' },
  nouns: { zh: '采购外协', en: 'purchases' },
  fields,
  states: {
    ordered: {
      label: { zh: '已下单', en: 'ordered' },
      aliases: ['下单', '已发出'],
      tone: 'blue',
      open: true,
      to: ['part', 'received', 'cancelled'],
    },
    part: {
      label: { zh: '部分到货', en: 'partly received' },
      aliases: ['部分', 'part', '部分回货'],
      act: { zh: '部分到货', en: 'Part came' },
      tone: 'orange',
      open: true,
      to: ['received', 'cancelled'],
      needs: ['received'],
    },
    received: {
      label: { zh: '已到齐', en: 'received' },
      aliases: ['到齐', '到货', '回齐'],
      act: { zh: '到齐了', en: 'All came' },
      tone: 'green',
      open: false,
      to: ['part'],
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
  begins: 'ordered',
  needsOrder: true,
  keepers: [],
  due: ({ state, values }) => (state === 'ordered' || state === 'part' ? (values.due as IsoDate) : undefined),
  title: ({ what, supplier }) => [what, supplier].filter(Boolean).join(' · '),
  complete: ({ values, state, before, given, today }) => ({
    ...values,
    ...(state === 'received' &&
      before?.state !== 'received' &&
      given.received === undefined && { received: values.qty }),
    ...((state === 'received' || state === 'part') && { receivedOn: given.receivedOn ?? values.receivedOn ?? today }),
  }),
  rules: [demandReceived],
  mark(own) {
    const live = own.filter(({ state }) => state !== 'cancelled');
    if (live.length === 0) return undefined;
    const sum = (name: 'qty' | 'received') => live.reduce((total, { values }) => total + Number(values[name] ?? 0), 0);
    return { text: `${sum('received')}/${sum('qty')}`, tone: live.some(({ open }) => open) ? 'orange' : 'green' };
  },
});
