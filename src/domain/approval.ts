import type { Person } from './people/person.ts';
import type { Words } from './records/fields.ts';
import type { Text } from './text.ts';

/** G5. A special case goes up the line: somebody is asked, in private, and answers with a reason. */
export interface ApprovalKind {
  code: string;
  label: Words;
  /** Who decides: the general manager, or the manager of who follows the order. */
  by: 'general-manager' | 'manager';
}

const kind = (code: string, zh: string, en: string, by: ApprovalKind['by']): ApprovalKind => ({
  code,
  label: { zh, en },
  by,
});

export const approvalKinds = {
  mould: kind('mould', '新开模', 'new mould', 'general-manager'),
  'sample-fee': kind('sample-fee', '样品费例外', 'sample fee exception', 'general-manager'),
  'seal-override': kind('seal-override', '未封样先做大货', 'bulk before the seal', 'manager'),
  'deposit-override': kind('deposit-override', '未收定金先生产', 'production before the deposit', 'manager'),
  'balance-override': kind('balance-override', '未收余款先出货', 'shipment before the balance', 'manager'),
} satisfies Record<string, ApprovalKind>;

export type ApprovalCode = keyof typeof approvalKinds;

export type Decided = 'asked' | 'approved' | 'refused';

/**
 * Who answers in the place of those who should: the first who is there, else the deputy of one who is not, else that one's manager.
 * Nobody who has left or is away, and never through a circle.
 *
 * @param line those who should answer, first choice first
 */
export function approverOf(
  line: readonly Person[],
  people: ReadonlyMap<number, Person>,
  isAway: (person: Person) => boolean,
): Person | undefined {
  const ifThere = (id: number | null): Person | undefined => {
    const person = id === null ? undefined : people.get(id);
    return person && !isAway(person) ? person : undefined;
  };
  const present = line.find((person) => !isAway(person));
  if (present) return present;
  const deputy = line.map(({ deputyId }) => ifThere(deputyId)).find((person) => person !== undefined);
  if (deputy) return deputy;
  const seen = new Set<number>();
  for (let at = line[0]; at && at.managerId !== null && !seen.has(at.id); at = people.get(at.managerId)) {
    seen.add(at.id);
    const above = ifThere(at.managerId);
    if (above) return above;
  }
  return undefined;
}

/** What the approver is shown. Amounts may be among the facts: it is told in private. */
export interface Question {
  title: Text;
  facts: { label: Text; value: Text }[];
  reason: Text;
}

export interface Approval {
  id: number;
  kind: string;
  subject: string;
  orderNo: string | null;
  question: Question;
  askedBy: number;
  askedOf: number;
  askedAt: Date;
  decision: { approved: boolean; reason: string; by: number; at: Date } | undefined;
}
