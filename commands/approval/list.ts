import { z } from 'zod';
import { defineCommand } from '#bot/command';
import { approvalListCard } from '#cards/approval-list-card';
import { peopleByIds } from '#db/people';
import { waitingFor } from '#usecases/approvals';

/** `/approval list`: what waits for my answer. */
export const listApprovals = defineCommand({
  name: 'approval list',
  aliases: ['审批 列表', '审批 待办'],
  summary: { zh: '等我答复的审批', en: 'what waits for my answer' },
  example: { zh: '/审批 列表', en: '/approval list' },
  roles: 'everyone',
  answers: 'private',
  reads: true,
  input: z.object({}),

  async run(ctx) {
    const approvals = await waitingFor(ctx);
    const people = await peopleByIds(
      ctx.tx,
      approvals.map(({ askedBy }) => askedBy),
    );
    return { card: approvalListCard({ approvals, names: new Map([...people].map(([id, { name }]) => [id, name])) }) };
  },
});
