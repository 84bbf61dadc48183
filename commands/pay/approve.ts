import { z } from 'zod';
import { defineCommand } from '#bot/command';
import { month as monthField } from '#bot/fact-fields';
import { addRunStep, digestOfDrafts, draftHeads } from '#db/pay-runs';
import { UserError } from '#domain/errors';
import { againstApproval, stateOf } from '#domain/pay/run';
import { rolesFor } from '#domain/people/access';
import type { Role } from '#domain/people/person';
import { say } from '#domain/text';
import { demandAct } from './access.ts';
import { demandIdle, demandRun, runReply, settledMonth } from './run-access.ts';

/** `/pay approve [month]`: the second person's signature, on exactly the drafts that were checked. */
export const approvePay = defineCommand({
  name: 'pay approve',
  aliases: ['工资 审批', '工资 批准'],
  summary: { zh: '审批一个月的工资（第二个人）', en: 'approve a month (a second person)' },
  example: { zh: '/工资 审批 10月', en: '/pay approve 2026-10' },
  roles: rolesFor('approve') as Role[],
  answers: 'private',
  input: z.object({
    month: monthField.optional().meta({ word: 1, keys: ['月'], label: { zh: '月份', en: 'month' }, bare: true }),
  }),

  async run(ctx, { month: asked }) {
    demandAct(ctx, 'approve');
    const month = settledMonth(ctx, asked);
    const run = await demandRun(ctx, month);
    await demandIdle(ctx, month);
    const state = stateOf(run);
    const checked = state.step('checked');
    if (state.has('locked'))
      throw new UserError(
        'month.locked',
        say(`${month} 已经锁定。`, `${month} is locked already.`),
        say(`要改就写更正：/工资 更正 ${month}`, `To change it, correct it: /pay correct ${month}`),
      );
    if (!checked)
      throw new UserError(
        'pay.not-checked',
        say(`${month} 还没有检查。`, `${month} has not been checked.`),
        say(`先看检查清单：/工资 检查 ${month}`, `See the check list first: /pay check ${month}`),
      );
    const heads = await draftHeads(ctx.tx, run.id);
    const open = heads.filter(
      ({ problems, blocks }) => (problems as unknown[]).length > 0 || (blocks as unknown[]).length > 0,
    );
    if (open.length > 0 || heads.length === 0)
      throw new UserError(
        'pay.not-ready',
        heads.length === 0
          ? say(`${month} 没有人要核算。`, `Nobody is settled in ${month}.`)
          : say(
              `还有 ${open.length} 人缺事实或有未决的争议，不能审批。`,
              `${open.length} people lack facts or have open disputes; it cannot be approved.`,
            ),
        say(`处理后重新核算：/工资 核算 ${month}`, `Settle them and run again: /pay run ${month}`),
      );
    const against = againstApproval(
      ctx.actor,
      state,
      heads.filter(({ touched }) => touched).map(({ personId }) => personId),
    );
    if (against)
      throw new UserError(
        `pay.second-person.${against}`,
        against === 'ran-it'
          ? say('核算的人不能审批，要另一个人。', 'Whoever ran it cannot approve it; a second person has to.')
          : say(
              '你自己的工资有手工录入或更正，不能由你审批。',
              'Your own pay has figures entered or corrected by hand, so you cannot approve it.',
            ),
        say('请另一位财务或总经理审批。', 'Ask another person of finance, or the general manager.'),
      );
    if ((await digestOfDrafts(ctx.tx, run.id)) !== checked.digest)
      throw new UserError(
        'pay.changed-since-check',
        say('检查之后核算变了。', 'The drafts changed after the check.'),
        say(`请重新检查：/工资 检查 ${month}`, `Check again: /pay check ${month}`),
      );
    await addRunStep(ctx.tx, {
      runId: run.id,
      attempt: state.attempt,
      kind: 'approved',
      by: ctx.actor.id,
      at: ctx.now,
      digest: checked.digest,
      eventId: ctx.source.eventId,
    });
    await ctx.record({
      subject: `pay-run:${month}`,
      after: { attempt: state.attempt, state: 'approved', digest: checked.digest },
    });
    return runReply(ctx, month, say(`已审批 ${month}`, `${month} is approved`));
  },
});
