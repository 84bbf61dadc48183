import { z } from 'zod';
import { defineCommand } from '#bot/command';
import { month as monthField } from '#bot/fact-fields';
import { isLocked } from '#db/locked-months';
import { addRunStep, holdRun, lockedAfter, unlockedRunsBefore } from '#db/pay-runs';
import { UserError } from '#domain/errors';
import { stateOf } from '#domain/pay/run';
import { rolesFor } from '#domain/people/access';
import type { Role } from '#domain/people/person';
import { say } from '#domain/text';
import { demandAct, demandBegun } from './access.ts';
import { demandIdle, settledMonth, startJob } from './run-access.ts';

/** `/pay run [month]`: settles everybody into drafts, as a job. One run a month; running again replaces its drafts until it is locked. */
export const runPay = defineCommand({
  name: 'pay run',
  aliases: ['工资 核算', '工资 结算'],
  summary: { zh: '核算一个月的工资（草稿）', en: 'settle a month into drafts' },
  example: { zh: '/工资 核算 10月', en: '/pay run 2026-10' },
  roles: rolesFor('run') as Role[],
  answers: 'private',
  input: z.object({
    month: monthField.optional().meta({ word: 1, keys: ['月'], label: { zh: '月份', en: 'month' }, bare: true }),
  }),

  async run(ctx, { month: asked }) {
    demandAct(ctx, 'run');
    const month = demandBegun(ctx, settledMonth(ctx, asked));
    const run = await holdRun(ctx.tx, month, ctx.now);
    const state = stateOf(run);
    if (state.has('locked') || (await isLocked(ctx.tx, month)))
      throw new UserError(
        'month.locked',
        say(`${month} 已经锁定。`, `${month} is locked already.`),
        say(
          '要改的话，用 /工资 更正 把差额写进下一个月。',
          'To change something, use /pay correct; the difference goes into the next month.',
        ),
      );
    await demandIdle(ctx, month);
    const [earlier] = await unlockedRunsBefore(ctx.tx, month);
    if (earlier)
      throw new UserError(
        'pay.earlier-open',
        say(`${earlier} 还没有锁定，要按月份顺序来。`, `${earlier} is not locked yet; months go in their order.`),
        say(`先锁定：/工资 锁定 ${earlier}`, `Lock it first: /pay lock ${earlier}`),
      );
    const later = await lockedAfter(ctx.tx, month);
    if (later)
      throw new UserError(
        'pay.later-locked',
        say(
          `${later} 已经锁定，不能再核算更早的 ${month}。`,
          `${later} is locked already; the earlier ${month} cannot be run.`,
        ),
        say(
          `漏算的写进下一个未锁定的月份：/工资 事实 姓名 ${month} … 原因=……，再 /工资 更正 ${month}`,
          `What was left out goes into the next open month: /pay facts NAME ${month} … reason=…, then /pay correct ${month}`,
        ),
      );
    const attempt = state.attempt + 1;
    await addRunStep(ctx.tx, {
      runId: run.id,
      attempt,
      kind: 'started',
      by: ctx.actor.id,
      at: ctx.now,
      eventId: ctx.source.eventId,
    });
    await ctx.record({ subject: `pay-run:${month}`, after: { attempt, state: 'started' } });
    return startJob(ctx, 'pay-run', { month, runId: run.id, attempt }, say(`正在核算 ${month}`, `Settling ${month}`));
  },
});
