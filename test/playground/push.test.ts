import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sign } from '#playground/platform/crypto';
import { appIdentity, group, type Heard, li, type Stage, stage } from '#test/playground/fixture';

let s: Stage;
beforeEach(async () => {
  s = await stage();
});
afterEach(() => s.close());

const mention = () => `<at id="${s.standIn.world.botOpenId}"></at>`;
const received = () => s.bot.events('im.message.receive_v1');
const second = 1000;
const hour = 3_600_000;
const ids = (heard: readonly Heard[]) => heard.map((one) => one.plain.header.event_id);

describe('checking the request URL (9.11)', () => {
  it('sends an unsigned challenge, encrypted when there is a key, and wants it echoed in clear', async () => {
    s.bot.answer = (one) => Response.json({ challenge: one.plain.challenge });
    expect(await s.standIn.verifyUrl(s.bot.url)).toEqual({ ok: true });
    expect(await s.standIn.verifyUrl(s.bot.url, 'plain')).toEqual({ ok: true });
    const [encrypted, plain] = s.bot.heard;
    expect(Object.keys(JSON.parse(encrypted?.raw ?? ''))).toEqual(['encrypt']);
    expect(encrypted?.plain).toEqual({ challenge: expect.any(String), token: 'v-token', type: 'url_verification' });
    expect(Object.keys(JSON.parse(plain?.raw ?? ''))).toEqual(['challenge', 'token', 'type']);
    for (const one of s.bot.heard) expect(one.headers).not.toHaveProperty('x-lark-signature');
  });

  it.each([
    ['another challenge', () => Response.json({ challenge: 'x' })],
    ['a status other than 200', (one: Heard) => Response.json({ challenge: one.plain.challenge }, { status: 201 })],
    ['an answer that is no JSON', (one: Heard) => new Response(one.plain.challenge)],
  ])('refuses %s', async (_, answer) => {
    s.bot.answer = answer;
    expect(await s.standIn.verifyUrl(s.bot.url)).toMatchObject({
      ok: false,
      reason: expect.stringContaining('没有返回'),
    });
  });

  it('waits one second', async () => {
    const waits: number[] = [];
    await s.close();
    s = await stage({
      clock: {
        now: () => new Date(),
        wait: (ms) => {
          waits.push(ms);
          return ms === 1000 ? Promise.resolve() : new Promise(() => {});
        },
      },
    });
    s.bot.answer = () => new Promise(() => {});
    expect(await s.standIn.verifyUrl(s.bot.url)).toMatchObject({ ok: false });
    expect(waits).toContain(1000);
  });
});

describe('the wire (9.12)', () => {
  it('is compact JSON, encrypted, with a signature over the exact bytes', async () => {
    s.standIn.world.say(li, group, `${mention()} 你好 😀`);
    await s.standIn.settled();
    const [one] = s.bot.heard;
    const { 'x-lark-request-timestamp': timestamp = '', 'x-lark-request-nonce': nonce = '' } = one?.headers ?? {};
    expect(one?.raw).toMatch(/^\{"encrypt":"[A-Za-z0-9+/=]+"\}$/);
    expect(one?.headers['x-lark-signature']).toBe(sign(appIdentity.encryptKey, timestamp, nonce, one?.raw ?? ''));
    expect(one?.headers['content-type']).toBe('application/json;charset=utf-8');
    expect(timestamp).toBe(String(Date.parse('2026-03-02T09:00:00+08:00') / 1000));
    expect(one?.plain).toMatchObject({
      schema: '2.0',
      header: {
        event_id: expect.stringMatching(/^[0-9a-f]{32}$/),
        token: 'v-token',
        create_time: '1772413200000',
        event_type: 'im.message.receive_v1',
        tenant_key: 'tenant-1',
        app_id: appIdentity.appId,
      },
    });
  });

  it('without an Encrypt Key is plain and has no signature', async () => {
    await s.close();
    const { encryptKey: _, ...app } = appIdentity;
    s = await stage({ app });
    s.standIn.world.say(li, 'bot', '你好');
    await s.standIn.settled();
    expect(JSON.parse(s.bot.heard[0]?.raw ?? '')).toHaveProperty('header.token', 'v-token');
    expect(s.bot.heard[0]?.headers).not.toHaveProperty('x-lark-signature');
  });

  it('can be wrong in every way that a bot must notice', async () => {
    const { world } = s.standIn;
    const said = world.say(li, 'bot', '真');
    await s.standIn.settled();
    for (const options of [
      { wrongSignature: true },
      { unsigned: true },
      { wrongToken: true },
      { appId: 'cli_00000000000000bb' },
      { tenantKey: 'tenant-2' },
      { spaced: true },
      { oldEnvelope: true },
      { plain: true },
    ]) {
      world.pushAgain(said.messageId, options);
      await s.standIn.settled();
    }
    const [honest, signature, unsigned, token, app, tenant, spaced, old, plain] = s.bot.heard;
    const valid = (one: Heard | undefined) =>
      one?.headers['x-lark-signature'] ===
      sign(
        appIdentity.encryptKey,
        one?.headers['x-lark-request-timestamp'] ?? '',
        one?.headers['x-lark-request-nonce'] ?? '',
        one?.raw ?? '',
      );
    expect([honest, signature, unsigned, token, app, tenant, spaced, old, plain].map(valid)).toEqual([
      true,
      false,
      false,
      true,
      true,
      true,
      true,
      true,
      true,
    ]);
    expect(token?.plain.header.token).not.toBe('v-token');
    expect(app?.plain.header.app_id).toBe('cli_00000000000000bb');
    expect(tenant?.plain.header.tenant_key).toBe('tenant-2');
    expect(spaced?.raw).not.toBe(JSON.stringify(JSON.parse(spaced?.raw ?? '')));
    expect(old?.plain).toMatchObject({
      type: 'event_callback',
      uuid: expect.any(String),
      token: 'v-token',
      event: { type: 'im.message.receive_v1' },
    });
    expect(old?.plain).not.toHaveProperty('schema');
    expect(plain?.plain).toEqual(JSON.parse(plain?.raw ?? ''));
  });

  it('an old body can be replayed byte for byte', async () => {
    s.standIn.world.say(li, 'bot', '真');
    await s.standIn.settled();
    s.clock.tick(10 * hour);
    const [push] = s.standIn.record.pushes;
    expect(push && (await s.standIn.world.replay(push))).toBe(200);
    expect(s.bot.heard[1]).toMatchObject({
      raw: s.bot.heard[0]?.raw,
      headers: { 'x-lark-signature': s.bot.heard[0]?.headers['x-lark-signature'] },
    });
  });
});

describe('retries (9.13)', () => {
  it('come after 15 s, 5 min, 1 h and 6 h with the same event_id and fresh bytes, and then stop', async () => {
    s.bot.answer = () => new Response('no', { status: 500 });
    s.standIn.world.say(li, 'bot', '你好');
    await s.standIn.settled();
    const heardAfter = async (ms: number) => {
      await s.standIn.clock.advance(ms);
      return s.bot.heard.length;
    };
    expect(await heardAfter(14 * second)).toBe(1);
    expect(await heardAfter(second)).toBe(2);
    expect(await heardAfter(299 * second)).toBe(2);
    expect(await heardAfter(second)).toBe(3);
    expect(await heardAfter(hour)).toBe(4);
    expect(await heardAfter(6 * hour - 1)).toBe(4);
    expect(await heardAfter(1)).toBe(5);
    expect(await heardAfter(48 * hour)).toBe(5);
    expect(new Set(ids(s.bot.heard)).size).toBe(1);
    expect(new Set(s.bot.heard.map((one) => one.raw)).size).toBe(5);
    expect(new Set(s.bot.heard.map((one) => one.headers['x-lark-request-nonce'])).size).toBe(5);
    expect(new Set(s.bot.heard.map((one) => one.headers['x-lark-request-timestamp'])).size).toBe(5);
    expect(s.standIn.record.pushes.map((push) => push.attempt)).toEqual([1, 2, 3, 4, 5]);
  });

  it.each([201, 204, 302, 404])('HTTP %i counts as failure', async (status) => {
    s.bot.answer = () => new Response(null, { status, headers: { location: `${s.url}/playground/api/faults` } });
    s.standIn.world.say(li, 'bot', '你好');
    await s.standIn.settled();
    expect(s.standIn.record.pushes).toMatchObject([{ ok: false, status }]);
    s.bot.answer = () => Response.json({});
    await s.standIn.clock.advance(15 * second);
    expect(s.standIn.record.pushes[1]).toMatchObject({ ok: true });
    await s.standIn.clock.advance(10 * hour);
    expect(s.bot.heard).toHaveLength(2);
  });

  it('the body of a 200 does not matter', async () => {
    s.bot.answer = () => new Response('');
    s.standIn.world.say(li, 'bot', '你好');
    await s.standIn.settled();
    expect(s.standIn.record.pushes).toMatchObject([{ ok: true }]);
  });

  it('an answer later than 3 s counts as failure', async () => {
    await s.close();
    const waits: number[] = [];
    s = await stage({
      clock: {
        now: () => new Date(0),
        wait: async (ms) => {
          waits.push(ms);
        },
      },
    });
    s.bot.answer = () => new Promise(() => {});
    s.standIn.world.say(li, 'bot', '你好');
    await s.standIn.settled();
    expect(waits).toEqual([3000]);
    expect(s.standIn.record.pushes).toMatchObject([{ ok: false, status: 0 }]);
  });

  it('an unreachable bot is tried again', async () => {
    s.standIn.setCallbacks({ eventUrl: 'http://127.0.0.1:1/' });
    s.standIn.world.say(li, 'bot', '你好');
    await s.standIn.settled();
    s.standIn.setCallbacks({ eventUrl: s.bot.url });
    await s.standIn.clock.advance(15 * second);
    expect(received()).toHaveLength(1);
  });
});

describe('order (2.7)', () => {
  const twoMessages = async () => {
    s.bot.answer = () => new Response('', { status: 500 });
    s.standIn.world.say(li, 'bot', '一');
    await s.standIn.settled();
    s.bot.answer = () => Response.json({});
    s.standIn.world.say(li, 'bot', '二');
    await s.standIn.settled();
    return received().map((event) => JSON.parse(event.message.content).text);
  };

  it('messages do not wait for one that failed', async () => {
    expect(await twoMessages()).toEqual(['一', '二']);
  });

  it('of an ordered type the failing head blocks the rest until it is taken', async () => {
    s.standIn.faults.switches.orderedTypes.add('im.message.receive_v1');
    expect(await twoMessages()).toEqual(['一']);
    await s.standIn.clock.advance(15 * second);
    expect(received().map((event) => JSON.parse(event.message.content).text)).toEqual(['一', '一', '二']);
  });
});

describe('unasked-for deliveries (9.13)', () => {
  it('each event twice under one event_id', async () => {
    s.standIn.faults.set({ duplicate: true });
    s.standIn.world.say(li, 'bot', '你好');
    await s.standIn.settled();
    expect(ids(s.bot.heard)).toHaveLength(2);
    expect(new Set(ids(s.bot.heard)).size).toBe(1);
  });

  it('one message under two event_ids', async () => {
    s.standIn.faults.set({ duplicateMessage: true });
    s.standIn.world.say(li, 'bot', '你好');
    await s.standIn.settled();
    expect(new Set(ids(s.bot.heard)).size).toBe(2);
    expect(new Set(received().map((event) => event.message.message_id)).size).toBe(1);
  });

  it('events of one second in another order, repeatably', async () => {
    s.standIn.faults.set({ reorder: true });
    const order = async () => {
      s.standIn.faults.reseed(7);
      const from = s.standIn.record.pushes.length;
      for (let count = 0; count < 5; count += 1) s.standIn.world.say(li, 'bot', String(count));
      await s.standIn.clock.advance(second);
      const pushes = s.standIn.record.pushes.slice(from).map((push) => push.plain as Heard['plain']);
      return pushes.map((plain) => JSON.parse(plain.event.message.content).text).join('');
    };
    const first = await order();
    expect([...first].sort().join('')).toBe('01234');
    expect(first).not.toBe('01234');
    expect(await order()).toBe(first);
  });

  it('late by seconds of the stand-in’s clock', async () => {
    s.standIn.faults.set({ lateSeconds: 30 });
    s.standIn.world.say(li, 'bot', '你好');
    await s.standIn.clock.advance(29 * second);
    expect(received()).toHaveLength(0);
    await s.standIn.clock.advance(second);
    expect(received()).toHaveLength(1);
  });
});
