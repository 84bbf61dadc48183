import { z } from 'zod';
import { path, type Transport } from './transport.ts';

/** A person as the contact API shows them; what the app has no scope for is absent. */
export interface ContactUser {
  openId: string;
  unionId?: string;
  userId?: string;
  name?: string;
  employeeNo?: string;
  /** Leader in the company directory, `''` never: absent when there is none or the app may not see it. */
  leaderOpenId?: string;
  /** When they joined, seconds since 1970. */
  joinedAtSeconds?: number;
  departmentIds?: string[];
  resigned?: boolean;
}

export interface ContactDepartment {
  openDepartmentId: string;
  name?: string;
  parentId?: string;
  deleted: boolean;
}

export interface Page<T> {
  items: T[];
  /** Absent on the last page. */
  next?: string;
}

export interface ContactApi {
  /** Departments below this one, at any depth; `0` is the company. */
  childDepartments(departmentId: string, pageToken?: string): Promise<Page<ContactDepartment>>;
  departments(departmentIds: string[]): Promise<ContactDepartment[]>;
  /** Direct members only. */
  usersOfDepartment(departmentId: string, pageToken?: string): Promise<Page<ContactUser>>;
  /** At most 50; those that the app may not see are missing. */
  users(openIds: string[]): Promise<ContactUser[]>;
  /** What the app may read: departments and people that an administrator chose. */
  contactScope(pageToken?: string): Promise<{ departmentIds: string[]; openIds: string[]; next?: string }>;
}

const maybe = z
  .string()
  .nullish()
  .transform((value) => value || undefined);

const user = z
  .object({
    open_id: z.string().min(1),
    union_id: maybe,
    user_id: maybe,
    name: maybe,
    employee_no: maybe,
    leader_user_id: maybe,
    join_time: z.number().nullish(),
    department_ids: z.array(z.string()).nullish(),
    status: z.object({ is_resigned: z.boolean().optional(), is_exited: z.boolean().optional() }).nullish(),
  })
  .transform((given): ContactUser => {
    return {
      openId: given.open_id,
      ...(given.union_id && { unionId: given.union_id }),
      ...(given.user_id && { userId: given.user_id }),
      ...(given.name && { name: given.name }),
      ...(given.employee_no && { employeeNo: given.employee_no }),
      ...(given.leader_user_id && { leaderOpenId: given.leader_user_id }),
      ...(given.join_time && { joinedAtSeconds: given.join_time }),
      ...(given.department_ids && { departmentIds: given.department_ids }),
      ...(given.status && { resigned: Boolean(given.status.is_resigned || given.status.is_exited) }),
    };
  });

const department = z
  .object({
    open_department_id: z.string().min(1),
    name: maybe,
    parent_department_id: maybe,
    status: z.object({ is_deleted: z.boolean().optional() }).nullish(),
  })
  .transform((given): ContactDepartment => {
    return {
      openDepartmentId: given.open_department_id,
      ...(given.name && { name: given.name }),
      ...(given.parent_department_id && { parentId: given.parent_department_id }),
      deleted: given.status?.is_deleted ?? false,
    };
  });

/** An empty list may be left out altogether. */
const pageOf = <T>(item: z.ZodType<T>) =>
  z
    .object({
      data: z.object({ items: z.array(item).nullish(), has_more: z.boolean().optional(), page_token: maybe }),
    })
    .transform(({ data }): Page<T> => {
      return { items: data.items ?? [], ...(data.has_more && data.page_token && { next: data.page_token }) };
    });

const scope = z
  .object({
    data: z.object({
      department_ids: z.array(z.string()).nullish(),
      user_ids: z.array(z.string()).nullish(),
      has_more: z.boolean().optional(),
      page_token: maybe,
    }),
  })
  .transform(({ data }) => ({
    departmentIds: data.department_ids ?? [],
    openIds: data.user_ids ?? [],
    ...(data.has_more && data.page_token && { next: data.page_token }),
  }));

const ids = { user_id_type: 'open_id', department_id_type: 'open_department_id' };

export function contactApi(call: Transport['call']): ContactApi {
  return {
    childDepartments: (departmentId, pageToken) =>
      call(
        {
          api: 'contact.children',
          method: 'GET',
          path: path`/contact/v3/departments/${departmentId}/children`,
          query: { ...ids, fetch_child: true, page_size: 50, page_token: pageToken },
        },
        pageOf(department),
      ),
    departments: async (departmentIds) =>
      (
        await call(
          {
            api: 'contact.departments',
            method: 'GET',
            path: '/contact/v3/departments/batch',
            query: { ...ids, department_ids: departmentIds },
          },
          pageOf(department),
        )
      ).items,
    usersOfDepartment: (departmentId, pageToken) =>
      call(
        {
          api: 'contact.members',
          method: 'GET',
          path: '/contact/v3/users/find_by_department',
          query: { ...ids, department_id: departmentId, page_size: 50, page_token: pageToken },
        },
        pageOf(user),
      ),
    users: async (openIds) =>
      (
        await call(
          {
            api: 'contact.users',
            method: 'GET',
            path: '/contact/v3/users/batch',
            query: { ...ids, user_ids: openIds },
          },
          pageOf(user),
        )
      ).items,
    contactScope: (pageToken) =>
      call(
        {
          api: 'contact.scope',
          method: 'GET',
          path: '/contact/v3/scopes',
          query: { ...ids, page_size: 100, page_token: pageToken },
        },
        scope,
      ),
  };
}
