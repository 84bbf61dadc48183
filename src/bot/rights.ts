import { UserError } from '#domain/errors';
import type { Person } from '#domain/people/person';
import { roleLabel } from '#domain/people/person';
import { join, say } from '#domain/text';
import type { Command } from './command.ts';

/** Somebody who is not on the roster: may ask for help and who they are, nothing else. */
export const guest = (openId: string): Person => ({
  id: 0,
  openId,
  name: '',
  employeeNo: null,
  department: null,
  managerId: null,
  deputyId: null,
  roles: [],
  hiredOn: null,
  probationUntil: null,
  leftOn: null,
});

export const isGuest = (person: Person): boolean => person.id === 0;

/** Whether a person may ask for a command at all, by role. What exactly they may see or change in it, the command decides by its record. */
export function mayRun(command: Command, person: Person): boolean {
  if (command.roles === 'anybody') return true;
  if (isGuest(person) || person.leftOn !== null) return false;
  return command.roles === 'everyone' || command.roles.some((role) => person.roles.includes(role));
}

/** The gate for every way in: typed, clicked, scheduled, from the console. Fails closed. */
export function demandRight(command: Command, person: Person): void {
  if (mayRun(command, person)) return;
  if (isGuest(person) || person.leftOn !== null) {
    throw new UserError(
      'denied.unknown-person',
      say('你还不在花名册里，所以我还不能替你办事。', 'You are not on the roster yet, so I cannot do this for you.'),
      say(
        `请把这个编号发给管理员，请他登记你：${person.openId}`,
        `Please send this id to an administrator and ask to be added: ${person.openId}`,
      ),
    );
  }
  const who = command.roles as (keyof typeof roleLabel)[];
  throw new UserError(
    'denied.role',
    say(`「/${command.aliases[0] ?? command.name}」你还不能用。`, `You may not use “/${command.name}”.`),
    join([
      say('可以用的人：', 'Who may: '),
      join(
        who.map((role) => roleLabel[role]),
        say('、', ', '),
      ),
    ]),
  );
}
