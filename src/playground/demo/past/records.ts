import { demoGroups } from '../groups.ts';
import { type DemoOrder, demoOrders } from '../orders.ts';
import { type Act, addDays, ago, present } from './act.ts';

/** What hangs on the orders that are on their way: purchases, material, samples, checks, documents; and a complaint about one that went out. */

const open = demoOrders.filter(({ shipped }) => !shipped);
const today = present.slice(0, 10);

const material: Record<DemoOrder['template'], [name: string, unit: string, perPiece: number, supplier: string]> = {
  garment: ['斜纹面料', '米', 1.4, '绍兴锦绣纺织'],
  rubber: ['混炼胶', '公斤', 0.2, '衡水橡塑原料'],
  'foreign-trade': ['棉纱', '公斤', 0.3, '海宁纱线'],
};

/** Every third has an open purchase, whose day is between the day before yesterday and in two weeks. */
const purchased = (order: DemoOrder, i: number): string[] =>
  i % 3 === 0
    ? [
        `/采购 新增 ${order.no} 采购 内容=${order.template === 'rubber' ? '骨架' : '拉链、吊牌'} 供应商=${i % 2 ? '义乌辅料城' : '东莞五金'} 数量=${order.qty} 交期=${addDays(today, ((i * 5) % 17) - 2)}`,
      ]
    : i % 7 === 1
      ? [
          `/采购 新增 ${order.no} 外协 内容=${order.template === 'rubber' ? '硫化' : '绣花'} 供应商=锦绣绣品 数量=${order.qty} 交期=${addDays(today, 6)}`,
        ]
      : [];

/** Material against its delivery note; one delivery was short. */
function delivered(order: DemoOrder, i: number): string[] {
  if (order.stages < 3) return [];
  const [name, unit, perPiece, supplier] = material[order.template];
  const noted = Math.round(order.qty * perPiece);
  const counted = i === 4 ? noted - 35 : noted;
  return [`/物料 新增 ${order.no} 物料=${name} 送货数=${noted} 实收=${counted} 单位=${unit} 供应商=${supplier}`];
}

const kept = (order: DemoOrder, i: number): string[] =>
  order.stages > 3 && i % 2 === 0
    ? [`/样品 新增 ${order.no} 款号=${order.style} 留样=“样品柜 ${'ABC'[i % 3]}-${(i % 6) + 1}”`]
    : [];

/** Checks of what is in production; one did not pass. */
const checked = (order: DemoOrder, i: number): string[] =>
  order.stages < 6
    ? []
    : i % 5 === 2
      ? [`/验货 新增 ${order.no} 中期 不合格 抽检数=80 疵点数=9 问题=“线头多，${order.product}跳针” 整改=“返工，全检”`]
      : [`/验货 新增 ${order.no} 中期 合格 抽检数=80 疵点数=${i % 3}`];

const papers = (order: DemoOrder): string[] =>
  order.template === 'foreign-trade' ? [`/单证 新增 ${order.no} 合同 编号=HT-${order.no.slice(3)}`] : [];

const followed = open.flatMap((order, i): Act[] => {
  const said = [
    ...purchased(order, i),
    ...delivered(order, i),
    ...kept(order, i),
    ...checked(order, i),
    ...papers(order),
  ];
  return said.length === 0
    ? []
    : [
        {
          at: `${ago(2 + (i % 6))} 14:${String(10 + i).padStart(2, '0')}`,
          by: (hands) => hands.tell(order.merchandiser, demoGroups[order.chat], said.join('\n')),
        },
      ];
});

const complained = demoOrders.find(({ chat, shipped }) => chat === 'jw' && shipped && shipped > '2026-10-01')!;

export const recordActs: Act[] = [
  ...followed,
  {
    at: `${ago(3)} 15:20`,
    by: (hands) =>
      hands.tell(
        complained.merchandiser,
        demoGroups[complained.chat],
        `/投诉 新增 ${complained.no} 投诉 内容=“两箱色差明显，请说明” 期限=${addDays(today, 3)}`,
      ),
  },
];
