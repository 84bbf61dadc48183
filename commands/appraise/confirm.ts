import { z } from 'zod';
import { defineCommand } from '#bot/command';
import { month as monthField } from '#bot/fact-fields';
import { say } from '#domain/text';
import { again, cardFor, demandOwnSheet, step, subjectOf, usualMonth } from './access.ts';
import { demandVersion, version } from './version.ts';

/** `/appraise confirm [month]` (LB-A4): the employee agrees. */
export const confirmSheet = defineCommand({
  name: 'appraise confirm',
  aliases: ['考核 确认'],
  summary: { zh: '确认我的考核结果', en: 'confirm my result' },
  example: { zh: '/考核 确认 10月', en: '/appraise confirm 2026-10' },
  roles: 'everyone',
  answers: 'private',
  input: z.object({
    month: monthField.optional().meta({ word: 1, label: { zh: '月份', en: 'month' }, bare: true }),
    version,
  }),

  async run(ctx, { month = usualMonth(ctx), version: seen }) {
    const { loaded, day } = await demandOwnSheet(ctx, month, 'confirm');
    demandVersion(loaded, seen);
    await step(ctx, loaded, { kind: 'confirmed' });
    const news = say('✅ 你已确认。', '✅ You confirmed it.');
    return {
      card: await cardFor(ctx, await again(ctx, loaded, day), ctx.actor, day, news),
      toast: { tone: 'success', text: say('已确认', 'Confirmed') },
      subject: subjectOf(loaded),
    };
  },
});
