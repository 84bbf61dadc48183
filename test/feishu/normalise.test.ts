import { describe, expect, it } from 'vitest';
import { parseEnvelope } from '#feishu/envelope';
import { MalformedEvent, normalise } from '#feishu/normalise';
import { bot, fixture, type Payload } from './support/delivery.ts';

const read = (payload: Payload, botOpenId: () => Promise<string> = async () => bot) =>
  normalise(parseEnvelope(payload)!, botOpenId);
const neverAsked = () => Promise.reject(new Error('nobody was mentioned'));
const limin = {
  openId: 'ou_84aad35d084aa403a838cf73ee18467',
  unionId: 'on_8ed6aa67826108097d9ee143816345',
  userId: 'e33ggbyz',
};

describe('a message', () => {
  it('in a group, to the bot', async () => {
    expect(await read(fixture('message-group-at-bot'))).toEqual({
      kind: 'message',
      eventId: '5e3702a84e847582be8db7fb73283c01',
      at: new Date(1_609_073_151_345),
      sender: limin,
      chat: { id: 'oc_5ce6d572455d361153b7xx51da133945', kind: 'group' },
      messageId: 'om_5ce6d572455d361153b7cb51da133945',
      text: '@_user_1 /order update SO-1001 stage=sewing qty=800 note="袖口返工"',
      mentions: [{ key: '@_user_1', openId: bot, name: '跟单' }],
      toBot: true,
      attachments: [],
      messageType: 'text',
    });
  });

  it('in a topic knows its root and parent', async () => {
    expect(await read(fixture('message-group-reply-in-topic'))).toMatchObject({
      rootId: 'om_root',
      parentId: 'om_parent',
      threadId: 'omt_d4be107c616',
      toBot: true,
      mentions: [{ key: '@_user_1' }, { key: '@_user_2', openId: 'ou_0000000000000000000000000000tom' }],
    });
  });

  it('that mentions only others is not to the bot', async () => {
    expect(await read(fixture('message-group-at-bot'), async () => 'ou_somebody_else')).toMatchObject({ toBot: false });
    expect(await read(fixture('message-at-all'), neverAsked)).toMatchObject({
      toBot: false,
      mentions: [{ key: '@_all', name: '所有人' }],
    });
  });

  it('in private needs no mention, and nobody is asked who the bot is', async () => {
    expect(await read(fixture('message-private-text'), neverAsked)).toMatchObject({
      chat: { kind: 'private' },
      text: '/pay 2026-10',
      mentions: [],
    });
  });

  it('is delivered again while it is not known who the bot is', async () => {
    await expect(read(fixture('message-group-at-bot'), neverAsked)).rejects.toThrow('nobody was mentioned');
  });

  it('as rich text reads like a plain one, with its pictures and links', async () => {
    expect(await read(fixture('message-post'))).toMatchObject({
      messageType: 'post',
      toBot: true,
      text: '@_user_1 /order update SO-1001 stage=sewing\n\n见 [合同](https://example.com/po)https://example.com/x[SMILE]\n\n\nx := 1',
      attachments: [
        { type: 'image', key: 'img_v2_a1', name: 'image' },
        { type: 'file', key: 'file_v2_m1', name: '' },
      ],
    });
  });

  it('as rich text with a language around it and a title', async () => {
    const payload = fixture('message-post');
    payload.event.message.content = JSON.stringify({
      zh_cn: { title: '日报', content: [[{ tag: 'text', text: '/order list' }]] },
    });
    expect(await read(payload)).toMatchObject({ text: '日报\n/order list' });
  });

  it.each([
    ['message-file', [{ type: 'file', key: 'file_v2_f1', name: '人员.csv' }]],
    ['message-image', [{ type: 'image', key: 'img_v2_i1', name: 'image' }]],
    ['message-audio', []],
  ])('%s has no text', async (name, attachments) => {
    const incoming = await read(fixture(name));
    expect(incoming).toMatchObject({ kind: 'message', attachments });
    expect(incoming).not.toHaveProperty('text');
  });

  it.each(['app', 'bot', 'anonymous', ''])('of a sender of type "%s" is ignored', async (type) => {
    const payload = fixture('message-from-bot');
    payload.event.sender.sender_type = type;
    expect(await read(payload)).toBeUndefined();
  });

  it('of a bot is ignored whatever else is odd about it', async () => {
    const payload = fixture('message-from-bot');
    payload.event.sender.sender_id = { open_id: bot };
    payload.event.message.content = 'not JSON';
    expect(await read(payload)).toBeUndefined();
  });

  it('in a kind of chat that we do not know is treated as one where others read along', async () => {
    const payload = fixture('message-private-text');
    payload.event.message.chat_type = 'topic_group';
    expect(await read(payload)).toMatchObject({ chat: { kind: 'group' } });
  });

  it('with null for what does not apply is read like one without', async () => {
    const payload = fixture('message-private-text');
    Object.assign(payload.event.message, { root_id: null, parent_id: '', thread_id: null, mentions: null });
    const incoming = await read(payload);
    expect(incoming).toMatchObject({ kind: 'message', mentions: [] });
    for (const field of ['rootId', 'parentId', 'threadId']) expect(incoming).not.toHaveProperty(field);
  });
});

describe('a click', () => {
  it('of a button', async () => {
    expect(await read(fixture('click-button'))).toEqual({
      kind: 'click',
      eventId: 'f7984f25108f8137722bb63ceeaaaa01',
      at: new Date(1_603_977_298_000),
      operator: {
        openId: 'ou_3c14f3a59eaf2825dbe25359f15aaaaa',
        unionId: 'on_cad4860e7af114fb4ff6c5d496daaaaa',
        userId: '867d6f5c',
      },
      chatId: 'oc_e4d2605ca917e695f54f11aaf56aaaaa',
      messageId: 'om_574d639e4a44e4dd646eaf628e2aaaaa',
      token: 'c-295ee57216a5dc9de90fefd0aadb4b1d7daaaaaa',
      action: { tag: 'button', value: { do: 'order show', args: { order: 'SO-1001' } } },
    });
  });

  it('of a form brings its fields', async () => {
    const click = await read(fixture('click-form'));
    expect(click).toMatchObject({
      action: {
        name: 'submit_1',
        formValue: { stage: ['sewing', 'packing'], due: '2024-04-01 +0800', qty: '1234' },
      },
    });
    expect(click).not.toHaveProperty('operator.userId');
  });

  it('of a menu in a card brings its choice, and the value even if it is a text', async () => {
    expect(await read(fixture('click-select'))).toMatchObject({
      action: { tag: 'select_static', option: 'sewing', value: 'plain text' },
    });
  });
});

describe('everything else', () => {
  it.each([
    ['menu', { kind: 'menu', key: 'order list', operator: limin, at: new Date(1_669_364_458_000) }],
    ['chat-entered', { kind: 'entered', chatId: 'oc_p2p', first: true, operator: limin }],
    ['chat-entered-again', { kind: 'entered', first: false }],
    ['bot-added', { kind: 'chat', change: 'bot-added', name: 'SO-1001 大货群' }],
    ['bot-removed', { kind: 'chat', change: 'bot-removed' }],
    ['chat-disbanded', { kind: 'chat', change: 'disbanded' }],
    ['message-recalled', { kind: 'recalled', messageId: 'om_gone', chatId: 'oc_g', at: new Date(1_615_380_573_411) }],
    ['message-read', { kind: 'read', reader: limin, messageIds: ['om_a', 'om_b'], at: new Date(1_609_484_183_000) }],
    ['person-joined', { kind: 'person', change: 'joined', openId: limin.openId, name: '李敏' }],
    ['person-changed', { kind: 'person', change: 'changed', name: '李敏敏' }],
    ['person-left', { kind: 'person', change: 'left', openId: limin.openId }],
  ])('%s', async (name, expected) => {
    expect(await read(fixture(name))).toMatchObject(expected);
  });

  it.each(['reaction-created', 'old-schema-p2p-created'])('%s is genuine but of no use to us', async (name) => {
    expect(await read(fixture(name))).toBeUndefined();
  });

  it('the menu may write its time as text', async () => {
    const payload = fixture('menu');
    payload.event.timestamp = '1669364458';
    expect(await read(payload)).toMatchObject({ at: new Date(1_669_364_458_000) });
  });
});

describe('a shape that we do not know', () => {
  it.each([
    ['message-private-text', 'message.message_id'],
    ['message-private-text', 'message.create_time'],
    ['message-private-text', 'sender.sender_id.open_id'],
    ['click-button', 'operator.open_id'],
    ['click-button', 'context.open_message_id'],
    ['menu', 'event_key'],
    ['message-read', 'message_id_list'],
    ['person-left', 'object.open_id'],
  ])('%s without %s is an error that names only the place', async (name, path) => {
    const payload = fixture(name);
    const keys = path.split('.');
    const last = keys.pop()!;
    delete keys.reduce((at, key) => at[key], payload.event)[last];
    const error: unknown = await read(payload).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(MalformedEvent);
    expect((error as Error).message).toContain(last);
    expect((error as Error).message).not.toContain('ou_');
  });

  it.each(['not JSON', '[]', '{"text":5}', 'null'])('a text whose content is %s', async (content) => {
    const payload = fixture('message-private-text');
    payload.event.message.content = content;
    await expect(read(payload)).rejects.toBeInstanceOf(MalformedEvent);
  });
});
