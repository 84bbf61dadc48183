import { addCommand } from '#commands/records/add';
import { doc } from '#domain/records/kinds/doc';

/** `/doc add` (O9): one of the order’s documents is ready. */
export const addDoc = addCommand(doc, {
  aliases: ['单证 新增', '单证 登记'],
  summary: { zh: '登记一份单证备齐', en: 'record that a document is ready' },
  example: { zh: '/单证 新增 SO-1001 装箱单 编号=PL-88', en: '/doc add SO-1001 packing-list number=PL-88' },
});
