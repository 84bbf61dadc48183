import { z } from 'zod';
import { type CommandContext, defineCommand, type Reply } from '#bot/command';
import { month as monthField } from '#bot/fact-fields';
import { money, personRef } from '#bot/fields';
import { payNetCard } from '#cards/pay-net-card';
import { UserError } from '#domain/errors';
import type { Person } from '#domain/people/person';
import { say, type Text } from '#domain/text';
import { takeHome } from '#usecases/pay/take-home';
import { takeHomeSettings } from '#usecases/pay/take-home-settings';
import { demandBegun, demandPayee, noteAsk } from './access.ts';

/** `/pay net [month] [bonus=…]`: what may reach the account, where the company has switched the estimate on. */
export const netPay = defineCommand({
  name: 'pay net',
  aliases: ['工资 实发', '工资 到手'],
  summary: { zh: '实发估算：扣社保公积金和个税后大约多少', en: 'take-home estimate: after contributions and tax' },
  example: { zh: '/工资 实发 10月 奖金=30000', en: '/pay net 2026-10 bonus=30000' },
  roles: 'everyone',
  answers: 'private',
  reads: true,
  input: z.object({
    month: monthField.optional().meta({ word: 1, keys: ['月'], label: { zh: '月份', en: 'month' }, bare: true }),
    bonus: money.optional().meta({ keys: ['年终奖', '奖金'], label: { zh: '一次性奖金', en: 'one-off bonus' } }),
    person: personRef.optional().meta({ keys: ['姓名', '员工'], label: { zh: '人员', en: 'person' } }),
  }),

  async run(ctx, { month: asked, person: word, bonus }) {
    const payee = await demandPayee(ctx, 'see', word);
    const month = demandBegun(ctx, asked ?? ctx.today.slice(0, 7));
    await noteAsk(ctx, 'net', payee, month);
    return netReply(ctx, payee, month, { ...(bonus !== undefined && { bonusFen: bonus }) });
  },
});

/** The estimate of a month; `news` says what was just recorded. */
export async function netReply(
  ctx: CommandContext,
  payee: Person,
  month: string,
  { bonusFen, news }: { bonusFen?: bigint; news?: Text },
): Promise<Reply> {
  if (!(await takeHomeSettings(ctx.tx, month)).on)
    throw new UserError(
      'pay.net-off',
      say('公司没有打开实发估算。', 'The company has not switched the take-home estimate on.'),
      say('财务或人事可以打开：/工资 设置 实发估算=开', 'Finance or HR can: /pay settings takeHome=on'),
    );
  const view = await takeHome(ctx.tx, payee, month, { zone: ctx.zone, ...(bonusFen !== undefined && { bonusFen }) });
  if (!view)
    throw new UserError(
      'pay.no-facts',
      say(`${month} 的工资还算不出来。`, `The pay of ${month} cannot be computed yet.`),
      say(`先看缺什么：/工资 ${month}`, `See what is missing: /pay ${month}`),
    );
  return {
    card: payNetCard({
      ...view,
      person: payee,
      month,
      other: payee.id !== ctx.actor.id,
      ...(news !== undefined && { news }),
    }),
    ...(news !== undefined && { toast: { tone: 'success' as const, text: news } }),
  };
}
