import { demoGroups } from '../groups.ts';
import { type DemoOrder, demoOrders } from '../orders.ts';
import { type Act, ago, begins, daysTo, workdays } from './act.ts';

/** The stages of each kind of order as people write them; `n` counts pieces. */
const stages: Record<DemoOrder['template'], readonly string[]> = {
  garment: ['接单', '面辅料', '打样', '封样', '裁剪n', '缝制n', '后整n', '包装n'],
  rubber: ['接单', '来料', '试板样', '开模', '炼胶n', '成型n', '修边n', '检验n', '包装n'],
  'foreign-trade': ['接单', '面辅料', '打样', '封样', '裁剪n', '缝制n', '后整n', '包装n'],
};
const names: Record<DemoOrder['template'], string> = { garment: '服装', rubber: '橡塑', 'foreign-trade': '外贸' };
const notes = ['', '备注=“工厂说明天补齐”', '', '备注=“尺寸抽查 20 件合格”', '', '', '备注=“等客户确认色样”'];

const group = ({ chat }: DemoOrder): string => demoGroups[chat];

/** What was on the books when the bot came is taken over from each department's contract progress table. */
const takenOver = demoOrders.filter(({ entered, shipped }) => entered <= begins && shipped);

const managers = { jw: 'ou_wang', lb: 'ou_he', ft: 'ou_zheng' } as const;

function tableOf(chat: DemoOrder['chat']): string {
  const rows = takenOver
    .filter((order) => order.chat === chat)
    .map(({ no, customer, style, product, template, qty, price, fee, factory, delivery, merchandiser }) =>
      [
        no,
        `HT-${no.slice(3)}`,
        customer,
        style,
        product,
        names[template],
        qty,
        template === 'foreign-trade' ? 'USD' : 'CNY',
        price,
        fee ?? '',
        factory,
        delivery,
        `ou_${merchandiser.slice(3)}`,
        '2026-07-20',
        '2026-07-28',
      ].join(','),
    );
  return [
    '订单号,合同号,客户,款号,产品,类别,数量,币种,单价,加工费,工厂,货期,跟单员,接单 实际,面辅料到厂 实际',
    ...rows,
  ].join('\n');
}

const enter = (order: DemoOrder, minute: number): Act => ({
  at: `${order.entered} 09:${String(10 + minute).padStart(2, '0')}`,
  by: (hands) =>
    hands.tell(
      order.merchandiser,
      group(order),
      [
        `/订单 新建 ${order.no} 客户=“${order.customer}” 数量=${order.qty}件 货期=${order.delivery} 款号=${order.style}`,
        `产品=${order.product} 类别=${names[order.template]} 合同号=HT-${order.no.slice(3)} 单价=${order.price}`,
        order.template === 'foreign-trade' ? '币种=USD' : '',
        order.fee ? `加工费=${order.fee}` : '',
        `工厂=${order.factory}`,
        order.special && `要求=“${order.special}”`,
      ]
        .filter(Boolean)
        .join(' '),
    ),
});

/** A line for each stage that is finished, and one for that which is under way. */
function lines(order: DemoOrder, from: number, to: number, salt: number): string[] {
  const all = stages[order.template];
  return all.slice(from, to).map((word, i) => {
    const isLast = from + i === order.stages - 1;
    const counted = word.endsWith('n');
    const stage = word.replace('n', '');
    const note = notes[(salt + from + i) % notes.length]!;
    if (counted)
      return `/订单 更新 ${order.no} ${stage} ${isLast ? Math.floor((order.qty * order.done) / 100) : order.qty}件 ${note}`.trim();
    return isLast
      ? `/订单 更新 ${order.no} ${stage} 备注=“正在办，${order.done > 50 ? '这两天完成' : '刚开始'}”`
      : `/订单 更新 ${order.no} ${stage} 完成 ${note}`.trim();
  });
}

const progress = (order: DemoOrder, day: string, minute: number, said: string[]): Act[] =>
  said.length === 0
    ? []
    : [
        {
          at: `${day} ${String(10 + (minute % 7)).padStart(2, '0')}:${String((minute * 7) % 60).padStart(2, '0')}`,
          by: (hands) => hands.tell(order.merchandiser, group(order), said.join('\n')),
        },
      ];

function lifeOf(order: DemoOrder, i: number): Act[] {
  const acts = takenOver.includes(order) ? [] : [enter(order, i % 40)];
  const from = takenOver.includes(order) ? 2 : 0;
  if (!order.shipped) {
    const told = Math.min(order.stages, stages[order.template].length);
    const first = workdays.indexOf(daysTo(order.entered, 3));
    const parts = Math.ceil(told / 2);
    for (let part = 0; part < parts; part++) {
      // the last part is yesterday's or the day before's, the others stand evenly before it
      const back = (workdays.length - 2 - first) * (1 - (part + 1) / parts);
      const day = ago(Math.round(back) + 1 + (i % 2));
      acts.push(...progress(order, day, i + part, lines(order, part * 2, Math.min(told, part * 2 + 2), i)));
    }
    return acts;
  }
  const last = stages[order.template].length;
  const [middle, late] = [daysTo(order.shipped, takenOver.includes(order) ? -6 : -11), daysTo(order.shipped, -1)];
  const halves = takenOver.includes(order) ? [] : [lines(order, from, last - 2, i)];
  for (const half of halves) acts.push(...progress(order, middle, i, half));
  acts.push(...progress(order, late, i + 1, lines(order, halves.length > 0 ? last - 2 : from, last, i)));
  acts.push({
    at: `${order.shipped} 16:${10 + (i % 45)}`,
    by: (hands) =>
      hands.tell(
        order.merchandiser,
        group(order),
        [
          ...(order.template === 'foreign-trade' ? ['订舱', '报关'] : []).map(
            (stage) => `/订单 更新 ${order.no} ${stage} 完成`,
          ),
          `/订单 出货 ${order.no} ${order.qty}件 ${order.template === 'foreign-trade' ? '货代=中远 ' : ''}已通知=客户`,
        ].join('\n'),
      ),
  });
  const paid = daysTo(order.shipped, 16);
  if (takenOver.includes(order))
    acts.push({
      at: `${paid} 11:${10 + (i % 45)}`,
      by: (hands) =>
        hands.tell(
          order.merchandiser,
          group(order),
          [
            ...{ garment: [], rubber: ['收款'], 'foreign-trade': ['单据', '收款', '退税'] }[order.template].map(
              (stage) => `/订单 更新 ${order.no} ${stage} 完成`,
            ),
            `/订单 结单 ${order.no}`,
          ].join('\n'),
        ),
    });
  if (order.template === 'foreign-trade')
    acts.push({
      at: `${order.shipped} 17:${10 + (i % 45)}`,
      by: (hands) =>
        hands.tell(
          order.merchandiser,
          'bot',
          `/报关 新增 ${order.no} 编号=2212202600${String(10_000_000 + i * 1373).padStart(8, '0')} 日期=${order.shipped}`,
        ),
    });
  return acts;
}

/** Every order from its first word to where it stands, each by its own merchandiser. */
export const orderActs: Act[] = [
  ...(['jw', 'lb', 'ft'] as const).map(
    (chat, i): Act => ({
      at: `2026-08-03 09:0${i}`,
      by: (hands) => hands.send(managers[chat], '合同进程表.csv', tableOf(chat)),
    }),
  ),
  ...demoOrders.flatMap(lifeOf),
];
