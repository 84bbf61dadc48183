import { addCommand } from '#commands/records/add';
import { seal } from '#domain/records/kinds/seal';

/** `/seal add` (O6): a first piece is submitted. */
export const addSeal = addCommand(seal, {
  aliases: ['封样 新增', '封样 送封', '封样 登记'],
  summary: { zh: '首件送封', en: 'submit a first piece for sealing' },
  example: { zh: '/封样 新增 SO-1001 部位=藏青', en: '/seal add SO-1001 item=navy' },
});
