import { z } from 'zod';
import { defineCommand } from '#bot/command';
import { month as monthField } from '#bot/fact-fields';
import { UserError } from '#domain/errors';
import { stateOf } from '#domain/pay/run';
import { rolesFor } from '#domain/people/access';
import type { Role } from '#domain/people/person';
import { say } from '#domain/text';
import { demandAct } from './access.ts';
import { demandIdle, demandRun, settledMonth, startJob } from './run-access.ts';

/** `/pay payslips [month]`: each payslip privately to its owner, once. */
export const payslipsCommand = defineCommand({
  name: 'pay payslips',
  aliases: ['工资 发工资条', '工资 工资条'],
  summary: { zh: '私下发出锁定月份的工资条', en: 'send the payslips of a locked month, privately' },
  example: { zh: '/工资 发工资条 10月', en: '/pay payslips 2026-10' },
  roles: rolesFor('payslips') as Role[],
  answers: 'private',
  input: z.object({
    month: monthField.optional().meta({ word: 1, keys: ['月'], label: { zh: '月份', en: 'month' }, bare: true }),
  }),

  async run(ctx, { month: asked }) {
    demandAct(ctx, 'payslips');
    const month = settledMonth(ctx, asked);
    const run = await demandRun(ctx, month);
    await demandIdle(ctx, month);
    const state = stateOf(run);
    if (!state.has('locked'))
      throw new UserError(
        'pay.not-locked',
        say(`${month} 还没有锁定。`, `${month} is not locked.`),
        say('先锁定再发。', 'Lock it first.'),
      );
    await ctx.record({ subject: `pay-run:${month}`, after: { asked: 'payslips' } });
    return startJob(
      ctx,
      'pay-payslips',
      { month, runId: run.id, attempt: state.attempt },
      say(`正在发 ${month} 的工资条`, `Sending the payslips of ${month}`),
    );
  },
});
