import { listCommand } from '#commands/records/list';
import { doc } from '#domain/records/kinds/doc';
import { docChecklist } from './checklist.ts';

/** `/doc list` (O9): an order’s checklist with who filed what and when. */
export const listDocs = listCommand(
  doc,
  {
    aliases: ['单证 列表', '单证 清单'],
    summary: {
      zh: '单证清单：某张订单备齐了哪些、还缺哪些',
      en: 'an order’s documents: which are there, which are missing',
    },
    example: { zh: '/单证 列表 SO-1001', en: '/doc list SO-1001' },
  },
  { ofOrder: docChecklist },
);
