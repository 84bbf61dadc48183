import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { group, li, type Stage, seed, stage, tokenOf, wang, zhao } from '#test/playground/fixture';

let s: Stage;
beforeEach(async () => {
  s = await stage({
    world: seed({
      attendance: [
        { userId: 'uli', date: '2026-02-02', requiredMinutes: 480, actualMinutes: 480 },
        {
          userId: 'uli',
          date: '2026-02-03',
          requiredMinutes: 480,
          actualMinutes: 600,
          overtime: { hours: 2, category: 1, type: 2, start: '2026-02-03 18:00:00', end: '2026-02-03 20:00:00' },
        },
      ],
    }),
  });
});
afterEach(() => s.close());

const narrow = async (contactRange: string[]) => {
  await s.close();
  s = await stage({ world: seed({ contactRange }) });
};

describe('contact v3 (8.1)', () => {
  it('tells a person in the asked id type', async () => {
    const got = await s.client.contact.v3.user.get({ path: { user_id: 'uli' }, params: { user_id_type: 'user_id' } });
    expect(got.data?.user).toMatchObject({
      open_id: li,
      union_id: 'on_li',
      user_id: 'uli',
      name: '李敏',
      employee_no: 'G-li',
      job_title: '跟单员',
      leader_user_id: 'uwang',
      department_ids: ['od-sales1'],
      join_time: Math.floor(Date.parse('2021-03-01T00:00:00+08:00') / 1000),
      status: { is_resigned: false },
    });
    expect(got.data?.user).not.toHaveProperty('email');
  });

  it.each([
    ['contact:user.employee_id:readonly', 'user_id'],
    ['contact:user.base:readonly', 'name'],
    ['contact:user.employee:readonly', 'leader_user_id'],
    ['contact:user.employee_number:read', 'employee_no'],
    ['contact:user.department:readonly', 'department_ids'],
  ])('without %s the field %s is absent, with code 0', async (scope, field) => {
    s.standIn.world.scopes.delete(scope);
    const { body } = await s.call('GET', `/contact/v3/users/${li}`);
    expect(body.code).toBe(0);
    expect(body.data.user).not.toHaveProperty(field);
  });

  it('a batch leaves out unknown and resigned people silently', async () => {
    s.standIn.world.setUser(wang, { resigned: true });
    const got = await s.client.contact.v3.user.batch({ params: { user_ids: [li, wang, 'ou_nobody'] } });
    expect(got.data?.items?.map((user) => user.open_id)).toEqual([li]);
    expect((await s.call('GET', `/contact/v3/users/${wang}`)).body.code).toBe(41050);
    expect((await s.call('GET', '/contact/v3/users/ou_nobody')).body.code).toBe(41012);
  });

  it('lists departments and their direct members by pages', async () => {
    const all = await s.client.contact.v3.department.children({
      path: { department_id: '0' },
      params: { fetch_child: true, page_size: 2 },
    });
    expect(all.data?.items?.map((one) => one.name)).toEqual(['业务部', '业务一部']);
    expect(all.data).toMatchObject({
      has_more: true,
      items: [{ open_department_id: 'od-sales', leader_user_id: wang, member_count: 1 }, {}],
    });
    const direct = await s.call('GET', '/contact/v3/departments/0/children');
    expect(direct.body.data.items).toHaveLength(2);
    const members = await s.client.contact.v3.user.findByDepartment({ params: { department_id: 'od-sales' } });
    expect(members.data?.items?.map((one) => one.open_id)).toEqual([wang]);
    expect(
      (await s.call('GET', '/contact/v3/users/find_by_department?department_id=od-sales&page_size=51')).body.code,
    ).toBe(40009);
    expect(
      (await s.call('GET', '/contact/v3/departments/batch?department_ids=od-sales&department_ids=od-x')).body.data
        .items,
    ).toHaveLength(1);
  });

  it('sees no further than the contact range', async () => {
    await narrow(['od-sales']);
    expect((await s.call('GET', `/contact/v3/users/${li}`)).body.code).toBe(0);
    expect((await s.call('GET', `/contact/v3/users/${zhao}`)).body.code).toBe(41050);
    expect((await s.call('GET', '/contact/v3/users/find_by_department?department_id=od-finance')).body.code).toBe(
      40004,
    );
    expect((await s.call('GET', '/contact/v3/departments/0/children')).body.code).toBe(40004);
    expect((await s.call('GET', '/contact/v3/scopes')).body.data.department_ids).toEqual(['od-sales']);
  });

  it('finds people by mail, the unknown without an id', async () => {
    const got = await s.client.contact.v3.user.batchGetId({
      data: { emails: ['li@example.com', 'x@example.com'] },
      params: { user_id_type: 'open_id' },
    });
    expect(got.data?.user_list).toEqual([{ user_id: li, email: 'li@example.com' }, { email: 'x@example.com' }]);
  });
});

describe('chats', () => {
  it('lists, shows and counts the groups that the bot is in', async () => {
    const list = await s.client.im.v1.chat.list({});
    expect(list.data?.items).toMatchObject([{ chat_id: group, name: '业务一部跟单群' }]);
    const one = await s.client.im.v1.chat.get({ path: { chat_id: group } });
    expect(one.data).toMatchObject({ name: '业务一部跟单群', chat_mode: 'group', user_count: '2' });
    const members = await s.client.im.v1.chatMembers.get({
      path: { chat_id: group },
      params: { member_id_type: 'user_id' },
    });
    expect(members.data).toMatchObject({
      member_total: 2,
      items: [{ member_id: 'uli', name: '李敏' }, { member_id: 'uwang' }],
    });
  });

  it('refuses unknown, left and dissolved ones', async () => {
    expect((await s.call('GET', '/im/v1/chats/oc_nothing')).body.code).toBe(232006);
    s.standIn.world.removeBot(group, li);
    expect((await s.call('GET', `/im/v1/chats/${group}/members`)).body.code).toBe(232011);
    s.standIn.world.disband(group, li);
    expect((await s.call('GET', `/im/v1/chats/${group}`)).body.code).toBe(232009);
  });
});

describe('attendance (8.2)', () => {
  const stats = (more: object = {}) =>
    s.call('POST', '/attendance/v1/user_stats_datas/query?employee_type=employee_id', {
      locale: 'zh',
      stats_type: 'month',
      start_date: 20260201,
      end_date: 20260228,
      user_ids: ['uli', 'nobody'],
      user_id: 'uwang',
      ...more,
    });

  it('sums a month into display strings and names unknown people', async () => {
    const { body } = await stats();
    expect(body.data.invalid_user_list).toEqual(['nobody']);
    const datas = body.data.user_datas[0].datas as { code: string; value: string }[];
    expect(Object.fromEntries(datas.map((one) => [one.code, one.value]))).toMatchObject({
      52101: '2',
      52104: '960',
      52105: '1080',
      52107: '2',
    });
  });

  it('takes 31 days, 200 people, and wants the operator', async () => {
    expect((await stats({ end_date: 20260304 })).body.code).toBe(1220001);
    expect((await stats({ user_ids: Array(201).fill('uli') })).body.code).toBe(1220001);
    expect((await stats({ user_id: undefined })).body.code).toBe(1220001);
  });

  it('tells approved overtime by day', async () => {
    const { body } = await s.call('POST', '/attendance/v1/user_approvals/query?employee_type=employee_no', {
      user_ids: ['G-li'],
      check_date_from: 20260201,
      check_date_to: 20260228,
    });
    expect(body.data.user_approvals).toMatchObject([
      { user_id: 'G-li', date: '20260203', overtime_works: [{ duration: 2, unit: 2, category: 1, type: 2 }] },
    ]);
  });
});

describe('slash commands (3.3)', () => {
  const path = '/application/v7/app_slash_commands';
  const help = { command: 'help', description: { default_value: '帮助', i18n: { en_us: 'Help' } } };

  it('are created, listed, changed, deleted, and shown on the page', async () => {
    const id = (await s.call('POST', path, help)).body.data.command_id;
    expect((await s.call('GET', path)).body.data.items).toEqual([{ command_id: id, ...help }]);
    const world = await (await fetch(`${s.url}/playground/api/world?as=${li}`)).json();
    expect(world).toMatchObject({ commands: [{ command: 'help', description: { zh_cn: '帮助', en_us: 'Help' } }] });
    await s.call('PATCH', `${path}/${id}`, { description: { default_value: '求助' } });
    expect((await s.call('GET', path)).body.data.items[0].description).toEqual({ default_value: '求助' });
    await s.call('DELETE', `${path}/${id}`);
    expect((await s.call('GET', path)).body.data.items).toEqual([]);
  });

  it('refuses a leading slash, a missing description, a twin and a 101st', async () => {
    const token = await tokenOf(s.url);
    const create = async (body: object) => (await s.call('POST', path, body, token)).body.code;
    expect(await create({ ...help, command: '/help' })).toBe(99992402);
    expect(await create({ command: 'x' })).toBe(99992402);
    expect(await create(help)).toBe(0);
    expect(await create(help)).toBe(99992402);
    for (let count = 1; count < 100; count += 1) {
      s.clock.tick(100);
      expect(await create({ ...help, command: `c${count}` })).toBe(0);
    }
    expect(await create({ ...help, command: 'one-more' })).toBe(99992402);
  });
});
