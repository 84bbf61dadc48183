import { addCommand } from '#commands/records/add';
import { declaration } from '#domain/records/kinds/declaration';

/** `/declare add`: an export declaration, once in the company; the basis of the yearly reward (FT-R1). */
export const addDeclaration = addCommand(declaration, {
  aliases: ['报关 新增', '报关 登记'],
  summary: { zh: '登记报关单', en: 'record an export declaration' },
  example: {
    zh: '/报关 新增 SO-1001 编号=310120260000123456 日期=11-20',
    en: '/declare add SO-1001 number=310120260000123456 date=11-20',
  },
});
