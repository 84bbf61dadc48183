import * as lark from '@larksuiteoapi/node-sdk';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { decodeFrame, encodeFrame } from '#playground/platform/push/frames';
import { appIdentity, cardMessage, li, type Stage, simpleCard, stage } from '#test/playground/fixture';

const silent = { error() {}, warn() {}, info() {}, debug() {}, trace() {} };
type Handlers = Parameters<lark.EventDispatcher['register']>[0];

let s: Stage;
const clients: lark.WSClient[] = [];
beforeEach(async () => {
  s = await stage({ eventUrl: '', cardUrl: '' });
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.close({ force: true });
  await s.close();
});

/** A connected client of the official SDK. */
function connect(
  handlers: Record<string, (data: never) => unknown>,
  appSecret = appIdentity.appSecret,
): Promise<lark.WSClient> {
  return new Promise((resolve, reject) => {
    const client = new lark.WSClient({
      appId: appIdentity.appId,
      appSecret,
      domain: s.url,
      logger: silent,
      autoReconnect: false,
      onReady: () => resolve(client),
      onError: reject,
    });
    clients.push(client);
    void client.start({ eventDispatcher: new lark.EventDispatcher({ logger: silent }).register(handlers as Handlers) });
  });
}

describe('the long connection with the official client (7.4)', () => {
  it('delivers an event in clear, without token or signature, and takes the acknowledgement', async () => {
    const heard: Record<string, unknown>[] = [];
    await connect({ 'im.message.receive_v1': (data) => heard.push(data) });
    s.standIn.world.say(li, 'bot', '你好');
    await s.standIn.settled();
    expect(heard).toMatchObject([
      { token: '', event_type: 'im.message.receive_v1', message: { content: '{"text":"你好"}' } },
    ]);
    expect(s.standIn.record.pushes).toMatchObject([{ url: 'ws', ok: true, status: 200 }]);
  });

  it('carries a card callback and its answer', async () => {
    await connect({
      'card.action.trigger': () => ({
        toast: { type: 'info', content: '收到' },
        card: { type: 'raw', data: simpleCard('完成') },
      }),
    });
    const { body } = await s.call('POST', '/im/v1/messages?receive_id_type=open_id', cardMessage(li));
    const outcome = await s.standIn.world.press(li, body.data.message_id, '确认');
    expect(outcome).toMatchObject({ toast: { content: '收到' } });
    expect(JSON.stringify(outcome.message?.content)).toContain('完成');
  });

  it('pushes again what was not acknowledged: a handler that throws, or nobody connected', async () => {
    s.standIn.world.say(li, 'bot', '一');
    await s.standIn.settled();
    expect(s.standIn.record.pushes).toMatchObject([{ ok: false, status: 0 }]);
    let tries = 0;
    await connect({
      'im.message.receive_v1': () => {
        tries += 1;
        if (tries === 1) throw new Error('not yet');
      },
    });
    await s.standIn.clock.advance(15_000);
    expect(s.standIn.record.pushes[1]).toMatchObject({ ok: false, status: 500 });
    await s.standIn.clock.advance(300_000);
    expect(s.standIn.record.pushes[2]).toMatchObject({ ok: true, attempt: 3 });
    expect(tries).toBe(2);
  });

  it('gives each event to one of several connections', async () => {
    const counts = [0, 0];
    for (const index of [0, 1]) {
      await connect({
        'im.message.receive_v1': () => {
          counts[index] = (counts[index] ?? 0) + 1;
        },
      });
    }
    for (let count = 0; count < 20; count += 1) s.standIn.world.say(li, 'bot', String(count));
    await s.standIn.settled();
    expect((counts[0] ?? 0) + (counts[1] ?? 0)).toBe(20);
    expect(Math.min(...counts)).toBeGreaterThan(0);
    expect((await s.client.event.connection.get()).data?.online_instance_cnt).toBe(2);
  });

  it('waits 3 s for an acknowledgement', async () => {
    await s.close();
    const waits: number[] = [];
    s = await stage({
      eventUrl: '',
      clock: {
        now: () => new Date(0),
        wait: async (ms) => {
          waits.push(ms);
        },
      },
    });
    await connect({ 'im.message.receive_v1': () => new Promise(() => {}) });
    s.standIn.world.say(li, 'bot', '一');
    await s.standIn.settled();
    expect(waits).toEqual([3000]);
    expect(s.standIn.record.pushes).toMatchObject([{ ok: false, status: 0 }]);
  });

  it('refuses a wrong secret with 514, and whatever else a test wants', async () => {
    await expect(connect({}, 'wrong')).rejects.toThrow('code=514');
    s.standIn.longConnection.refuseWith = 403;
    await expect(connect({})).rejects.toThrow('code=403');
  });

  it('a click with nobody connected shows 200340', async () => {
    const { body } = await s.call('POST', '/im/v1/messages?receive_id_type=open_id', cardMessage(li));
    expect((await s.standIn.world.press(li, body.data.message_id, '确认')).failure?.code).toBe(200340);
  });
});

it('hangs up on whoever sends no frames', async () => {
  const handshake = await fetch(`${s.url}/callback/ws/endpoint`, {
    method: 'POST',
    body: JSON.stringify({ AppID: appIdentity.appId, AppSecret: appIdentity.appSecret }),
  });
  const { data } = (await handshake.json()) as { data: { URL: string } };
  const socket = new WebSocket(data.URL);
  socket.on('open', () => socket.send('hello'));
  await new Promise((resolve) => socket.on('close', resolve));
  expect(s.standIn.longConnection.connections).toEqual([]);
});

it('frames survive the way there and back', () => {
  const frame = {
    method: 1 as const,
    service: 7,
    headers: { type: 'event', message_id: '编号' },
    payload: Buffer.from('{"a":"😀"}'),
  };
  const read = decodeFrame(encodeFrame(frame));
  expect({ ...read, payload: Buffer.from(read.payload ?? []) }).toEqual(frame);
});
