import { listCommand } from '#commands/records/list';
import { money } from '#domain/records/kinds/money';
import { receivable } from './receivable.ts';

/** `/money list`: what is expected; for an order what was received and what is still owed. */
export const listMoneys = listCommand(
  money,
  {
    aliases: ['款项 列表', '款项 清单'],
    summary: {
      zh: '款项清单：待收付的、某张订单的应收已收（私聊）',
      en: 'payments: expected ones; an order’s receivable (in private)',
    },
    example: { zh: '/款项 列表 SO-1001', en: '/money list SO-1001' },
  },
  { above: receivable },
);
