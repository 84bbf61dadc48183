import { describe, expect, it } from 'vitest';
import type { Answer } from '#bot/incoming';
import { systemClock } from '#feishu/clock';
import type { Intake } from '#feishu/intake';
import { type LongConnection, longConnection } from '#feishu/long-connection';
import { appIdentity, group, li, simpleCard, wang, zhao } from '#test/playground/fixture';
import { deferred, movableClock } from './support/clock.ts';
import { CANARY, type StageOptions, stages } from './support/platform.ts';

const { onStage } = await stages();

describe('events of the platform', () => {
  it('pass the check of the address and arrive: said, clicked, entered, read, recalled, joined, left', async () => {
    const { standIn, url, received, api } = await onStage();
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
    const { standIn, url, received } = await onStage();
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
    const { standIn, url, received } = await onStage({
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
    const { standIn, url, api } = await onStage({
      receive: async () => ({ toast: { tone: 'success', zh: '好', en: 'Done' }, card: simpleCard('已确认') }),
    });
    standIn.setCallbacks({ cardUrl: url });
    const { messageId } = await api.send({ chat: group }, { type: 'card', card: simpleCard() }, 'uuid-1');
    const outcome = await standIn.world.press(li, messageId, '确认');
    expect(outcome).toMatchObject({ toast: { content: '好' } });
    expect(standIn.world.message(messageId)!.content).toContain('已确认');
  });

  it('that takes longer than 2.5 s shows 处理中 in time and its card afterwards, for good', async () => {
    const stored = deferred<Answer>();
    const { standIn, url, api, intake } = await onStage({
      // a tenth of the real time, so that a busy machine does not eat the half second that is left of the platform's three
      clock: { ...systemClock, wait: (ms, signal) => systemClock.wait(ms / 10, signal) },
      receive: () => stored.promise,
    });
    standIn.setCallbacks({ cardUrl: url });
    const { messageId } = await api.send({ chat: group }, { type: 'card', card: simpleCard() }, 'uuid-1');
    const outcome = await standIn.world.press(li, messageId, '确认');
    expect(outcome.toast?.content).toBe('处理中，稍后更新');
    expect(standIn.world.message(messageId)!.content).not.toContain('已确认');
    stored.resolve({ card: simpleCard('已确认') });
    await intake.settled();
    const { content, history } = standIn.world.message(messageId)!;
    expect(content).toContain('已确认');
    expect(history.some(({ how }) => String(how) === 'reverted')).toBe(false);
    expect(standIn.record.codes).toEqual([]);
  });

  it('that fails shows a neutral toast and no code of the platform', async () => {
    const { standIn, url, api, log } = await onStage({ receive: () => Promise.reject(new Error(CANARY)) });
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
  async function connected(options: StageOptions = {}) {
    const all = await onStage(options);
    const { appId, appSecret } = appIdentity;
    const make = (intake: Intake): LongConnection =>
      longConnection({ appId, appSecret, domain: all.platform, intake, clock: systemClock, log: all.log });
    const connection = make(all.intake);
    all.onClose(() => connection.stop());
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

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 10));
}
