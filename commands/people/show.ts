import { z } from 'zod';
import { defineCommand } from '#bot/command';
import { personRef } from '#bot/fields';
import { personCard } from '#cards/person-card';
import { personById } from '#db/people';
import { onePerson } from './lookup.ts';

/** `/people show <person>`. */
export const showPerson = defineCommand({
  name: 'people show',
  aliases: ['人员 查看'],
  summary: { zh: '查看一个人的登记', en: 'show a person' },
  example: { zh: '/人员 查看 李敏', en: '/people show E1002' },
  roles: ['manager', 'general_manager', 'finance', 'hr', 'admin'],
  answers: 'private',
  reads: true,
  input: z.object({ person: personRef.meta({ word: 1, keys: ['姓名', '工号'], label: { zh: '人员', en: 'person' } }) }),

  async run(ctx, { person: word }) {
    const person = await onePerson(ctx.tx, word);
    const manager = person.managerId === null ? undefined : await personById(ctx.tx, person.managerId);
    return { card: personCard({ person, manager: manager?.name }), subject: `person:${person.id}` };
  },
});
