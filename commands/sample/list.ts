import { listCommand } from '#commands/records/list';
import { sample } from '#domain/records/kinds/sample';

/** `/sample list`: open samples, or those of an order. */
export const listSamples = listCommand(sample, {
  aliases: ['样品 列表', '样品 清单'],
  summary: { zh: '样品清单：未完的、某张订单的', en: 'samples: open ones, those of an order' },
  example: { zh: '/样品 列表 SO-1001', en: '/sample list SO-1001' },
});
