import { listCommand } from '#commands/records/list';
import { check } from '#domain/records/kinds/check';

/** `/check list`: checks whose report is not filed, or those of an order. */
export const listChecks = listCommand(check, {
  aliases: ['验货 列表', '验货 清单'],
  summary: { zh: '验货清单：没归档的、某张订单的', en: 'checks: not filed yet, those of an order' },
  example: { zh: '/验货 列表', en: '/check list' },
});
