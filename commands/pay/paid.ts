import { z } from 'zod';
import { defineCommand } from '#bot/command';
import { month as monthField } from '#bot/fact-fields';
import { addRunStep } from '#db/pay-runs';
import { UserError } from '#domain/errors';
import { stateOf } from '#domain/pay/run';
import { rolesFor } from '#domain/people/access';
import type { Role } from '#domain/people/person';
import { say } from '#domain/text';
import { demandAct } from './access.ts';
import { demandRun, runReply, settledMonth } from './run-access.ts';

/** `/pay paid [month]`: notes that the money went out. */
export const paidCommand = defineCommand({
  name: 'pay paid',
  aliases: ['工资 已发放', '工资 发放'],
  summary: { zh: '标记一个月的工资已发放', en: 'mark a month as paid' },
  example: { zh: '/工资 已发放 10月', en: '/pay paid 2026-10' },
  roles: rolesFor('paid') as Role[],
  answers: 'private',
  input: z.object({
    month: monthField.optional().meta({ word: 1, keys: ['月'], label: { zh: '月份', en: 'month' }, bare: true }),
  }),

  async run(ctx, { month: asked }) {
    demandAct(ctx, 'paid');
    const month = settledMonth(ctx, asked);
    const run = await demandRun(ctx, month);
    const state = stateOf(run);
    if (!state.has('locked'))
      throw new UserError(
        'pay.not-locked',
        say(`${month} 还没有锁定。`, `${month} is not locked.`),
        say('先锁定再发放。', 'Lock it first.'),
      );
    if (
      await addRunStep(ctx.tx, {
        runId: run.id,
        attempt: state.attempt,
        kind: 'paid',
        by: ctx.actor.id,
        at: ctx.now,
        eventId: ctx.source.eventId,
      })
    )
      await ctx.record({ subject: `pay-run:${month}`, after: { state: 'paid' } });
    return runReply(ctx, month, say(`${month} 已标记为发放`, `${month} is marked as paid`));
  },
});
