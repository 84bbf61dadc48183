import type { Db } from '#db/client';
import { peopleByIds } from '#db/people';
import { peopleWithRole } from '#db/reporting-line';
import { setting } from '#db/settings';
import type { Person } from '#domain/people/person';
import type { LoadedSheet } from './appraisal-sheets.ts';

/** Setting: ids of the people who approve (LB-A7: the sales manager or the deputy general manager); else the general managers do. */
export const APPROVERS = 'appraisal.approvers';

export async function approvers(db: Db): Promise<Person[]> {
  const named = (await setting<number[]>(db, APPROVERS)) ?? [];
  const people = [...(await peopleByIds(db, named)).values()].filter(({ leftOn }) => leftOn === null);
  return people.length > 0 ? people : peopleWithRole(db, 'general_manager');
}

/**
 * Nobody approves what is about himself, nor what he scored or reviewed, unless there is nobody else to do it and nobody above him.
 */
export function mayApprove(actor: Person, { state, person }: LoadedSheet, all: readonly Person[]): boolean {
  if (!all.some(({ id }) => id === actor.id) || actor.id === person.id) return false;
  const gave = (id: number) => state.scoredBy === id || state.answer?.by === id;
  if (!gave(actor.id)) return true;
  const others = all.some(({ id }) => id !== actor.id && id !== person.id && !gave(id));
  return !others && actor.managerId === null;
}
