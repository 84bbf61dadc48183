import { absencesFrom } from '#db/appraisals';
import type { Db } from '#db/client';
import { absenceOn } from '#domain/appraisal/steward';
import type { IsoDate } from '#domain/calendar/dates';
import type { Person } from '#domain/people/person';

/** Who cannot answer on a day, so that their deputy is asked: whoever said to be away, or has left. */
export async function whoIsAway(db: Db, today: IsoDate): Promise<(person: Person) => boolean> {
  const absences = await absencesFrom(db, today);
  return ({ id, leftOn }) => (leftOn !== null && leftOn < today) || absenceOn(absences, id, today) !== undefined;
}
