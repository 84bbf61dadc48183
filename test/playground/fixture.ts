/** A small company, a clock that only moves when told, a bot made of one function, and the official client. */
import { randomUUID } from 'node:crypto';
import { serve } from '@hono/node-server';
import * as lark from '@larksuiteoapi/node-sdk';
import { decrypt } from '#playground/platform/crypto';
import { createStandIn, type StandIn, type StandInOptions } from '#playground/platform/stand-in';
import type { SeedUser, WorldSeed } from '#playground/platform/world-seed';

export const li = 'ou_li';
export const wang = 'ou_wang';
export const zhao = 'ou_zhao';
export const group = 'oc_sales1';

export const appIdentity = {
  appId: 'cli_00000000000000aa',
  appSecret: 'the-secret',
  encryptKey: 'the-key',
  verificationToken: 'v-token',
  botName: '跟单助手',
};

const user = (openId: string, name: string, more: Partial<SeedUser> = {}): SeedUser => ({
  openId,
  unionId: openId.replace('ou_', 'on_'),
  userId: openId.replace('ou_', 'u'),
  name,
  employeeNo: `G-${openId.slice(3)}`,
  jobTitle: '跟单员',
  departmentIds: ['od-sales1'],
  title: '跟单员',
  firm: '吉旺服装',
  avatarColor: '#3370ff',
  joinTime: '2021-03-01',
  email: `${openId.slice(3)}@example.com`,
  ...more,
});

export const seed = (change: Partial<WorldSeed> = {}): WorldSeed => ({
  tenantKey: 'tenant-1',
  departments: [
    { openDepartmentId: 'od-sales', name: '业务部', parent: '0', leaderOpenId: wang },
    { openDepartmentId: 'od-sales1', name: '业务一部', parent: 'od-sales', leaderOpenId: wang },
    { openDepartmentId: 'od-finance', name: '财务部', parent: '0' },
  ],
  users: [
    user(li, '李敏', { leaderOpenId: wang }),
    user(wang, '王强', { jobTitle: '经理', departmentIds: ['od-sales'] }),
    user(zhao, '赵会计', { departmentIds: ['od-finance'], locale: 'en_us' }),
  ],
  chats: [{ chatId: group, name: '业务一部跟单群', members: [li, wang] }],
  menu: [{ name: '我的工资', eventKey: 'pay' }],
  tour: [],
  ...change,
});

/** Starts at 2026-03-02 09:00 in Shanghai, a Monday. Waits return at once unless a test holds them. */
export function stillClock() {
  let ms = Date.parse('2026-03-02T09:00:00+08:00');
  return {
    now: () => new Date(ms),
    tick: (by: number) => {
      ms += by;
    },
  };
}

export interface Heard {
  headers: Record<string, string>;
  raw: string;
  // biome-ignore lint/suspicious/noExplicitAny: payloads are looked into field by field
  plain: any;
}

type Answer = Response | Promise<Response>;

/** A bot that notes what it hears; `answer` decides what it says back (default 200 `{}`). */
export async function startBot() {
  const heard: Heard[] = [];
  const bot = {
    heard,
    answer: (_: Heard): Answer => Response.json({}),
    /** What it heard of one event type. */
    // biome-ignore lint/suspicious/noExplicitAny: as above
    events: (type: string): any[] =>
      heard.filter((one) => one.plain.header?.event_type === type).map((one) => one.plain.event),
    url: '',
    close: async () => {},
  };
  const fetch = async (request: Request): Promise<Response> => {
    const raw = await request.text();
    const body = JSON.parse(raw) as { encrypt?: string };
    const plain: unknown = body.encrypt ? JSON.parse(decrypt(appIdentity.encryptKey, body.encrypt)) : body;
    const one = { headers: Object.fromEntries(request.headers), raw, plain };
    heard.push(one);
    return bot.answer(one);
  };
  await new Promise<void>((resolve) => {
    const server = serve({ fetch, port: 0, hostname: '127.0.0.1' }, (info) => {
      bot.url = `http://127.0.0.1:${info.port}/webhook`;
      bot.close = () =>
        new Promise((done) => {
          server.close(() => done());
          if ('closeAllConnections' in server) server.closeAllConnections();
        });
      resolve();
    });
  });
  return bot;
}

export interface RawAnswer {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: answers are looked into field by field
  body: any;
}

export interface Stage {
  standIn: StandIn;
  url: string;
  bot: Awaited<ReturnType<typeof startBot>>;
  client: lark.Client;
  clock: ReturnType<typeof stillClock>;
  /** Raw call of the Open API, by default with a fresh token; `''` sends none. */
  call(method: string, path: string, body?: unknown, token?: string): Promise<RawAnswer>;
  close(): Promise<void>;
}

export async function stage(change: Partial<StandInOptions> = {}): Promise<Stage> {
  const clock = stillClock();
  const bot = await startBot();
  const standIn = await createStandIn({
    app: appIdentity,
    world: seed(),
    clock,
    eventUrl: bot.url,
    cardUrl: bot.url,
    ...change,
  });
  const { url, close } = await standIn.listen();
  const client = officialClient(url);
  return {
    standIn,
    url,
    bot,
    client,
    clock,
    call: (method, path, body, token) => callApi(url, method, path, body, token),
    async close() {
      await close();
      await standIn.close();
      await bot.close();
    },
  };
}

export function officialClient(url: string): lark.Client {
  const silent = { error() {}, warn() {}, info() {}, debug() {}, trace() {} };
  const { appId, appSecret } = appIdentity;
  return new lark.Client({ appId, appSecret, domain: url, cache: new lark.DefaultCache(), logger: silent });
}

async function callApi(url: string, method: string, path: string, body: unknown, given?: string): Promise<RawAnswer> {
  const token = given ?? (await tokenOf(url));
  const response = await fetch(`${url}/open-apis${path}`, {
    method,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      ...(token ? { authorization: `Bearer ${token}` } : {}),
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text.startsWith('{') ? JSON.parse(text) : text };
}

export async function tokenOf(url: string): Promise<string> {
  const { appId, appSecret } = appIdentity;
  const response = await fetch(`${url}/open-apis/auth/v3/tenant_access_token/internal`, {
    method: 'POST',
    body: JSON.stringify({ app_id: appId, app_secret: appSecret }),
  });
  return ((await response.json()) as { tenant_access_token: string }).tenant_access_token;
}

/** The body of a send call. */
export const textMessage = (to: string, text: string, more: object = {}) => ({
  receive_id: to,
  msg_type: 'text',
  content: JSON.stringify({ text }),
  ...more,
});

export const cardMessage = (to: string, card: unknown = simpleCard()) => ({
  receive_id: to,
  msg_type: 'interactive',
  content: JSON.stringify(card),
});

/** A card with one button that calls back. */
export const simpleCard = (text = '你好', more: object = {}) => ({
  schema: '2.0',
  config: { update_multi: true },
  header: { title: { tag: 'plain_text', content: '标题' } },
  body: {
    elements: [
      { tag: 'markdown', content: text },
      {
        tag: 'button',
        text: { tag: 'plain_text', content: '确认' },
        behaviors: [{ type: 'callback', value: { do: 'confirm', id: randomUUID() } }],
      },
    ],
  },
  ...more,
});
