/** Orders of the demo company, relative to the day on which it is set up. Data only; the same every time. */
export interface DemoOrder {
  no: string;
  template: 'garment' | 'rubber' | 'foreign-trade';
  customer: string;
  style: string;
  product: string;
  qty: number;
  /** Yuan, as text. */
  price: string;
  fee: string | null;
  factory: string;
  merchandiser: string;
  chat: 'jw' | 'lb' | 'ft';
  /** Days from today; negative: overdue. */
  dueIn: number;
  /** How many stages of the template are behind it. */
  stages: number;
  /** Share of the current stage that is done, in percent. */
  done: number;
  special: string;
}

interface Firm {
  template: DemoOrder['template'];
  chat: DemoOrder['chat'];
  first: number;
  count: number;
  merchandisers: string[];
  customers: string[];
  goods: [style: string, product: string, price: string][];
  factories: string[];
  feeShare: boolean;
}

const firms: Firm[] = [
  {
    template: 'garment',
    chat: 'jw',
    first: 1001,
    count: 26,
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
    feeShare: true,
  },
  {
    template: 'rubber',
    chat: 'lb',
    first: 2001,
    count: 16,
    merchandisers: ['ou_ma', 'ou_lin', 'ou_guo', 'ou_luo'],
    customers: ['河北安泰机械', '天津远大汽配', '石家庄华北泵业', '邢台宏业'],
    goods: [
      ['MF-20', '密封圈', '3.60'],
      ['JG-08', '夹布胶管', '18.20'],
      ['DQ-15', '橡胶垫圈', '1.45'],
      ['FH-31', '防护套', '12.80'],
    ],
    factories: ['本厂一车间', '本厂二车间'],
    feeShare: false,
  },
  {
    template: 'foreign-trade',
    chat: 'ft',
    first: 3001,
    count: 18,
    merchandisers: ['ou_xie', 'ou_tang', 'ou_feng'],
    customers: ['Nordhaus GmbH', 'Brightline LLC', 'Maison Verte', 'Tokai Trading'],
    goods: [
      ['NX-77', '针织毛衫', '86.00'],
      ['PW-12', '棉质围裙', '22.50'],
      ['TB-40', '帆布包', '31.20'],
    ],
    factories: ['永盛制衣厂', '海宁织造', '义乌恒丰'],
    feeShare: false,
  },
];

const stagesOf = { garment: 9, rubber: 11, 'foreign-trade': 14 } as const;
const dues = [-4, 2, 9, 16, 25, 40, -1, 3, 12, 20, 33, 6];
const specials = ['', '', '袖口加固，验针', '', '外箱加贴唛头', '', '', '首件必须客户确认'];

/** Sixty orders in all stages: some late, some due, most in time. */
export const demoOrders: DemoOrder[] = firms.flatMap(
  ({ template, chat, first, count, merchandisers, customers, goods, factories, feeShare }) =>
    Array.from({ length: count }, (_, i): DemoOrder => {
      const [style, product, price] = goods[i % goods.length]!;
      const qty = 1200 + ((i * 370) % 1800);
      return {
        no: `SO-${first + i}`,
        template,
        customer: customers[(i * 3) % customers.length]!,
        style,
        product,
        qty,
        price,
        fee: feeShare ? String(qty * 9) : null,
        factory: factories[i % factories.length]!,
        merchandiser: merchandisers[i % merchandisers.length]!,
        chat,
        dueIn: dues[i % dues.length]!,
        stages: (i * 2 + 3) % stagesOf[template],
        done: 10 + ((i * 23) % 85),
        special: specials[i % specials.length]!,
      };
    }),
);
