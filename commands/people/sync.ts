import { z } from 'zod';
import { defineCommand } from '#bot/command';
import { noticeCard } from '#cards/notice-card';
import { addJob } from '#db/jobs';
import { say } from '#domain/text';

/** `/people sync`: fetches names, departments and reporting lines from the company directory, as a job. */
export const syncPeople = defineCommand({
  name: 'people sync',
  aliases: ['人员 同步'],
  summary: { zh: '从通讯录同步人员和上级', en: 'sync people and managers from the directory' },
  example: { zh: '/人员 同步', en: '/people sync' },
  roles: ['hr', 'admin'],
  answers: 'private',
  input: z.object({}),

  async run(ctx) {
    await addJob(ctx.tx, { kind: 'sync-people', args: {}, by: ctx.actor.id, cardKey: null }, ctx.now);
    await ctx.record({ subject: 'people', after: { sync: 'asked' } });
    return {
      card: noticeCard(
        say('正在从通讯录同步，完成后告诉你。', 'Syncing from the directory; I will tell you when it is done.'),
      ),
    };
  },
});
