/** Contact v3, within the app's contact range: people, departments, scopes, ids by mail and phone (8.1). */
import { type Call, pageOf, type Reply } from '#playground/platform/api/call';
import { idOf, shapeDepartment, shapeUser, type UserIdType } from '#playground/platform/api/contact-shape';
import { ApiError, fieldError } from '#playground/platform/api/errors';
import type { Endpoint, Gate } from '#playground/platform/api/gate';
import type { State, User } from '#playground/platform/state';
import type { SeedDepartment } from '#playground/platform/world-seed';

const readScopes = ['contact:contact.base:readonly', 'contact:contact:readonly_as_app', 'contact:contact:readonly'];

export function contactEndpoints({ state }: Gate): Endpoint[] {
  function get(call: Call): Reply {
    const type = userIdType(call);
    const user = state.users().find((one) => idOf(one, type) === call.param('id'));
    if (!user) throw new ApiError(41012, 'user id invalid error');
    if (user.resigned || !inRange(state, user)) throw new ApiError(41050, 'no user authority error');
    return { data: { user: shapeUser(state, user, type) } };
  }

  function batch(call: Call): Reply {
    const type = userIdType(call);
    const ids = call.queries('user_ids');
    if (ids.length === 0 || ids.length > 50)
      throw fieldError({ field: 'user_ids', description: 'the length must be 1 to 50' });
    const found = readable(state).filter((user) => ids.includes(idOf(user, type)));
    return { data: { items: found.map((user) => shapeUser(state, user, type)) } };
  }

  function ofDepartment(call: Call): Reply {
    const type = userIdType(call);
    const id = call.query('department_id');
    if (!id) throw new ApiError(40001, 'param error: department_id is required');
    const department = departmentId(state, id);
    const members = readable(state).filter((user) => user.departmentIds.includes(department));
    const page = pageOf(members, call.page(10, 50, 40009));
    return { data: { ...page, items: page.items.map((user) => shapeUser(state, user, type)) } };
  }

  function children(call: Call): Reply {
    const root = departmentId(state, call.param('id'));
    const all = call.query('fetch_child') === 'true' ? below(state, root) : directlyBelow(state, root);
    const inside = all.filter((department) => departmentInRange(state, department.openDepartmentId));
    const page = pageOf(inside, call.page(10, 50, 40009));
    return { data: { ...page, items: page.items.map((one) => shapeDepartment(state, one, userIdType(call))) } };
  }

  function department(call: Call): Reply {
    const id = departmentId(state, call.param('id'));
    const found = state.seed.departments.find((one) => one.openDepartmentId === id);
    if (!found) throw new ApiError(40004, 'no dept authority error');
    return { data: { department: shapeDepartment(state, found, userIdType(call)) } };
  }

  function departments(call: Call): Reply {
    const ids = call.queries('department_ids');
    if (ids.length === 0 || ids.length > 50)
      throw fieldError({ field: 'department_ids', description: 'the length must be 1 to 50' });
    const found = state.seed.departments.filter(
      (one) => ids.includes(one.openDepartmentId) && departmentInRange(state, one.openDepartmentId),
    );
    return { data: { items: found.map((one) => shapeDepartment(state, one, userIdType(call))) } };
  }

  function scopes(): Reply {
    const department_ids =
      state.seed.contactRange ??
      state.seed.departments.filter((one) => one.parent === '0').map((one) => one.openDepartmentId);
    const user_ids = readable(state)
      .filter((user) => user.departmentIds.length === 0)
      .map((user) => user.openId);
    return { data: { department_ids, user_ids, group_ids: [], has_more: false } };
  }

  function byMailOrPhone(call: Call): Reply {
    const type = userIdType(call);
    const body = call.json();
    const resignedToo = body.include_resigned === true;
    const people = state.users().filter((user) => inRange(state, user) && (resignedToo || !user.resigned));
    const look = (field: 'email' | 'mobile', values: unknown) => {
      const list = Array.isArray(values) ? (values as string[]) : [];
      if (list.length > 50) throw fieldError({ field: `${field}s`, description: 'the max length is 50' });
      return list.map((value) => {
        const user = people.find((one) => one[field] === value);
        return { ...(user ? { user_id: idOf(user, type) } : {}), [field]: value };
      });
    };
    return { data: { user_list: [...look('email', body.emails), ...look('mobile', body.mobiles)] } };
  }

  const read = (api: string, path: string, run: Endpoint['run']): Endpoint => ({
    api,
    method: 'GET',
    path: `/contact/v3${path}`,
    scopes: readScopes,
    run,
  });
  return [
    read('users-batch', '/users/batch', batch),
    read('users', '/users/find_by_department', ofDepartment),
    read('user', '/users/:id', get),
    read('departments-batch', '/departments/batch', departments),
    read('departments', '/departments/:id/children', children),
    read('department', '/departments/:id', department),
    read('contact-scopes', '/scopes', scopes),
    {
      api: 'batch-get-id',
      method: 'POST',
      path: '/contact/v3/users/batch_get_id',
      scopes: ['contact:user.id:readonly'],
      run: byMailOrPhone,
    },
  ];
}

function userIdType(call: Call): UserIdType {
  const type = call.query('user_id_type') ?? 'open_id';
  if (type !== 'open_id' && type !== 'union_id' && type !== 'user_id') {
    throw fieldError({ field: 'user_id_type', description: 'must be open_id, union_id or user_id' });
  }
  return type;
}

/** The people whom the app may see: in range and not resigned. */
const readable = (state: State): User[] => state.users().filter((user) => !user.resigned && inRange(state, user));

export function inRange(state: State, user: User): boolean {
  return state.seed.contactRange === undefined || user.departmentIds.some((id) => departmentInRange(state, id));
}

function departmentInRange(state: State, id: string): boolean {
  const range = state.seed.contactRange;
  if (range === undefined) return true;
  for (let at: string | undefined = id; at && at !== '0'; at = parentOf(state, at)) if (range.includes(at)) return true;
  return false;
}

const parentOf = (state: State, id: string): string | undefined =>
  state.seed.departments.find((one) => one.openDepartmentId === id)?.parent;

/** The id itself when it may be read; the root `0` needs the whole tenant. Throws 40004. */
function departmentId(state: State, id: string): string {
  const known = id === '0' || state.seed.departments.some((one) => one.openDepartmentId === id);
  if (!known || (id === '0' ? state.seed.contactRange !== undefined : !departmentInRange(state, id))) {
    throw new ApiError(40004, 'no dept authority error');
  }
  return id;
}

const directlyBelow = (state: State, id: string): SeedDepartment[] =>
  state.seed.departments.filter((one) => one.parent === id);

const below = (state: State, id: string): SeedDepartment[] =>
  directlyBelow(state, id).flatMap((one) => [one, ...below(state, one.openDepartmentId)]);
