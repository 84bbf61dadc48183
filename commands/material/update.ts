import { updateCommand } from '#commands/records/update';
import { material } from '#domain/records/kinds/material';

/** `/material update` (O7): shortage countersigned, replenished; surplus returned; consumption agreed. */
export const updateMaterial = updateCommand(material, {
  aliases: ['物料 更新', '物料 修改'],
  summary: {
    zh: '短缺签认、补齐、退余料、单耗',
    en: 'shortage countersigned or replenished, surplus returned, consumption',
  },
  example: { zh: '/物料 更新 #8 短缺已签认 签认人=王师傅', en: '/material update #8 countersigned signer=Wang' },
});
