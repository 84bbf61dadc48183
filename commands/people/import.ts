import { z } from 'zod';
import { defineCommand } from '#bot/command';
import { noticeCard } from '#cards/notice-card';
import { say } from '#domain/text';

/** `/people import`: says how; the file itself is sent to the bot in private. */
export const importPeopleCommand = defineCommand({
  name: 'people import',
  aliases: ['人员 导入'],
  summary: { zh: '导入花名册（私聊发 CSV 或 Excel）', en: 'import the roster (send CSV or Excel in private)' },
  example: { zh: '/人员 导入', en: '/people import' },
  roles: ['hr', 'admin'],
  answers: 'private',
  reads: true,
  input: z.object({}),

  async run() {
    return {
      card: noticeCard(
        say(
          '把 CSV 或 Excel 文件直接发给我就会导入。第一行是列名：open_id,name,employee_no,department,manager_open_id,roles,scheme,position_wage_yuan,performance_base_yuan,hired_on,probation_until。有一处写错，就整份都不导入，并告诉你在哪一行哪一列。',
          'Send me the CSV or Excel file and it is imported. The first row holds the column names: open_id,name,employee_no,department,manager_open_id,roles,scheme,position_wage_yuan,performance_base_yuan,hired_on,probation_until. One mistake and nothing is imported; you are told the line and column.',
        ),
      ),
    };
  },
});
