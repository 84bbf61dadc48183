import { and, desc, eq, inArray, lt, lte, ne, notLike, or, sql } from 'drizzle-orm';
import type { Person, Role } from '#domain/people/person';
import { among } from './among.ts';
import { builtOnce } from './built-once.ts';
import type { Db } from './client.ts';
import { people, personTerms } from './schema.ts';

const columns = {
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
};
type Row = Omit<Person, 'roles'> & { roles: string[] };
const person = (row: Row): Person => row as Person;

const byOpenId = builtOnce<Row>((db) =>
  db
    .select(columns)
    .from(people)
    .where(eq(people.openId, sql.placeholder('openId'))),
);

export async function findPerson(db: Db, openId: string): Promise<Person | undefined> {
  const [row] = await byOpenId(db, { openId });
  return row && person(row);
}

export async function personById(db: Db, id: number): Promise<Person | undefined> {
  const [row] = await db.select(columns).from(people).where(eq(people.id, id));
  return row && person(row);
}

export async function peopleByIds(db: Db, ids: number[]): Promise<Map<number, Person>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .select(columns)
    .from(people)
    .where(among(people.id, [...new Set(ids)]));
  return new Map(rows.map((row) => [row.id, person(row)]));
}

/** Names by open_id, of those on the roster. */
export async function openIdNames(db: Db, openIds: readonly string[]): Promise<Map<string, string>> {
  if (openIds.length === 0) return new Map();
  const rows = await db
    .select({ openId: people.openId, name: people.name })
    .from(people)
    .where(inArray(people.openId, [...new Set(openIds)]));
  return new Map(rows.map(({ openId, name }) => [openId, name]));
}

/** Everybody whom a word names exactly: open_id, employee number or name. More than one only for namesakes. */
export async function peopleNamed(db: Db, word: string): Promise<Person[]> {
  const rows = await db
    .select(columns)
    .from(people)
    .where(or(eq(people.openId, word), eq(people.employeeNo, word), eq(people.name, word)))
    .orderBy(people.id)
    .limit(20);
  return rows.map(person);
}

/** The roster by department and name, one page. */
export async function listPeople(
  db: Db,
  { role, department, limit, offset }: { role?: Role; department?: string; limit: number; offset: number },
): Promise<{ people: Person[]; total: number }> {
  const which = and(
    sql`${people.leftOn} is null`,
    role && sql`${role} = any(${people.roles})`,
    department ? eq(people.department, department) : undefined,
  );
  const [rows, total] = [
    await db
      .select(columns)
      .from(people)
      .where(which)
      .orderBy(sql`${people.department} collate "C" nulls last`, sql`${people.name} collate "C"`, people.id)
      .limit(limit)
      .offset(offset),
    await db.$count(people, which),
  ];
  return { people: rows.map(person), total };
}

/** Ids of everybody above a person, nearest first; stops at a circle. */
export async function managersAbove(db: Db, personId: number): Promise<number[]> {
  const found: number[] = [];
  for (
    let at = await personById(db, personId);
    at?.managerId && !found.includes(at.managerId);
    at = await personById(db, at.managerId)
  ) {
    found.push(at.managerId);
    if (found.length > 20) break;
  }
  return found;
}

/** What may be set of a person; absent means "leave it as it is", null means "empty it". */
export interface PersonChange {
  unionId?: string;
  userId?: string;
  name?: string;
  employeeNo?: string | null;
  department?: string | null;
  managerId?: number | null;
  deputyId?: number | null;
  roles?: Role[];
  hiredOn?: string | null;
  probationUntil?: string | null;
  leftOn?: string | null;
  privateChatId?: string;
}

/** Puts a person on the roster, or changes the one with this open_id. Returns both states, for the audit row. */
export async function putPerson(
  db: Db,
  openId: string,
  change: PersonChange & { name: string },
  now: Date,
): Promise<{ before: Person | undefined; after: Person }> {
  const before = await findPerson(db, openId);
  const [row] = await db
    .insert(people)
    .values({ openId, ...change, updatedAt: now })
    .onConflictDoUpdate({ target: people.openId, set: { ...change, updatedAt: now } })
    .returning(columns);
  return { before, after: person(row!) };
}

export async function changePerson(db: Db, id: number, change: PersonChange, now: Date): Promise<Person> {
  const [row] = await db
    .update(people)
    .set({ ...change, updatedAt: now })
    .where(eq(people.id, id))
    .returning(columns);
  return person(row!);
}

/** A person's private chat with the bot, noted when it is first seen or has changed. */
export async function rememberPrivateChat(db: Db, openId: string, chatId: string): Promise<void> {
  await db
    .update(people)
    .set({ privateChatId: chatId })
    .where(and(eq(people.openId, openId), or(sql`${people.privateChatId} is null`, ne(people.privateChatId, chatId))));
}

/** Pay terms; amounts in fen. Null: not known. */
export interface Terms {
  fromMonth: string;
  scheme: string | null;
  positionWageFen: bigint | null;
  performanceBaseFen: bigint | null;
}

/** The terms that count in a month (`YYYY-MM`), if any were recorded by then. */
export async function termsIn(db: Db, personId: number, month: string): Promise<Terms | undefined> {
  const [row] = await db
    .select({
      fromMonth: personTerms.fromMonth,
      scheme: personTerms.scheme,
      positionWageFen: personTerms.positionWageFen,
      performanceBaseFen: personTerms.performanceBaseFen,
    })
    .from(personTerms)
    .where(and(eq(personTerms.personId, personId), lte(personTerms.fromMonth, month)))
    .orderBy(desc(personTerms.fromMonth), desc(personTerms.id))
    .limit(1);
  return row;
}

export async function addTerms(db: Db, personId: number, terms: Terms, by: string, now: Date): Promise<void> {
  await db.insert(personTerms).values({ personId, ...terms, recordedBy: by, recordedAt: now });
}

/**
 * Makes people who left before this day nobody in particular: name, ids and chat go, their number stays, by which the records name them.
 *
 * @returns the numbers of those who were somebody until now
 */
export async function forgetLeaversBefore(db: Db, day: string, now: Date): Promise<number[]> {
  const forgotten = await db
    .update(people)
    .set({
      name: sql`'离职人员 ' || ${people.id}`,
      openId: sql`'left_' || ${people.id}`,
      unionId: null,
      userId: null,
      employeeNo: null,
      department: null,
      privateChatId: null,
      roles: [],
      updatedAt: now,
    })
    .where(and(lt(people.leftOn, day), notLike(people.openId, 'left\\_%')))
    .returning({ id: people.id });
  return forgotten.map(({ id }) => id);
}
