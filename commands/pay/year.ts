import { z } from 'zod';
import { defineCommand } from '#bot/command';
import { yesNo } from '#bot/fact-fields';
import { freeText, personRef } from '#bot/fields';
import { payYearCard, payYearOverviewCard } from '#cards/pay-year-card';
import { UserError } from '#domain/errors';
import { say } from '#domain/text';
import { lastMonthOf, yearOfPay, yearOverview } from '#usecases/pay/year';
import { demandAct, demandPayee, noteAsk } from './access.ts';

/** `/pay year [2026]`: rewards that are paid once a year, the year-end bonus, and by when; `all=yes` for finance. */
export const yearPay = defineCommand({
  name: 'pay year',
  aliases: ['工资 年度'],
  summary: {
    zh: '年度奖励、差错阶梯、年终奖，什么时候发；财务可看全员',
    en: 'yearly rewards, faults, year-end bonus and when they are paid',
  },
  example: { zh: '/工资 年度 2026', en: '/pay year 2026' },
  roles: 'everyone',
  answers: 'private',
  reads: true,
  input: z.object({
    year: freeText(6)
      .optional()
      .meta({ word: 1, keys: ['年', '年份'], label: { zh: '年份', en: 'year' }, placeholder: '2026' }),
    all: yesNo.optional().meta({ keys: ['全员', '全部'], label: { zh: '全员总览', en: 'everybody' } }),
    person: personRef.optional().meta({ keys: ['姓名', '员工'], label: { zh: '人员', en: 'person' } }),
  }),

  async run(ctx, { year: written, all, person: word }) {
    const year = (written ?? ctx.today.slice(0, 4)).normalize('NFKC').trim().replace(/年$/, '');
    if (!/^20\d\d$/.test(year) || year > ctx.today.slice(0, 4))
      throw new UserError(
        'pay.year',
        say(`「${year.slice(0, 6)}」不是已经开始的年份。`, `“${year.slice(0, 6)}” is no year that has begun.`),
        say('例如 /工资 年度 2026', 'For example /pay year 2026'),
      );
    const month = lastMonthOf(year, ctx.today);
    if (all === 'yes') {
      demandAct(ctx, 'overview');
      await noteAsk(ctx, 'year-all', ctx.actor, month);
      return {
        card: payYearOverviewCard({
          year,
          month,
          locale: ctx.locale,
          ...(await yearOverview(ctx.tx, month, ctx.zone)),
        }),
      };
    }
    const person = await demandPayee(ctx, 'see', word);
    await noteAsk(ctx, 'year', person, month);
    const found = await yearOfPay(ctx.tx, person.id, month, ctx.zone);
    if (!found)
      throw new UserError(
        'pay.no-scheme',
        say(`${year} 年没有能算的工资。`, `There is no pay of ${year} that can be computed.`),
        say('先看缺什么：/工资', 'See what is missing: /pay'),
      );
    return { card: payYearCard({ person, year, other: person.id !== ctx.actor.id, ...found }) };
  },
});
