import { listCommand } from '#commands/records/list';
import { seal } from '#domain/records/kinds/seal';

/** `/seal list`: seals that have not passed, or those of an order. */
export const listSeals = listCommand(seal, {
  aliases: ['封样 列表', '封样 清单'],
  summary: { zh: '封样清单：未通过的、某张订单的', en: 'seals: open ones, those of an order' },
  example: { zh: '/封样 列表', en: '/seal list' },
});
