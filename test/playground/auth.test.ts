import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  appIdentity,
  group,
  li,
  officialClient,
  type Stage,
  seed,
  stage,
  textMessage,
  tokenOf,
} from '#test/playground/fixture';

const minute = 60_000;
const tokenPath = '/auth/v3/tenant_access_token/internal';
const toGroup = { params: { receive_id_type: 'chat_id' as const }, data: textMessage(group, '你好') };

let s: Stage;
beforeEach(async () => {
  s = await stage();
});
afterEach(() => s.close());

describe('the token call (9.1)', () => {
  const ask = async (body: object = { app_id: appIdentity.appId, app_secret: appIdentity.appSecret }) =>
    s.call('POST', tokenPath, body, '');

  it('answers token and seconds at top level', async () => {
    const { status, body } = await ask();
    expect(status).toBe(200);
    expect(body).toEqual({ code: 0, msg: 'ok', tenant_access_token: expect.stringMatching(/^t-/), expire: 7200 });
  });

  it('gives the same token with what remains of it, and a second one below 30 minutes; both work', async () => {
    const first = (await ask()).body;
    s.clock.tick(80 * minute);
    expect((await ask()).body).toMatchObject({ tenant_access_token: first.tenant_access_token, expire: 40 * 60 });
    s.clock.tick(11 * minute);
    const second = (await ask()).body;
    expect(second.tenant_access_token).not.toBe(first.tenant_access_token);
    expect(second.expire).toBe(7200);
    for (const token of [first, second]) {
      expect((await s.call('GET', '/bot/v3/info', undefined, token.tenant_access_token)).body.code).toBe(0);
    }
    s.clock.tick(30 * minute);
    expect((await s.call('GET', '/bot/v3/info', undefined, first.tenant_access_token)).body.code).toBe(99991663);
    expect((await s.call('GET', '/bot/v3/info', undefined, second.tenant_access_token)).body.code).toBe(0);
  });

  it('refuses a wrong secret with 10014 and missing parameters with 10003, HTTP 400 or, switched, 200', async () => {
    const wrong = { app_id: appIdentity.appId, app_secret: 'nope' };
    expect(await ask(wrong)).toMatchObject({ status: 400, body: { code: 10014, msg: 'app secret invalid' } });
    expect(await ask({ app_id: 'x' })).toMatchObject({ status: 400, body: { code: 10003 } });
    s.standIn.faults.switches.badSecretStatus = 200;
    expect(await ask(wrong)).toMatchObject({ status: 200, body: { code: 10014 } });
  });

  it('lets a test choose the life of a token and count the calls', async () => {
    s.standIn.tokens.ttlSeconds = 100;
    expect((await ask()).body.expire).toBe(100);
    await ask();
    expect(s.standIn.record.callsOf('token')).toHaveLength(2);
    expect(s.standIn.tokens.alive).toBe(2);
  });
});

describe('the check of the token (9.2)', () => {
  it.each([
    ['none', '', 99991661],
    ['of a wrong form', 'abc', 99991671],
    ['unknown', 't-unknown', 99991663],
  ])('a token %s', async (_, token, code) => {
    expect(await s.call('GET', '/bot/v3/info', undefined, token)).toMatchObject({ status: 400, body: { code } });
  });

  it('may answer 401 for an invalid one', async () => {
    s.standIn.faults.switches.badTokenStatus = 401;
    expect((await s.call('GET', '/bot/v3/info', undefined, 't-unknown')).status).toBe(401);
  });

  it('a revoked token fails although the SDK has it cached', async () => {
    await s.client.im.v1.message.create(toGroup);
    s.standIn.tokens.revokeAll();
    await expect(s.client.im.v1.message.create(toGroup)).rejects.toMatchObject({
      response: { data: { code: 99991663 } },
    });
    expect((await officialClient(s.url).im.v1.message.create(toGroup)).code).toBe(0);
  });

  it('three first calls at once are three token calls, because the SDK does not share them', async () => {
    const client = officialClient(s.url);
    await Promise.all([1, 2, 3].map(() => client.im.v1.message.create(toGroup)));
    expect(s.standIn.record.callsOf('token')).toHaveLength(3);
    expect(s.standIn.tokens.alive).toBe(1);
  });
});

describe('scopes', () => {
  it('refuses with 99991672 and names the scopes that would do', async () => {
    for (const scope of ['im:message', 'im:message:send_as_bot']) s.standIn.world.scopes.delete(scope);
    const { status, body } = await s.call('POST', '/im/v1/messages?receive_id_type=chat_id', textMessage(group, 'x'));
    expect(status).toBe(400);
    expect(body).toMatchObject({ code: 99991672, error: { log_id: expect.any(String) } });
    expect(body.error.permission_violations).toContainEqual({ type: 'action_scope_required', subject: 'im:message' });
  });

  it('any one of the listed scopes suffices', async () => {
    await s.close();
    s = await stage({ world: seed({ scopes: ['im:message:send_as_bot'] }) });
    expect((await s.client.im.v1.message.create(toGroup)).code).toBe(0);
  });
});

describe('every answer', () => {
  it('is JSON and carries the support id', async () => {
    const { headers } = await s.call('GET', '/bot/v3/info');
    expect(headers.get('x-tt-logid')).toMatch(/^[0-9A-F]{32}$/);
    expect(headers.get('content-type')).toContain('application/json');
  });

  it('bot/v3/info puts the bot beside the code', async () => {
    const answer = await s.client.request({ method: 'GET', url: '/open-apis/bot/v3/info' });
    expect(answer).toMatchObject({ code: 0, bot: { app_name: '跟单助手', open_id: s.standIn.world.botOpenId } });
  });

  it('tolerates a body {} on GET and an unknown field', async () => {
    const sent = await s.client.im.v1.message.create(toGroup);
    const got = await s.client.im.v1.message.get({ path: { message_id: sent.data?.message_id ?? '' } });
    expect(got.data?.items?.[0]?.body?.content).toBe('{"text":"你好"}');
    expect(s.standIn.record.callsOf('get')[0]?.headers['content-length']).toBe('2');
    const token = await tokenOf(s.url);
    const more = await s.call(
      'POST',
      '/im/v1/messages?receive_id_type=open_id',
      textMessage(li, 'x', { strange: 1 }),
      token,
    );
    expect(more.body.code).toBe(0);
  });

  it('of an unknown path is 404 without JSON', async () => {
    expect(await s.call('GET', '/no/such/api')).toMatchObject({ status: 404, body: '404 page not found' });
  });
});
