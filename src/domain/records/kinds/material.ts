import { UserError } from '#domain/errors';
import { say } from '#domain/text';
import { choice, date, measure, text, type Values } from '../fields.ts';
import { type AnyKind, type Change, defineKind } from '../kind.ts';

const fields = {
  name: text(['物料', 'material'], 80, { keys: ['品名', 'material'], required: true }),
  type: choice(
    ['类别', 'type'],
    { fabric: ['面料', 'fabric'], trim: ['辅料', 'trim', '配件'], raw: ['原料', 'raw', '胶料'] },
    { bare: true, when: 'add' },
  ),
  delivered: measure(['送货数', 'delivered'], {
    keys: ['送货单数', '单据数', 'note qty'],
    required: true,
    placeholder: say('送货单上的数量', 'as on the delivery note'),
  }),
  received: measure(['实收', 'received'], {
    keys: ['实收数', 'actual'],
    required: true,
    placeholder: say('实际点收的数量', 'as counted'),
  }),
  unit: text(['单位', 'unit'], 10, { placeholder: say('米、公斤、个', 'm, kg, pcs') }),
  slip: text(['送货单号', 'delivery note'], 60, { keys: ['单据号', 'slip'] }),
  supplier: text(['供应商', 'supplier'], 80, { keys: ['厂家'] }),
  date: date(['到料日期', 'received on'], { keys: ['日期', 'date'], when: 'add' }),
  consumption: measure(['单耗', 'unit consumption'], {
    keys: ['consumption'],
    placeholder: say('每件用量，双方确认', 'per piece, as agreed'),
  }),
  signer: text(['签认人', 'countersigned by'], 60, { when: 'update', keys: ['会签', 'signer'] }),
  replenished: measure(['补料数', 'replenished'], { when: 'update', keys: ['补回'] }),
  surplus: measure(['余料', 'surplus'], { when: 'update', keys: ['余料数', '退回数'] }),
} as const;

type MaterialValues = Values<typeof fields>;
type MaterialState = 'complete' | 'short' | 'countersigned' | 'replenished' | 'surplus-returned';

/** Thousandths, so that decimals are compared exactly. */
export function milli(measured: string | undefined): bigint {
  const [whole = '0', digits = ''] = (measured ?? '0').split('.');
  return BigInt(whole) * 1000n + BigInt(digits.padEnd(3, '0'));
}

export const milliText = (amount: bigint): string =>
  `${amount / 1000n}.${(amount % 1000n).toString().padStart(3, '0')}`.replace(/\.?0+$/, '');

/** How much less came than the delivery note says; 0 when all of it came. */
export const shortage = ({ delivered, received }: MaterialValues): bigint => {
  const short = milli(delivered) - milli(received);
  return short > 0n ? short : 0n;
};

function demandEnough({ state, values }: Change<MaterialValues, MaterialState>): void {
  if (state === 'replenished' && milli(values.replenished) < shortage(values))
    throw new UserError(
      'material.still-short',
      say(
        `短 ${milliText(shortage(values))}，只补了 ${milliText(milli(values.replenished))}，还不算补齐。`,
        `${milliText(shortage(values))} are short and ${milliText(milli(values.replenished))} came: not replenished yet.`,
      ),
      say(
        '写上累计补回的数量，或先保持「短缺已签认」。',
        'Give what came altogether, or leave it countersigned for now.',
      ),
    );
}

function demandReallyComplete({ state, values }: Change<MaterialValues, MaterialState>): void {
  if (state === 'complete' && shortage(values) > 0n)
    throw new UserError(
      'material.short',
      say(
        `比送货单少 ${milliText(shortage(values))}，要登记为短缺。`,
        `${milliText(shortage(values))} less came than the note says: that is a shortage.`,
      ),
      say(
        '改实收数，或登记短缺并请送货方签认。',
        'Correct the received quantity, or record the shortage and have it countersigned.',
      ),
    );
}

/** O7. */
export const material: AnyKind = defineKind<typeof fields, MaterialState>({
  code: 'material',
  noun: { zh: '物料', en: 'material' },
  nouns: { zh: '物料', en: 'materials' },
  fields,
  states: {
    complete: {
      label: { zh: '已收齐', en: 'complete' },
      aliases: ['收齐', '齐'],
      tone: 'green',
      open: false,
      to: ['short', 'surplus-returned'],
    },
    short: {
      label: { zh: '短缺', en: 'short' },
      aliases: ['短码', '缺料'],
      act: { zh: '有短缺', en: 'Short' },
      tone: 'red',
      open: true,
      to: ['countersigned', 'complete'],
    },
    countersigned: {
      label: { zh: '短缺已签认', en: 'shortage countersigned' },
      aliases: ['签认', '已签认', '会签'],
      act: { zh: '对方签认了', en: 'Countersigned' },
      tone: 'orange',
      open: true,
      to: ['replenished'],
      needs: ['signer'],
    },
    replenished: {
      label: { zh: '已补齐', en: 'replenished' },
      aliases: ['补齐', '补料'],
      act: { zh: '补齐了', en: 'Replenished' },
      tone: 'green',
      open: false,
      to: ['surplus-returned'],
      needs: ['replenished'],
    },
    'surplus-returned': {
      label: { zh: '余料已退', en: 'surplus returned' },
      aliases: ['退余料', '退料'],
      act: { zh: '余料退了', en: 'Surplus returned' },
      tone: 'grey',
      open: false,
      to: [],
      needs: ['surplus'],
    },
  },
  begins: (values) => (shortage(values) > 0n ? 'short' : 'complete'),
  needsOrder: true,
  keepers: [],
  day: ({ date }) => date,
  title: ({ name }) => name ?? '',
  rules: [demandReallyComplete, demandEnough],
  mark(own) {
    if (own.length === 0) return undefined;
    const open = own.filter((record) => record.open).length;
    return open > 0 ? { text: say(`短缺 ${open}`, `${open} short`), tone: 'red' } : { text: '✓', tone: 'green' };
  },
});
