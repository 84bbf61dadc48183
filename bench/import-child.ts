/** Imports 10,000 orders from a workbook in a process of its own, so that its memory can be told. Prints one line of JSON. */
import { writeXlsx } from 'hucre/xlsx';
import { openEmbedded, openPostgres } from '#db/client';
import { putPerson } from '#db/people';
import { orders } from '#db/schema';
import { importOrdersFile } from '#usecases/import-orders';

const ORDERS = 10_000;
const url = process.argv[2];
const database = url ? await openPostgres(url) : await openEmbedded();
const { db } = database;
const at = new Date('2026-11-23T02:00:00Z');
const { after: by } = await putPerson(db, 'ou_manager', { name: '经理', roles: ['manager', 'merchandiser'] }, at);
const head = ['订单号', '客户', '款号', '品名', '数量', '货期', '单价', '明细', '跟单员', '缝制 完成数', '裁剪 实际'];
const rows = Array.from({ length: ORDERS }, (_, n) => [
  ...[`IM-${n}`, `客户${n % 300}`, `A${n % 900}`, '衬衫', 1_200, '2026-12-20', 12.5, '红 S=500 M=700', '经理'],
  ...[n % 1_200, '2026-11-20'],
]);
const bytes = await writeXlsx({ sheets: [{ name: '订单', rows: [head, ...rows] as never }] });
global.gc?.();
const before = process.memoryUsage.rss();
let peak = before;
const watch = setInterval(() => {
  peak = Math.max(peak, process.memoryUsage.rss());
}, 20);
const started = performance.now();
let cards = 0;
await importOrdersFile(db, {
  ...{ name: 'orders.xlsx', bytes, by, via: 'file', batch: 'bench', now: () => at, zone: 'Asia/Shanghai' },
  async show() {
    cards += 1;
  },
});
const seconds = (performance.now() - started) / 1_000;
clearInterval(watch);
const entered = await db.$count(orders);
console.log(JSON.stringify({ entered, seconds, peakMb: peak / 1e6, beforeMb: before / 1e6, cards }));
await database.close();
