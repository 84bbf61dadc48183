import { z } from 'zod';
import { defineCommand } from '#bot/command';
import { cardOfApproval, demandApproval } from '#usecases/approvals';
import { approvalNo } from './fields.ts';

/** `/approval show`: one question that waits for me, or that I asked. */
export const showApproval = defineCommand({
  name: 'approval show',
  aliases: ['审批 查看'],
  summary: { zh: '查看一项审批', en: 'show an approval' },
  example: { zh: '/审批 查看 3', en: '/approval show 3' },
  roles: 'everyone',
  answers: 'private',
  reads: true,
  input: z.object({ approval: approvalNo.meta({ word: 1 }) }),

  async run(ctx, { approval: id }) {
    const approval = await demandApproval(ctx, id);
    return { card: await cardOfApproval(ctx.tx, approval), subject: `approval:${id}` };
  },
});
