import { addCommand } from '#commands/records/add';
import { claim } from '#domain/records/kinds/claim';

/** `/claim add` (O12): a complaint, return, exchange or credit; the customer waits from now. */
export const addClaim = addCommand(claim, {
  aliases: ['投诉 新增', '投诉 登记'],
  summary: { zh: '登记投诉、退货、换货、赔款', en: 'record a complaint, return, exchange or credit' },
  example: {
    zh: '/投诉 新增 SO-1001 退货 数量=20 内容=“色差” 负责人=李敏',
    en: '/claim add SO-1001 return qty=20 what="shade differs" owner=E1003',
  },
});
