import { addCommand } from '#commands/records/add';
import { sample } from '#domain/records/kinds/sample';

/** `/sample add` (O5): a sample that is being made. */
export const addSample = addCommand(sample, {
  aliases: ['样品 新增', '样品 登记', '样品 打样'],
  summary: { zh: '登记样品（打样）', en: 'record a sample' },
  example: {
    zh: '/样品 新增 SO-1001 款号=A118 颜色=藏青 唛头=“H/D” 模具=新开模',
    en: '/sample add SO-1001 item=A118 colour=navy mark="H/D" mould=new',
  },
});
