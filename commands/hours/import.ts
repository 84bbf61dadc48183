import { z } from 'zod';
import { defineCommand } from '#bot/command';
import { sendCard } from '#bot/deliver';
import { month as monthField } from '#bot/fact-fields';
import { noticeCard } from '#cards/notice-card';
import { addJob } from '#db/jobs';
import { demandOpenMonth } from '#db/locked-months';
import { say } from '#domain/text';
import { hoursColumns } from '#usecases/import-hours';

/** `/hours import [month]`: from Feishu attendance as a job; without a month it says how to send a file. */
export const importHoursCommand = defineCommand({
  name: 'hours import',
  aliases: ['工时 导入'],
  summary: {
    zh: '导入工时：发 Excel/CSV，或从飞书考勤取一个月',
    en: 'import hours: send a file, or fetch a month from attendance',
  },
  example: { zh: '/工时 导入 10月', en: '/hours import 2026-10' },
  roles: ['finance', 'hr'],
  answers: 'private',
  input: z.object({ month: monthField.optional().meta({ word: 1, label: { zh: '月份', en: 'month' }, bare: true }) }),

  async run(ctx, { month }) {
    if (month === undefined)
      return {
        card: noticeCard(
          say(
            `把 Excel 或 CSV 直接发给我就会导入，第一行是列名：${hoursColumns.join(',')}（中文列名也可以：工号、姓名、月份、应出勤、实出勤、加班、夜班、规范、表现、原因）。有一处写错就整份都不导入。要从飞书考勤取，请写月份：/工时 导入 10月`,
            `Send me the Excel or CSV file; the first row holds the column names: ${hoursColumns.join(',')}. One mistake and nothing is imported. To fetch from attendance, give the month: /hours import 2026-10`,
          ),
        ),
      };
    await demandOpenMonth(ctx.tx, month);
    // the job fills this card up, also when it is refused later; so its key must be known before
    const cardKey = await sendCard(
      ctx.tx,
      { to: { person: ctx.actor.openId } },
      noticeCard(
        say(
          `正在从飞书考勤取 ${month} 的工时，完成后在这里告诉你。`,
          `Fetching the hours of ${month} from attendance; the result comes here.`,
        ),
      ),
      { now: ctx.now },
    );
    const args = { month, eventId: ctx.source.eventId };
    await addJob(ctx.tx, { kind: 'import-attendance', args, by: ctx.actor.id, cardKey }, ctx.now);
    await ctx.record({ subject: `hours:${month}`, after: { import: 'attendance' } });
    return {};
  },
});
