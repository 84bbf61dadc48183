import { z } from 'zod';
import { defineCommand } from '#bot/command';
import { calendarCard } from '#cards/calendar-card';
import { noticesOf } from '#db/calendar';
import { say } from '#domain/text';
import { contradictionsOf, unknownYear } from '#usecases/notices';
import { year as yearField } from './year.ts';

/** `/calendar show [year]`. */
export const showCalendar = defineCommand({
  name: 'calendar show',
  aliases: ['日历 查看', '日历 显示'],
  summary: { zh: '查看一年的放假和调休上班', en: 'show a year’s holidays and worked weekend days' },
  example: { zh: '/日历 查看 2026', en: '/calendar show 2026' },
  roles: 'everyone',
  answers: 'anywhere',
  reads: true,
  input: z.object({ year: yearField.optional().meta({ word: 1, label: { zh: '年份', en: 'year' }, bare: true }) }),

  async run(ctx, { year = Number(ctx.today.slice(0, 4)) }) {
    const notices = await noticesOf(ctx.tx);
    const notice = notices.find((each) => each.year === year);
    if (!notice) throw unknownYear(year);
    return {
      card: calendarCard({
        notice,
        contradictions: contradictionsOf(year, notices),
        mayAdd: ctx.place === 'private' && ctx.actor.roles.includes('admin'),
      }),
      toast: { tone: 'info', text: say(`${year} 年`, `${year}`) },
    };
  },
});
