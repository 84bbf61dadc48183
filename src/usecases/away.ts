import type { Db } from '#db/client';
import type { IsoDate } from '#domain/calendar/dates';
import type { Person } from '#domain/people/person';

/** Who cannot answer on a day, so that their deputy is asked. Whoever has left never can. */
export async function whoIsAway(_db: Db, today: IsoDate): Promise<(person: Person) => boolean> {
  return ({ leftOn }) => leftOn !== null && leftOn < today;
}
