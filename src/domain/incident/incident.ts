import type { IsoDate, Month } from '#domain/calendar/dates';
import type { Fen } from '#domain/money';
import type { Person } from '#domain/people/person';
import type { Text } from '../text.ts';
import { say } from '../text.ts';

export const incidentStates = ['recorded', 'disputed', 'upheld', 'withdrawn'] as const;
export type IncidentState = (typeof incidentStates)[number];

/** One incident with what was said about it since. */
export interface Incident {
  id: number;
  personId: number;
  clause: string;
  scheme: string | null;
  /** The month that pays for it. */
  month: Month;
  date: IsoDate;
  orderNo: string | null;
  declaration: string | null;
  lossFen: Fen | null;
  amountFen: Fen | null;
  note: string;
  evidence: { key: string; messageId: string; type: string; name: string }[];
  by: number;
  saidAt: Date;
  messageId: string | null;
  dispute?: IncidentWord;
  decision?: IncidentWord & { kind: 'upheld' | 'withdrawn' };
}

export interface IncidentWord {
  reason: string;
  by: number;
  saidAt: Date;
}

export const stateOf = ({ dispute, decision }: Incident): IncidentState =>
  decision?.kind ?? (dispute ? 'disputed' : 'recorded');

export const stateLabel: Record<IncidentState, Text> = {
  recorded: say('已登记', 'recorded'),
  disputed: say('有异议，待处理', 'disputed, open'),
  upheld: say('维持', 'upheld'),
  withdrawn: say('已撤回，不扣款', 'withdrawn, costs nothing'),
};

/** Who may record something about somebody: those above in the reporting line, and HR; never oneself. */
export function mayRecord(actor: Person, personId: number, above: readonly number[]): boolean {
  return actor.id !== personId && (above.includes(actor.id) || actor.roles.includes('hr'));
}

/** Who may see the incidents of somebody: the person, those above, HR and finance. */
export function maySee(actor: Person, personId: number, above: readonly number[]): boolean {
  return (
    actor.id === personId || above.includes(actor.id) || actor.roles.some((role) => role === 'hr' || role === 'finance')
  );
}

/**
 * Section 3, G5. Who decides: one level up from whoever recorded it. `above` is the employee's reporting line, nearest first.
 * Whoever recorded it decides nothing, nor does the employee; HR may always, unless HR recorded it.
 *
 * @returns ids of those in the line who may decide, nearest first; empty: only HR can
 */
export function deciders(recordedBy: number, above: readonly number[]): number[] {
  const at = above.indexOf(recordedBy);
  return above.slice(at < 0 ? 1 : at + 1);
}

export function mayDecide(
  actor: Person,
  incident: Pick<Incident, 'by' | 'personId'>,
  above: readonly number[],
): boolean {
  if (actor.id === incident.by || actor.id === incident.personId) return false;
  return deciders(incident.by, above).includes(actor.id) || actor.roles.includes('hr');
}
