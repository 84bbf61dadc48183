import { writeXlsx } from 'hucre/xlsx';

export const ORDERS = 10_000;
export const IMPORTED_AT = new Date('2026-11-23T02:00:00Z');
/** Who imports, open_id. */
export const MANAGER = 'ou_manager';

/** A workbook of orders as a company has them: lines by size, a merchandiser, two stages begun. */
export async function orderBook(): Promise<Uint8Array> {
  const head = ['订单号', '客户', '款号', '品名', '数量', '货期', '单价', '明细', '跟单员', '缝制 完成数', '裁剪 实际'];
  const rows = Array.from({ length: ORDERS }, (_, n) => [
    ...[`IM-${n}`, `客户${n % 300}`, `A${n % 900}`, '衬衫', 1_200, '2026-12-20', 12.5, '红 S=500 M=700', '经理'],
    ...[n % 1_200, '2026-11-20'],
  ]);
  return writeXlsx({ sheets: [{ name: '订单', rows: [head, ...rows] as never }] });
}
