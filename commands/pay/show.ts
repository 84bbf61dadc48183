import { z } from 'zod';
import { type CommandContext, defineCommand, type Reply } from '#bot/command';
import { month as monthField } from '#bot/fact-fields';
import { personRef } from '#bot/fields';
import { payEstimateCard } from '#cards/pay-estimate-card';
import { payslipCard } from '#cards/payslip-card';
import { addEstimate } from '#db/pay-runs';
import { UserError } from '#domain/errors';
import { allWarnings } from '#domain/pay/settle';
import { inputsText, resultText } from '#domain/pay/stored';
import type { Person } from '#domain/people/person';
import { say } from '#domain/text';
import { type Estimate, estimate } from '#usecases/pay/estimate';
import { lockedPay, payslipView } from '#usecases/pay/open';
import { takeHomeSettings } from '#usecases/pay/take-home-settings';
import { demandBegun, demandPayee, noteAsk, seesLegal } from './access.ts';

/** `/pay [month] [person=…]`: the payslip of a locked month, else an estimate from the facts so far. */
export const showPay = defineCommand({
  name: 'pay',
  aliases: ['工资'],
  summary: { zh: '我的工资：预估，或锁定后的工资条', en: 'my pay: an estimate, or the payslip once locked' },
  example: { zh: '/工资 10月', en: '/pay 2026-10' },
  roles: 'everyone',
  answers: 'private',
  reads: true,
  input: z.object({
    month: monthField.optional().meta({ word: 1, keys: ['月'], label: { zh: '月份', en: 'month' }, bare: true }),
    person: personRef.optional().meta({ keys: ['姓名', '员工'], label: { zh: '人员', en: 'person' } }),
  }),

  async run(ctx, { month: asked, person: word }) {
    const person = await demandPayee(ctx, 'see', word);
    const month = demandBegun(ctx, asked ?? ctx.today.slice(0, 7));
    await noteAsk(ctx, 'show', person, month);
    return (await payslipReply(ctx, person, month)) ?? (await estimateReply(ctx, person, month));
  },
});

/** The payslip, when the month is locked. */
export async function payslipReply(
  ctx: CommandContext,
  person: Person,
  month: string,
  news?: PayslipNews,
): Promise<Reply | undefined> {
  const locked = await lockedPay(ctx.tx, person.id, month);
  if (!locked) return undefined;
  const view = await payslipView(ctx.tx, locked, person, {
    viewer: ctx.actor,
    legal: seesLegal(ctx, person),
    today: ctx.today,
    zone: ctx.zone,
  });
  return { card: payslipCard({ ...view, ...news }) };
}
type PayslipNews = Pick<Parameters<typeof payslipCard>[0], 'news'>;

async function estimateReply(ctx: CommandContext, person: Person, month: string): Promise<Reply> {
  const found = await demandEstimate(ctx, person, month);
  await keepEstimate(ctx, person, month, found);
  const { settlement, outlook } = found;
  return {
    card: payEstimateCard({
      person,
      month,
      today: ctx.today,
      other: ctx.actor.id !== person.id,
      settlement,
      open: found.open,
      problems: found.problems,
      warnings: settlement ? allWarnings(settlement) : [],
      missed: found.missed,
      outlook: outlook && {
        totalFen: outlook.settlement.totalFen,
        orders: outlook.orders,
        assumesFullMarks: outlook.assumesFullMarks,
        stillOpen: outlook.open.length,
      },
      legal: seesLegal(ctx, person),
      takeHome: (await takeHomeSettings(ctx.tx, month)).on,
    }),
  };
}

/** @throws UserError for somebody under no scheme */
export async function demandEstimate(ctx: CommandContext, person: Person, month: string): Promise<Estimate> {
  const found = await estimate(ctx.tx, person.id, month, ctx.zone);
  if (found) return found;
  throw new UserError(
    'pay.no-scheme',
    say(
      `${month} 还没有登记你的工资方案，算不出来。`,
      `No pay scheme is recorded for ${month}, so nothing can be computed.`,
    ),
    say('请人事在花名册里登记方案和岗位工资。', 'Please ask HR to record the scheme and the position wage.'),
  );
}

/** Every estimate that was shown is kept, to be compared with what is paid in the end. */
async function keepEstimate(ctx: CommandContext, person: Person, month: string, found: Estimate): Promise<void> {
  if (!found.settlement) return;
  await addEstimate(ctx.tx, {
    personId: person.id,
    month,
    totalFen: found.settlement.totalFen,
    partial: found.open.length > 0 || found.problems.length > 0,
    inputs: inputsText(found.collected.inputs),
    result: resultText(found.settlement),
    at: ctx.now,
    eventId: ctx.source.eventId,
  });
}
