/** A person or a department as contact v3 tells it: a field without its scope is absent, with code 0 (8.1). */
import type { State, User } from '#playground/platform/state';
import type { SeedDepartment } from '#playground/platform/world-seed';

export type UserIdType = 'open_id' | 'union_id' | 'user_id';

export const idOf = (user: User, type: UserIdType): string =>
  ({ open_id: user.openId, union_id: user.unionId, user_id: user.userId })[type];

export function shapeUser(state: State, user: User, idType: UserIdType = 'open_id'): Record<string, unknown> {
  const has = (scope: string) => state.scopes.has(scope);
  const leader = user.leaderOpenId ? state.user(user.leaderOpenId) : undefined;
  return {
    open_id: user.openId,
    union_id: user.unionId,
    ...(has('contact:user.employee_id:readonly') ? { user_id: user.userId } : {}),
    ...(has('contact:user.base:readonly')
      ? {
          name: user.name,
          en_name: user.enName ?? '',
          nickname: '',
          avatar: { avatar_72: '', avatar_240: '', avatar_640: '', avatar_origin: '' },
        }
      : {}),
    ...(has('contact:user.employee:readonly') ? employeeFields(user, leader, idType) : {}),
    ...(has('contact:user.employee_number:read') ? { employee_no: user.employeeNo } : {}),
    ...(has('contact:user.department:readonly') ? departmentFields(user) : {}),
    ...(has('contact:user.email:readonly') && user.email ? { email: user.email } : {}),
    ...(has('contact:user.phone:readonly') && user.mobile ? { mobile: user.mobile, mobile_visible: true } : {}),
  };
}

function employeeFields(user: User, leader: User | undefined, idType: UserIdType) {
  return {
    status: {
      is_frozen: false,
      is_resigned: user.resigned === true,
      is_activated: true,
      is_exited: false,
      is_unjoin: false,
    },
    ...(leader ? { leader_user_id: idOf(leader, idType) } : {}),
    ...(user.joinTime ? { join_time: Math.floor(Date.parse(`${user.joinTime}T00:00:00+08:00`) / 1000) } : {}),
    employee_type: 1,
    job_title: user.jobTitle,
    is_tenant_manager: false,
  };
}

function departmentFields(user: User) {
  return {
    department_ids: user.departmentIds,
    orders: user.departmentIds.map((department_id, index) => ({
      department_id,
      user_order: 0,
      department_order: user.departmentIds.length - index,
      is_primary_dept: index === 0,
    })),
  };
}

export function shapeDepartment(
  state: State,
  department: SeedDepartment,
  idType: UserIdType = 'open_id',
): Record<string, unknown> {
  const leader = department.leaderOpenId ? state.user(department.leaderOpenId) : undefined;
  return {
    ...(state.scopes.has('contact:department.base:readonly') ? { name: department.name } : {}),
    department_id: department.openDepartmentId.replace(/^od-/, ''),
    open_department_id: department.openDepartmentId,
    parent_department_id: department.parent,
    ...(leader
      ? { leader_user_id: idOf(leader, idType), leaders: [{ leaderType: 1, leaderID: idOf(leader, idType) }] }
      : {}),
    member_count: state
      .users()
      .filter((user) => !user.resigned && user.departmentIds.includes(department.openDepartmentId)).length,
    status: { is_deleted: false },
  };
}
