import { z } from 'zod';
import { defineCommand } from '#bot/command';
import { templateListCard } from '#cards/template-list-card';
import { DEFAULT_TEMPLATE } from '#commands/order/new';
import { allTemplates } from '#db/order-templates';
import { setting } from '#db/settings';

/** `/template list` (O2): the stage templates that orders may follow. */
export const listTemplates = defineCommand({
  name: 'template list',
  aliases: ['模板 列表'],
  summary: { zh: '看工序模板', en: 'show the stage templates' },
  example: { zh: '/模板 列表', en: '/template list' },
  roles: 'everyone',
  answers: 'anywhere',
  reads: true,
  input: z.object({}),

  async run(ctx) {
    return {
      card: templateListCard(
        await allTemplates(ctx.tx),
        (await setting<string>(ctx.tx, DEFAULT_TEMPLATE)) ?? 'garment',
        ctx.actor.roles.includes('admin'),
      ),
    };
  },
});
