import { describe, expect, it } from 'vitest';
import { commands } from '#commands/index';
import { mayPay, type PayAct, payAccess, rolesFor } from '#domain/people/access';
import type { Role } from '#domain/people/person';

const person = (id: number, ...roles: Role[]) => ({ id, roles, leftOn: null });
const actors = {
  self: person(1, 'merchandiser'),
  colleague: person(2, 'merchandiser'),
  line: person(3, 'manager'),
  'other manager': person(4, 'manager'),
  finance: person(5, 'finance'),
  hr: person(6, 'hr'),
  'general manager': person(7, 'general_manager'),
  admin: person(8, 'admin'),
};
type Actor = keyof typeof actors;
const everybodyButAdmins: Actor[] = ['self', 'colleague', 'line', 'other manager', 'finance', 'hr', 'general manager'];

/** Who may, written down a second time: a change of the table has to be made here as well. */
const expected: Record<PayAct, Actor[]> = {
  see: ['self', 'finance', 'hr'],
  answer: ['self'],
  facts: ['finance', 'hr'],
  run: ['finance', 'hr'],
  check: ['finance', 'hr', 'general manager'],
  approve: ['finance', 'general manager'],
  lock: ['finance', 'hr'],
  payslips: ['finance', 'hr'],
  paid: ['finance'],
  correct: ['finance', 'hr'],
  export: ['finance', 'hr'],
  overview: ['finance', 'hr'],
  settings: ['finance', 'hr'],
  readScheme: [...everybodyButAdmins, 'admin'],
  replayScheme: ['finance', 'hr'],
  adoptScheme: ['finance', 'hr', 'general manager'],
};

describe('who may do what with pay', () => {
  for (const act of Object.keys(payAccess) as PayAct[])
    it.each(Object.keys(actors) as Actor[])(`${act}: %s`, (who) => {
      const payee = { id: 1, above: [3, 7], lineSeesPay: false };
      expect(mayPay(act, actors[who], payee)).toBe(expected[act].includes(who));
    });

  it('those above see pay only where the company has said so, and only of their own people', () => {
    const seen = (who: Actor) => mayPay('see', actors[who], { id: 1, above: [3, 7], lineSeesPay: true });
    expect((Object.keys(actors) as Actor[]).filter(seen)).toEqual(['self', 'line', 'finance', 'hr', 'general manager']);
  });

  it('somebody who has left may nothing', () => {
    for (const act of Object.keys(payAccess) as PayAct[])
      expect(mayPay(act, { ...actors.finance, leftOn: '2026-10-31' }, { id: 5, above: [], lineSeesPay: true })).toBe(
        false,
      );
  });

  it('without anybody’s pay in question, nobody is its owner', () => {
    expect(mayPay('see', actors.self)).toBe(false);
    expect(mayPay('answer', actors.finance)).toBe(false);
  });
});

describe('the gates of the commands agree with the table', () => {
  const acts: Record<string, PayAct> = {
    pay: 'see',
    'pay why': 'see',
    'pay if': 'see',
    'pay chart': 'see',
    'pay year': 'see',
    'pay net': 'see',
    'pay tax': 'see',
    'pay confirm': 'answer',
    'pay object': 'answer',
    'pay run': 'run',
    'pay check': 'check',
    'pay approve': 'approve',
    'pay lock': 'lock',
    'pay payslips': 'payslips',
    'pay paid': 'paid',
    'pay correct': 'correct',
    'pay export': 'export',
    'pay facts': 'facts',
    'pay settings': 'settings',
    'scheme list': 'readScheme',
    'scheme show': 'readScheme',
    'scheme check': 'readScheme',
    'scheme replay': 'replayScheme',
    'scheme adopt': 'adoptScheme',
  };
  const own = commands.filter(({ name }) => /^(pay|scheme)\b/.test(name));

  it('none is missing', () => {
    expect(own.map(({ name }) => name).sort()).toEqual(Object.keys(acts).sort());
  });
  it.each(own.map((command) => [command.name, command] as const))('%s', (name, command) => {
    expect(command.roles).toEqual(rolesFor(acts[name]!));
    expect(command.answers).toBe('private');
  });
});
