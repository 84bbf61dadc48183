import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sign, signOldCallback } from '#playground/platform/crypto';
import {
  appIdentity,
  cardMessage,
  group,
  type Heard,
  li,
  type Stage,
  simpleCard,
  stage,
  wang,
  zhao,
} from '#test/playground/fixture';

let s: Stage;
let card: string;
beforeEach(async () => {
  s = await stage();
  card = await sendCard();
});
afterEach(() => s.close());

async function sendCard(json: unknown = simpleCard()): Promise<string> {
  return (await s.call('POST', '/im/v1/messages?receive_id_type=chat_id', cardMessage(group, json))).body.data
    .message_id;
}

const press = (by = li) => s.standIn.world.press(by, card, '确认');
const answer = (body: unknown) => {
  s.bot.answer = () => Response.json(body);
};
const shown = (by = li) =>
  JSON.stringify(s.standIn.world.messagesIn(group, by).find((one) => one.messageId === card)?.content);
const minute = 60_000;
const day = 86_400_000;

describe('the request of a click (5.1)', () => {
  it('has operator, token, action and context, and is encrypted and signed like an event', async () => {
    await press();
    const [one] = s.bot.heard;
    const { 'x-lark-request-timestamp': timestamp = '', 'x-lark-request-nonce': nonce = '' } = one?.headers ?? {};
    expect(one?.headers['x-lark-signature']).toBe(sign(appIdentity.encryptKey, timestamp, nonce, one?.raw ?? ''));
    expect(one?.plain.header).toMatchObject({
      event_type: 'card.action.trigger',
      create_time: '1772413200000000',
      token: 'v-token',
    });
    expect(one?.plain.event).toEqual({
      operator: { tenant_key: 'tenant-1', union_id: 'on_li', user_id: 'uli', open_id: li },
      token: expect.stringMatching(/^c-/),
      action: { tag: 'button', value: { do: 'confirm', id: expect.any(String) } },
      host: 'im_message',
      context: { open_message_id: card, open_chat_id: group },
    });
  });

  it('a double click is two events with two tokens', async () => {
    await Promise.all([press(), press()]);
    expect(new Set(s.bot.heard.map((one) => one.plain.header.event_id)).size).toBe(2);
    expect(new Set(s.bot.heard.map((one) => one.plain.event.token)).size).toBe(2);
  });

  it('a form arrives with its values under the name of the button', async () => {
    const form = {
      tag: 'form',
      name: 'f',
      elements: [
        { tag: 'input', name: 'note' },
        { tag: 'button', name: 'submit__1', form_action_type: 'submit', text: { tag: 'plain_text', content: '提交' } },
      ],
    };
    card = await sendCard(simpleCard('x', { body: { elements: [form] } }));
    await s.standIn.world.press(li, card, '提交', { note: '好' });
    expect(s.bot.heard[0]?.plain.event.action).toEqual({
      tag: 'button',
      name: 'submit__1',
      form_value: { note: '好' },
      timezone: 'Asia/Shanghai',
    });
  });

  it('also comes in its old form when both are subscribed', async () => {
    s.standIn.faults.switches.oldCardCallbackToo = true;
    await press();
    const [old] = s.bot.heard;
    const { 'x-lark-request-timestamp': timestamp = '', 'x-lark-request-nonce': nonce = '' } = old?.headers ?? {};
    expect(s.bot.heard).toHaveLength(2);
    expect(old?.headers['x-lark-signature']).toBe(signOldCallback('v-token', timestamp, nonce, old?.raw ?? ''));
    expect(old?.plain).toMatchObject({ open_id: li, open_message_id: card, token: expect.stringMatching(/^c-/) });
  });

  it('is refused to those who cannot see the card, and for buttons that are not there', async () => {
    await expect(press(zhao)).rejects.toThrow('不在这个会话');
    await expect(s.standIn.world.press(li, card, '没有')).rejects.toThrow('no button');
    expect(s.bot.heard).toEqual([]);
  });
});

describe('the answer (5.2)', () => {
  it('{} changes nothing', async () => {
    expect(await press()).toEqual({});
  });

  it('a toast is shown in the language of the clicker', async () => {
    s.standIn.world.addMembers(group, li, [zhao]);
    answer({ toast: { type: 'success', content: '好', i18n: { zh_cn: '好的', en_us: 'fine' } } });
    expect((await press()).toast).toEqual({ type: 'success', content: '好的' });
    expect((await press(zhao)).toast).toEqual({ type: 'success', content: 'fine' });
  });

  it('a card replaces the old one for everybody', async () => {
    answer({ card: { type: 'raw', data: simpleCard('完成') } });
    expect(JSON.stringify((await press()).message?.content)).toContain('完成');
    expect(shown(wang)).toContain('完成');
    expect(s.standIn.record.transcript(group).at(-1)).toContain('answered');
  });

  it('a card that is still streaming takes no card for ten minutes, only the toast', async () => {
    const streaming = { ...simpleCard(), config: { streaming_mode: true } };
    card = await sendCard(streaming);
    answer({ toast: { type: 'info', content: '稍等' }, card: { type: 'raw', data: simpleCard('换了') } });
    expect((await press()).toast).toEqual({ type: 'info', content: '稍等' });
    expect(shown()).not.toContain('换了');
    await s.standIn.clock.advance(10 * minute);
    await press();
    expect(shown()).toContain('换了');
  });

  it('a 1.0 card that is not shared changes for the clicker only', async () => {
    const exclusive = (text: string) => ({
      config: {},
      elements: [{ tag: 'div', text: { tag: 'plain_text', content: text } }],
    });
    card = await sendCard(exclusive('旧'));
    answer({ card: { type: 'raw', data: exclusive('新') } });
    await s.standIn.world.click(li, card, { tag: 'button' });
    expect(shown(li)).toContain('新');
    expect(shown(wang)).toContain('旧');
  });
});

describe('what the client shows when the callback fails (5.4)', () => {
  const verdict = async () => (await press()).failure?.code;

  it('200340 without a URL, 200342 when nobody listens, 200343 when there is no such host', async () => {
    s.standIn.setCallbacks({ cardUrl: undefined });
    expect(await verdict()).toBe(200340);
    s.standIn.setCallbacks({ cardUrl: 'http://127.0.0.1:1/' });
    expect(await verdict()).toBe(200342);
    s.standIn.setCallbacks({ cardUrl: 'http://no-such-host.invalid/' });
    expect(await verdict()).toBe(200343);
  });

  it('200341 after 3 s, and no second try ever', async () => {
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
    card = await sendCard();
    s.bot.answer = () => new Promise(() => {});
    expect(await verdict()).toBe(200341);
    expect(waits).toEqual([3000]);
    await s.standIn.clock.advance(8 * 3_600_000);
    expect(s.standIn.record.pushesOf('card.action.trigger')).toHaveLength(1);
  });

  it.each([201, 302, 500])('200671 for HTTP %i', async (status) => {
    s.bot.answer = () => new Response('{}', { status, headers: { location: `${s.url}/playground/api/faults` } });
    expect(await verdict()).toBe(200671);
    expect(s.bot.heard).toHaveLength(1);
  });

  it.each([
    ['an empty body', new Response('')],
    ['null', Response.json(null)],
    ['a string', Response.json('ok')],
    ['the answer of an event', Response.json({ code: 0 })],
    ['the bare card', Response.json(simpleCard())],
    ['a card as a string', Response.json({ card: { type: 'raw', data: JSON.stringify(simpleCard()) } })],
    ['an unknown kind of card', Response.json({ card: { type: 'json', data: simpleCard() } })],
    ['an unknown kind of toast', Response.json({ toast: { type: 'ok', content: 'x' } })],
    ['a toast without words', Response.json({ toast: { type: 'info' } })],
    ['HTML', new Response('<html></html>')],
  ])('200672 for %s', async (_, response) => {
    s.bot.answer = () => response.clone();
    expect(await verdict()).toBe(200672);
  });

  it('200673 for a wrong card, 200830 for 1.0 after 2.0; the old card stays', async () => {
    const before = shown();
    answer({ card: { type: 'raw', data: { schema: '2.0', body: { elements: [{ tag: 'note' }] } } } });
    expect(await verdict()).toBe(200673);
    answer({ card: { type: 'raw', data: { elements: [] } } });
    expect(await verdict()).toBe(200830);
    expect(shown()).toBe(before);
    expect(s.standIn.record.codes.map((one) => [one.openId, one.messageId, one.code])).toEqual([
      [li, card, 200673],
      [li, card, 200830],
    ]);
  });

  it('after 14 days a 2.0 card does not call back any more', async () => {
    s.clock.tick(14 * day);
    expect(await press()).toEqual({});
    s.clock.tick(1);
    expect((await press()).failure?.text).toContain('已过期');
    expect(s.bot.heard).toHaveLength(1);
  });

  it('a 1.0 card calls back for 30 days, but is not updated after 14', async () => {
    const old = (text: string) => ({
      config: { update_multi: true },
      elements: [{ tag: 'div', text: { tag: 'plain_text', content: text } }],
    });
    card = await sendCard(old('旧'));
    s.clock.tick(20 * day);
    answer({ card: { type: 'raw', data: old('新') } });
    expect(await s.standIn.world.click(li, card, { tag: 'button' })).toEqual({});
    expect(shown()).toContain('旧');
    s.clock.tick(11 * day);
    expect((await s.standIn.world.click(li, card, { tag: 'button' })).failure).toBeDefined();
  });
});

describe('the delayed update (4.6, 9.10)', () => {
  const update = async (body: unknown) => (await s.call('POST', '/interactive/v1/card/update', body)).body;
  const pressed = async (): Promise<string> => {
    await press();
    return s.bot.heard.at(-1)?.plain.event.token;
  };

  it('works twice within 30 minutes', async () => {
    const token = await pressed();
    expect(await update({ token, card: simpleCard('一') })).toEqual({ code: 0, msg: 'ok', data: {} });
    expect((await update({ token, card: simpleCard('二') })).code).toBe(0);
    expect(shown(wang)).toContain('二');
    expect((await update({ token, card: simpleCard('三') })).code).toBe(300040);
  });

  it('is too late after 30 minutes', async () => {
    const token = await pressed();
    s.clock.tick(30 * minute + 1);
    expect((await update({ token, card: simpleCard() })).code).toBe(300030);
  });

  it('before the answer it succeeds and is undone', async () => {
    s.bot.answer = async (one: Heard) => {
      expect((await update({ token: one.plain.event.token, card: simpleCard('太早') })).code).toBe(0);
      expect(shown()).toContain('太早');
      return Response.json({});
    };
    await press();
    expect(shown()).toContain('你好');
    const token = s.bot.heard[0]?.plain.event.token;
    expect((await update({ token, card: simpleCard('正好') })).code).toBe(0);
    expect((await update({ token, card: simpleCard('多了') })).code).toBe(300040);
  });

  it.each([
    ['a token of another form', 'om_x', 300020],
    ['a token that nobody minted', 'c-x', 200310],
  ])('refuses %s', async (_, token, code) => {
    expect((await update({ token, card: simpleCard() })).code).toBe(code);
  });

  it('refuses a card as a string, a wrong card, 2.0 → 1.0, what is no JSON, and a recalled message', async () => {
    const token = await pressed();
    expect((await update({ token, card: JSON.stringify(simpleCard()) })).code).toBe(10002);
    expect((await update({ token, card: { schema: '2.0', body: { elements: [{ tag: 'x' }] } } })).code).toBe(11311);
    expect((await update({ token, card: { elements: [] } })).code).toBe(200830);
    expect((await update('{')).code).toBe(100030);
    expect((await update({ token, card: simpleCard('长'.repeat(10_300)) })).code).toBe(100000);
    await s.call('DELETE', `/im/v1/messages/${card}`);
    expect((await update({ token, card: simpleCard() })).code).toBe(200000);
  });

  it('a card that is not shared wants open_ids', async () => {
    const exclusive = (text: string) => ({
      config: {},
      elements: [{ tag: 'div', text: { tag: 'plain_text', content: text } }],
    });
    card = await sendCard(exclusive('旧'));
    await s.standIn.world.click(li, card, { tag: 'button' });
    const token = s.bot.heard[0]?.plain.event.token;
    expect((await update({ token, card: exclusive('新') })).code).toBe(300090);
    expect((await update({ token, card: { ...exclusive('新'), open_ids: ['ou_nobody'] } })).code).toBe(200320);
    s.clock.tick(1);
  });
});

describe('ephemeral cards (4.4)', () => {
  const oldCard = { elements: [{ tag: 'div', text: { tag: 'plain_text', content: '只给你看' } }] };
  const send = async (more: object = {}) =>
    (
      await s.call('POST', '/ephemeral/v1/send', {
        chat_id: group,
        open_id: li,
        msg_type: 'interactive',
        card: oldCard,
        ...more,
      })
    ).body;

  it('are seen by one member, and deleted once', async () => {
    const { message_id } = (await send()).data;
    const ids = (by: string) => s.standIn.world.messagesIn(group, by).map((one) => one.messageId);
    expect(ids(li)).toContain(message_id);
    expect(ids(wang)).not.toContain(message_id);
    expect(s.standIn.world.sentTo(li)).toMatchObject([{ messageId: message_id, onlyFor: li }]);
    expect((await s.call('POST', '/ephemeral/v1/delete', { message_id })).body.code).toBe(0);
    expect((await s.call('POST', '/ephemeral/v1/delete', { message_id })).body.code).toBe(18051);
  });

  it('call back, and cannot be patched', async () => {
    const { message_id } = (await send()).data;
    await s.standIn.world.click(li, message_id, { tag: 'button', value: { a: 1 } });
    expect(s.bot.heard).toHaveLength(1);
    await expect(s.standIn.world.click(wang, message_id, { tag: 'button' })).rejects.toThrow();
    expect(
      (await s.call('PATCH', `/im/v1/messages/${message_id}`, { content: JSON.stringify(oldCard) })).body.code,
    ).toBe(230001);
  });

  it('never reach somebody who is offline', async () => {
    s.standIn.world.setUser(li, { offline: true });
    expect((await send()).code).toBe(0);
    expect(s.standIn.world.sentTo(li)).toEqual([]);
  });

  it('go to groups and members only, as an object, of schema 1.0 unless switched', async () => {
    const p2p = s.standIn.world.say(li, 'bot', 'x').chatId;
    expect((await send({ chat_id: p2p })).code).toBe(10002);
    expect((await send({ open_id: zhao })).code).toBe(230002);
    expect((await send({ card: JSON.stringify(oldCard) })).code).toBe(10002);
    expect((await send({ open_id: undefined })).code).toBe(10002);
    expect((await send({ card: simpleCard() })).code).toBe(10002);
    s.standIn.faults.switches.ephemeralTakesV2 = true;
    expect((await send({ card: simpleCard() })).code).toBe(0);
  });
});
