import { z } from 'zod';
import { defineCommand } from '#bot/command';
import { month as monthField } from '#bot/fact-fields';
import { personRef } from '#bot/fields';
import { type ChartedMonth, payChartCard } from '#cards/pay-chart-card';
import { settlementsBetween } from '#db/pay-history';
import { addMonths } from '#domain/calendar/dates';
import { UserError } from '#domain/errors';
import { readResult } from '#domain/pay/stored';
import { say } from '#domain/text';
import { estimate } from '#usecases/pay/estimate';
import { demandBegun, demandPayee, noteAsk } from './access.ts';

const MONTHS = 12;

/** `/pay chart [month]`: up to twelve months side by side, and what the month is made of. */
export const chartPay = defineCommand({
  name: 'pay chart',
  aliases: ['工资 图表', '工资 对照'],
  summary: { zh: '各月工资对照图、当月工资的组成', en: 'months side by side, and what the pay is made of' },
  example: { zh: '/工资 图表 10月', en: '/pay chart 2026-10' },
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
    await noteAsk(ctx, 'chart', person, month);
    const past = await settlementsBetween(ctx.tx, [person.id], { from: addMonths(month, 1 - MONTHS), to: month });
    const months: ChartedMonth[] = past.map((row) => ({
      month: row.month,
      totalFen: row.totalFen,
      locked: true,
      lines: readResult(row.result).lines,
    }));
    if (months.at(-1)?.month !== month) {
      const now = (await estimate(ctx.tx, person.id, month, ctx.zone))?.settlement;
      if (now) months.push({ month, totalFen: now.totalFen, locked: false, lines: now.lines });
    }
    if (months.length === 0)
      throw new UserError(
        'pay.nothing-to-chart',
        say('还没有可以画的工资。', 'There is no pay to draw yet.'),
        say('先看看缺什么：/工资', 'See what is missing: /pay'),
      );
    return { card: payChartCard({ person, other: person.id !== ctx.actor.id, months, locale: ctx.locale }) };
  },
});
