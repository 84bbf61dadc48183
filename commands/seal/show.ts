import { showCommand } from '#commands/records/show';
import { seal } from '#domain/records/kinds/seal';

/** `/seal show`: one seal with its history. */
export const showSeal = showCommand(seal, {
  aliases: ['封样 查看', '封样 详情'],
  summary: { zh: '查看一次封样', en: 'show a seal' },
  example: { zh: '/封样 查看 SO-1001', en: '/seal show SO-1001' },
});
