import { addCommand } from '#commands/records/add';
import { check } from '#domain/records/kinds/check';

/** `/check add` (O8): an early, middle or final check with its findings. */
export const addCheck = addCommand(check, {
  aliases: ['验货 新增', '验货 登记'],
  summary: { zh: '登记早期、中期、终期验货', en: 'record an early, middle or final check' },
  example: {
    zh: '/验货 新增 SO-1001 终期 不合格 问题=“袖口脱线” 整改=“返工全检”',
    en: '/check add SO-1001 final fail findings="open cuffs" action="redo and check all"',
  },
});
