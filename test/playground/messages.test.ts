import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cardMessage, group, li, type Stage, simpleCard, stage, textMessage, wang } from '#test/playground/fixture';

let s: Stage;
let token: string;
beforeEach(async () => {
  s = await stage();
  token = (
    await s.call(
      'POST',
      '/auth/v3/tenant_access_token/internal',
      { app_id: 'cli_00000000000000aa', app_secret: 'the-secret' },
      '',
    )
  ).body.tenant_access_token;
});
afterEach(() => s.close());

const send = (body: unknown, type = 'chat_id') =>
  s.call('POST', `/im/v1/messages?receive_id_type=${type}`, body, token);
const sent = async (body: unknown): Promise<string> => (await send(body)).body.data.message_id;
const day = 86_400_000;

describe('sending', () => {
  it('answers the message as it stands', async () => {
    const { body } = await send(textMessage(group, `<at user_id="${li}">李敏</at> 请看 <at user_id="all"></at>`));
    expect(body.data).toEqual({
      message_id: expect.stringMatching(/^om_/),
      msg_type: 'text',
      create_time: '1772413200000',
      update_time: '1772413200000',
      deleted: false,
      updated: false,
      chat_id: group,
      sender: { id: 'cli_00000000000000aa', id_type: 'app_id', sender_type: 'app', tenant_key: 'tenant-1' },
      body: { content: '{"text":"@_user_1 请看 @_all"}' },
      mentions: [
        { key: '@_user_1', id: li, id_type: 'open_id', name: '李敏', tenant_key: 'tenant-1' },
        { key: '@_all', name: '所有人', tenant_key: 'tenant-1' },
      ],
    });
  });

  it.each([
    ['open_id', li],
    ['union_id', 'on_li'],
    ['user_id', 'uli'],
    ['email', 'li@example.com'],
  ])('to a person by %s, into one private chat', async (type, id) => {
    const first = (await send(textMessage(id, '一'), type)).body.data;
    const second = (await send(textMessage(first.chat_id, '二'))).body.data;
    expect(second.chat_id).toBe(first.chat_id);
    expect(s.standIn.world.sentTo(li).map((message) => message.content)).toEqual([{ text: '一' }, { text: '二' }]);
  });

  it.each([
    ['a missing receive_id_type', '', textMessage(group, 'x'), 99992402],
    ['an unknown receive_id_type', 'name', textMessage(group, 'x'), 99992402],
    ['a missing content', 'chat_id', { receive_id: group, msg_type: 'text' }, 99992402],
    ['a missing msg_type', 'chat_id', { receive_id: group, content: '{"text":"x"}' }, 99992402],
    ['an unknown msg_type', 'chat_id', { ...textMessage(group, 'x'), msg_type: 'html' }, 230001],
    ['content as an object', 'chat_id', { ...textMessage(group, 'x'), content: { text: 'x' } }, 230001],
    ['content that is no JSON', 'chat_id', { ...textMessage(group, 'x'), content: 'x' }, 230001],
    ['content of another type', 'chat_id', { ...textMessage(group, 'x'), content: '{"image_key":"img_1"}' }, 230001],
    [
      'a post without language',
      'chat_id',
      { receive_id: group, msg_type: 'post', content: '{"title":"t","content":[[]]}' },
      230001,
    ],
    [
      'an unknown file_key',
      'chat_id',
      { receive_id: group, msg_type: 'file', content: '{"file_key":"file_x"}' },
      230001,
    ],
    ['a uuid over 50 characters', 'chat_id', textMessage(group, 'x', { uuid: 'u'.repeat(51) }), 99992402],
    ['an unknown open_id', 'open_id', textMessage('ou_nobody', 'x'), 99992351],
    ['an unknown chat', 'chat_id', textMessage('oc_nothing', 'x'), 230034],
    ['an id of another type', 'union_id', textMessage(li, 'x'), 230034],
    ['a body that is no JSON', 'chat_id', 'hello', 9499],
  ])('refuses %s', async (_, type, body, code) => {
    expect((await send(body, type)).body.code).toBe(code);
    expect(s.standIn.world.messagesIn(group)).toEqual([]);
  });

  it('takes a post with a language', async () => {
    const content = JSON.stringify({
      zh_cn: {
        title: 't',
        content: [
          [
            { tag: 'text', text: 'a' },
            { tag: 'md', text: '**x**' },
          ],
        ],
      },
    });
    expect((await send({ receive_id: group, msg_type: 'post', content })).body.code).toBe(0);
  });

  it('names the fields that are missing', async () => {
    const { body } = await send({});
    expect(body.error.field_violations.map((one: { field: string }) => one.field)).toEqual([
      'receive_id',
      'msg_type',
      'content',
    ]);
  });

  it('counts sizes in bytes: text 150 KB, card 30 KB', async () => {
    expect((await send(textMessage(group, '长'.repeat(50_000)))).body.code).toBe(0);
    expect((await send(textMessage(group, '长'.repeat(51_500)))).body.code).toBe(230025);
    expect((await send(cardMessage(group, simpleCard('长'.repeat(10_200))))).body.code).toBe(230025);
  });

  it('refuses a wrong card with 230099, its sub-code and the path', async () => {
    const { status, body } = await send(cardMessage(group, { schema: '2.0', body: { elements: [{ tag: 'note' }] } }));
    expect(status).toBe(400);
    expect(body).toMatchObject({
      code: 230099,
      msg: expect.stringMatching(/ErrCode: 200861; ErrMsg: body\.elements\[0\]/),
    });
  });

  it('refuses a card that mentions nobody it knows', async () => {
    expect((await send(cardMessage(group, simpleCard('<at id=ou_nobody></at>')))).body.msg).toContain(
      'ErrCode: 100290',
    );
  });
});

describe('where the bot may not speak (9.6)', () => {
  const world = () => s.standIn.world;
  it.each([
    ['230013 outside the availability range', () => world().setUser(li, { available: false }), 230013],
    ['230029 resigned', () => world().setUser(li, { resigned: true }), 230029],
    ['230053 bot switched off', () => world().setUser(li, { botStopped: true }), 230053],
  ])('a person: %s', async (_, prepare, code) => {
    prepare();
    expect((await send(textMessage(li, 'x'), 'open_id')).body.code).toBe(code);
  });

  it.each([
    ['230002 not a member', () => world().removeBot(group, li), 230002],
    ['232009 dissolved', () => world().disband(group, li), 232009],
    ['230035 muted', () => world().setChat(group, { muted: true }), 230035],
  ])('a group: %s', async (_, prepare, code) => {
    prepare();
    expect((await send(textMessage(group, 'x'))).body.code).toBe(code);
  });
});

describe('replying', () => {
  const reply = (id: string, more: object = {}) =>
    s.call('POST', `/im/v1/messages/${id}/reply`, { msg_type: 'text', content: '{"text":"答"}', ...more }, token);

  it('names root and parent, and keeps the root over several answers', async () => {
    const root = s.standIn.world.say(li, group, '问');
    const first = (await reply(root.messageId)).body.data;
    const second = (await reply(first.message_id)).body.data;
    expect(first).toMatchObject({ root_id: root.messageId, parent_id: root.messageId });
    expect(second).toMatchObject({ root_id: root.messageId, parent_id: first.message_id });
    expect(first.thread_id).toBeUndefined();
  });

  it('opens a thread and stays in it', async () => {
    const root = s.standIn.world.say(li, group, '问');
    const first = (await reply(root.messageId, { reply_in_thread: true })).body.data;
    const second = (await reply(first.message_id)).body.data;
    expect(first.thread_id).toMatch(/^omt_/);
    expect(second).toMatchObject({ thread_id: first.thread_id, parent_id: root.messageId });
  });

  it('refuses an unknown target, a recalled one, and a thread where there are none', async () => {
    const root = s.standIn.world.say(li, group, '问');
    expect((await reply('om_nothing')).body.code).toBe(99992354);
    s.standIn.world.setChat(group, { noThreads: true });
    expect((await reply(root.messageId, { reply_in_thread: true })).body.code).toBe(230071);
    s.standIn.world.recall(li, root.messageId);
    expect((await reply(root.messageId)).body.code).toBe(230011);
  });
});

describe('patching a card', () => {
  const patch = (id: string, card: unknown) =>
    s.call('PATCH', `/im/v1/messages/${id}`, { content: JSON.stringify(card) }, token);

  it('replaces it for everybody and keeps the old one on record', async () => {
    const id = await sent(cardMessage(group));
    expect((await patch(id, simpleCard('新'))).body).toEqual({ code: 0, msg: 'success', data: {} });
    expect(JSON.stringify(s.standIn.world.messagesIn(group, wang)[0]?.content)).toContain('新');
    expect(s.standIn.record.transcript(group)[1]).toContain(`patched ${id}`);
  });

  it('refuses what is no card, what is not its own, what is recalled and what is older than 14 days', async () => {
    const words = await sent(textMessage(group, 'x'));
    expect((await patch(words, simpleCard())).body.code).toBe(230001);
    const theirs = s.standIn.world.say(li, group, 'x').messageId;
    expect((await patch(theirs, simpleCard())).body.code).toBe(230027);
    const gone = await sent(cardMessage(group));
    await s.call('DELETE', `/im/v1/messages/${gone}`, undefined, token);
    expect((await patch(gone, simpleCard())).body.code).toBe(230011);
    const old = await sent(cardMessage(group));
    s.standIn.tokens.ttlSeconds = 30 * 86_400;
    s.clock.tick(14 * day + 1);
    expect((await s.call('PATCH', `/im/v1/messages/${old}`, { content: JSON.stringify(simpleCard()) })).body.code).toBe(
      230031,
    );
  });

  it('wants update_multi: true before and after, and refuses 2.0 → 1.0', async () => {
    const silent = await sent(cardMessage(group, simpleCard('x', { config: {} })));
    expect((await patch(silent, simpleCard())).body.code).toBe(230001);
    const id = await sent(cardMessage(group));
    expect((await patch(id, simpleCard('x', { config: {} }))).body.code).toBe(230001);
    const old = { config: { update_multi: true }, elements: [{ tag: 'hr' }] };
    expect((await patch(id, old)).body.msg).toContain('ErrCode: 200830');
  });

  it('takes five a second for one message', async () => {
    const id = await sent(cardMessage(group));
    for (let count = 0; count < 5; count += 1) expect((await patch(id, simpleCard())).body.code).toBe(0);
    expect(await patch(id, simpleCard())).toMatchObject({ status: 400, body: { code: 230020 } });
    s.clock.tick(1000);
    expect((await patch(id, simpleCard())).body.code).toBe(0);
  });
});

describe('editing, recalling, reading', () => {
  it('edits a text 20 times and no more', async () => {
    const id = await sent(textMessage(group, '0'));
    const edit = (text: string) =>
      s.call('PUT', `/im/v1/messages/${id}`, { msg_type: 'text', content: JSON.stringify({ text }) }, token);
    for (let count = 1; count <= 20; count += 1) expect((await edit(String(count))).body.data.updated).toBe(true);
    expect((await edit('21')).body.code).toBe(230072);
    expect(s.standIn.world.messagesIn(group)[0]).toMatchObject({
      content: { text: '20' },
      editedAt: expect.any(String),
    });
  });

  it('does not edit a card', async () => {
    const id = await sent(cardMessage(group));
    expect(
      (await s.call('PUT', `/im/v1/messages/${id}`, { msg_type: 'text', content: '{"text":"x"}' }, token)).body.code,
    ).toBe(230054);
  });

  it('reads a card back as its words only', async () => {
    const id = await sent(cardMessage(group));
    const { body } = await s.call('GET', `/im/v1/messages/${id}`, undefined, token);
    const content = JSON.parse(body.data.items[0].body.content);
    expect(content).toEqual({
      title: '标题',
      elements: [[{ tag: 'text', text: '你好' }], [{ tag: 'text', text: '确认' }]],
    });
  });

  it('a recalled message reads as such', async () => {
    const id = await sent(textMessage(group, '秘密'));
    expect((await s.call('DELETE', `/im/v1/messages/${id}`, undefined, token)).body.code).toBe(0);
    const { body } = await s.call('GET', `/im/v1/messages/${id}`, undefined, token);
    expect(body.data.items[0]).toMatchObject({ deleted: true });
    expect(body.data.items[0].body.content).not.toContain('秘密');
    expect(s.standIn.world.messagesIn(group)[0]).toMatchObject({ recalled: true, content: {} });
  });

  it('tells where a message stands, in its chat or in its topic, to whom asks for it later', async () => {
    const { world } = s.standIn;
    const root = world.say(li, group, '一');
    const taken = world.say(wang, group, '二');
    const threaded = [0, 1].map(() => world.say(li, group, { text: '题', replyTo: root.messageId, inThread: true }));
    world.recall(wang, taken.messageId);
    const answer = (await send(textMessage(group, '三'))).body.data;
    expect(answer).not.toHaveProperty('message_position');
    const place = async (id: string) => {
      const { body } = await s.call('GET', `/im/v1/messages/${id}`, undefined, token);
      const { message_position, thread_message_position } = body.data.items[0];
      return [message_position, thread_message_position];
    };
    expect(await place(root.messageId)).toEqual(['1', '-1']);
    expect(await place(taken.messageId)).toEqual(['2', undefined]);
    expect(await place(threaded[0]!.messageId)).toEqual(['-1', '0']);
    expect(await place(threaded[1]!.messageId)).toEqual(['-2', '1']);
    expect(await place(answer.message_id)).toEqual(['3', undefined]);
    const { body } = await s.call(
      'GET',
      `/im/v1/messages?container_id_type=chat&container_id=${group}`,
      undefined,
      token,
    );
    expect(body.data.items.map((one: { message_position: string }) => one.message_position)).toEqual([
      '1',
      '2',
      '-1',
      '-2',
      '3',
    ]);
  });

  it('lists a chat by time and page, people and bot alike', async () => {
    s.standIn.world.say(li, group, '一');
    s.clock.tick(1000);
    await send(textMessage(group, '二'));
    s.clock.tick(1000);
    s.standIn.world.say(wang, group, '三');
    const start = Math.floor(Date.parse('2026-03-02T09:00:00+08:00') / 1000);
    const list = (query: string) =>
      s.call('GET', `/im/v1/messages?container_id_type=chat&container_id=${group}&${query}`, undefined, token);
    const texts = (answer: Awaited<ReturnType<typeof list>>) =>
      answer.body.data.items.map((item: { body: { content: string } }) => JSON.parse(item.body.content).text);
    expect(texts(await list(`start_time=${start + 1}`))).toEqual(['二', '三']);
    expect(texts(await list(`start_time=${start}&end_time=${start + 2}`))).toEqual(['一', '二']);
    expect(texts(await list('sort_type=ByCreateTimeDesc'))).toEqual(['三', '二', '一']);
    const first = await list('page_size=2');
    expect(first.body.data).toMatchObject({
      has_more: true,
      items: [{ sender: { id: li, sender_type: 'user' } }, { sender: { sender_type: 'app' } }],
    });
    expect(texts(await list(`page_size=2&page_token=${first.body.data.page_token}`))).toEqual(['三']);
    expect((await list('page_size=51')).body.code).toBe(99992402);
  });
});

describe('idempotency by uuid (9.8)', () => {
  it('sends once within the hour and answers the first message', async () => {
    const first = await send(textMessage(group, '一', { uuid: 'order-1' }));
    s.clock.tick(59 * 60_000);
    const second = await send(textMessage(group, '二', { uuid: 'order-1' }));
    expect(second.body.data.message_id).toBe(first.body.data.message_id);
    expect(s.standIn.world.messagesIn(group)).toHaveLength(1);
    s.clock.tick(60_000);
    expect((await send(textMessage(group, '三', { uuid: 'order-1' }))).body.data.message_id).not.toBe(
      first.body.data.message_id,
    );
  });

  it('makes a retry safe when the message was stored and the answer lost', async () => {
    s.standIn.faults.next('send', { drop: 'after' });
    await expect(send(textMessage(group, '一', { uuid: 'order-2' }))).rejects.toThrow();
    expect((await send(textMessage(group, '一', { uuid: 'order-2' }))).body.code).toBe(0);
    expect(s.standIn.world.messagesIn(group)).toHaveLength(1);
  });
});

describe('rate limits (9.9)', () => {
  it('five a second into one chat, other bots counted in, without headers', async () => {
    s.standIn.world.otherBotSays(group, '广告', 3);
    for (let count = 0; count < 2; count += 1) expect((await send(textMessage(group, 'x'))).body.code).toBe(0);
    const refused = await send(textMessage(group, 'x'));
    expect(refused).toMatchObject({ status: 400, body: { code: 230020 } });
    expect(refused.headers.get('x-ogw-ratelimit-reset')).toBeNull();
    expect((await send(textMessage(li, 'x'), 'open_id')).body.code).toBe(0);
    s.clock.tick(1000);
    expect((await send(textMessage(group, 'x'))).body.code).toBe(0);
  });

  it('fifty a second and a thousand a minute for one API, with the seconds to wait', async () => {
    const info = () => s.call('GET', '/bot/v3/info', undefined, token);
    for (let count = 0; count < 50; count += 1) expect((await info()).status).toBe(200);
    const refused = await info();
    expect(refused).toMatchObject({ status: 429, body: { code: 99991400 } });
    expect(refused.headers.get('x-ogw-ratelimit-limit')).toBe('50');
    expect(refused.headers.get('x-ogw-ratelimit-reset')).toBe('1');
    for (let second = 0; second < 19; second += 1) {
      s.clock.tick(1000);
      for (let count = 0; count < 50; count += 1) await info();
    }
    s.clock.tick(1000);
    const minute = await info();
    expect(minute).toMatchObject({ status: 429 });
    expect(minute.headers.get('x-ogw-ratelimit-limit')).toBe('1000');
    expect(minute.headers.get('x-ogw-ratelimit-reset')).toBe('40');
    s.standIn.faults.switches.rateLimitStatus = 400;
    expect((await info()).status).toBe(400);
  });
});
