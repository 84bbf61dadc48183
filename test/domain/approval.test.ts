import { describe, expect, it } from 'vitest';
import { approverOf } from '#domain/approval';
import type { Person } from '#domain/people/person';

const person = (id: number, over: Partial<Person> = {}): Person => ({
  id,
  openId: `ou_${id}`,
  name: String(id),
  employeeNo: null,
  department: null,
  managerId: null,
  deputyId: null,
  roles: [],
  hiredOn: null,
  probationUntil: null,
  leftOn: null,
  ...over,
});
const byId = (...people: Person[]) => new Map(people.map((one) => [one.id, one]));
const away =
  (...ids: number[]) =>
  ({ id }: Person) =>
    ids.includes(id);

describe('who approves (G5)', () => {
  const boss = person(1);
  const deputy = person(3);
  const manager = person(2, { managerId: 1, deputyId: 3 });
  const all = byId(boss, manager, deputy);

  it.each([
    ['the one in line, while there', [] as number[], 2],
    ['the deputy, while that one is away', [2], 3],
    ['the manager’s manager, when the deputy is away too', [2, 3], 1],
    ['nobody, when everybody is away', [1, 2, 3], undefined],
  ])('%s', (_, ids, expected) => {
    expect(approverOf([manager], all, away(...ids))?.id).toBe(expected);
  });

  it('another general manager before the first one’s deputy', () => {
    const second = person(4);
    expect(approverOf([person(5, { deputyId: 3 }), second], byId(deputy, second), away(5))?.id).toBe(4);
  });

  it('a circle in the line ends', () => {
    const a = person(6, { managerId: 7 });
    const b = person(7, { managerId: 6 });
    expect(approverOf([a], byId(a, b), away(6, 7))).toBeUndefined();
  });
});
