import { updateCommand } from '#commands/records/update';
import { doc } from '#domain/records/kinds/doc';

/** `/doc update` (O9, O11): sent to the customer, tax-refund papers handed to finance. */
export const updateDoc = updateCommand(doc, {
  aliases: ['单证 更新', '单证 修改'],
  summary: { zh: '单证寄客户、交财务、不需要', en: 'document sent to the customer, handed to finance, not needed' },
  example: { zh: '/单证 更新 SO-1001 增值税发票 已交财务', en: '/doc update SO-1001 vat-invoice handed' },
});
