import { z } from 'zod';
import { defineCommand } from '#bot/command';
import { month as monthField } from '#bot/fact-fields';
import { rolesFor } from '#domain/people/access';
import type { Role } from '#domain/people/person';
import { say } from '#domain/text';
import { demandAct } from './access.ts';
import { demandRun, settledMonth, startJob } from './run-access.ts';

/** `/pay export [month]`: a workbook with live formulas, privately. Recorded. */
export const exportPay = defineCommand({
  name: 'pay export',
  aliases: ['工资 导出'],
  summary: {
    zh: '导出 Excel：每个金额都是公式，带事实和条款',
    en: 'export to Excel with live formulas, facts and clauses',
  },
  example: { zh: '/工资 导出 10月', en: '/pay export 2026-10' },
  roles: rolesFor('export') as Role[],
  answers: 'private',
  input: z.object({
    month: monthField.optional().meta({ word: 1, keys: ['月'], label: { zh: '月份', en: 'month' }, bare: true }),
  }),

  async run(ctx, { month: asked }) {
    demandAct(ctx, 'export');
    const month = settledMonth(ctx, asked);
    await demandRun(ctx, month);
    await ctx.record({ subject: `pay-run:${month}`, after: { asked: 'export' } });
    return startJob(ctx, 'pay-export', { month }, say(`正在导出 ${month}`, `Exporting ${month}`));
  },
});
