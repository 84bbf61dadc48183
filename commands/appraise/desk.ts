import { z } from 'zod';
import { defineCommand } from '#bot/command';
import { month as monthField } from '#bot/fact-fields';
import { pageNumber } from '#bot/fields';
import { findSheet } from '#db/appraisals';
import { deskCardFor } from '#usecases/appraisal-cards';
import { cardFor, dayOf, demandSheetToSee, subjectOf, unknownSheet, usualMonth } from './access.ts';

/** `/appraise [month]` 考核: one's desk; who scores nobody sees the own result. */
export const openDesk = defineCommand({
  name: 'appraise',
  aliases: ['考核', 'kh'],
  summary: { zh: '我的考核工作台', en: 'my appraisal desk' },
  example: { zh: '/考核', en: '/appraise' },
  roles: 'everyone',
  answers: 'private',
  reads: true,
  input: z.object({
    month: monthField.optional().meta({ word: 1, label: { zh: '月份', en: 'month' }, bare: true }),
    page: pageNumber.optional().meta({ label: { zh: '页', en: 'page' }, hidden: true }),
  }),

  async run(ctx, { month = usualMonth(ctx), page = 1 }) {
    const day = await dayOf(ctx);
    const desk = await deskCardFor(ctx.tx, ctx.actor, month, day, { page });
    if (desk) return { card: desk, subject: `desk:${month}:${ctx.actor.id}` };
    if (!(await findSheet(ctx.tx, ctx.actor.id, month))) throw unknownSheet(month);
    const { loaded } = await demandSheetToSee(ctx, ctx.actor, month);
    return { card: await cardFor(ctx, loaded, ctx.actor, day), subject: subjectOf(loaded) };
  },
});
