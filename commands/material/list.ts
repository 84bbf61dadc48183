import { listCommand } from '#commands/records/list';
import { material } from '#domain/records/kinds/material';

/** `/material list`: shortages that are open, or what an order has received. */
export const listMaterials = listCommand(material, {
  aliases: ['物料 列表', '物料 清单'],
  summary: { zh: '物料清单：短缺的、某张订单的', en: 'materials: short ones, those of an order' },
  example: { zh: '/物料 列表 短缺', en: '/material list short' },
});
