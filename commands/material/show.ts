import { showCommand } from '#commands/records/show';
import { material } from '#domain/records/kinds/material';

/** `/material show`: one delivery with its history. */
export const showMaterial = showCommand(material, {
  aliases: ['物料 查看', '物料 详情'],
  summary: { zh: '查看一批物料', en: 'show a material' },
  example: { zh: '/物料 查看 #8', en: '/material show #8' },
});
