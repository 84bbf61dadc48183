import { describe, expect, it } from 'vitest';
import type { Answer } from '#bot/incoming';
import { type ConnectSettings, longConnection } from '#feishu/long-connection';
import { deferred, settle } from './support/clock.ts';
import { credentials, fixture, type Payload } from './support/delivery.ts';
import { edge } from './support/edge.ts';

/** The connection with a client of our own making, whose life the test decides. */
function setUp(options: Parameters<typeof edge>[0] = {}) {
  const { clock, intake, log, received, late } = edge(options);
  const clients: (ConnectSettings & { closed: boolean; invoke(data: unknown): Promise<unknown> })[] = [];
  const connection = longConnection({
    appId: credentials.appId,
    appSecret: 'secret',
    domain: 'feishu',
    intake,
    clock,
    log,
    connect(settings) {
      const client = { ...settings, closed: false, invoke: async (_: unknown): Promise<unknown> => undefined };
      clients.push(client);
      return {
        async start({ eventDispatcher }) {
          client.invoke = (data) => eventDispatcher.invoke(data);
        },
        close() {
          client.closed = true;
        },
      };
    },
  });
  connection.start();
  return {
    clock,
    intake,
    log,
    received,
    late,
    clients,
    connection,
    push: (data: unknown) => clients.at(-1)!.invoke(data),
  };
}

const event = (name: string): Payload => {
  const payload = fixture(name);
  payload.header.token = '';
  return payload;
};

describe('the long connection', () => {
  it('brings events, with no token in them, to the same place', async () => {
    const { push, received, connection, clock } = setUp();
    expect(await push(event('message-private-text'))).toEqual({});
    expect(received).toMatchObject([{ kind: 'message', text: '/pay 2026-10' }]);
    expect(connection.state().lastEventAt).toEqual(clock.now());
  });

  it('answers a click with what its command says', async () => {
    const { push } = setUp({ receive: async () => ({ toast: { tone: 'success', zh: '好', en: 'OK' } }) });
    expect(await push(event('click-button'))).toEqual({
      toast: { type: 'success', content: '好', i18n: { zh_cn: '好', en_us: 'OK' } },
    });
  });

  it('answers a slow click in time, and shows its card later', async () => {
    const stored = deferred<Answer>();
    const { push, clock, intake, late } = setUp({ receive: () => stored.promise });
    const answer = push(event('click-button'));
    await clock.advance(2500);
    expect(await answer).toMatchObject({ toast: { type: 'info' } });
    stored.resolve({ card: { schema: '2.0' } });
    await clock.advance(499);
    expect(late).toEqual([]);
    await clock.advance(1);
    await intake.settled();
    expect(late).toHaveLength(1);
  });

  it.each<[string, unknown]>([
    ['of another app', { ...event('menu'), header: { ...event('menu').header, app_id: 'cli_other' } }],
    ['of another tenant', { ...event('menu'), header: { ...event('menu').header, tenant_key: 'other' } }],
  ])('drops an event %s', async (_, payload) => {
    const { push, received } = setUp();
    expect(await push(payload)).toBeUndefined();
    expect(received).toEqual([]);
  });

  it.each<[string, unknown]>([
    ['could not be stored', event('message-private-text')],
    ['has no envelope', { hello: 'world' }],
  ])('throws, so that the platform pushes again, when an event %s', async (_, payload) => {
    const { push, log } = setUp({ receive: () => Promise.reject(new Error('canary-7c1')) });
    await expect(push(payload)).rejects.toThrow('event not taken');
    expect(log.text()).not.toContain('canary');
  });

  it('is started anew when the client gives up, sooner at first than later', async () => {
    const { clock, clients, connection } = setUp();
    const gaps: number[] = [];
    for (let n = 0; n < 6; n++) {
      clients.at(-1)!.onGivenUp();
      await settle();
      expect(connection.state().state).toBe('down');
      const [before, start] = [clients.length, clock.now().getTime()];
      while (clients.length === before) await clock.advance(500);
      gaps.push(clock.now().getTime() - start);
    }
    expect(gaps).toEqual([1000, 5000, 15_000, 60_000, 60_000, 60_000]);
    expect(clients.slice(0, -1).every(({ closed }) => closed)).toBe(true);
    clients.at(-1)!.onUp();
    expect(connection.state().state).toBe('connected');
    clients.at(-1)!.onGivenUp();
    await clock.advance(1000);
    expect(clients).toHaveLength(8);
  });

  it('is started anew when it cannot come back for 40 seconds', async () => {
    const { clock, clients, connection } = setUp();
    clients[0]!.onUp();
    await clock.advance(3_600_000);
    expect(clients).toHaveLength(1);
    clients[0]!.onReconnecting();
    expect(connection.state().state).toBe('reconnecting');
    await clock.advance(30_000);
    expect(clients).toHaveLength(1);
    await clock.advance(20_000);
    expect(clients).toHaveLength(2);
    expect(clients[0]!.closed).toBe(true);
  });

  it('stops for good', async () => {
    const { clock, clients, connection } = setUp();
    clients[0]!.onUp();
    await connection.stop();
    await clock.advance(600_000);
    expect(clients).toHaveLength(1);
    expect(clients[0]!.closed).toBe(true);
    expect(connection.state().state).toBe('idle');
  });
});
