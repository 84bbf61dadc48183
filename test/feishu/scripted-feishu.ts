import type { AddressInfo, Socket } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import type { Clock } from '#feishu/clock';

export interface Asked {
  method: string;
  path: string;
  query: Record<string, string>;
  headers: Record<string, string>;
  body: Record<string, unknown>;
  at: number;
}

/** An answer out of turn: a status and a body (an object becomes JSON), or what to do to the connection. */
export type Turn =
  | { status?: number; headers?: Record<string, string>; json?: object; text?: string; delayMs?: number }
  /** Does what was asked, then cuts the connection before the answer. */
  | 'done but dropped'
  /** Cuts the connection before doing anything. */
  | 'dropped'
  /** Announces a whole answer and sends half of it. */
  | 'half'
  | undefined;

export interface Message {
  id: string;
  chatId: string;
  type: string;
  content: string;
  uuid: string;
  at: number;
}

/** A small Open API that does as it is told: for answers that a real platform gives once in a year. */
export async function scriptedFeishu({ now }: { now: Clock['now'] }) {
  const asked: Asked[] = [];
  const messages: Message[] = [];
  const patches: { id: string; content: string }[] = [];
  const sockets = new Set<Socket>();
  const state = {
    token: 't-first00000001',
    expire: 7200,
    tokenCalls: 0,
    /** Decides about each call (but the token's): undefined = as usual. */
    turn: (_: Asked): Turn | Promise<Turn> => undefined,
    tokenTurn: (_: number): Turn => undefined,
    listing: true,
    open: 0,
  };
  let count = 0;
  let drop: () => void;
  let dropped: Promise<Turn>;
  const hold = () => {
    dropped = new Promise((resolve) => {
      drop = () => resolve('dropped');
    });
  };
  hold();

  const ok = (data: object = {}) => ({ code: 0, msg: 'success', data });

  function deliver(chatId: string, { msg_type, content, uuid }: Record<string, unknown>): object {
    const known = messages.find((message) => message.uuid === uuid && now().getTime() - message.at < 3_600_000);
    const message = known ?? {
      id: `om_${++count}`,
      chatId,
      type: String(msg_type),
      content: String(content),
      uuid: String(uuid),
      at: now().getTime(),
    };
    if (!known) messages.push(message);
    return ok({ message_id: message.id, chat_id: message.chatId });
  }

  function usual({ method, path, query, body }: Asked): object {
    const parts = path.split('/').slice(2);
    if (path === '/open-apis/bot/v3/info') return { code: 0, msg: 'ok', bot: { open_id: 'ou_bot', app_name: '跟单' } };
    if (path === '/open-apis/im/v1/messages' && method === 'POST') {
      const to = String(body.receive_id);
      return deliver(query.receive_id_type === 'open_id' ? `oc_with_${to}` : to, body);
    }
    if (path === '/open-apis/im/v1/messages') {
      if (!state.listing) return { code: 230027, msg: 'lacking permission' };
      const from = Number(query.start_time) * 1000;
      const items = messages
        .filter(({ chatId, at }) => chatId === query.container_id && at >= from)
        .map(({ id, type, at }) => ({
          message_id: id,
          msg_type: type,
          create_time: String(at),
          sender: { id: 'cli_1', id_type: 'app_id', sender_type: 'app' },
        }));
      return ok({ items, has_more: false });
    }
    if (parts.at(-1) === 'reply') return deliver(`oc_of_${parts[3]}`, body);
    if (method === 'PATCH') patches.push({ id: parts[3]!, content: String(body.content) });
    if (path === '/open-apis/im/v1/files') return ok({ file_key: 'file_1' });
    if (path === '/open-apis/im/v1/images') return ok({ image_key: 'img_1' });
    return ok();
  }

  async function take(c: Context): Promise<Response> {
    const asking: Asked = {
      method: c.req.method,
      path: c.req.path,
      query: c.req.query(),
      headers: c.req.header(),
      body: await bodyOf(c),
      at: now().getTime(),
    };
    asked.push(asking);
    const turn = await Promise.race([state.turn(asking), dropped]);
    if (turn === 'dropped') return cut(c);
    if (turn && typeof turn === 'object') return play(turn);
    const expected = `Bearer ${state.token}`;
    if (asking.headers.authorization !== expected) return c.json({ code: 99991663, msg: 'token invalid' }, 400);
    const answer = usual(asking);
    if (turn === 'done but dropped') return cut(c);
    if (turn === 'half') return half(c, answer);
    return c.json(answer, 200, { 'x-tt-logid': 'log-1' });
  }

  const app = new Hono();
  app.use(async (_, next) => {
    state.open++;
    await next();
    state.open--;
  });
  app.post('/open-apis/auth/v3/tenant_access_token/internal', async (c) => {
    state.tokenCalls++;
    const turn = state.tokenTurn(state.tokenCalls);
    if (turn && typeof turn === 'object') return play(turn);
    if (turn) return cut(c);
    await new Promise((resolve) => setTimeout(resolve, 5));
    return c.json({ code: 0, msg: 'ok', tenant_access_token: state.token, expire: state.expire });
  });
  app.all('*', take);

  const server = createAdaptorServer({ fetch: app.fetch });
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return Object.assign(state, {
    url,
    asked,
    messages,
    patches,
    /** Who got what, in order: the texts of a chat. */
    textsIn: (chatId: string) =>
      messages.filter((message) => message.chatId === chatId).map(({ content }) => JSON.parse(content).text as string),
    reset() {
      count = 0;
      asked.length = 0;
      messages.length = 0;
      patches.length = 0;
      Object.assign(state, {
        token: 't-first00000001',
        turn: () => undefined,
        tokenTurn: () => undefined,
        tokenCalls: 0,
        listing: true,
        expire: 7200,
      });
    },
    /** Cuts what still waits for its turn, and nothing else: a connection that is cut while nothing is asked on it fails the next call. */
    release() {
      drop();
      hold();
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}

export type ScriptedFeishu = Awaited<ReturnType<typeof scriptedFeishu>>;

async function bodyOf(c: Context): Promise<Record<string, unknown>> {
  const type = c.req.header('content-type') ?? '';
  if (type.startsWith('multipart/')) return c.req.parseBody();
  return c.req.json().catch(() => ({}));
}

async function play(turn: Exclude<Turn, string | undefined>): Promise<Response> {
  if (turn.delayMs) await new Promise((resolve) => setTimeout(resolve, turn.delayMs));
  const body = turn.json ? JSON.stringify(turn.json) : (turn.text ?? '');
  const type = turn.json ? 'application/json' : 'text/html';
  return new Response(body, { status: turn.status ?? 200, headers: { 'content-type': type, ...turn.headers } });
}

async function cut(c: Context): Promise<Response> {
  socketOf(c).destroy();
  return new Response(null);
}

async function half(c: Context, answer: object): Promise<Response> {
  const text = JSON.stringify(answer);
  const head = `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${text.length}\r\n\r\n`;
  const socket = socketOf(c);
  await new Promise((written) => socket.write(head + text.slice(0, text.length / 2), written));
  return cut(c);
}

const socketOf = (c: Context): Socket => (c.env as { incoming: { socket: Socket } }).incoming.socket;
