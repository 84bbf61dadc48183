import type { Person } from '../people/person.ts';
import type { AnyKind, RecordHead } from './kind.ts';

/** Who follows the order (or recorded what has none), and everybody above in the line. */
export interface Responsible {
  person: Person;
  above: readonly number[];
}

/** Who answers for it: the responsible person, that person's deputy, everybody above, the general manager, an administrator. */
export const answersFor = (actor: Person, { person, above }: Responsible): boolean =>
  actor.id === person.id ||
  actor.id === person.deputyId ||
  above.includes(actor.id) ||
  actor.roles.includes('general_manager') ||
  actor.roles.includes('admin');

/** Who may record: those who answer for it, the kind's keepers, and whom it was assigned to. */
export const mayRecord = (actor: Person, kind: AnyKind, responsible: Responsible, record?: RecordHead): boolean =>
  answersFor(actor, responsible) ||
  kind.keepers.some((role) => actor.roles.includes(role)) ||
  Object.entries(kind.fields).some(([name, { as }]) => as === 'person' && record?.values[name] === actor.id);

export const maySeeAmounts = (actor: Person, responsible: Responsible): boolean =>
  actor.roles.includes('finance') || answersFor(actor, responsible);
