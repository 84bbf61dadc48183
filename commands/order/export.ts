import { z } from 'zod';
import { defineCommand } from '#bot/command';
import { sendCard } from '#bot/deliver';
import { choice } from '#bot/fields';
import { jobCard } from '#cards/job-card';
import { addJob } from '#db/jobs';
import { say } from '#domain/text';
import { EXPORT_ORDERS, type ExportOrdersArgs } from '#usecases/export-orders';

const scope = choice([
  { value: 'mine', label: { zh: '我的', en: 'mine' } },
  { value: 'open', label: { zh: '在手', en: 'open' } },
  { value: 'all', label: { zh: '全部', en: 'all' }, aliases: ['所有'] },
]);

/** `/order export` (O14): the contract progress table as a spreadsheet, by a job; the file comes in private. */
export const exportOrdersCommand = defineCommand({
  name: 'order export',
  aliases: ['订单 导出'],
  summary: { zh: '导出合同进程表（Excel）', en: 'export the contract progress table (Excel)' },
  example: { zh: '/订单 导出 全部', en: '/order export all' },
  roles: ['merchandiser', 'manager', 'general_manager', 'finance', 'admin'],
  answers: 'private',
  input: z.object({ scope: scope.optional().meta({ word: 1, label: { zh: '范围', en: 'scope' } }) }),

  async run(ctx, { scope = 'open' }) {
    const args: ExportOrdersArgs = { scope };
    // the card is the job's own, so that it can fill up: it is sent here rather than returned
    const cardKey = await sendCard(
      ctx.tx,
      { to: { person: ctx.actor.openId } },
      jobCard(say('导出合同进程表', 'Exporting the progress table'), 0, say('排队中', 'Waiting its turn')),
      { now: ctx.now },
    );
    const job = await addJob(ctx.tx, { kind: EXPORT_ORDERS, args, by: ctx.actor.id, cardKey }, ctx.now);
    await ctx.record({ subject: 'orders', after: { job, ...args } });
    return {};
  },
});
