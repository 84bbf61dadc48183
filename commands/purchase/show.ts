import { showCommand } from '#commands/records/show';
import { purchase } from '#domain/records/kinds/purchase';

/** `/purchase show`: one purchase or outsourced work with its history. */
export const showPurchase = showCommand(purchase, {
  aliases: ['采购 查看', '外协 查看'],
  summary: { zh: '查看一张采购单、外协单', en: 'show a purchase' },
  example: { zh: '/采购 查看 #7', en: '/purchase show #7' },
});
