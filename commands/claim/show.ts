import { showCommand } from '#commands/records/show';
import { claim } from '#domain/records/kinds/claim';

/** `/claim show`: one claim with its history. */
export const showClaim = showCommand(claim, {
  aliases: ['投诉 查看', '投诉 详情'],
  summary: { zh: '查看一件投诉', en: 'show a claim' },
  example: { zh: '/投诉 查看 #5', en: '/claim show #5' },
});
