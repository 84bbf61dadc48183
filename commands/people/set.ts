import { z } from 'zod';
import { defineCommand } from '#bot/command';
import { freeText, isoDate, personRef, roleList } from '#bot/fields';
import { personCard } from '#cards/person-card';
import { changePerson, managersAbove, type PersonChange, peopleNamed, personById } from '#db/people';
import { UserError } from '#domain/errors';
import { say } from '#domain/text';
import { onePerson } from './lookup.ts';

/** `/people set <person> …`: roles, reporting line, deputy. */
export const setPerson = defineCommand({
  name: 'people set',
  aliases: ['人员 设置', '人员 修改'],
  summary: { zh: '设置角色、上级、代理人', en: 'set roles, manager, deputy' },
  example: { zh: '/人员 设置 李敏 角色=跟单员 上级=王芳', en: '/people set E1002 roles=merchandiser manager=E1001' },
  roles: ['hr', 'admin'],
  answers: 'private',
  atLeastOne: ['roles', 'manager', 'deputy', 'department', 'employeeNo', 'left'],
  input: z.object({
    person: personRef.meta({ word: 1, keys: ['姓名'], label: { zh: '人员', en: 'person' } }),
    roles: roleList.optional().meta({
      keys: ['role'],
      label: { zh: '角色', en: 'roles' },
      placeholder: say(
        '跟单员、部门经理、财务、总经理、人事、管理员',
        'merchandiser, manager, finance, general_manager, hr, admin',
      ),
    }),
    manager: personRef.optional().meta({ label: { zh: '上级', en: 'manager' } }),
    deputy: personRef.optional().meta({ label: { zh: '代理人', en: 'deputy' } }),
    department: freeText(60)
      .optional()
      .meta({ keys: ['dept'], label: { zh: '部门', en: 'department' } }),
    employeeNo: freeText(30)
      .optional()
      .meta({ keys: ['employee_no', 'no'], label: { zh: '工号', en: 'employee number' } }),
    left: isoDate.optional().meta({ keys: ['离职日期'], label: { zh: '离职', en: 'left on' } }),
  }),

  async run(ctx, { person: word, roles, manager, deputy, department, employeeNo, left }) {
    const before = await onePerson(ctx.tx, word);
    if (roles && roles.includes('admin') !== before.roles.includes('admin') && !ctx.actor.roles.includes('admin'))
      throw new UserError(
        'denied.admin-role',
        say('只有管理员能给出或收回管理员角色。', 'Only an administrator can give or take the administrator role.'),
        say('请管理员来设置。', 'Ask an administrator.'),
      );
    if (roles && before.id === ctx.actor.id && before.roles.includes('admin') && !roles.includes('admin'))
      throw new UserError(
        'people.last-admin',
        say(
          '不能收回自己的管理员角色，免得没有人能管理。',
          'You cannot take the administrator role from yourself, so that somebody is left to administer.',
        ),
        say('请另一位管理员来做。', 'Ask another administrator.'),
      );
    const change: PersonChange = {
      ...(roles && { roles }),
      ...(manager !== undefined && { managerId: (await onePerson(ctx.tx, manager)).id }),
      ...(deputy !== undefined && { deputyId: (await onePerson(ctx.tx, deputy)).id }),
      ...(department !== undefined && { department }),
      ...(employeeNo !== undefined && { employeeNo }),
      ...(left !== undefined && { leftOn: left }),
    };
    if (
      employeeNo !== undefined &&
      (await peopleNamed(ctx.tx, employeeNo)).some((other) => other.employeeNo === employeeNo && other.id !== before.id)
    )
      throw new UserError(
        'people.number-taken',
        say(`工号 ${employeeNo} 已经有人用了。`, `Employee number ${employeeNo} is taken.`),
        say('查一下是谁：/人员 列表', 'See whose it is: /people list'),
      );
    if (change.deputyId === before.id)
      throw new UserError(
        'people.own-deputy',
        say('自己不能代理自己。', 'Nobody can be their own deputy.'),
        say('请写另一位同事。', 'Name a colleague.'),
      );
    if (
      change.managerId &&
      (change.managerId === before.id || (await managersAbove(ctx.tx, change.managerId)).includes(before.id))
    )
      throw new UserError(
        'people.circle',
        say('这样上级关系就成了一个圈。', 'That would make the reporting line a circle.'),
        say('请先改对方的上级。', 'Change the other person’s manager first.'),
      );
    const after = await changePerson(ctx.tx, before.id, change, ctx.now);
    await ctx.record({ subject: `person:${before.id}`, before, after });
    const above = after.managerId === null ? undefined : await personById(ctx.tx, after.managerId);
    const news = say('已保存', 'Saved');
    return {
      card: personCard({ person: after, manager: above?.name, news }),
      toast: { tone: 'success', text: news },
      subject: `person:${before.id}`,
    };
  },
});
