import { addCommand } from '#commands/records/add';
import { purchase } from '#domain/records/kinds/purchase';

/** `/purchase add`: a purchase order or work given to another factory, with its day. */
export const addPurchase = addCommand(purchase, {
  aliases: ['采购 新增', '采购 登记', '外协 新增', '外协 登记'],
  summary: { zh: '登记采购单、外协加工', en: 'record a purchase or outsourced work' },
  example: {
    zh: '/采购 新增 SO-1001 外协 内容=绣花 供应商=锦绣 数量=1200 交期=12-05',
    en: '/purchase add SO-1001 outsourcing what=embroidery supplier=Jinxiu qty=1200 due=12-05',
  },
});
