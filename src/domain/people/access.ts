import type { Person, Role } from './person.ts';

/**
 * Who may see and do what with pay, as one table. `self` is the payee; `line` are those above the payee, and only where the company has
 * said so (setting `lineSeesPay`). Everything that is not written here is denied.
 */
export type Relation = Role | 'self' | 'line';

export const payAccess = {
  /** An estimate, a payslip, its reasons, what-ifs. */
  see: ['self', 'line', 'finance', 'hr'],
  /** Confirming or objecting to a payslip. */
  answer: ['self'],
  facts: ['finance', 'hr'],
  run: ['finance', 'hr'],
  check: ['finance', 'hr', 'general_manager'],
  approve: ['finance', 'general_manager'],
  lock: ['finance', 'hr'],
  payslips: ['finance', 'hr'],
  paid: ['finance'],
  correct: ['finance', 'hr'],
  export: ['finance', 'hr'],
  /** Everybody's yearly rewards and year-end flags in one table. */
  overview: ['finance', 'hr'],
  settings: ['finance', 'hr'],
  /** The rules themselves are no secret: everybody under them may read them. */
  readScheme: ['merchandiser', 'manager', 'finance', 'general_manager', 'hr', 'admin'],
  replayScheme: ['finance', 'hr'],
  adoptScheme: ['finance', 'hr', 'general_manager'],
} as const satisfies Record<string, readonly Relation[]>;

export type PayAct = keyof typeof payAccess;

export interface Payee {
  id: number;
  /** Those above the payee, nearest first. */
  above: readonly number[];
  lineSeesPay: boolean;
}

/** @param payee whose pay it is about; absent for acts about the whole company */
export function mayPay(act: PayAct, actor: Pick<Person, 'id' | 'roles' | 'leftOn'>, payee?: Payee): boolean {
  if (actor.leftOn !== null) return false;
  return (payAccess[act] as readonly Relation[]).some((relation) => {
    if (relation === 'self') return payee !== undefined && payee.id === actor.id;
    if (relation === 'line') return payee?.lineSeesPay === true && payee.above.includes(actor.id);
    return actor.roles.includes(relation);
  });
}

/** The roles of an act, for a command's own gate; `everyone` when a payee may do it. */
export function rolesFor(act: PayAct): Role[] | 'everyone' {
  const relations = payAccess[act] as readonly Relation[];
  return relations.includes('self') ? 'everyone' : (relations.filter((each) => each !== 'line') as Role[]);
}
