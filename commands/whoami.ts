import { z } from 'zod';
import { defineCommand } from '#bot/command';
import { isGuest } from '#bot/rights';
import { personCard, strangerCard } from '#cards/person-card';
import { countOrdersOf } from '#db/orders';
import { personById } from '#db/people';

/** `/whoami`: how the bot knows this person: name, roles, reporting line. */
export const whoami = defineCommand({
  name: 'whoami',
  aliases: ['我', '我是谁'],
  summary: { zh: '看看我登记的身份和角色', en: 'who you are to me' },
  example: { zh: '/我', en: '/whoami' },
  roles: 'anybody',
  answers: 'anywhere',
  reads: true,
  input: z.object({}),

  async run(ctx) {
    if (isGuest(ctx.actor)) return { card: strangerCard(ctx.actor.openId) };
    const manager = ctx.actor.managerId === null ? undefined : await personById(ctx.tx, ctx.actor.managerId);
    return {
      card: personCard({
        person: ctx.actor,
        manager: manager?.name,
        orders: await countOrdersOf(ctx.tx, ctx.actor.id, ctx.today),
      }),
    };
  },
});
