import { z } from 'zod';
import { defineCommand } from '#bot/command';
import { choice, freeText } from '#bot/fields';
import { say } from '#domain/text';
import { cardOfApproval, decideApproval } from '#usecases/approvals';
import { approvalNo } from './fields.ts';

const decision = choice([
  { value: 'approve', label: { zh: '同意', en: 'approve' }, aliases: ['批准', 'yes'] },
  { value: 'refuse', label: { zh: '拒绝', en: 'refuse' }, aliases: ['不同意', '驳回', 'no'] },
]);

/** `/approval decide` (G5): answers what one was asked, once; who asked is told. */
export const decideApprovalCommand = defineCommand({
  name: 'approval decide',
  aliases: ['审批 答复', '审批 决定'],
  summary: { zh: '同意或拒绝一项审批', en: 'approve or refuse what I was asked' },
  example: {
    zh: '/审批 答复 3 拒绝 原因=“先用现有模”',
    en: '/approval decide 3 refuse reason="use the existing mould"',
  },
  roles: 'everyone',
  answers: 'private',
  input: z.object({
    approval: approvalNo.meta({ word: 1 }),
    decision: decision.meta({ word: 2, keys: ['答复'], label: { zh: '决定', en: 'decision' } }),
    reason: freeText(500)
      .optional()
      .meta({
        word: 'rest',
        keys: ['理由'],
        label: { zh: '原因', en: 'reason' },
        placeholder: say('拒绝时必填', 'required for a refusal'),
      }),
  }),

  async run(ctx, { approval: id, decision, reason = '' }) {
    const { approval, told } = await decideApproval(ctx, id, { approved: decision === 'approve', reason });
    return {
      card: await cardOfApproval(ctx.tx, approval),
      toast: { tone: 'success', text: decision === 'approve' ? say('已同意', 'Approved') : say('已拒绝', 'Refused') },
      subject: `approval:${id}`,
      also: told,
    };
  },
});
