import { z } from 'zod';
import { type CommandContext, defineCommand, type Told } from '#bot/command';
import { month as monthField } from '#bot/fact-fields';
import { freeText } from '#bot/fields';
import { saidIn } from '#bot/said';
import { noticeCard } from '#cards/notice-card';
import { answerPayslip } from '#db/payslips';
import { peopleWithRole } from '#db/reporting-line';
import { UserError } from '#domain/errors';
import { say } from '#domain/text';
import { lockedPay, payslipView } from '#usecases/pay/open';
import { payslipReply } from './show.ts';

const monthOf = monthField.meta({ word: 1, keys: ['月'], label: { zh: '月份', en: 'month' }, bare: true });

/** `/pay confirm <month>`: the owner agrees with the payslip. */
export const confirmPay = defineCommand({
  name: 'pay confirm',
  aliases: ['工资 确认'],
  summary: { zh: '确认自己的工资条', en: 'confirm one’s own payslip' },
  example: { zh: '/工资 确认 10月', en: '/pay confirm 2026-10' },
  roles: 'everyone',
  answers: 'private',
  input: z.object({ month: monthOf }),
  async run(ctx, { month }) {
    await answer(ctx, month, 'confirmed', '');
    return {
      ...(await payslipReply(ctx, ctx.actor, month, { news: say('已确认', 'Confirmed') })),
      toast: { tone: 'success', text: say('已确认', 'Confirmed') },
    };
  },
});

/** `/pay object <month> <why>`: the owner disagrees; finance and HR are told privately. */
export const objectPay = defineCommand({
  name: 'pay object',
  aliases: ['工资 异议'],
  summary: { zh: '对自己的工资条提出异议', en: 'object to one’s own payslip' },
  example: { zh: '/工资 异议 10月 加班少算了 4 小时', en: '/pay object 2026-10 four overtime hours are missing' },
  roles: 'everyone',
  answers: 'private',
  input: z.object({
    month: monthOf,
    words: freeText(500)
      .min(1)
      .meta({ word: 'rest', keys: ['理由', '原因', 'reason'], label: { zh: '说明', en: 'why' } }),
  }),
  async run(ctx, { month, words }) {
    const settlementId = await answer(ctx, month, 'objected', words);
    const readers = [...(await peopleWithRole(ctx.tx, 'finance')), ...(await peopleWithRole(ctx.tx, 'hr'))].filter(
      ({ id }, at, all) => id !== ctx.actor.id && all.findIndex((other) => other.id === id) === at,
    );
    const also = readers.map(
      (reader): Told => ({
        to: { person: reader.openId },
        content: {
          type: 'card',
          card: noticeCard(say('有一份工资条有异议，请查看。', 'A payslip was objected to; please look.'), 'warning', [
            { label: say('查看', 'See'), action: { command: 'pay check', args: { month } } },
          ]),
        },
        key: `pay-objection:${settlementId}:${reader.id}`,
      }),
    );
    const news = say('已提出异议，财务和人事会处理', 'Your objection was handed to finance and HR');
    return { ...(await payslipReply(ctx, ctx.actor, month, { news })), toast: { tone: 'success', text: news }, also };
  },
});

/** Stores the owner's word about a payslip, once and in time. */
async function answer(
  ctx: CommandContext,
  month: string,
  word: 'confirmed' | 'objected',
  words: string,
): Promise<number> {
  const locked = await lockedPay(ctx.tx, ctx.actor.id, month);
  const view =
    locked &&
    (await payslipView(ctx.tx, locked, ctx.actor, {
      viewer: ctx.actor,
      legal: false,
      today: ctx.today,
      zone: ctx.zone,
    }));
  if (!locked || !view)
    throw new UserError(
      'pay.no-payslip',
      say(`你没有 ${month} 的工资条。`, `You have no payslip of ${month}.`),
      say(
        `锁定并发出后才有；目前的预估：/工资 ${month}`,
        `There is one once the month is locked and sent; the estimate: /pay ${month}`,
      ),
    );
  if (view.answer)
    throw new UserError(
      'pay.answered',
      say(`你已经${view.answer.answer === 'confirmed' ? '确认过' : '提过异议'}了。`, 'You have answered already.'),
      say('还有问题请直接联系财务。', 'Please speak to finance directly.'),
    );
  if (!view.answerBy)
    throw new UserError(
      'pay.too-late',
      say('工资条还没有发出，或异议期已过。', 'The payslip was not sent yet, or the time to object is over.'),
      say('请直接联系财务。', 'Please speak to finance directly.'),
    );
  await answerPayslip(ctx.tx, {
    settlementId: locked.row.id,
    answer: word,
    words,
    ...saidIn(ctx),
  });
  await ctx.record({ subject: `payslip:${locked.row.id}`, after: { answer: word, words } });
  return locked.row.id;
}
