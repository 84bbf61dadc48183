import { z } from 'zod';
import { defineCommand } from '#bot/command';
import { month as monthField } from '#bot/fact-fields';
import { UserError } from '#domain/errors';
import { stateOf } from '#domain/pay/run';
import { rolesFor } from '#domain/people/access';
import type { Role } from '#domain/people/person';
import { say } from '#domain/text';
import { demandAct } from './access.ts';
import { demandIdle, demandRun, runReply, settledMonth, startJob } from './run-access.ts';

/** `/pay lock [month]`: keeps what was approved, for good; as a job that does all of it or nothing. */
export const lockPayCommand = defineCommand({
  name: 'pay lock',
  aliases: ['工资 锁定'],
  summary: { zh: '锁定审批过的月份', en: 'lock an approved month' },
  example: { zh: '/工资 锁定 10月', en: '/pay lock 2026-10' },
  roles: rolesFor('lock') as Role[],
  answers: 'private',
  input: z.object({
    month: monthField.optional().meta({ word: 1, keys: ['月'], label: { zh: '月份', en: 'month' }, bare: true }),
  }),

  async run(ctx, { month: asked }) {
    demandAct(ctx, 'lock');
    const month = settledMonth(ctx, asked);
    const run = await demandRun(ctx, month);
    await demandIdle(ctx, month);
    const state = stateOf(run);
    if (state.has('locked')) return runReply(ctx, month);
    if (!state.has('approved'))
      throw new UserError(
        'pay.not-approved',
        say(`${month} 还没有审批。`, `${month} is not approved.`),
        say(
          '请另一位财务或总经理审批：/工资 审批',
          'Ask another person of finance or the general manager: /pay approve',
        ),
      );
    await ctx.record({ subject: `pay-run:${month}`, after: { attempt: state.attempt, asked: 'lock' } });
    return startJob(
      ctx,
      'pay-lock',
      { month, runId: run.id, attempt: state.attempt },
      say(`正在锁定 ${month}`, `Locking ${month}`),
    );
  },
});
