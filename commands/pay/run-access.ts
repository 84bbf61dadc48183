import type { CommandContext, Reply } from '#bot/command';
import { sendCard } from '#bot/deliver';
import { payProgressCard, payRunCard } from '#cards/pay-run-card';
import { addJob } from '#db/jobs';
import { findRun, hasOpenJob, lockRun } from '#db/pay-runs';
import type { Month } from '#domain/calendar/dates';
import { UserError } from '#domain/errors';
import type { Run } from '#domain/pay/run';
import { say, type Text } from '#domain/text';
import { runView } from '#usecases/pay/run-view';

/** The month that is meant when none is written: the last one, which is what is settled. */
export const settledMonth = (ctx: CommandContext, month: string | undefined): Month => {
  if (month !== undefined) return month;
  const [year = 0, number = 0] = ctx.today.split('-').map(Number);
  return number === 1 ? `${year - 1}-12` : `${year}-${`${number - 1}`.padStart(2, '0')}`;
};

/** The run of a month, held until the transaction ends. */
export async function demandRun(ctx: CommandContext, month: Month): Promise<Run> {
  const run = await findRun(ctx.tx, month);
  if (run) return lockRun(ctx.tx, run.id);
  throw new UserError(
    'pay.no-run',
    say(`${month} 还没有核算。`, `There is no run of ${month}.`),
    say(`先核算：/工资 核算 ${month}`, `Run it first: /pay run ${month}`),
  );
}

export const PAY_JOBS = ['pay-run', 'pay-lock', 'pay-payslips'];

/** @throws UserError while a job works on the month */
export async function demandIdle(ctx: CommandContext, month: Month): Promise<void> {
  if (!(await hasOpenJob(ctx.tx, PAY_JOBS, month))) return;
  throw new UserError(
    'pay.busy',
    say(`${month} 正在处理，完成后会告诉发起的人。`, `${month} is being worked on; whoever asked for it will be told.`),
    say('请稍等。', 'Please wait a moment.'),
  );
}

/** Starts a job with its progress card in private; the card becomes the run's card when it is done. */
export async function startJob(
  ctx: CommandContext,
  kind: string,
  args: { month: Month; runId?: number; attempt?: number },
  what: Text,
): Promise<Reply> {
  const cardKey = await sendCard(
    ctx.tx,
    { to: { person: ctx.actor.openId } },
    payProgressCard(args.month, what, 0, 0),
    { now: ctx.now, subject: `pay-run:${args.month}` },
  );
  await addJob(ctx.tx, { kind, args, by: ctx.actor.id, cardKey }, ctx.now);
  return ctx.via === 'text' ? {} : { toast: { tone: 'info', text: what } };
}

export async function runReply(ctx: CommandContext, month: Month, news?: Text): Promise<Reply> {
  const run = await findRun(ctx.tx, month);
  return {
    card: payRunCard(await runView(ctx.tx, run!, { zone: ctx.zone, ...(news !== undefined && { news }) })),
    subject: `pay-run:${month}`,
    ...(news !== undefined && { toast: { tone: 'success' as const, text: news } }),
  };
}
