import { listCommand } from '#commands/records/list';
import { claim } from '#domain/records/kinds/claim';
import { answerTimes } from './answer-times.ts';

/** `/claim list`: open claims, those of an order or of a month with the time to answer. */
export const listClaims = listCommand(
  claim,
  {
    aliases: ['投诉 列表', '投诉 清单'],
    summary: { zh: '投诉清单：未结的、某张订单的、某月的', en: 'claims: open ones, those of an order or a month' },
    example: { zh: '/投诉 列表', en: '/claim list' },
  },
  { above: answerTimes },
);
