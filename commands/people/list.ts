import { z } from 'zod';
import { defineCommand } from '#bot/command';
import { choice, freeText, pageNumber } from '#bot/fields';
import { PEOPLE_A_PAGE, peopleListCard } from '#cards/people-list-card';
import { listPeople, peopleByIds } from '#db/people';
import { roleLabel, roles } from '#domain/people/person';

const role = choice(roles.map((value) => ({ value, label: roleLabel[value] })));

/** `/people list`: the roster. */
export const listPeopleCommand = defineCommand({
  name: 'people list',
  aliases: ['人员 列表', '人员 名单'],
  summary: { zh: '花名册', en: 'the roster' },
  example: { zh: '/人员 列表 跟单员', en: '/people list merchandiser' },
  roles: ['manager', 'general_manager', 'finance', 'hr', 'admin'],
  answers: 'private',
  reads: true,
  input: z.object({
    role: role.optional().meta({ label: { zh: '角色', en: 'role' }, bare: true }),
    department: freeText(60)
      .optional()
      .meta({ keys: ['dept'], label: { zh: '部门', en: 'department' } }),
    page: pageNumber.optional().meta({ label: { zh: '页', en: 'page' }, hidden: true }),
  }),

  async run(ctx, { role: only, department, page = 1 }) {
    const found = await listPeople(ctx.tx, {
      ...(only && { role: only }),
      ...(department && { department }),
      limit: PEOPLE_A_PAGE,
      offset: (page - 1) * PEOPLE_A_PAGE,
    });
    const managers = await peopleByIds(
      ctx.tx,
      found.people.flatMap(({ managerId }) => managerId ?? []),
    );
    const query = { ...(only && { role: only }), ...(department && { department }) };
    return {
      card: peopleListCard({
        ...found,
        managers: new Map([...managers].map(([id, { name }]) => [id, name])),
        page,
        query,
        locale: ctx.locale,
      }),
    };
  },
});
