import type { Db } from '#db/client';
import { peopleNamed } from '#db/people';
import { UserError } from '#domain/errors';
import type { Person } from '#domain/people/person';
import { say } from '#domain/text';

/**
 * The person whom a word names: open_id (a mention), employee number or name.
 *
 * @throws UserError when nobody or more than one is called so
 */
export async function onePerson(tx: Db, word: string): Promise<Person> {
  const found = await peopleNamed(tx, word);
  if (found.length === 1) return found[0]!;
  if (found.length === 0)
    throw new UserError(
      'person.not-found',
      say(`花名册里没有「${word}」。`, `There is no “${word}” on the roster.`),
      say('可以写姓名、工号，或者 @ 他。', 'Give a name, an employee number, or mention the person.'),
    );
  const numbers = found.map(({ name, employeeNo, department }) =>
    `${name} ${employeeNo ?? ''} ${department ?? ''}`.trim(),
  );
  throw new UserError(
    'person.ambiguous',
    say(`有 ${found.length} 个人叫「${word}」。`, `${found.length} people are called “${word}”.`),
    say(`请写工号：${numbers.join('；')}`, `Give the employee number: ${numbers.join('; ')}`),
  );
}
