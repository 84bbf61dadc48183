import { showCommand } from '#commands/records/show';
import { sample } from '#domain/records/kinds/sample';

/** `/sample show`: one sample with its history. */
export const showSample = showCommand(sample, {
  aliases: ['样品 查看', '样品 详情'],
  summary: { zh: '查看一份样品', en: 'show a sample' },
  example: { zh: '/样品 查看 #12', en: '/sample show #12' },
});
