import { describe, expect, it } from 'vitest';
import type { Command } from '#bot/command';
import { demandRight, guest, isGuest, mayRun } from '#bot/rights';
import type { UserError } from '#domain/errors';
import type { Person, Role } from '#domain/people/person';

const command = (roles: Command['roles']): Command => ({ name: 'order new', aliases: ['订单 新建'], roles }) as Command;
const person = (roles: Role[], over: Partial<Person> = {}): Person => ({
  ...guest('ou_x'),
  id: 7,
  name: '甲',
  roles,
  ...over,
});

const refusal = (of: Command, who: Person): UserError => {
  try {
    demandRight(of, who);
  } catch (error) {
    return error as UserError;
  }
  throw new Error('it was allowed');
};

describe('who may ask for a command', () => {
  const left = person(['admin'], { leftOn: '2026-10-31' });

  it('anybody at all, where it says so', () => {
    for (const who of [guest('ou_x'), left, person([]), person(['finance'])])
      expect(mayRun(command('anybody'), who)).toBe(true);
  });

  it('everyone on the roster who has not left', () => {
    expect(mayRun(command('everyone'), person([]))).toBe(true);
    expect(mayRun(command('everyone'), guest('ou_x'))).toBe(false);
    expect(mayRun(command('everyone'), left)).toBe(false);
  });

  it('those with one of the roles, and nobody else', () => {
    const some = command(['finance', 'hr']);
    expect(mayRun(some, person(['hr']))).toBe(true);
    expect(mayRun(some, person(['merchandiser', 'finance']))).toBe(true);
    expect(mayRun(some, person(['merchandiser', 'admin']))).toBe(false);
    expect(mayRun(some, person([]))).toBe(false);
    expect(mayRun(command(['admin']), left)).toBe(false);
    expect(mayRun(some, { ...guest('ou_x'), roles: ['finance'] })).toBe(false);
    expect(mayRun(command([]), person(['admin']))).toBe(false);
  });

  it('a stranger is a guest: without a name, a role or anybody above', () => {
    expect(guest('ou_x')).toEqual({
      id: 0,
      openId: 'ou_x',
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
    expect([isGuest(guest('ou_x')), isGuest(person([]))]).toEqual([true, false]);
  });
});

describe('a refusal', () => {
  it('is none for who may', () => {
    expect(() => demandRight(command(['finance']), person(['finance']))).not.toThrow();
    expect(() => demandRight(command('anybody'), guest('ou_x'))).not.toThrow();
  });

  it('tells a stranger, and one who has left, which number to give to the administrator', () => {
    for (const who of [guest('ou_x'), person(['finance'], { leftOn: '2026-10-31' })]) {
      const { code, problem, hint } = refusal(command(['finance']), who);
      expect(code).toBe('denied.unknown-person');
      expect(problem).toEqual({
        zh: '你还不在花名册里，所以我还不能替你办事。',
        en: 'You are not on the roster yet, so I cannot do this for you.',
      });
      expect(hint).toEqual({
        zh: '请把这个编号发给管理员，请他登记你：ou_x',
        en: 'Please send this id to an administrator and ask to be added: ou_x',
      });
    }
  });

  it('tells everybody else who may', () => {
    const { code, problem, hint } = refusal(command(['finance', 'hr']), person(['merchandiser']));
    expect(code).toBe('denied.role');
    expect(problem).toEqual({ zh: '「/订单 新建」你还不能用。', en: 'You may not use “/order new”.' });
    expect(hint).toEqual({ zh: '可以用的人：财务、人事', en: 'Who may: finance, HR' });
    expect(refusal({ ...command(['finance']), aliases: [] }, person([])).problem).toMatchObject({
      zh: '「/order new」你还不能用。',
    });
  });
});
