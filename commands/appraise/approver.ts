import { z } from 'zod';
import { defineCommand } from '#bot/command';
import { freeText } from '#bot/fields';
import { noticeCard } from '#cards/notice-card';
import { onePerson } from '#commands/people/lookup';
import { putSetting, setting } from '#db/settings';
import { say } from '#domain/text';
import { APPROVERS } from '#usecases/appraisal-approval';

/** `/appraise approver <people>` (LB-A7): who approves, e.g. the sales manager; `-` gives it back to the general manager. */
export const setApprovers = defineCommand({
  name: 'appraise approver',
  aliases: ['考核 审批人'],
  summary: { zh: '指定谁审批考核结果', en: 'name who approves the results' },
  example: { zh: '/考核 审批人 周营销', en: '/appraise approver 周营销' },
  roles: ['admin', 'hr'],
  answers: 'private',
  input: z.object({
    people: freeText(200).meta({
      word: 'rest',
      label: { zh: '人员', en: 'people' },
      placeholder: say('多人用顿号分开；- 表示总经理', 'several by commas; - for the general manager'),
    }),
  }),

  async run(ctx, { people: words }) {
    const named = [];
    for (const word of words.split(/[、,，;；\s]+/).filter((each) => each && each !== '-'))
      named.push(await onePerson(ctx.tx, word));
    const before = await setting(ctx.tx, APPROVERS);
    await putSetting(
      ctx.tx,
      APPROVERS,
      named.map(({ id }) => id),
      ctx.now,
    );
    await ctx.record({ subject: 'setting:appraisal.approvers', before, after: named.map(({ id }) => id) });
    const who = named.map(({ name }) => name);
    return {
      card: noticeCard(
        who.length > 0
          ? say(`考核结果由 ${who.join('、')} 审批。`, `Results are approved by ${who.join(', ')}.`)
          : say('考核结果由总经理审批。', 'Results are approved by the general manager.'),
        'success',
      ),
    };
  },
});
