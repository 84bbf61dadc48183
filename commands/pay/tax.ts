import { z } from 'zod';
import { defineCommand } from '#bot/command';
import { month as monthField } from '#bot/fact-fields';
import { choice, freeText, personRef } from '#bot/fields';
import { saidIn } from '#bot/said';
import { basicLabel, bonusTaxLabel } from '#cards/pay-net-card';
import { addPersonalTerm, personalTermsOf } from '#db/pay-personal';
import { UserError } from '#domain/errors';
import { NumberTextError, parseYuan, yuanText } from '#domain/money';
import { say } from '#domain/text';
import { demandBegun, demandPayee, noteAsk } from './access.ts';
import { netReply } from './net.ts';

const amount = (keys: string[], label: { zh: string; en: string }, placeholder: string) =>
  freeText(20).optional().meta({ keys, label, placeholder });

/** `/pay tax …`: what the estimate needs to know of a person: deductions and choices are the employee's, bases are finance's. */
export const taxTerms = defineCommand({
  name: 'pay tax',
  aliases: ['工资 个税'],
  summary: {
    zh: '实发估算用的专项附加扣除、奖金计税方式、缴费基数',
    en: 'deductions and choices for the take-home estimate',
  },
  example: { zh: '/工资 个税 专项附加扣除=2000 奖金计税=单独计税', en: '/pay tax special=2000 bonusTax=apart' },
  roles: 'everyone',
  answers: 'private',
  atLeastOne: ['special', 'bonusTax', 'basic', 'insuranceBase', 'fundBase'],
  input: z.object({
    from: monthField.optional().meta({ keys: ['起', '月份'], label: { zh: '从哪个月起', en: 'from' } }),
    special: amount(['专项附加扣除', '专项'], { zh: '专项附加扣除（元/月）', en: 'special deductions' }, '2000'),
    bonusTax: choice([
      { value: 'apart', label: bonusTaxLabel.apart as { zh: string; en: string } },
      { value: 'merged', label: bonusTaxLabel.merged as { zh: string; en: string } },
    ])
      .optional()
      .meta({ keys: ['奖金计税'], label: { zh: '年终奖怎么计税', en: 'bonus' } }),
    basic: choice(
      (['employed', 'from-january', 'whole-year'] as const).map((value) => ({
        value,
        label: basicLabel[value] as { zh: string; en: string },
      })),
    )
      .optional()
      .meta({ keys: ['减除费用'], label: { zh: '减除费用', en: 'basic deduction' } }),
    insuranceBase: amount(['社保基数'], { zh: '社保缴费基数（财务填）', en: 'base of insurance (finance)' }, '7546'),
    fundBase: amount(['公积金基数'], { zh: '公积金缴费基数（财务填）', en: 'base of the fund (finance)' }, '7546'),
    person: personRef.optional().meta({ keys: ['姓名', '员工'], label: { zh: '人员', en: 'person' } }),
  }),

  async run(ctx, { from, person: word, ...given }) {
    const payee = await demandPayee(ctx, 'see', word);
    const month = demandBegun(ctx, from ?? ctx.today.slice(0, 7));
    const own = payee.id === ctx.actor.id;
    const keeper = ctx.actor.roles.some((role) => role === 'finance' || role === 'hr');
    if ((given.insuranceBase ?? given.fundBase) !== undefined && (own || !keeper))
      throw new UserError(
        'denied.pay-base',
        say('缴费基数由财务或人事登记，自己的也不能自己填。', 'Bases are recorded by finance or HR, never by oneself.'),
        say('可以自己填：专项附加扣除、奖金计税、减除费用。', 'Yours are: special, bonusTax, basic.'),
      );
    if ((given.special ?? given.bonusTax ?? given.basic) !== undefined && !own && !keeper)
      throw new UserError(
        'denied.pay-tax',
        say('扣除和计税方式由本人选择。', 'Deductions and choices are the employee’s.'),
        say('请本人私聊机器人填写：/工资 个税', 'The employee says so to the bot in private: /pay tax'),
      );
    await noteAsk(ctx, 'tax', payee, month);
    const before = await personalTermsOf(ctx.tx, payee.id, month);
    const names: (keyof typeof given)[] = [];
    for (const [name, written] of Object.entries(given) as [keyof typeof given, string | undefined][]) {
      if (written === undefined) continue;
      const value = name === 'bonusTax' || name === 'basic' ? written : readAmount(written);
      if ((before.find((each) => each.name === name)?.value ?? '') === value) continue;
      names.push(name);
      await addPersonalTerm(ctx.tx, {
        personId: payee.id,
        name,
        value,
        fromMonth: month,
        ...saidIn(ctx),
      });
    }
    // which things were changed, not to how much: family matters can be guessed from deductions
    if (names.length > 0) await ctx.record({ subject: `pay-tax:${payee.id}:${month}`, after: { changed: names } });
    const news = say(`已登记 ${names.length} 项，从 ${month} 起`, `${names.length} recorded from ${month} on`);
    return netReply(ctx, payee, month, { news });
  },
});

function readAmount(written: string): string {
  try {
    const fen = parseYuan(written.normalize('NFKC').trim());
    if (fen >= 0n) return yuanText(fen);
  } catch (error) {
    if (!(error instanceof NumberTextError)) throw error;
  }
  throw new UserError(
    'pay.tax',
    say(`「${written.slice(0, 30)}」不是金额。`, `“${written.slice(0, 30)}” is not an amount.`),
    say('请写数字，例如 2000', 'Write a number, like 2000'),
  );
}
