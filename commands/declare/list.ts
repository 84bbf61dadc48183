import { listCommand } from '#commands/records/list';
import { declaration } from '#domain/records/kinds/declaration';
import { declarationCount } from './count.ts';

/** `/declare list` (FT-R2): declarations of a month, counted by person for finance. */
export const listDeclarations = listCommand(
  declaration,
  {
    aliases: ['报关 列表', '报关 清单'],
    summary: { zh: '报关单清单和每月张数', en: 'declarations and how many in a month' },
    example: { zh: '/报关 列表 2026-11', en: '/declare list 2026-11' },
  },
  { above: declarationCount },
);
