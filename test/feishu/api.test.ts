import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createApi, type FeishuApi } from '#feishu/api';
import { ApiError, type ApiErrorKind } from '#feishu/api-error';
import { baseUrl } from '#feishu/transport';
import { type ScriptedFeishu, scriptedFeishu, type Turn } from './scripted-feishu.ts';
import { movableClock } from './support/clock.ts';
import { recordingLog } from './support/log.ts';

const clock = movableClock();
const secret = 'app-secret-canary-7c1';
let feishu: ScriptedFeishu;
let api: FeishuApi;
let log: ReturnType<typeof recordingLog>;

beforeAll(async () => {
  feishu = await scriptedFeishu({ now: clock.now });
});
afterAll(() => feishu.close());
afterEach(() => {
  api?.close();
  feishu.reset();
});

function fresh(overrides = {}) {
  log = recordingLog();
  api = createApi({
    appId: 'cli_1',
    appSecret: secret,
    domain: `${feishu.url}/`,
    now: clock.now,
    log,
    ...overrides,
  });
  return api;
}

const SHORT = { timeoutMs: 300 };
const text = { type: 'text' as const, text: 'hello' };
const send = () => api.send({ chat: 'oc_1' }, text, 'uuid-1');
const failure = (promise: Promise<unknown>): Promise<ApiError> =>
  promise.then(
    () => Promise.reject(new Error('it worked')),
    (error) => error,
  );

describe('the access token', () => {
  it('is asked for once by 200 parallel calls on a cold start', async () => {
    fresh();
    await Promise.all(Array.from({ length: 200 }, (_, n) => api.send({ chat: `oc_${n}` }, text, `u${n}`)));
    expect(feishu.tokenCalls).toBe(1);
    expect(feishu.messages).toHaveLength(200);
  });

  it('is not shared with another client of the same app', async () => {
    fresh();
    await send();
    const other = createApi({ appId: 'cli_1', appSecret: secret, domain: feishu.url, now: clock.now, log });
    await other.botInfo();
    other.close();
    expect(feishu.tokenCalls).toBe(2);
  });

  it('is renewed five minutes before its end, not earlier', async () => {
    fresh();
    await send();
    await clock.advance((7200 - 301) * 1000);
    await send();
    expect(feishu.tokenCalls).toBe(1);
    await clock.advance(2000);
    await send();
    expect(feishu.tokenCalls).toBe(2);
  });

  it('that ends soon is used for four fifths of its life', async () => {
    fresh();
    feishu.expire = 100;
    await send();
    await clock.advance(79_000);
    await send();
    expect(feishu.tokenCalls).toBe(1);
    await clock.advance(2000);
    await send();
    expect(feishu.tokenCalls).toBe(2);
  });

  it('serves on while it cannot be renewed, until its end', async () => {
    fresh();
    await send();
    feishu.tokenTurn = () => 'dropped';
    await clock.advance(7000 * 1000);
    await send();
    await clock.advance(201 * 1000);
    const error = await failure(send());
    expect(error).toMatchObject({ kind: 'retry', unknownResult: false });
  });

  it.each([
    [99991663, 200],
    [99991663, 400],
    [99991663, 401],
    [99991664, 400],
    [99991665, 200],
  ])('refused with %i in HTTP %i is replaced, and the call repeated once', async (code, status) => {
    fresh();
    await send();
    let refusals = 0;
    feishu.turn = ({ headers }) =>
      headers.authorization === 'Bearer t-second0000002' || refusals++ > 0
        ? undefined
        : { status, json: { code, msg: 'token invalid' } };
    feishu.token = 't-second0000002';
    await expect(send()).resolves.toMatchObject({ messageId: 'om_1' });
    expect(feishu.tokenCalls).toBe(2);
  });

  it('revoked under 50 parallel calls is replaced once', async () => {
    fresh();
    await send();
    feishu.token = 't-third00000003';
    await Promise.all(Array.from({ length: 50 }, (_, n) => api.send({ chat: `oc_${n}` }, text, `u${n}`)));
    expect(feishu.tokenCalls).toBe(2);
  });

  it('refused for ever costs two calls, then a human must act', async () => {
    fresh();
    feishu.turn = () => ({ status: 400, json: { code: 99991663, msg: 'token invalid' } });
    const error = await failure(send());
    expect(error).toMatchObject({ kind: 'reauthorise', code: 99991663, unknownResult: false });
    expect(feishu.asked).toHaveLength(2);
    expect(feishu.tokenCalls).toBe(2);
  });

  it.each([200, 400])('refused for a wrong secret (HTTP %i) is nobody’s message’s fault', async (status) => {
    fresh();
    feishu.tokenTurn = () => ({ status, json: { code: 10014, msg: 'app secret invalid' } });
    expect(await failure(send())).toMatchObject({ kind: 'reauthorise', code: 10014, unknownResult: false });
    expect(feishu.asked).toEqual([]);
  });

  it.each<[string, Turn]>([
    ['not JSON', { text: '<html>login</html>' }],
    ['without a token', { json: { code: 0, msg: 'ok' } }],
    ['of a gateway', { status: 502, text: '<html>bad gateway</html>' }],
  ])('answer %s is a passing trouble in which nothing was sent', async (_, turn) => {
    fresh();
    feishu.tokenTurn = () => turn;
    expect(await failure(send())).toMatchObject({ kind: 'retry', unknownResult: false });
  });
});

describe('an error', () => {
  const known = { unknownResult: false };
  const unknown = { unknownResult: true };
  type Row = [name: string, turn: Turn, kind: ApiErrorKind, details: object];
  const coded = (code: number, status: number, headers?: Record<string, string>): Turn => ({
    status,
    json: { code, msg: 'words' },
    ...(headers && { headers }),
  });
  const givenUp = [
    99991661, 99991671, 99991672, 99992351, 99992402, 9499, 10003, 230001, 230002, 230006, 230011, 230110, 230013,
    230015, 230017, 230018, 230019, 230022, 230025, 230027, 230028, 230029, 230031, 230034, 230035, 230038, 230053,
    230054, 230055, 230071, 230075, 230099, 232009, 234006, 300030, 300040,
  ];

  it.each<Row>([
    ...givenUp.flatMap((code): Row[] =>
      [200, 400].map((status) => [`${code} in ${status}`, coded(code, status), 'give-up', known]),
    ),
    ...[11232, 11233, 11247, 230020, 99991400].flatMap((code): Row[] =>
      [200, 400, 429].map((status) => [`${code} in ${status}`, coded(code, status), 'retry', known]),
    ),
    ...[1500, 5000, 10500, 1663].map((code): Row => [`${code} in 200`, coded(code, 200), 'retry', unknown]),
    ...[99991543, 99991662, 99991673].map((code): Row => [`${code} in 400`, coded(code, 400), 'reauthorise', known]),
    ['230049, the same uuid on its way', coded(230049, 400), 'retry', unknown],
    [
      'rate limit with a time',
      coded(99991400, 429, { 'x-ogw-ratelimit-reset': '52' }),
      'retry',
      { ...known, retryAfterMs: 52_000 },
    ],
    [
      'rate limit with a time in 400',
      coded(99991400, 400, { 'x-ogw-ratelimit-reset': '3' }),
      'retry',
      { retryAfterMs: 3000 },
    ],
    ['any other code in 500', coded(123, 500), 'retry', unknown],
    ['a gateway’s 502', { status: 502, text: '<html>bad gateway</html>' }, 'retry', { ...unknown, httpStatus: 502 }],
    ['a gateway’s 504', { status: 504, text: '' }, 'retry', unknown],
    ['a gateway’s 429', { status: 429, text: 'slow down' }, 'retry', known],
    ['a proxy’s 403', { status: 403, text: '<html>forbidden</html>' }, 'give-up', known],
    ['a login page in 200', { text: '<html>login</html>' }, 'retry', unknown],
    ['a redirect', { status: 302, headers: { location: 'http://127.0.0.1:9/' } }, 'retry', unknown],
    ['JSON that is not an answer', { json: ['x'] }, 'retry', unknown],
    ['success without what it should hold', { json: { code: 0, msg: 'ok', data: {} } }, 'retry', unknown],
    ['code 0 in 400', coded(0, 400), 'give-up', known],
    ['half an answer', 'half', 'retry', unknown],
    ['a cut connection', 'dropped', 'retry', unknown],
    ['no answer in time', { delayMs: 500, json: { code: 0 } }, 'retry', unknown],
  ])('%s', async (_, turn, kind, details) => {
    fresh(typeof turn === 'object' && turn.delayMs ? SHORT : {});
    feishu.turn = () => turn;
    const error = await failure(send());
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ kind, ...details });
    expect(feishu.asked).toHaveLength(1);
  });

  it('of a connection that never came about leaves no doubt', async () => {
    fresh({ domain: 'http://127.0.0.1:9' });
    expect(await failure(send())).toMatchObject({ kind: 'retry', unknownResult: false });
  });

  it('brings the platform’s support id', async () => {
    fresh();
    feishu.turn = () => ({ status: 400, json: { code: 230001, msg: 'bad' }, headers: { 'x-tt-logid': 'log-42' } });
    expect((await failure(send())).logId).toBe('log-42');
    expect(log.text()).toContain('log-42');
  });

  it('that trickles in byte by byte is cut off by the time limit as a whole', async () => {
    fresh();
    const { createServer } = await import('node:http');
    const server = createServer((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const drip = setInterval(() => response.write(' '), 50);
      response.on('close', () => clearInterval(drip));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    fresh({ ...SHORT, domain: `http://127.0.0.1:${(server.address() as { port: number }).port}` });
    // the drip never ends, so that it ends at all is the time limit's doing
    expect(await failure(send())).toMatchObject({ kind: 'retry' });
    server.closeAllConnections();
    server.close();
  });
});

describe('logs', () => {
  it('hold no secret, token, text or name, whatever goes wrong', async () => {
    const canary = 'canary-李敏-12345.67';
    const turns: Turn[] = [
      { status: 400, json: { code: 230001, msg: `bad content ${canary}` } },
      { status: 500, text: canary },
      'dropped',
      'half',
      { json: { code: 99991663, msg: 'token invalid' } },
      { delayMs: 500, json: {} },
    ];
    for (const turn of turns) {
      fresh(typeof turn === 'object' && turn.delayMs ? SHORT : {});
      feishu.turn = () => turn;
      const error = await failure(api.send({ person: 'ou_canary7c1' }, { type: 'text', text: canary }, 'u'));
      await failure(api.patchCard('om_canary7c1', { text: canary }));
      await failure(api.delayedUpdate('c-canary7c1canary7c1', { text: canary }));
      expect(log.lines.length).toBeGreaterThan(0);
      const seen = log.text() + JSON.stringify(error.stack?.replace(error.message, ''));
      for (const word of [canary, '李敏', '12345', secret, feishu.token, 'canary7c1']) expect(seen).not.toContain(word);
    }
    for (const tokenTurn of [{ status: 400, json: { code: 10014, msg: 'bad' } }, 'dropped', { text: 'x' }] as Turn[]) {
      fresh();
      feishu.tokenTurn = () => tokenTurn;
      const error = await failure(send());
      const seen = log.text() + String(error.stack) + JSON.stringify(error);
      for (const word of [secret, 't-first']) expect(seen).not.toContain(word);
    }
  });
});

describe('calls', () => {
  it('say what they should', async () => {
    fresh();
    await api.send({ person: 'ou_1' }, { type: 'card', card: { schema: '2.0' } }, 'uuid-1');
    await api.reply('om_9', text, { uuid: 'uuid-2', inThread: true });
    await api.patchCard('om_9', { schema: '2.0' });
    await api.recall('om_9');
    await api.delayedUpdate('c-1', { schema: '2.0' });
    expect(feishu.asked).toMatchObject([
      {
        method: 'POST',
        path: '/open-apis/im/v1/messages',
        query: { receive_id_type: 'open_id' },
        body: { receive_id: 'ou_1', msg_type: 'interactive', content: '{"schema":"2.0"}', uuid: 'uuid-1' },
        headers: { authorization: 'Bearer t-first00000001' },
      },
      {
        path: '/open-apis/im/v1/messages/om_9/reply',
        body: { content: '{"text":"hello"}', reply_in_thread: true, uuid: 'uuid-2' },
      },
      { method: 'PATCH', path: '/open-apis/im/v1/messages/om_9', body: { content: '{"schema":"2.0"}' } },
      { method: 'DELETE', path: '/open-apis/im/v1/messages/om_9' },
      { path: '/open-apis/interactive/v1/card/update', body: { token: 'c-1', card: { schema: '2.0' } } },
    ]);
  });

  it('upload what people get', async () => {
    fresh();
    expect(await api.uploadFile('工资 11月.xlsx', Buffer.from('x'))).toBe('file_1');
    expect(await api.uploadImage(Buffer.from('x'))).toBe('img_1');
    expect(feishu.asked[0]!.body).toMatchObject({ file_type: 'xls', file_name: '工资 11月.xlsx' });
    expect(feishu.asked[1]!.body).toMatchObject({ image_type: 'message' });
    expect(feishu.asked[0]!.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
  });

  it('upload failing in HTTP 200 is a failure', async () => {
    fresh();
    feishu.turn = () => ({ json: { code: 234006, msg: 'too big' } });
    expect(await failure(api.uploadFile('a.csv', Buffer.from('x')))).toMatchObject({ code: 234006, kind: 'give-up' });
  });

  it('download bytes, also of a JSON file, but no more than allowed', async () => {
    fresh();
    const bytes = '{"code":7,"msg":"my own file"}';
    feishu.turn = () => ({
      text: bytes,
      headers: { 'content-type': 'application/json', 'content-disposition': 'attachment; filename="a.json"' },
    });
    const file = await api.downloadResource('om_1', 'file_1', 'file');
    expect(file.bytes.toString()).toBe(bytes);
    expect(file.contentType).toBe('application/json');
    expect(await failure(api.downloadResource('om_1', 'file_1', 'file', 10))).toMatchObject({ kind: 'give-up' });
    feishu.turn = () => ({ status: 400, json: { code: 234003, msg: 'not of this message' } });
    expect(await failure(api.downloadResource('om_1', 'file_1', 'file'))).toMatchObject({
      code: 234003,
      kind: 'give-up',
    });
  });

  it('of a download heal a refused token, too', async () => {
    fresh();
    let first = true;
    feishu.turn = () => {
      if (!first) return { text: 'bytes', headers: { 'content-type': 'text/csv' } };
      first = false;
      return { status: 400, json: { code: 99991663, msg: 'token invalid' } };
    };
    expect((await api.downloadResource('om_1', 'file_1', 'file')).bytes.toString()).toBe('bytes');
  });

  it('cannot be made to mention anybody by what people typed', async () => {
    fresh();
    await api.send({ chat: 'oc_1' }, { type: 'text', text: '<at user_id="all">大家</at> 数量 < 800 & 尺码' }, 'u');
    expect(feishu.textsIn('oc_1')).toEqual(['＜at user_id="all">大家＜/at> 数量 < 800 & 尺码']);
  });

  it('put ids into paths without letting them out of their place', async () => {
    fresh();
    await api.recall('om_1/../../contact?x=1');
    expect(feishu.asked[0]!.path).not.toContain('/contact');
  });

  it('know who the bot is', async () => {
    fresh();
    expect(await api.botInfo()).toEqual({ openId: 'ou_bot', name: '跟单' });
  });

  it('repeat list parameters', async () => {
    fresh();
    let url = '';
    const { createServer } = await import('node:http');
    const server = createServer((request, response) => {
      url = request.url ?? '';
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(
        url.includes('tenant_access_token')
          ? JSON.stringify({ code: 0, tenant_access_token: 't-x', expire: 7200 })
          : JSON.stringify({ code: 0, data: { items: [{ open_id: 'a' }] } }),
      );
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    fresh({ domain: `http://127.0.0.1:${(server.address() as { port: number }).port}` });
    expect(await api.users(['a', 'b'])).toEqual([{ openId: 'a' }]);
    expect(url).toContain('user_ids=a&user_ids=b');
    server.closeAllConnections();
    server.close();
  });
});

describe('the address', () => {
  it.each([
    ['feishu', 'https://open.feishu.cn'],
    ['lark', 'https://open.larksuite.com'],
    ['http://127.0.0.1:3000/', 'http://127.0.0.1:3000'],
  ])('of %s', (domain, url) => {
    expect(baseUrl(domain)).toBe(url);
  });
});
