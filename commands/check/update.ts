import { updateCommand } from '#commands/records/update';
import { check } from '#domain/records/kinds/check';

/** `/check update` (O8): correction, the factory’s signature, the report filed as photo or file. */
export const updateCheck = updateCommand(check, {
  aliases: ['验货 更新', '验货 修改'],
  summary: { zh: '整改、工厂签字、报告归档', en: 'correction, factory’s signature, report filed' },
  example: {
    zh: '/验货 更新 SO-1001 终期 报告已归档（附报告照片）',
    en: '/check update SO-1001 final filed (with the report)',
  },
});
