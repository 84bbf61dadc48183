import { once } from 'node:events';
import { type ClientRequest, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { deferred } from './support/clock.ts';
import { deliver, encrypt, fixture, sign } from './support/delivery.ts';
import { edge } from './support/edge.ts';

const message = () => fixture('message-private-text');
const servers: ReturnType<typeof createAdaptorServer>[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function listening(app: ReturnType<typeof edge>['app']): Promise<number> {
  const server = createAdaptorServer({ fetch: app.fetch });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

async function drained(request: ClientRequest): Promise<void> {
  const over = new AbortController();
  const { signal } = over;
  await Promise.race([once(request, 'drain', { signal }), once(request, 'close', { signal })]).catch(() => undefined);
  over.abort();
}

/** Sends the body in these pieces, without announcing its length; the status, or the error that cut the connection. */
function pieces(port: number, headers: Record<string, string>, chunks: Iterable<Uint8Array>): Promise<number | string> {
  return new Promise((resolve) => {
    const request = httpRequest(
      { port, host: '127.0.0.1', path: '/webhook/event', method: 'POST', headers },
      (response) => {
        response.resume();
        resolve(response.statusCode!);
        if (response.statusCode === 413) request.destroy();
      },
    );
    request.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'error'));
    void (async () => {
      for (const chunk of chunks) {
        if (request.destroyed) return;
        if (!request.write(chunk)) await drained(request);
      }
      request.end();
    })();
  });
}

describe('a genuine event', () => {
  it.each(['/webhook/event', '/webhook/card'])('is received once at %s and acknowledged', async (path) => {
    const { send, received } = edge();
    const response = await send(message(), path);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({});
    expect(received).toMatchObject([{ kind: 'message', text: '/pay 2026-10' }]);
  });

  it('is acknowledged only after it was stored', async () => {
    const stored = deferred<object>();
    const { send } = edge({ receive: () => stored.promise });
    let status = 0;
    const answer = send(message()).then((response) => {
      status = response.status;
    });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(status).toBe(0);
    stored.resolve({});
    await answer;
    expect(status).toBe(200);
  });

  it('that could not be stored is answered 500, so that it comes again', async () => {
    const { send, log } = edge({
      receive: () => Promise.reject(new Error('insert into people (name) values (李敏) canary-7c1')),
    });
    const response = await send(message());
    expect(response.status).toBe(500);
    expect(await response.text()).toBe('');
    expect(log.text()).not.toContain('canary');
  });

  it('is answered 500 while it is not known who the bot is', async () => {
    const { send, received } = edge({ botOpenId: () => Promise.reject(new Error('no network')) });
    expect((await send(fixture('message-group-at-bot'))).status).toBe(500);
    expect(received).toEqual([]);
  });

  it('of a kind that we do not use is acknowledged', async () => {
    const { send, received } = edge();
    for (const name of ['reaction-created', 'old-schema-p2p-created', 'message-from-bot']) {
      const response = await send(fixture(name));
      expect([response.status, await response.json()]).toEqual([200, {}]);
    }
    expect(received).toEqual([]);
  });

  it('whose shape we do not know is answered 400, never a crash', async () => {
    const { send, received, log } = edge();
    const payload = message();
    payload.event.message.content = '{"text":5,"canary":"canary-7c1"}';
    expect((await send(payload)).status).toBe(400);
    expect(received).toEqual([]);
    expect(log.text()).not.toContain('canary');
  });

  it('of another tenant is refused', async () => {
    const { send, received } = edge();
    const payload = message();
    payload.header.tenant_key = 'another';
    const response = await send(payload);
    expect([response.status, await response.text()]).toEqual([401, '']);
    expect(received).toEqual([]);
  });

  it('of another app is refused', async () => {
    const { send, received } = edge();
    const payload = message();
    payload.header.app_id = 'cli_0000000000000000';
    expect((await send(payload)).status).toBe(401);
    expect(received).toEqual([]);
  });

  it('redelivered 7 h 10 min later under its first timestamp is taken, a day later it is not', async () => {
    const { clock, post, received } = edge();
    const delivery = deliver(message(), { at: clock.now() });
    await clock.advance((7 * 60 + 10) * 60_000);
    expect((await post(delivery)).status).toBe(200);
    await clock.advance(17 * 3_600_000);
    expect((await post(delivery)).status).toBe(401);
    expect(received).toHaveLength(1);
  });

  it('1,000 from two bots in a group lead to nothing', async () => {
    const { send, received } = edge();
    for (let n = 0; n < 1000; n++) {
      const payload = fixture('message-from-bot');
      payload.header.event_id = `bot-${n}`;
      payload.event.message.message_id = `om_${n}`;
      payload.event.sender.sender_id.open_id = n % 2 ? 'ou_bot_a' : 'ou_bot_b';
      expect((await send(payload)).status).toBe(200);
    }
    expect(received).toEqual([]);
  });
});

describe('the bytes', () => {
  const spacious = (plain: string) =>
    `\n{  "encrypt" :\t${JSON.stringify(encrypt(plain)).replaceAll('/', '\\/')}  }\r\n`;

  it('may be written with any white space and escapes, inside and outside', async () => {
    const { clock, post, received } = edge();
    const { schema, header, event } = message();
    const body = spacious(JSON.stringify({ event, header, schema }, null, 4));
    const delivery = deliver(null, { at: clock.now(), body });
    expect((await post(delivery)).status).toBe(200);
    expect(received).toHaveLength(1);
  });

  it('are what is signed: the same JSON written again is refused', async () => {
    const { clock, post, received } = edge();
    const delivery = deliver(null, { at: clock.now(), body: spacious(JSON.stringify(message())) });
    expect((await post({ ...delivery, body: JSON.stringify(JSON.parse(delivery.body)) })).status).toBe(401);
    expect(received).toEqual([]);
  });

  it('may come one by one', async () => {
    const { app, clock, received } = edge();
    const port = await listening(app);
    const { body, headers } = deliver(message(), { at: clock.now() });
    const bytes = Buffer.from(body);
    expect(
      await pieces(
        port,
        headers,
        Array.from(bytes, (byte) => Uint8Array.of(byte)),
      ),
    ).toBe(200);
    expect(received).toHaveLength(1);
  });

  it('may be cut anywhere, also within a character', async () => {
    const { app, clock, received } = edge();
    const port = await listening(app);
    const text = `{"note":"跟单😀é","encrypt":"${encrypt(JSON.stringify(message()))}"}`;
    const { headers } = deliver(null, { at: clock.now(), body: text });
    const bytes = Buffer.from(text);
    const upTo = Buffer.from(text.slice(0, text.indexOf('encrypt'))).length;
    for (let cut = 1; cut <= upTo; cut++) {
      expect(await pieces(port, headers, [bytes.subarray(0, cut), bytes.subarray(cut)])).toBe(200);
    }
    expect(received).toHaveLength(upTo);
  });
});

describe('a forgery', () => {
  it('of any of 10,000 shapes is refused, and nothing is received', { timeout: 120_000 }, async () => {
    const { app, clock, received } = edge();
    const genuine = deliver(message(), { at: clock.now() });
    const other = deliver(fixture('menu'), { at: clock.now() });
    const [timestamp, nonce, signature] = [
      genuine.headers['x-lark-request-timestamp']!,
      genuine.headers['x-lark-request-nonce']!,
      genuine.headers['x-lark-signature']!,
    ];
    const hex = fc.string({ unit: fc.constantFrom(...'0123456789abcdefABCDEF'), maxLength: 130 });
    const token = fc.string({ unit: fc.constantFrom(...'0123456789abcdefghijklmnop-_. +,'), maxLength: 40 });
    const spoil = <T>(value: T, ...spoilt: fc.Arbitrary<T | undefined>[]) => fc.oneof(fc.constant(value), ...spoilt);
    const body = spoil(
      genuine.body,
      fc.constant(other.body),
      fc.constant(`${genuine.body} `),
      fc.constant(JSON.stringify(message())),
      fc.constant(JSON.stringify({ encrypt: encrypt(JSON.stringify(message()), 'another key') })),
      fc.constant(JSON.stringify({ type: 'url_verification', token: 'v_token_1', challenge: 'x' })),
      fc.string(),
      fc.json(),
      fc.base64String().map((text) => JSON.stringify({ encrypt: text })),
      fc.nat({ max: genuine.body.length - 1 }).map((at) => genuine.body.slice(0, at) + genuine.body.slice(at + 1)),
      fc.constant('x'.repeat(1024 * 1024 + 1)),
    );
    const attempt = fc.record({
      body,
      timestamp: spoil(timestamp, token, fc.constant(undefined), fc.constant(`${Number(timestamp) + 1}`)),
      nonce: spoil(nonce, token, fc.constant(undefined)),
      signature: spoil(
        signature,
        hex,
        fc.constant(undefined),
        fc.constant(signature.toUpperCase()),
        fc.constant(sign(timestamp, nonce, genuine.body, 'another key')),
        fc.nat(63).map((at) => signature.slice(0, at) + (signature[at] === '0' ? '1' : '0') + signature.slice(at + 1)),
      ),
      twice: fc.constantFrom(
        undefined,
        undefined,
        undefined,
        'x-lark-signature',
        'x-lark-request-timestamp',
        'x-lark-request-nonce',
      ),
      unsigned: fc.constantFrom(true, false, false, false),
      path: fc.constantFrom('/webhook/event', '/webhook/card'),
    });
    const statuses = new Map<number, number>();
    await fc.assert(
      fc.asyncProperty(attempt, async (given) => {
        const headers = new Headers();
        const set = (name: string, value: string | undefined) => value !== undefined && headers.set(name, value);
        if (!given.unsigned) {
          set('x-lark-request-timestamp', given.timestamp);
          set('x-lark-request-nonce', given.nonce);
          set('x-lark-signature', given.signature);
        }
        if (given.twice) headers.append(given.twice, headers.get(given.twice) ?? 'x');
        const same = (name: string, value: string) => headers.get(name) === value;
        fc.pre(
          !(
            given.body === genuine.body &&
            same('x-lark-request-timestamp', timestamp) &&
            same('x-lark-request-nonce', nonce) &&
            same('x-lark-signature', signature)
          ),
        );
        const response = await app.request(given.path, { method: 'POST', body: given.body!, headers });
        expect([400, 401, 413]).toContain(response.status);
        expect(await response.text()).toBe('');
        statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
      }),
      { numRuns: 10_000 },
    );
    expect(received).toEqual([]);
    for (const status of [400, 401, 413]) expect(statuses.get(status)).toBeGreaterThan(50);
  });

  it('with hundreds of headers is refused before anything is read', async () => {
    const { app, clock, received } = edge();
    const { body, headers } = deliver(message(), { at: clock.now() });
    const many = Object.fromEntries(Array.from({ length: 200 }, (_, n) => [`x-${n}`, 'x']));
    const response = await app.request('/webhook/event', { method: 'POST', body, headers: { ...headers, ...many } });
    expect(response.status).toBe(400);
    expect(received).toEqual([]);
  });

  it('of 100 MB is cut off at 1 MB, announced or not, and memory stays flat', async () => {
    const { app, clock, received } = edge();
    const port = await listening(app);
    const { headers } = deliver(message(), { at: clock.now() });
    expect(await pieces(port, { ...headers, 'content-length': String(100 * 1024 * 1024) }, [])).toBe(413);
    const before = process.memoryUsage().rss;
    let sent = 0;
    function* endless() {
      for (; sent < 1600; sent++) yield Buffer.alloc(64 * 1024, 0x20);
    }
    expect([413, 'ECONNRESET', 'EPIPE']).toContain(await pieces(port, headers, endless()));
    expect(sent).toBeLessThan(800);
    expect(process.memoryUsage().rss - before).toBeLessThan(60 * 1024 * 1024);
    expect(received).toEqual([]);
  });

  it('that exceeds the limit by one byte is too long, at the limit it is read', async () => {
    const { clock, post } = edge();
    const padded = (length: number) => {
      const body = `{"encrypt":"${encrypt(JSON.stringify(message()))}"}`;
      return deliver(null, { at: clock.now(), body: body + ' '.repeat(length - body.length) });
    };
    expect((await post(padded(1024 * 1024))).status).toBe(200);
    expect((await post(padded(1024 * 1024 + 1))).status).toBe(413);
  });
});

describe('the challenge', () => {
  const ask = (token: string) => ({
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      encrypt: encrypt(JSON.stringify({ challenge: 'ajls384kdjx98XX', token, type: 'url_verification' })),
    }),
  });

  it('is echoed as plain JSON, at once: nothing is looked up or stored', async () => {
    const { post, received } = edge();
    const response = await post(ask('v_token_1'));
    expect([response.status, await response.json()]).toEqual([200, { challenge: 'ajls384kdjx98XX' }]);
    expect(received).toEqual([]);
  });

  it('with another token is refused', async () => {
    const { post } = edge();
    const response = await post(ask('v_token_2'));
    expect([response.status, await response.text()]).toEqual([401, '']);
  });
});

describe('webhooks', () => {
  it('refuse to exist without both secrets', async () => {
    const { webhookRoutes } = await import('#feishu/webhook');
    const { clock, intake, log } = edge();
    const whole = { appId: 'cli_1', encryptKey: 'k', verificationToken: 't' };
    for (const name of Object.keys(whole)) {
      expect(() => webhookRoutes({ credentials: { ...whole, [name]: '' }, intake, clock, log })).toThrow(name);
    }
  });
});
