import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { group, li, type Stage, stage, textMessage } from '#test/playground/fixture';

let s: Stage;
beforeEach(async () => {
  s = await stage();
});
afterEach(() => s.close());

describe('what is written down (9.17)', () => {
  it('calls with their raw body and answer', async () => {
    await s.call('POST', '/im/v1/messages?receive_id_type=chat_id', textMessage(group, '😀'));
    expect(s.standIn.record.callsOf('send')).toMatchObject([
      {
        method: 'POST',
        path: '/open-apis/im/v1/messages',
        rawBody: JSON.stringify(textMessage(group, '😀')),
        status: 200,
        code: 0,
      },
    ]);
  });

  it('deliveries with raw body, headers and clear text', async () => {
    s.standIn.world.say(li, 'bot', '你好');
    await s.standIn.settled();
    expect(s.standIn.record.pushesOf('im.message.receive_v1')).toMatchObject([
      { rawBody: s.bot.heard[0]?.raw, plain: s.bot.heard[0]?.plain, attempt: 1, status: 200, ok: true, response: '{}' },
    ]);
  });

  it('the chat line by line, with edits and recalls', async () => {
    const said = s.standIn.world.say(li, group, '一');
    s.clock.tick(1);
    const { body } = await s.call('POST', '/im/v1/messages?receive_id_type=chat_id', textMessage(group, '二'));
    const id = body.data.message_id;
    s.clock.tick(1);
    await s.call('PUT', `/im/v1/messages/${id}`, { msg_type: 'text', content: '{"text":"二改"}' });
    s.clock.tick(1);
    s.standIn.world.recall(li, said.messageId);
    expect(s.standIn.record.transcript(group)).toEqual([
      '李敏: {"text":"一"}',
      '跟单助手: {"text":"二"}',
      `跟单助手 edited ${id}: {"text":"二改"}`,
      `李敏 recalled ${said.messageId}`,
    ]);
  });

  it('only the younger half once it is too much', async () => {
    for (let count = 0; count < 5001; count += 1) {
      s.standIn.record.seen({ openId: li, messageId: String(count), code: 200341, text: '', at: new Date(0) });
    }
    expect(s.standIn.record.codes).toHaveLength(2500);
    expect(s.standIn.record.codes.at(-1)?.messageId).toBe('5000');
    const big = 'x'.repeat(8 * 1024 * 1024);
    const call = {
      api: 'send',
      method: 'POST',
      path: '/',
      headers: {},
      rawBody: big,
      status: 200,
      code: 0,
      response: {},
      at: new Date(0),
    };
    for (let count = 0; count < 5; count += 1) s.standIn.record.call(call);
    expect(s.standIn.record.calls).toHaveLength(2);
  });
});

it('a test can wait for what will happen', async () => {
  const world = s.standIn.world;
  const later = world.until(() => world.messagesIn(group).find((message) => message.sender.kind === 'bot'));
  await s.call('POST', '/im/v1/messages?receive_id_type=chat_id', textMessage(group, 'x'));
  expect((await later).content).toEqual({ text: 'x' });
  await expect(world.until(() => false, 5)).rejects.toThrow('nothing came within 5 ms');
});
