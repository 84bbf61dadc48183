import { updateCommand } from '#commands/records/update';
import { claim } from '#domain/records/kinds/claim';

/** `/claim update` (O12): assigned, answered, closed, with the customer’s satisfaction. */
export const updateClaim = updateCommand(claim, {
  aliases: ['投诉 更新', '投诉 修改'],
  summary: { zh: '分派、答复客户、结案、满意度', en: 'assign, answer, close, how satisfied the customer is' },
  example: {
    zh: '/投诉 更新 #5 已答复 答复=“补发 20 件”',
    en: '/claim update #5 answered answer="20 pieces sent again"',
  },
});
