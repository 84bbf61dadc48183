import { z } from 'zod';
import { defineCommand } from '#bot/command';
import { month as monthField } from '#bot/fact-fields';
import { personRef } from '#bot/fields';
import { onePerson } from '#commands/people/lookup';
import { cardFor, demandSheetToSee, subjectOf, usualMonth } from './access.ts';

/** `/appraise results [person] [month]`: one's own, or of somebody one may see. */
export const showResults = defineCommand({
  name: 'appraise results',
  aliases: ['考核 结果', '考核 查看'],
  summary: { zh: '查看考核结果', en: 'see a result' },
  example: { zh: '/考核 结果 10月', en: '/appraise results 2026-10' },
  roles: 'everyone',
  answers: 'private',
  reads: true,
  input: z.object({
    person: personRef.optional().meta({ word: 1, keys: ['姓名'], label: { zh: '员工', en: 'person' } }),
    month: monthField.optional().meta({ label: { zh: '月份', en: 'month' }, bare: true }),
  }),

  async run(ctx, { person: word, month = usualMonth(ctx) }) {
    const person = word === undefined ? ctx.actor : await onePerson(ctx.tx, word);
    const { loaded, day } = await demandSheetToSee(ctx, person, month);
    return { card: await cardFor(ctx, loaded, ctx.actor, day), subject: subjectOf(loaded) };
  },
});
