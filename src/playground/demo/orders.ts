import { addDays, ago, present } from './past/act.ts';

/** Orders of the demo company: thirty-three that went out in its three months with the bot, and twenty-seven that are on their way. */
export interface DemoOrder {
  no: string;
  template: 'garment' | 'rubber' | 'foreign-trade';
  customer: string;
  style: string;
  product: string;
  qty: number;
  /** In the order's currency, as text. */
  price: string;
  fee: string | null;
  factory: string;
  merchandiser: string;
  chat: 'jw' | 'lb' | 'ft';
  /** The day on which it was entered. */
  entered: string;
  delivery: string;
  /** How many stages of the template are begun; Infinity: it has gone out. */
  stages: number;
  /** Share of the last stage that is done, in percent. */
  done: number;
  /** The day on which the goods left. */
  shipped?: string;
  special: string;
}

interface Firm {
  template: DemoOrder['template'];
  chat: DemoOrder['chat'];
  /** Number of the first order on its way, and of the first that went out. */
  first: number;
  firstPast: number;
  count: number;
  merchandisers: string[];
  customers: string[];
  goods: [style: string, product: string, price: string][];
  factories: string[];
  /** Pieces of an order that went out, and yuan of processing fee for a piece. */
  pastQty: number;
  feeOf?: number;
  depth: number;
}

const firms: Firm[] = [
  {
    template: 'garment',
    chat: 'jw',
    first: 1001,
    firstPast: 901,
    count: 12,
    merchandisers: ['ou_chen', 'ou_li', 'ou_liu', 'ou_huang'],
    customers: ['宏达服饰', '雅韵时装', '北辰户外', '童星母婴', '锦程制衣'],
    goods: [
      ['A118', '女式风衣', '128.00'],
      ['B207', '男式夹克', '96.50'],
      ['C033', '儿童卫衣', '45.80'],
      ['D512', '女式衬衫', '58.00'],
      ['E260', '运动长裤', '62.40'],
    ],
    factories: ['永盛制衣厂', '金穗制衣厂', '东方制衣厂'],
    pastQty: 26_000,
    feeOf: 14,
    depth: 9,
  },
  {
    template: 'rubber',
    chat: 'lb',
    first: 2001,
    firstPast: 1901,
    count: 7,
    merchandisers: ['ou_ma', 'ou_lin', 'ou_guo', 'ou_luo'],
    customers: ['河北安泰机械', '天津远大汽配', '石家庄华北泵业', '邢台宏业'],
    goods: [
      ['MF-20', '密封圈', '3.60'],
      ['JG-08', '夹布胶管', '18.20'],
      ['DQ-15', '橡胶垫圈', '1.45'],
      ['FH-31', '防护套', '12.80'],
    ],
    factories: ['本厂一车间', '本厂二车间'],
    pastQty: 86_000,
    depth: 11,
  },
  {
    template: 'foreign-trade',
    chat: 'ft',
    first: 3001,
    firstPast: 2901,
    count: 8,
    merchandisers: ['ou_xie', 'ou_tang', 'ou_feng'],
    customers: ['Nordhaus GmbH', 'Brightline LLC', 'Maison Verte', 'Tokai Trading'],
    goods: [
      ['NX-77', '针织毛衫', '12.40'],
      ['PW-12', '棉质围裙', '3.25'],
      ['TB-40', '帆布包', '4.60'],
    ],
    factories: ['永盛制衣厂', '海宁织造', '义乌恒丰'],
    pastQty: 9000,
    depth: 9,
  },
];

const dues = [-4, 2, 9, 16, 25, 40, -1, 3, 12, 20, 33, 6];
const specials = ['', '', '袖口加固，验针', '', '外箱加贴唛头', '', '', '首件必须客户确认'];
const today = present.slice(0, 10);

const open = (firm: Firm): DemoOrder[] =>
  Array.from({ length: firm.count }, (_, i): DemoOrder => {
    const qty = 1200 + ((i * 370) % 1800);
    const stages = (i * 2 + 3) % firm.depth;
    return {
      ...common(firm, i, qty),
      no: `SO-${firm.first + i}`,
      entered: ago(Math.min(52, stages * 4 + 10 + (i % 4))),
      delivery: addDays(today, dues[i % dues.length]!),
      stages,
      done: 10 + ((i * 23) % 85),
      special: specials[i % specials.length]!,
    };
  });

/** When they left, and by how many days before what was promised; two were late. */
const left: [day: string, early: number][] = [
  ['2026-08-13', 1],
  ['2026-08-18', 2],
  ['2026-08-21', 0],
  ['2026-08-27', 3],
  ['2026-09-09', 1],
  ['2026-09-15', -2],
  ['2026-09-18', 2],
  ['2026-09-23', 1],
  ['2026-10-13', 0],
  ['2026-10-16', 1],
  ['2026-10-21', -1],
  ['2026-10-27', 2],
];

const past = (firm: Firm): DemoOrder[] =>
  Array.from({ length: firm.merchandisers.length * 3 }, (_, i): DemoOrder => {
    const perMonth = firm.merchandisers.length;
    const [shipped, early] = left[Math.floor(i / perMonth) * 4 + (i % perMonth)]!;
    return {
      ...common(firm, i, Math.round((firm.pastQty * (70 + ((i * 37) % 60))) / 10_000) * 100),
      no: `SO-${String(firm.firstPast + i).padStart(4, '0')}`,
      entered: i < perMonth ? '2026-08-03' : addDays(shipped, -38),
      delivery: addDays(shipped, early),
      stages: Number.POSITIVE_INFINITY,
      done: 100,
      shipped,
      special: specials[(i * 3) % specials.length]!,
    };
  });

function common(
  { template, chat, merchandisers, customers, goods, factories, feeOf }: Firm,
  i: number,
  qty: number,
): Omit<DemoOrder, 'no' | 'entered' | 'delivery' | 'stages' | 'done' | 'special'> {
  const [style, product, price] = goods[i % goods.length]!;
  return {
    template,
    chat,
    customer: customers[(i * 3) % customers.length]!,
    style,
    product,
    qty,
    price,
    fee: feeOf === undefined ? null : String(qty * feeOf),
    factory: factories[i % factories.length]!,
    merchandiser: merchandisers[i % merchandisers.length]!,
  };
}

export const demoOrders: readonly DemoOrder[] = firms.flatMap((firm) => [...past(firm), ...open(firm)]);
