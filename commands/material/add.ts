import { addCommand } from '#commands/records/add';
import { material } from '#domain/records/kinds/material';

/** `/material add` (O7): material received against its delivery note; what is short is a shortage at once. */
export const addMaterial = addCommand(material, {
  aliases: ['物料 新增', '物料 到料', '物料 登记'],
  summary: { zh: '登记面辅料到厂，对送货单', en: 'record material against its delivery note' },
  example: {
    zh: '/物料 新增 SO-1001 物料=藏青斜纹 面料 送货数=1250.5 实收=1248 单耗=1.05',
    en: '/material add SO-1001 material="navy twill" fabric delivered=1250.5 received=1248 consumption=1.05',
  },
});
