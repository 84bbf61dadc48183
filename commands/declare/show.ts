import { showCommand } from '#commands/records/show';
import { declaration } from '#domain/records/kinds/declaration';

/** `/declare show`: one declaration with its history. */
export const showDeclaration = showCommand(declaration, {
  aliases: ['报关 查看', '报关 详情'],
  summary: { zh: '查看一张报关单', en: 'show a declaration' },
  example: { zh: '/报关 查看 #3', en: '/declare show #3' },
});
