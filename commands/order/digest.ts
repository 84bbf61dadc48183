import { z } from 'zod';
import { defineCommand } from '#bot/command';
import { choice } from '#bot/fields';
import { noticeCard } from '#cards/notice-card';
import { chatDefaults, putChatDefaults } from '#db/order-files';
import { say } from '#domain/text';
import { demandGroup } from './group.ts';

const onOff = choice([
  { value: 'on', label: { zh: '开', en: 'on' }, aliases: ['打开', '开启'] },
  { value: 'off', label: { zh: '关', en: 'off' }, aliases: ['关闭'] },
]);

/** `/order digest on|off` (O4): this group's one switch for the morning digest. */
export const digestSwitch = defineCommand({
  name: 'order digest',
  aliases: ['订单 简报'],
  summary: { zh: '本群的每日简报开关', en: 'switch this group’s morning digest on or off' },
  example: { zh: '/订单 简报 关', en: '/order digest off' },
  roles: ['merchandiser', 'manager', 'general_manager', 'admin'],
  answers: 'anywhere',
  input: z.object({ state: onOff.meta({ word: 1, label: { zh: '开关', en: 'on or off' } }) }),

  async run(ctx, { state }) {
    const chatId = demandGroup(ctx);
    const before = await chatDefaults(ctx.tx, chatId);
    await putChatDefaults(ctx.tx, chatId, { digest: state === 'on' }, ctx.actor.id, ctx.now);
    await ctx.record({
      subject: `chat:${chatId}`,
      before: { digest: before?.digest ?? true },
      after: { digest: state === 'on' },
    });
    return {
      card: noticeCard(
        state === 'on'
          ? say('工作日早上会在本群发订单简报。', 'A digest of the orders comes here on the morning of working days.')
          : say('本群不再发订单简报；私信提醒照常。', 'No more digests here; private reminders go on.'),
        'success',
      ),
    };
  },
});
