import { describe, expect, it } from 'vitest';
import type { ContactDepartment, ContactUser, Page } from '#feishu/api-contact';
import { fetchDirectory } from '#feishu/directory';

const department = (openDepartmentId: string, name?: string): ContactDepartment => ({
  openDepartmentId,
  ...(name && { name }),
  deleted: false,
});

/** A company in memory, served two at a time. */
function company({
  scope = { departmentIds: ['0'], openIds: [] as string[] },
  tree = {} as Record<string, ContactDepartment[]>,
  members = {} as Record<string, ContactUser[]>,
  others = [] as ContactUser[],
} = {}) {
  const asked: string[] = [];
  const paged = <T>(all: T[], token?: string): Page<T> => {
    const from = Number(token ?? 0);
    const more = from + 2 < all.length;
    return { items: all.slice(from, from + 2), ...(more && { next: String(from + 2) }) };
  };
  return {
    asked,
    contactScope: async (token?: string) => {
      const { items, next } = paged(scope.openIds, token);
      return { departmentIds: token ? [] : scope.departmentIds, openIds: items, ...(next && { next }) };
    },
    childDepartments: async (id: string, token?: string) => paged(tree[id] ?? [], token),
    departments: async (ids: string[]) => {
      asked.push(`departments ${ids.length}`);
      return Object.values(tree)
        .flat()
        .filter(({ openDepartmentId }) => ids.includes(openDepartmentId));
    },
    usersOfDepartment: async (id: string, token?: string) => {
      asked.push(`members ${id}`);
      return paged(members[id] ?? [], token);
    },
    users: async (ids: string[]) => {
      asked.push(`users ${ids.length}`);
      return others.filter(({ openId }) => ids.includes(openId));
    },
  };
}

describe('the directory', () => {
  const tree = {
    '0': [
      department('od-1', '业务部'),
      department('od-2', '财务部'),
      department('od-3', '业务一组'),
      { ...department('od-9'), deleted: true },
    ],
  };

  it('holds everybody once, from every page and department', async () => {
    const li: ContactUser = { openId: 'ou_li', name: '李敏', departmentIds: ['od-3', 'od-2'] };
    const api = company({
      tree,
      members: {
        '0': [{ openId: 'ou_boss', name: '老板' }],
        'od-2': [li],
        'od-3': [li, { openId: 'ou_a' }, { openId: 'ou_b' }, { openId: 'ou_c' }, { openId: 'ou_d' }],
      },
    });
    const people = await fetchDirectory(api);
    expect(people.map(({ openId }) => openId).toSorted()).toEqual(['ou_a', 'ou_b', 'ou_boss', 'ou_c', 'ou_d', 'ou_li']);
    expect(people.find(({ openId }) => openId === 'ou_li')).toEqual({
      openId: 'ou_li',
      name: '李敏',
      department: '业务一组',
      resigned: false,
    });
    expect(api.asked).not.toContain('members od-9');
  });

  it('holds people who are in the range by name, 50 at a time', async () => {
    const openIds = Array.from({ length: 120 }, (_, n) => `ou_${n}`);
    const api = company({
      scope: { departmentIds: ['od-1'], openIds: [...openIds, 'ou_in_department'] },
      tree: { '0': [department('od-1', '业务部')] },
      members: { 'od-1': [{ openId: 'ou_in_department', departmentIds: ['od-1'] }] },
      others: openIds.slice(0, 119).map((openId) => ({ openId })),
    });
    const people = await fetchDirectory(api);
    expect(people).toHaveLength(120);
    expect(people[0]).toMatchObject({ openId: 'ou_in_department', department: '业务部' });
    expect(api.asked.filter((call) => call.startsWith('users'))).toEqual(['users 50', 'users 50', 'users 20']);
    expect(api.asked).not.toContain('members 0');
  });

  it('leaves out what the app may not see, and does not call it empty', async () => {
    const [person] = await fetchDirectory(company({ tree, members: { 'od-1': [{ openId: 'ou_1' }] } }));
    expect(person).toEqual({ openId: 'ou_1', resigned: false });
  });

  it('gives the day of joining in the business zone', async () => {
    const joined = (seconds: number): ContactUser => ({ openId: `ou_${seconds}`, joinedAtSeconds: seconds });
    // 2026-03-31 15:59:59 and 16:00:00 UTC: the day changes in Shanghai
    const members = { 'od-1': [joined(1_774_972_799), joined(1_774_972_800)] };
    const people = await fetchDirectory(company({ tree, members }));
    expect(people.map(({ joinedOn }) => joinedOn)).toEqual(['2026-03-31', '2026-04-01']);
  });

  it('is whole or an error', async () => {
    const api = company({ tree });
    api.usersOfDepartment = async (id) => {
      if (id === 'od-2') throw new Error('no authority');
      return { items: [] };
    };
    await expect(fetchDirectory(api)).rejects.toThrow('no authority');
  });
});
