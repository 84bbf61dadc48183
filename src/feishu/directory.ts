import type { FeishuApi } from './api.ts';
import type { ContactDepartment, ContactUser, Page } from './api-contact.ts';

/** A person of the company directory. What the app may not see is absent, which is not the same as "none": it must erase nothing. */
export interface DirectoryPerson {
  openId: string;
  unionId?: string;
  userId?: string;
  name?: string;
  employeeNo?: string;
  /** Name of their first department. */
  department?: string;
  leaderOpenId?: string;
  /** `YYYY-MM-DD` in the business zone. */
  joinedOn?: string;
  resigned: boolean;
}

type DirectoryApi = Pick<
  FeishuApi,
  'childDepartments' | 'departments' | 'usersOfDepartment' | 'users' | 'contactScope'
>;

const COMPANY = '0';
const BATCH = 50;

/**
 * Everybody whom the app may see: members of every department in its range, at any depth, and people who are in the range by name. Each
 * once, although people can be in several departments.
 *
 * @param timeZone in which a join date is a date
 * @throws ApiError when any part cannot be read: half a directory must not pass for the whole.
 */
export async function fetchDirectory(api: DirectoryApi, timeZone = 'Asia/Shanghai'): Promise<DirectoryPerson[]> {
  const scope = await wholeScope(api);
  const departments = await departmentsOf(api, scope.departmentIds);
  const people = new Map<string, ContactUser>();
  for (const id of departments.keys()) {
    for await (const user of pages((next) => api.usersOfDepartment(id, next))) people.set(user.openId, user);
  }
  const direct = scope.openIds.filter((openId) => !people.has(openId));
  for (let from = 0; from < direct.length; from += BATCH) {
    for (const user of await api.users(direct.slice(from, from + BATCH))) people.set(user.openId, user);
  }
  return [...people.values()].map((user) => personOf(user, departments, timeZone));
}

async function wholeScope(api: DirectoryApi): Promise<{ departmentIds: string[]; openIds: string[] }> {
  const departmentIds: string[] = [];
  const openIds: string[] = [];
  let next: string | undefined;
  do {
    const page = await api.contactScope(next);
    departmentIds.push(...page.departmentIds);
    openIds.push(...page.openIds);
    next = page.next;
  } while (next);
  return { departmentIds, openIds };
}

/** Names by id, of the given departments and all below them. The company itself is one of them, without a name. */
async function departmentsOf(api: DirectoryApi, roots: string[]): Promise<Map<string, string | undefined>> {
  const found = new Map<string, string | undefined>();
  const named = roots.filter((id) => id !== COMPANY);
  for (let from = 0; from < named.length; from += BATCH) {
    const batch = named.slice(from, from + BATCH);
    for (const id of batch) found.set(id, undefined);
    for (const department of await api.departments(batch)) keep(found, department);
  }
  if (roots.includes(COMPANY)) found.set(COMPANY, undefined);
  for (const root of roots) {
    for await (const department of pages((next) => api.childDepartments(root, next))) keep(found, department);
  }
  return found;
}

function keep(found: Map<string, string | undefined>, { openDepartmentId, name, deleted }: ContactDepartment) {
  if (!deleted) found.set(openDepartmentId, name);
}

async function* pages<T>(read: (next?: string) => Promise<Page<T>>): AsyncGenerator<T> {
  let next: string | undefined;
  do {
    const page = await read(next);
    yield* page.items;
    next = page.next;
  } while (next);
}

function personOf(user: ContactUser, departments: Map<string, string | undefined>, timeZone: string): DirectoryPerson {
  const { departmentIds, joinedAtSeconds, resigned, ...rest } = user;
  const department = departmentIds?.map((id) => departments.get(id)).find((name) => name);
  return {
    ...rest,
    ...(department && { department }),
    ...(joinedAtSeconds && { joinedOn: isoDay(joinedAtSeconds, timeZone) }),
    resigned: resigned ?? false,
  };
}

function isoDay(seconds: number, timeZone: string): string {
  // this locale writes dates as YYYY-MM-DD
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(new Date(seconds * 1000));
}
