import { z } from 'zod';
import { defineCommand } from '#bot/command';
import { month as monthField } from '#bot/fact-fields';
import { choice, freeText, personRef } from '#bot/fields';
import { UserError } from '#domain/errors';
import { say } from '#domain/text';
import { again, cardFor, demandSheetToScore, step, subjectOf, usualMonth } from './access.ts';
import { deskOrResult, formFor } from './score.ts';
import { demandScores, formFields, scoreList } from './score-fields.ts';

const decision = choice([
  { value: 'uphold', label: { zh: '维持', en: 'uphold' } },
  { value: 'change', label: { zh: '改分', en: 'change' } },
]);

/** `/appraise decide <person> uphold|change` (LB-A4): the manager answers an objection. Both versions are kept. */
export const decideSheet = defineCommand({
  name: 'appraise decide',
  aliases: ['考核 复核', '考核 决定'],
  summary: { zh: '复核异议：维持或改分', en: 'review an objection: uphold or change' },
  example: {
    zh: '/考核 复核 李敏 维持 原因=“交期以合同为准”',
    en: '/appraise decide 李敏 uphold reason="the contract’s date counts"',
  },
  roles: 'everyone',
  answers: 'private',
  input: z.object({
    person: personRef.meta({ word: 1, keys: ['姓名'], label: { zh: '员工', en: 'person' } }),
    month: monthField.optional().meta({ word: 2, label: { zh: '月份', en: 'month' }, bare: true }),
    decision: decision.meta({ word: 3, label: { zh: '决定', en: 'decision' }, bare: true }),
    scores: scoreList.optional().meta({ label: { zh: '分数', en: 'scores' }, bare: true, hidden: true }),
    reason: freeText(1000)
      .optional()
      .meta({ keys: ['理由'], label: { zh: '原因', en: 'reason' } }),
    words: freeText(2000)
      .optional()
      .meta({ label: { zh: '说明', en: 'words' }, hidden: true }),
    sure: freeText(3)
      .optional()
      .meta({ label: { zh: '确定', en: 'sure' }, hidden: true }),
    ...formFields,
  }),

  async run(ctx, args) {
    const { person: word, month = usualMonth(ctx), decision: wanted, scores: list, sure } = args;
    const { loaded, day } = await demandSheetToScore(ctx, word, month, 'decide');
    const words = (args.words ?? args.reason ?? '').trim();
    if (wanted === 'change' && !sure && !list)
      return {
        card: await formFor(ctx, loaded, { kind: 'change', objection: loaded.state.objection!.words }),
        subject: subjectOf(loaded),
      };
    if (!words)
      throw new UserError(
        'appraisal.words',
        say('请写明复核的理由，本人会看到。', 'Say why; the employee sees it.'),
        say('例如：理由=“核对了出货记录，维持原分”', 'For example: reason="checked the shipments, the score stands"'),
      );
    const scores = wanted === 'change' ? await demandScores(ctx, loaded, args) : undefined;
    await step(ctx, loaded, {
      kind: wanted === 'change' ? 'changed' : 'upheld',
      ...(scores && { data: scores }),
      words,
    });
    const now = await again(ctx, loaded, day);
    const news = say(
      `✅ 已复核 ${loaded.person.name}，已私信本人。`,
      `✅ ${loaded.person.name} is reviewed and was told privately.`,
    );
    return {
      card: await deskOrResult(ctx, now, day, news),
      toast: { tone: 'success', text: say('已复核，已私信本人', 'Reviewed; the employee was told') },
      subject: subjectOf(now),
      also: [
        {
          to: { person: loaded.person.openId },
          content: {
            type: 'card',
            card: await cardFor(ctx, now, loaded.person, day, say('你的异议已复核。', 'Your objection was reviewed.')),
            subject: subjectOf(now),
          },
          key: `appraisal:${now.sheet.id}:reviewed:${now.steps.length}`,
        },
      ],
    };
  },
});
