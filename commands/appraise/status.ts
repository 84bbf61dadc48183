import { z } from 'zod';
import { type CommandContext, defineCommand } from '#bot/command';
import { month as monthField } from '#bot/fact-fields';
import { statisticsCard } from '#cards/appraisal-statistics-card';
import { sheetsOf } from '#db/appraisals';
import { everybodyBelow } from '#db/reporting-line';
import type { Month } from '#domain/calendar/dates';
import { deskOf, statisticsRows } from '#usecases/appraisal-cards';
import { type LoadedSheet, loadSheets } from '#usecases/appraisal-sheets';
import { dayOf, unknownSheet, usualMonth } from './access.ts';

/** `/appraise status [month]`: where everybody stands: the company's for the general manager, HR and finance, else one's own people. */
export const showStatus = defineCommand({
  name: 'appraise status',
  aliases: ['考核 进度', '考核 统计'],
  summary: { zh: '考核进度和统计', en: 'where the appraisal stands' },
  example: { zh: '/考核 进度 10月', en: '/appraise status 2026-10' },
  roles: 'everyone',
  answers: 'private',
  reads: true,
  input: z.object({ month: monthField.optional().meta({ word: 1, label: { zh: '月份', en: 'month' }, bare: true }) }),

  async run(ctx, { month = usualMonth(ctx) }) {
    const shown = await visible(ctx, month);
    if (shown.length === 0) throw unknownSheet(month);
    return {
      card: statisticsCard({ month, rows: statisticsRows(shown), locale: ctx.locale, kind: 'status', withChart: true }),
    };
  },
});

/** The sheets that a person may see in a list; never the own one among them unless everybody's are. */
async function visible(ctx: CommandContext, month: Month): Promise<LoadedSheet[]> {
  const day = await dayOf(ctx);
  const load = async (found: Awaited<ReturnType<typeof sheetsOf>>) => loadSheets(ctx.tx, found, ctx.today, day.notices);
  if (ctx.actor.roles.some((role) => role === 'general_manager' || role === 'hr' || role === 'finance'))
    return load(await sheetsOf(ctx.tx, month));
  const below = (await everybodyBelow(ctx.tx, ctx.actor.id, 1000)).map(({ id }) => id);
  const own = await load(await sheetsOf(ctx.tx, month, { personIds: below }));
  const desk = await deskOf(ctx.tx, ctx.actor, month, day);
  return [...own, ...desk.filter(({ sheet }) => !own.some((other) => other.sheet.id === sheet.id))];
}
