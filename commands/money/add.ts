import { addCommand } from '#commands/records/add';
import { money } from '#domain/records/kinds/money';

/** `/money add` (O11): deposit, balance, freight, receivable; a supplier is paid contract price × pieces shipped. */
export const addMoney = addCommand(money, {
  aliases: ['款项 新增', '款项 登记'],
  summary: {
    zh: '登记定金、余款、运费、供应商货款（私聊）',
    en: 'record a deposit, balance, freight, supplier payment (in private)',
  },
  example: {
    zh: '/款项 新增 SO-1001 供应商货款 合同单价=8.50 对方=永盛',
    en: '/money add SO-1001 supplier price=8.50 party=Yongsheng',
  },
});
