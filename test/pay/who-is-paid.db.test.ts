import { expect, it } from 'vitest';
import { changePerson } from '#db/people';
import type { Person } from '#domain/people/person';
import { payRoom } from '#test/support/pay-room';
import { left, under } from '#test/support/payroll';
import { now } from '#test/support/people';
import { everybodyToPay, peopleToPay } from '#usecases/facts/collect';

const room = await payRoom();

const paid = async (month: string, person: Person) => (await everybodyToPay(room.db, month)).includes(person.id);
const hired = (person: Person, hiredOn: string) => changePerson(room.db, person.id, { hiredOn }, now);

it('a month pays whoever was employed on one of its days', async () => {
  const { chen } = room.people;
  await under(room.db, chen, 'lb');
  await hired(chen, '2026-03-31');
  await left(room.db, chen, '2026-09-01');
  expect(await paid('2026-02', chen)).toBe(false);
  expect(await paid('2026-03', chen)).toBe(true);
  expect(await paid('2026-09', chen)).toBe(true);
  expect(await paid('2026-10', chen)).toBe(false);
});

it('who has no scheme in the month is in no run: the newest terms that have begun count', async () => {
  const { chen, li } = room.people;
  await under(room.db, chen, 'lb', { from: '2026-05' });
  await under(room.db, chen, '', { from: '2026-08' });
  expect(await paid('2026-04', chen)).toBe(false);
  expect(await paid('2026-05', chen)).toBe(true);
  expect(await paid('2026-08', chen)).toBe(false);
  expect(await paid('2026-05', li)).toBe(false);
});

it('everybody of a month is told in the order of their ids, and each of them when asked for alone', async () => {
  const { chen, li } = room.people;
  for (const person of [li, chen]) await under(room.db, person, 'jw');
  const all = await peopleToPay(room.db, '2026-11');
  expect(all.map(({ id }) => id)).toEqual([chen.id, li.id].sort((a, b) => a - b));
  expect((await Promise.all(all.map(({ id }) => peopleToPay(room.db, '2026-11', [id])))).flat()).toEqual(all);
});
