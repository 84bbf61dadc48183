import { updateCommand } from '#commands/records/update';
import { purchase } from '#domain/records/kinds/purchase';

/** `/purchase update`: how many came back, a new day, cancelled. */
export const updatePurchase = updateCommand(purchase, {
  aliases: ['采购 更新', '采购 修改', '外协 更新'],
  summary: { zh: '登记到货数量、改交期、取消', en: 'what came, a new day, cancelled' },
  example: { zh: '/采购 更新 #7 部分到货 已回=600', en: '/purchase update #7 part received=600' },
});
