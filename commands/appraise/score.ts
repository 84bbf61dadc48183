import { z } from 'zod';
import { type CommandContext, defineCommand } from '#bot/command';
import { month as monthField } from '#bot/fact-fields';
import { freeText, personRef } from '#bot/fields';
import { scoreCard } from '#cards/appraisal-score-card';
import type { Card } from '#cards/kit';
import { draftOf, dropDrafts } from '#db/appraisals';
import { pointsText } from '#domain/appraisal/score';
import { say, type Text } from '#domain/text';
import { type Day, deskCardFor, evidenceOf } from '#usecases/appraisal-cards';
import { type LoadedSheet, monthEvidence } from '#usecases/appraisal-sheets';
import { again, cardFor, demandSheetToScore, step, subjectOf, usualMonth } from './access.ts';
import { demandScores, formFields, scoreList } from './score-fields.ts';

/** `/appraise score <person>` opens the form in the same card; with scores it hands them in and tells the employee (LB-A1 … A3). */
export const scoreSheet = defineCommand({
  name: 'appraise score',
  aliases: ['考核 打分', '考核 评分'],
  summary: { zh: '给下属打分', en: 'score somebody' },
  example: { zh: '/考核 打分 李敏 88/90/85 总评=“交期稳定”', en: '/appraise score 李敏 88/90/85 words="steady"' },
  roles: 'everyone',
  answers: 'private',
  input: z.object({
    person: personRef.meta({ word: 1, keys: ['姓名'], label: { zh: '员工', en: 'person' } }),
    month: monthField.optional().meta({ label: { zh: '月份', en: 'month' }, bare: true }),
    scores: scoreList.optional().meta({ keys: ['得分'], label: { zh: '分数', en: 'scores' }, bare: true }),
    reason: freeText(600)
      .optional()
      .meta({ keys: ['原因'], label: { zh: '理由', en: 'reason' } }),
    words: freeText(2000)
      .optional()
      .meta({ keys: ['评语'], label: { zh: '总评', en: 'words' } }),
    sure: freeText(3)
      .optional()
      .meta({ label: { zh: '确定', en: 'sure' }, hidden: true }),
    ...formFields,
  }),

  async run(ctx, args) {
    const { person: word, month = usualMonth(ctx), words = '', scores: list, sure } = args;
    const { loaded, day } = await demandSheetToScore(ctx, word, month, 'score');
    if (!sure && !list) return { card: await formFor(ctx, loaded, { kind: 'score' }), subject: subjectOf(loaded) };
    const scores = await demandScores(ctx, loaded, args);
    await step(ctx, loaded, { kind: 'scored', data: scores, words });
    await dropDrafts(ctx.tx, loaded.sheet.id);
    const now = await again(ctx, loaded, day);
    const news = say(
      `✅ 已打分：${loaded.person.name} ${pointsText(scores.total)}，已私信本人确认。`,
      `✅ ${loaded.person.name}: ${pointsText(scores.total)}; told privately.`,
    );
    return {
      card: await deskOrResult(ctx, now, day, news),
      toast: { tone: 'success', text: say('已提交，已私信本人', 'Handed in; the employee was told') },
      subject: `desk:${month}:${ctx.actor.id}`,
      also: [
        {
          to: { person: loaded.person.openId },
          content: {
            type: 'card',
            card: await cardFor(
              ctx,
              now,
              loaded.person,
              day,
              say('你的月度考核结果出来了，请确认。', 'Your monthly appraisal is ready; please confirm.'),
            ),
            subject: subjectOf(now),
          },
          key: `appraisal:${now.sheet.id}:${now.state.scoredSeq}`,
        },
      ],
    };
  },
});

/** Back to the desk after an act; whoever has no desk any more sees the result. */
export async function deskOrResult(ctx: CommandContext, loaded: LoadedSheet, day: Day, news: Text): Promise<Card> {
  return (
    (await deskCardFor(ctx.tx, ctx.actor, loaded.sheet.month, day, { news })) ??
    (await cardFor(ctx, loaded, ctx.actor, day, news))
  );
}

/** The form with the month's facts, filled with the draft or with the scores that count now. */
export async function formFor(
  ctx: CommandContext,
  loaded: LoadedSheet,
  purpose: { kind: 'score' } | { kind: 'change'; objection: string },
  news?: Text,
): Promise<Card> {
  const { sheet, state, person } = loaded;
  const evidence = evidenceOf(loaded, await monthEvidence(ctx.tx, person.id, sheet.month, ctx.zone));
  const current = Object.fromEntries(
    sheet.criteria.flatMap(({ clause }, at) => {
      const result = state.scores?.results.find((each) => each.clause === clause);
      return [
        ...(result?.score === undefined ? [] : [[`s${at + 1}`, pointsText(result.score)]]),
        ...(result?.reason ? [[`r${at + 1}`, result.reason]] : []),
      ];
    }),
  );
  const draft = purpose.kind === 'score' ? await draftOf(ctx.tx, sheet.id, ctx.actor.id) : undefined;
  return scoreCard({
    person,
    month: sheet.month,
    criteria: sheet.criteria,
    evidence,
    values: draft ?? { ...current, ...(purpose.kind === 'score' && state.words && { words: state.words }) },
    purpose,
    ...(news !== undefined && { news }),
  });
}
