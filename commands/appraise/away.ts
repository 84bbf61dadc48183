import { z } from 'zod';
import { defineCommand } from '#bot/command';
import { isoDate, personRef } from '#bot/fields';
import { saidBy } from '#bot/said';
import { noticeCard } from '#cards/notice-card';
import { onePerson } from '#commands/people/lookup';
import { insertAbsence } from '#db/appraisals';
import { managersAbove, personById } from '#db/people';
import { UserError } from '#domain/errors';
import { say } from '#domain/text';

/** `/appraise away <from> <to> [deputy=…]`: somebody else scores meanwhile (domain section 9): the named deputy, else the manager's manager. */
export const setAway = defineCommand({
  name: 'appraise away',
  aliases: ['考核 外出', '考核 代理'],
  summary: { zh: '登记外出，考核由代理人办', en: 'say that you are away; a deputy scores' },
  example: { zh: '/考核 外出 2026-11-02 2026-11-06 代理=李敏', en: '/appraise away 2026-11-02 2026-11-06 deputy=李敏' },
  roles: ['manager', 'general_manager', 'hr'],
  answers: 'private',
  input: z.object({
    from: isoDate.meta({ word: 1, label: { zh: '从', en: 'from' } }),
    to: isoDate.meta({ word: 2, label: { zh: '到', en: 'to' } }),
    deputy: personRef.optional().meta({ keys: ['代理人'], label: { zh: '代理', en: 'deputy' } }),
    person: personRef.optional().meta({
      keys: ['经理', '姓名'],
      label: { zh: '人员', en: 'person' },
      placeholder: say('给别人登记时写', 'when it is for somebody else'),
    }),
  }),

  async run(ctx, { from, to, deputy: deputyWord, person: word }) {
    const person = word === undefined ? ctx.actor : await onePerson(ctx.tx, word);
    const above = await managersAbove(ctx.tx, person.id);
    if (person.id !== ctx.actor.id && !above.includes(ctx.actor.id) && !ctx.actor.roles.includes('hr'))
      throw new UserError(
        'denied.away',
        say(`你不能替 ${person.name} 登记外出。`, `You may not say that ${person.name} is away.`),
        say('本人、上级或人事可以。', 'The person, those above and HR may.'),
      );
    if (to < from)
      throw new UserError(
        'away.order',
        say('结束日期早于开始日期。', 'The end is before the beginning.'),
        say('例如：/考核 外出 2026-12-01 2026-12-05', 'For example: /appraise away 2026-12-01 2026-12-05'),
      );
    if (to < ctx.today)
      throw new UserError(
        'away.past',
        say(`${to} 已经过去了。`, `${to} is past.`),
        say('请写今天或以后的日期。', 'Give today or a day to come.'),
      );
    const deputy = deputyWord === undefined ? undefined : await onePerson(ctx.tx, deputyWord);
    if (deputy?.id === person.id)
      throw new UserError(
        'people.own-deputy',
        say('自己不能代理自己。', 'Nobody can be their own deputy.'),
        say(
          '请写另一位同事；不写代理人就由上级代办。',
          'Name a colleague; without a deputy whoever is above stands in.',
        ),
      );
    const row = {
      personId: person.id,
      fromDate: from,
      toDate: to,
      deputyId: deputy?.id ?? null,
      ...saidBy(ctx),
    };
    await insertAbsence(ctx.tx, row);
    await ctx.record({ subject: `away:${person.id}`, after: row });
    const standIn =
      deputy ??
      (person.deputyId !== null ? await personById(ctx.tx, person.deputyId) : undefined) ??
      (above[0] === undefined ? undefined : await personById(ctx.tx, above[0]));
    const name = standIn?.name ?? '—';
    return {
      card: noticeCard(
        say(
          `${person.name} ${from} 至 ${to} 外出，这几天的考核由 ${name} 办理。`,
          `${person.name} is away from ${from} to ${to}; ${name} scores meanwhile.`,
        ),
        'success',
      ),
    };
  },
});
