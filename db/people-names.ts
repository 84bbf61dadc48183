import { asc } from 'drizzle-orm';
import type { Person } from '#domain/people/person';
import type { Db } from './client.ts';
import { people } from './schema.ts';

/** Everybody on the roster, for looking up the names of a whole file. */
export async function allPeople(db: Db): Promise<Person[]> {
  const rows = await db
    .select({
      id: people.id,
      openId: people.openId,
      name: people.name,
      employeeNo: people.employeeNo,
      department: people.department,
      managerId: people.managerId,
      deputyId: people.deputyId,
      roles: people.roles,
      hiredOn: people.hiredOn,
      probationUntil: people.probationUntil,
      leftOn: people.leftOn,
    })
    .from(people)
    .orderBy(asc(people.id));
  return rows as Person[];
}
