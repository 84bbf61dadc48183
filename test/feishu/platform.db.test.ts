import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Incoming, Receive } from '#bot/incoming';
import { type OpenDatabase, openPostgres } from '#db/client';
import { post } from '#db/outbox';
import { createApi } from '#feishu/api';
import { botIdentity } from '#feishu/bot-identity';
import { type Clock, systemClock } from '#feishu/clock';
import { fetchDirectory } from '#feishu/directory';
import { createIntake, type Intake } from '#feishu/intake';
import { lateAnswer } from '#feishu/late-answer';
import { type LongConnection, longConnection } from '#feishu/long-connection';
import { createSender, type Sender } from '#feishu/sender';
import { registerSlashCommands } from '#feishu/slash-commands';
import { tenantCheck } from '#feishu/tenant';
import { webhookRoutes } from '#feishu/webhook';
import { createStandIn } from '#playground/platform/stand-in';
import { appIdentity, group, li, seed, simpleCard, wang, zhao } from '#test/playground/fixture';
import { type TestDatabase, testDatabase } from '#test/support/database';
import { movableClock } from './support/clock.ts';
import { recordingLog } from './support/log.ts';
import { rows, send, text } from './support/sending.ts';

let database: TestDatabase;
let second: OpenDatabase | undefined;
const closing: (() => unknown)[] = [];

beforeAll(async () => {
  database = await testDatabase();
  if (database.url) second = await openPostgres(database.url, { max: 4 });
});
afterAll(async () => {
  await second?.close();
  await database.close();
});
beforeEach(() => database.reset());
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** A PNG of one pixel. */
const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const CANARY = '8,642.19元-canary';

/** The stand-in platform and our whole edge, over HTTP, through the official client. */
async function stage({
  clock: base = systemClock as Clock,
  receive = async () => ({}) as object,
  world = seed(),
} = {}) {
  const standIn = await createStandIn({ app: appIdentity, world, clock: { now: base.now } });
  const clock: Clock = { now: standIn.clock.now, wait: base.wait };
  const platform = await standIn.listen();
  closing.push(async () => {
    await platform.close();
    await standIn.close();
  });
  const { db } = database;
  const log = recordingLog();
  const { appId, appSecret, encryptKey, verificationToken } = appIdentity;
  const api = createApi({ appId, appSecret, domain: platform.url, now: clock.now, log });
  closing.push(() => api.close());
  const received: Incoming[] = [];
  const take: Receive = async (incoming) => {
    received.push(incoming);
    return (receive as unknown as Receive)(incoming);
  };
  const intake = createIntake({
    receive: take,
    botOpenId: botIdentity(db, api, clock.now),
    isOurTenant: tenantCheck(db, { now: clock.now }),
    deliverLate: lateAnswer({ api, clock, log }),
    clock,
    log,
  });
  closing.push(() => intake.settled());
  const url = await serve(webhookRoutes({ credentials: { appId, encryptKey, verificationToken }, intake, clock, log }));
  const sender = (how: Partial<Parameters<typeof createSender>[0]> = {}): Sender => {
    const made = createSender({ db, api, appId, clock, log, ...how });
    closing.push(() => made.stop());
    return made;
  };
  return { standIn, platform: platform.url, db, log, api, received, intake, url, sender };
}

async function serve(app: ReturnType<typeof webhookRoutes>): Promise<string> {
  const server = createAdaptorServer({ fetch: app.fetch });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook/event`;
}

describe('events of the platform', () => {
  it('pass the check of the address and arrive: said, clicked, entered, read, recalled, joined, left', async () => {
    const { standIn, url, received, api } = await stage();
    expect(await standIn.verifyUrl(url)).toEqual({ ok: true });
    expect(await standIn.verifyUrl(url, 'plain')).toMatchObject({ ok: false });
    standIn.setCallbacks({ eventUrl: url, cardUrl: url });

    standIn.world.say(li, 'bot', '/pay');
    const said = standIn.world.say(li, group, `<at id="${standIn.world.botOpenId}"></at> /order list`);
    standIn.world.say(li, group, 'nobody’s business');
    standIn.world.menu(li, 'pay');
    standIn.world.enter(wang);
    standIn.world.recall(li, said.messageId);
    const { messageId } = await api.send({ person: li }, { type: 'card', card: simpleCard() }, 'uuid-1');
    standIn.world.read(li, standIn.world.p2pChat(li)!.chatId);
    await standIn.world.press(li, messageId, '确认');
    standIn.world.removeBot(group, wang);
    standIn.world.addBot(group, wang);
    standIn.world.disband(group, wang);
    standIn.world.updateUser(zhao, { name: '赵会计师' });
    standIn.world.resign(zhao);
    await standIn.settled();

    const pushes = standIn.record.pushes.filter(({ eventType }) => eventType !== 'url_verification');
    expect(pushes.every(({ ok }) => ok)).toBe(true);
    const kinds = received.map((incoming) =>
      'change' in incoming ? `${incoming.kind} ${incoming.change}` : incoming.kind,
    );
    expect(kinds.toSorted()).toEqual(
      [
        'message',
        'message',
        'menu',
        'entered',
        'recalled',
        'read',
        'click',
        'chat bot-removed',
        'chat bot-added',
        'chat disbanded',
        'person changed',
        'person left',
      ].toSorted(),
    );
    const messages = received.filter((incoming) => incoming.kind === 'message');
    expect(messages.find(({ chat }) => chat.kind === 'private')).toMatchObject({
      text: '/pay',
      sender: { openId: li },
    });
    expect(messages.find(({ chat }) => chat.kind === 'group')).toMatchObject({
      text: '@_user_1 /order list',
      toBot: true,
    });
    expect(standIn.record.codes).toEqual([]);
  });

  it('that are forged, foreign or a bot’s are refused; those with blanks in them are taken', async () => {
    const { standIn, url, received } = await stage();
    standIn.setCallbacks({ eventUrl: url, cardUrl: url });
    standIn.world.say(li, 'bot', 'the first, from which the tenant is learned');
    await standIn.settled();
    const dishonest = [
      { wrongSignature: true },
      { unsigned: true },
      { wrongToken: true },
      { appId: 'cli_ffffffffffffffff' },
      { tenantKey: 'another' },
      { plain: true },
    ];
    for (const options of dishonest) standIn.world.say(li, 'bot', 'forged', options);
    standIn.world.say(li, 'bot', 'spaced', { spaced: true });
    standIn.world.scopes.add('im:message.group_msg');
    standIn.world.otherBotSays(group, '/order list', 5);
    await standIn.settled();
    expect(received.map((incoming) => incoming.kind === 'message' && incoming.text)).toEqual([
      'the first, from which the tenant is learned',
      'spaced',
    ]);
    const refused = standIn.record.pushes.filter(({ ok }) => !ok);
    expect(refused.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401, 400]);
    expect(refused.every(({ response }) => response === '')).toBe(true);
  });

  it('that could not be stored come again until they are, and old bytes have no power the next day', async () => {
    const clock = movableClock();
    let away = 3;
    const { standIn, url, received } = await stage({
      clock,
      receive: async () => {
        if (away-- > 0) throw new Error('database away');
        return {};
      },
    });
    standIn.setCallbacks({ eventUrl: url, cardUrl: url });
    standIn.world.say(li, 'bot', '/pay');
    await standIn.settled();
    await standIn.clock.advance(15_000);
    await standIn.clock.advance(300_000);
    await standIn.clock.advance(3_600_000);
    expect(standIn.record.pushes.map(({ status }) => status)).toEqual([500, 500, 500, 200]);
    expect(new Set(received.map(({ eventId }) => eventId)).size).toBe(1);
    const old = standIn.record.pushes.at(-1)!;
    await clock.advance(24 * 3_600_000);
    expect(await standIn.world.replay(old)).toBe(401);
    expect(received).toHaveLength(4);
  });
});

describe('a click', () => {
  it('that is answered in time changes the card for everybody', async () => {
    const { standIn, url, api } = await stage({
      receive: async () => ({ toast: { tone: 'success', zh: '好', en: 'Done' }, card: simpleCard('已确认') }),
    });
    standIn.setCallbacks({ cardUrl: url });
    const { messageId } = await api.send({ chat: group }, { type: 'card', card: simpleCard() }, 'uuid-1');
    const outcome = await standIn.world.press(li, messageId, '确认');
    expect(outcome).toMatchObject({ toast: { content: '好' } });
    expect(standIn.world.message(messageId)!.content).toContain('已确认');
  });

  it('that takes 2.7 s shows 处理中 in time and its card afterwards, for good', { timeout: 20_000 }, async () => {
    const { standIn, url, api, intake } = await stage({
      receive: async () => {
        await new Promise((resolve) => setTimeout(resolve, 2700));
        return { card: simpleCard('已确认') };
      },
    });
    standIn.setCallbacks({ cardUrl: url });
    const { messageId } = await api.send({ chat: group }, { type: 'card', card: simpleCard() }, 'uuid-1');
    const outcome = await standIn.world.press(li, messageId, '确认');
    expect(outcome.toast?.content).toBe('处理中，稍后更新');
    expect(standIn.world.message(messageId)!.content).not.toContain('已确认');
    await intake.settled();
    const { content, history } = standIn.world.message(messageId)!;
    expect(content).toContain('已确认');
    expect(history.some(({ how }) => String(how) === 'reverted')).toBe(false);
    expect(standIn.record.codes).toEqual([]);
  });

  it('that fails shows a neutral toast and no code of the platform', async () => {
    const { standIn, url, api, log } = await stage({ receive: () => Promise.reject(new Error(CANARY)) });
    standIn.setCallbacks({ cardUrl: url });
    const { messageId } = await api.send({ chat: group }, { type: 'card', card: simpleCard() }, 'uuid-1');
    expect(await standIn.world.press(li, messageId, '确认')).toMatchObject({
      toast: { content: '出错了，请稍后再点一次' },
    });
    expect(standIn.record.codes).toEqual([]);
    expect(log.text()).not.toContain('canary');
  });
});

describe('the long connection', () => {
  async function connected(options: Parameters<typeof stage>[0] = {}) {
    const all = await stage(options);
    const { appId, appSecret } = appIdentity;
    const make = (intake: Intake): LongConnection =>
      longConnection({ appId, appSecret, domain: all.platform, intake, clock: systemClock, log: all.log });
    const connection = make(all.intake);
    closing.push(() => connection.stop());
    connection.start();
    await until(() => connection.state().state === 'connected');
    return { ...all, connection };
  }

  it('brings events and answers clicks through the official client', async () => {
    const { standIn, received, api, log } = await connected({
      receive: async () => ({ toast: { tone: 'info', zh: '收到', en: 'OK' }, card: simpleCard('完成') }),
    });
    standIn.world.say(li, 'bot', CANARY);
    await standIn.settled();
    expect(received).toMatchObject([{ kind: 'message', text: CANARY }]);
    const { messageId } = await api.send({ person: li }, { type: 'card', card: simpleCard() }, 'uuid-1');
    expect(await standIn.world.press(li, messageId, '确认')).toMatchObject({ toast: { content: '收到' } });
    expect(standIn.world.message(messageId)!.content).toContain('完成');
    for (const secret of [appIdentity.appSecret, 'canary', 'ticket=']) expect(log.text()).not.toContain(secret);
  });

  it('gets again what could not be stored, and nothing of another tenant', async () => {
    let first = true;
    const { standIn, received } = await connected({
      receive: async () => {
        if (!first) return {};
        first = false;
        throw new Error(CANARY);
      },
    });
    standIn.world.say(li, 'bot', 'x');
    await standIn.settled();
    await standIn.clock.advance(15_000);
    standIn.world.say(li, 'bot', 'y', { tenantKey: 'another' });
    standIn.world.say(li, 'bot', 'y', { appId: 'cli_ffffffffffffffff' });
    await standIn.settled();
    expect(standIn.record.pushes.map(({ status }) => status)).toEqual([500, 200, 200, 200]);
    expect(received).toHaveLength(2);
  });

  it('comes back after it was cut, and after it was refused', { timeout: 30_000 }, async () => {
    const { standIn, connection, received } = await connected();
    standIn.longConnection.refuseWith = 514;
    for (const socket of standIn.longConnection.connections) socket.terminate();
    await until(() => connection.state().state === 'down');
    standIn.longConnection.refuseWith = undefined;
    await until(() => connection.state().state === 'connected');
    standIn.world.say(li, 'bot', 'back');
    await standIn.settled();
    expect(received).toHaveLength(1);
  });
});

describe('sending', () => {
  it('2,000 cards to 1,500 people, the platform refuses none', { timeout: 300_000 }, async () => {
    const clock = movableClock(undefined, atRest);
    const company = seed();
    const [model] = company.users;
    const crowd = Array.from({ length: 1500 }, (_, n) => ({
      ...model!,
      openId: `ou_crowd${n}`,
      unionId: `on_crowd${n}`,
      userId: `crowd${n}`,
      employeeNo: `C-${n}`,
    }));
    const { db, sender, standIn } = await stage({ clock, world: { ...company, users: [...company.users, ...crowd] } });
    await db.transaction(async (tx) => {
      for (let n = 0; n < 2000; n++) {
        const person = `ou_crowd${n % 1500}`;
        const job = send({ person }, { type: 'card', card: simpleCard(`${n}`) });
        await post(tx, `person:${person}`, job, clock.now());
      }
    });
    const start = clock.now().getTime();
    const senders = [sender(), sender(second ? { db: second.db } : {})];
    async function done() {
      await clock.until(Promise.all(senders.map((one) => one.idle())));
    }
    resting = () => senders.every((one) => one.resting());
    await done();
    const sends = standIn.record.callsOf('send');
    expect(sends).toHaveLength(2000);
    expect(sends.filter(({ code }) => code !== 0)).toEqual([]);
    expect(clock.now().getTime() - start).toBeLessThanOrEqual(79_000 * 1.15);
    expect((await rows(db)).every(({ state, tries }) => state === 'sent' && tries === 1)).toBe(true);
  });

  it('through every kind of misbehaviour at once: each message once and in order', { timeout: 300_000 }, async () => {
    const clock = movableClock(undefined, atRest);
    const { db, sender, standIn, log } = await stage({ clock });
    const lanes = [{ person: li }, { person: wang }, { person: zhao }, { chat: group }];
    for (let n = 0; n < 30; n++) {
      for (const to of lanes) {
        const lane = 'person' in to ? `person:${to.person}` : `chat:${to.chat}`;
        await post(db, lane, send(to, text(`${CANARY} ${n}`)), clock.now());
      }
    }
    standIn.faults.reseed(7);
    standIn.faults.set({ reset: 0.06, dropAnswer: 0.08, rateLimited: 0.06, chatLimited: 0.1, htmlError: 0.08 });
    const senders = [sender(), sender(second ? { db: second.db } : {})];
    resting = () => senders.every((one) => one.resting());
    const revoking = setInterval(() => standIn.tokens.revokeAll(), 150);
    await clock.until(Promise.all(senders.map((one) => one.idle())));
    clearInterval(revoking);
    const expected = Array.from({ length: 30 }, (_, n) => `${CANARY} ${n}`);
    for (const person of [li, wang, zhao]) {
      expect(standIn.world.sentTo(person).map(wordsOf)).toEqual(expected);
    }
    expect(standIn.world.messagesIn(group).map(wordsOf)).toEqual(expected);
    expect((await rows(db)).every(({ state }) => state === 'sent')).toBe(true);
    expect(log.text()).not.toContain('canary');
    expect(log.text()).not.toContain(appIdentity.appSecret);
  });

  it('a message whose answer was lost, and which is asked about an hour later, is found', {
    timeout: 60_000,
  }, async () => {
    const clock = movableClock(undefined, atRest);
    const { db, sender, standIn } = await stage({ clock });
    standIn.faults.next('send', { drop: 'after' });
    standIn.faults.next('send', { html: 502 }, 100);
    await post(db, `chat:${group}`, send({ chat: group }, text('x')), clock.now());
    const one = sender();
    resting = () => one.resting();
    one.kick();
    await clock.advance(61 * 60_000);
    standIn.faults.clear();
    await clock.until(one.idle());
    expect(standIn.world.messagesIn(group).map(wordsOf)).toEqual(['x']);
    expect(await rows(db)).toMatchObject([{ state: 'sent', messageId: standIn.world.messagesIn(group)[0]!.messageId }]);
  });
});

describe('reading the company', () => {
  it('gives the directory, attendance, files and slash commands', async () => {
    const { standIn, api, log, url, received } = await stage({
      world: seed({
        attendance: [
          {
            userId: 'uli',
            date: '2026-11-02',
            requiredMinutes: 480,
            actualMinutes: 600,
            overtime: { hours: 2, category: 1, type: 2, start: '2026-11-02 18:00:00', end: '2026-11-02 20:00:00' },
          },
        ],
      }),
    });
    const people = await fetchDirectory(api);
    expect(people.map(({ openId }) => openId).toSorted()).toEqual([li, wang, zhao].toSorted());
    expect(people.find(({ openId }) => openId === li)).toMatchObject({
      name: '李敏',
      department: '业务一部',
      leaderOpenId: wang,
      joinedOn: '2021-03-01',
      resigned: false,
    });
    standIn.world.scopes.delete('contact:user.employee:readonly');
    const narrow = (await fetchDirectory(api)).find(({ openId }) => openId === li)!;
    expect(narrow).not.toHaveProperty('leaderOpenId');
    expect(narrow).not.toHaveProperty('joinedOn');

    const query = { from: '2026-11-01', to: '2026-11-30', userIds: ['uli'] };
    expect(await api.attendanceApprovals(query)).toMatchObject([
      {
        userId: 'uli',
        date: '2026-11-02',
        overtime: [{ duration: 2, unit: 'hour', category: 'workday', type: 'pay' }],
      },
    ]);
    expect(await api.attendanceStats({ ...query, kind: 'month', operator: 'uli' })).toMatchObject([{ userId: 'uli' }]);

    standIn.setCallbacks({ eventUrl: url });
    const key = standIn.world.upload(li, '人员.csv', Buffer.from('open_id,name'));
    standIn.world.say(li, 'bot', { file: { key, name: '人员.csv' } });
    await standIn.settled();
    const [dropped] = received;
    if (dropped?.kind !== 'message') throw new Error('no file arrived');
    expect(dropped.attachments).toEqual([{ type: 'file', key, name: '人员.csv' }]);
    const file = await api.downloadResource(dropped.messageId, key, 'file');
    expect(file.bytes.toString()).toBe('open_id,name');

    const panel = [{ command: 'help', description: { zh: '帮助', en: 'help' } }];
    expect(await registerSlashCommands(api, panel, log)).toEqual({ created: 1, updated: 0, deleted: 0 });
    expect(await registerSlashCommands(api, panel, log)).toEqual({ created: 0, updated: 0, deleted: 0 });
    expect(await api.uploadImage(Buffer.from(PIXEL, 'base64'))).toMatch(/^img_/);
  });
});

let resting = () => true;
async function atRest(): Promise<void> {
  do await new Promise((resolve) => setTimeout(resolve, 0));
  while (!resting());
}

const wordsOf = ({ content }: { content: unknown }): string =>
  typeof content === 'string' ? (JSON.parse(content).text as string) : (content as { text: string }).text;

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 10));
}
