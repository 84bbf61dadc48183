import { updateCommand } from '#commands/records/update';
import { seal } from '#domain/records/kinds/seal';

/** `/seal update` (O6): the opinion, the correction, the pass that lets bulk begin. */
export const updateSeal = updateCommand(seal, {
  aliases: ['封样 更新', '封样 修改'],
  summary: { zh: '封样意见、修正、通过', en: 'opinion on a first piece, corrected, passed' },
  example: {
    zh: '/封样 更新 SO-1001 需修正 意见=“领口偏高 0.5cm”',
    en: '/seal update SO-1001 to-correct opinion="collar 0.5 cm too high"',
  },
});
