import { showCommand } from '#commands/records/show';
import { doc } from '#domain/records/kinds/doc';

/** `/doc show`: one document with its history. */
export const showDoc = showCommand(doc, {
  aliases: ['单证 查看', '单证 详情'],
  summary: { zh: '查看一份单证', en: 'show a document' },
  example: { zh: '/单证 查看 SO-1001 装箱单', en: '/doc show SO-1001 packing-list' },
});
