import type { IsoDate } from '#domain/calendar/dates';

/** What decides who scores somebody, besides the manager. */
export interface Line {
  personId: number;
  managerId: number;
  /** Named for the absence or for always; null: none. */
  deputyId: number | null;
  /** The manager's manager; null: the manager has nobody above. */
  aboveId: number | null;
  /** The manager is away today, or has left. */
  away: boolean;
}

/**
 * Whom to ask for a sheet today (domain section 9): the manager; while away the named deputy, else the manager's manager. After the
 * limit it is handed over to the manager's manager. Never the employee.
 */
export function stewardOf(line: Line, handedOver: boolean): number {
  const { personId, managerId, deputyId, aboveId, away } = line;
  if (handedOver && aboveId !== null) return aboveId;
  if (!away) return managerId;
  if (deputyId !== null && deputyId !== personId) return deputyId;
  return aboveId ?? managerId;
}

/** Who may score, or review an objection, today: whoever is asked, the manager, and a named deputy. Never the employee. */
export function mayScore(actorId: number, line: Line, handedOver: boolean): boolean {
  if (actorId === line.personId) return false;
  return actorId === line.managerId || actorId === line.deputyId || actorId === stewardOf(line, handedOver);
}

export interface Absence {
  personId: number;
  from: IsoDate;
  to: IsoDate;
  deputyId: number | null;
}

/** The absence that holds on a day; of several the last one entered. */
export const absenceOn = (absences: readonly Absence[], personId: number, day: IsoDate): Absence | undefined =>
  absences.filter((each) => each.personId === personId && each.from <= day && day <= each.to).at(-1);
