import { z } from 'zod';
import { defineCommand } from '#bot/command';
import { recorders } from '#commands/records/words';
import { stockTakeCards } from '#usecases/stock-take';

/** `/sample stock` (O5): retained and lent samples, as finance gets them at the end of each month. */
export const stockSamples = defineCommand({
  name: 'sample stock',
  aliases: ['样品 盘点', '样品 留样'],
  summary: { zh: '留样、借出样品盘点表', en: 'retained and lent samples' },
  example: { zh: '/样品 盘点', en: '/sample stock' },
  roles: recorders,
  answers: 'private',
  reads: true,
  input: z.object({}),

  async run(ctx) {
    const [first, ...more] = await stockTakeCards(ctx.tx, ctx.today, ctx.locale);
    return {
      card: first!,
      also: more.map((card) => ({ to: { person: ctx.actor.openId }, content: { type: 'card' as const, card } })),
    };
  },
});
