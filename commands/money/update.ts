import { updateCommand } from '#commands/records/update';
import { money } from '#domain/records/kinds/money';

/** `/money update` (O11): it has come in or gone out. */
export const updateMoney = updateCommand(money, {
  aliases: ['款项 更新', '款项 修改'],
  summary: { zh: '款项收到、付出、改金额（私聊）', en: 'payment received or paid, amount corrected (in private)' },
  example: { zh: '/款项 更新 SO-1001 定金 已收', en: '/money update SO-1001 deposit received' },
});
