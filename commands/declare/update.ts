import { updateCommand } from '#commands/records/update';
import { declaration } from '#domain/records/kinds/declaration';

/** `/declare update`: corrects number or date; what was said before stays on file. */
export const updateDeclaration = updateCommand(declaration, {
  aliases: ['报关 更新', '报关 修改'],
  summary: { zh: '更正报关单号或日期', en: 'correct a declaration’s number or date' },
  example: { zh: '/报关 更新 #3 日期=11-19', en: '/declare update #3 date=11-19' },
});
