import { listCommand } from '#commands/records/list';
import { purchase } from '#domain/records/kinds/purchase';

/** `/purchase list`: what has not come yet, of an order or all. */
export const listPurchases = listCommand(purchase, {
  aliases: ['采购 列表', '采购 清单', '外协 列表'],
  summary: { zh: '采购、外协清单：没到齐的、某张订单的', en: 'purchases: open ones, those of an order' },
  example: { zh: '/采购 列表 SO-1001', en: '/purchase list SO-1001' },
});
