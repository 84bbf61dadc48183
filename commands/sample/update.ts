import { updateCommand } from '#commands/records/update';
import { sample } from '#domain/records/kinds/sample';

/** `/sample update` (O5): dispatch with its photo, receipt, the customer’s verdict, lending. */
export const updateSample = updateCommand(sample, {
  aliases: ['样品 更新', '样品 修改'],
  summary: { zh: '样品进展：寄出、收到、客户意见、借出', en: 'what became of a sample: sent, received, verdict, lent' },
  example: {
    zh: '/样品 更新 #12 已寄出 快递单号=SF123（附照片）',
    en: '/sample update #12 sent waybill=SF123 (with a picture)',
  },
});
