import { z } from 'zod';
import { defineCommand } from '#bot/command';
import { month as monthField } from '#bot/fact-fields';
import { freeText, personRef } from '#bot/fields';
import { saveDraft } from '#db/appraisals';
import { say } from '#domain/text';
import { demandSheetToScore, subjectOf, usualMonth } from './access.ts';
import { formFor } from './score.ts';
import { formFields, valuesOf } from './score-fields.ts';

/** Keeps what was typed so far; nobody is told, nothing is checked yet. */
export const draftScores = defineCommand({
  name: 'appraise draft',
  aliases: ['考核 草稿'],
  summary: { zh: '存打分草稿（打分表里的按钮）', en: 'save a draft (a button of the scoring form)' },
  example: { zh: '/考核 草稿 李敏', en: '/appraise draft 李敏' },
  roles: 'everyone',
  answers: 'private',
  input: z.object({
    person: personRef.meta({ word: 1, keys: ['姓名'], label: { zh: '员工', en: 'person' } }),
    month: monthField.optional().meta({ label: { zh: '月份', en: 'month' }, bare: true }),
    words: freeText(2000)
      .optional()
      .meta({ keys: ['评语'], label: { zh: '总评', en: 'words' } }),
    ...formFields,
  }),

  async run(ctx, args) {
    const { loaded } = await demandSheetToScore(ctx, args.person, args.month ?? usualMonth(ctx), 'score');
    const values = valuesOf(args);
    if (Object.keys(values).length > 0) {
      await saveDraft(ctx.tx, loaded.sheet.id, ctx.actor.id, values, ctx.now);
      await ctx.record({ subject: subjectOf(loaded), after: { draft: 'saved' } });
    }
    const news = say('草稿已保存，随时可以接着打。', 'The draft is saved; go on whenever you like.');
    return {
      card: await formFor(ctx, loaded, { kind: 'score' }, news),
      toast: { tone: 'success', text: news },
      subject: subjectOf(loaded),
    };
  },
});
