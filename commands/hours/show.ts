import { z } from 'zod';
import { defineCommand } from '#bot/command';
import { month as monthField } from '#bot/fact-fields';
import { personRef } from '#bot/fields';
import { onePerson } from '#commands/people/lookup';
import { monthOf } from '#domain/calendar/dates';
import { cardOfHours, demandSight } from './access.ts';

/** `/hours show [person] [month]`: each value with its source. */
export const showHours = defineCommand({
  name: 'hours show',
  aliases: ['工时 查看', '工时 查询'],
  summary: { zh: '查看工时和来源', en: 'see hours and where they come from' },
  example: { zh: '/工时 查看 10月', en: '/hours show 2026-10' },
  roles: 'everyone',
  answers: 'private',
  reads: true,
  input: z.object({
    person: personRef.optional().meta({ word: 1, keys: ['姓名'], label: { zh: '员工', en: 'person' } }),
    month: monthField.optional().meta({ label: { zh: '月份', en: 'month' }, bare: true }),
  }),

  async run(ctx, { person: word, month = monthOf(ctx.today) }) {
    const person = word === undefined ? ctx.actor : await onePerson(ctx.tx, word);
    await demandSight(ctx, person);
    return { card: await cardOfHours(ctx, person, month), subject: `hours:${person.id}:${month}` };
  },
});
