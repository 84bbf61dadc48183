import { z } from 'zod';
import { defineCommand } from '#bot/command';
import { choice } from '#bot/fields';
import { orderBoardCard } from '#cards/order-board-card';
import { boardOf } from '#db/order-watch';
import { say } from '#domain/text';
import { watchDay } from '#usecases/watch-day';

const scope = choice([
  { value: 'mine', label: { zh: '我的', en: 'mine' } },
  { value: 'all', label: { zh: '全部', en: 'all' }, aliases: ['所有'] },
]);

/** `/order board`: the open orders by stage. */
export const orderBoard = defineCommand({
  name: 'order board',
  aliases: ['订单 看板'],
  summary: { zh: '按工序的订单看板', en: 'a board of the orders by stage' },
  example: { zh: '/订单 看板', en: '/order board' },
  roles: 'everyone',
  answers: 'anywhere',
  reads: true,
  input: z.object({ scope: scope.optional().meta({ word: 1, label: { zh: '范围', en: 'scope' } }) }),

  async run(ctx, { scope: asked }) {
    const isMerchandiserOnly =
      ctx.actor.roles.includes('merchandiser') &&
      !ctx.actor.roles.some((role) => role === 'manager' || role === 'general_manager');
    const mine = (asked ?? (isMerchandiserOnly ? 'mine' : 'all')) === 'mine';
    const board = await boardOf(ctx.tx, await watchDay(ctx.tx, ctx.today, ctx.zone), mine ? [ctx.actor.id] : undefined);
    return {
      card: orderBoardCard({
        title: mine ? say('我的看板', 'My board') : say('订单看板', 'Board of orders'),
        board,
        today: ctx.today,
        locale: ctx.locale,
        mine,
      }),
    };
  },
});
