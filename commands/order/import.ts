import { z } from 'zod';
import { defineCommand } from '#bot/command';
import { noticeCard } from '#cards/notice-card';
import { masterColumns } from '#domain/order/table';
import { say } from '#domain/text';

/** `/order import` (O14): says how; the file itself is sent to the bot in private. */
export const importOrdersCommand = defineCommand({
  name: 'order import',
  aliases: ['订单 导入'],
  summary: { zh: '导入订单（私聊发 Excel 或 CSV）', en: 'import orders (send Excel or CSV in private)' },
  example: { zh: '/订单 导入', en: '/order import' },
  roles: ['merchandiser', 'manager', 'general_manager', 'admin'],
  answers: 'private',
  reads: true,
  input: z.object({}),

  async run() {
    const zh = masterColumns.map((column) => column.zh).join('、');
    const en = masterColumns.map(({ names }) => names[0]).join(', ');
    return {
      card: noticeCard(
        say(
          `把 Excel 或 CSV 文件直接发给我就会导入。第一行是列名：${zh}；各工序还可以有「缝制 计划」「缝制 实际」「缝制 完成数」。有一处写错，就整份都不导入，并告诉你在哪个表、哪一行、哪一列。/订单 导出 的文件可以原样导回来。`,
          `Send me the Excel or CSV file and it is imported. The first row holds the column names: ${en}; for stages also “sewing planned”, “sewing actual”, “sewing done”. One mistake and nothing is imported; you are told the sheet, row and column. What /order export writes can be imported again.`,
        ),
        'info',
        [
          {
            label: say('导出一份看看', 'Export one to see'),
            action: { command: 'order export', args: { scope: 'mine' } },
          },
        ],
      ),
    };
  },
});
