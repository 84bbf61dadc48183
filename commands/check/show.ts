import { showCommand } from '#commands/records/show';
import { check } from '#domain/records/kinds/check';

/** `/check show`: one check with its history. */
export const showCheck = showCommand(check, {
  aliases: ['验货 查看', '验货 详情'],
  summary: { zh: '查看一次验货', en: 'show a check' },
  example: { zh: '/验货 查看 SO-1001 终期', en: '/check show SO-1001 final' },
});
