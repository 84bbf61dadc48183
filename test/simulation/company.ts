import { defaultScopes, type SeedUser, type WorldSeed } from '#playground/platform/world-seed';

/** The company of the simulation, as the platform knows it: the people of `test/support/people.ts` in one group, and a stranger. */

export const GROUP = 'oc_0123456789abcdef0123456789abcdef';

export const names: Record<string, string> = {
  ou_zhao: '赵总',
  ou_wang: '王芳',
  ou_chen: '陈静',
  ou_li: '李敏',
  ou_fang: '方会计',
  ou_hr: '孙人事',
  ou_admin: '管理员',
  ou_stranger: '路人甲',
};

const user = ([openId, name]: [string, string]): SeedUser => ({
  openId,
  unionId: openId.replace('ou_', 'on_'),
  userId: openId.replace('ou_', 'u_'),
  name,
  employeeNo: openId,
  jobTitle: '',
  departmentIds: ['0'],
  title: '',
  firm: '',
  avatarColor: '#000',
});

export const world: WorldSeed = {
  tenantKey: 'tenant-of-the-simulation',
  departments: [],
  users: Object.entries(names).map(user),
  chats: [{ chatId: GROUP, name: '跟单群', members: Object.keys(names) }],
  menu: [],
  tour: [],
  // without the native slash panel: registering it takes a call for each command at each start
  scopes: defaultScopes.filter((scope) => !scope.includes('slash_command')),
};
