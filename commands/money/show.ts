import { showCommand } from '#commands/records/show';
import { money } from '#domain/records/kinds/money';

/** `/money show`: one payment, in private. */
export const showMoney = showCommand(money, {
  aliases: ['款项 查看', '款项 详情'],
  summary: { zh: '查看一笔款项（私聊）', en: 'show a payment (in private)' },
  example: { zh: '/款项 查看 SO-1001 定金', en: '/money show SO-1001 deposit' },
});
