import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { Person, Role } from '#domain/people/person';
import type { Db } from './client.ts';
import { peopleByIds } from './people.ts';
import { people } from './schema.ts';

/** Everybody with a role who has not left, in a fixed order. */
export async function peopleWithRole(db: Db, role: Role): Promise<Person[]> {
  const rows = await db
    .select({ id: people.id })
    .from(people)
    .where(and(isNull(people.leftOn), sql`${role} = any(${people.roles})`))
    .orderBy(people.id);
  return inOrder(db, rows);
}

/** Who reports to these people directly and has not left, by name. */
export async function reportsOf(db: Db, managerIds: number[]): Promise<Person[]> {
  if (managerIds.length === 0) return [];
  const rows = await db
    .select({ id: people.id })
    .from(people)
    .where(and(isNull(people.leftOn), inArray(people.managerId, managerIds)))
    .orderBy(sql`${people.name} collate "C"`, people.id);
  return inOrder(db, rows);
}

/** Everybody below a person, however far, nearest level first, at most `limit`. */
export async function everybodyBelow(db: Db, managerId: number, limit = 200): Promise<Person[]> {
  const found: Person[] = [];
  const seen = new Set([managerId]);
  for (let level = [managerId]; level.length > 0 && found.length < limit; ) {
    const next = (await reportsOf(db, level)).filter(({ id }) => !seen.has(id));
    for (const { id } of next) seen.add(id);
    found.push(...next);
    level = next.map(({ id }) => id);
  }
  return found.slice(0, limit);
}

/** People whose deputy this person is. */
export async function deputizedBy(db: Db, deputyId: number): Promise<Person[]> {
  const rows = await db.select({ id: people.id }).from(people).where(eq(people.deputyId, deputyId)).orderBy(people.id);
  return inOrder(db, rows);
}

async function inOrder(db: Db, rows: { id: number }[]): Promise<Person[]> {
  const found = await peopleByIds(
    db,
    rows.map(({ id }) => id),
  );
  return rows.flatMap(({ id }) => found.get(id) ?? []);
}
