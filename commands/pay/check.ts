import { z } from 'zod';
import { defineCommand } from '#bot/command';
import { month as monthField } from '#bot/fact-fields';
import { addRunStep, hasOpenJob } from '#db/pay-runs';
import { stateOf } from '#domain/pay/run';
import { rolesFor } from '#domain/people/access';
import type { Role } from '#domain/people/person';
import { demandAct } from './access.ts';
import { demandRun, PAY_JOBS, runReply, settledMonth } from './run-access.ts';

/** `/pay check [month]`: the check list of a run, and who has read and answered the payslips. */
export const checkPay = defineCommand({
  name: 'pay check',
  aliases: ['工资 检查'],
  summary: { zh: '核算的检查清单：缺什么、争议、合规、变化大的', en: 'the check list of a run' },
  example: { zh: '/工资 检查 10月', en: '/pay check 2026-10' },
  roles: rolesFor('check') as Role[],
  answers: 'private',
  input: z.object({
    month: monthField.optional().meta({ word: 1, keys: ['月'], label: { zh: '月份', en: 'month' }, bare: true }),
  }),

  async run(ctx, { month: asked }) {
    demandAct(ctx, 'check');
    const month = settledMonth(ctx, asked);
    const run = await demandRun(ctx, month);
    const state = stateOf(run);
    const drafted = state.step('drafted');
    if (state.state === 'drafted' && drafted && !(await hasOpenJob(ctx.tx, PAY_JOBS, month))) {
      await addRunStep(ctx.tx, {
        runId: run.id,
        attempt: state.attempt,
        kind: 'checked',
        by: ctx.actor.id,
        at: ctx.now,
        digest: drafted.digest,
        eventId: ctx.source.eventId,
      });
      await ctx.record({ subject: `pay-run:${month}`, after: { attempt: state.attempt, state: 'checked' } });
    }
    return runReply(ctx, month);
  },
});
