import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cardMessage, group, li, type Stage, simpleCard, stage, textMessage } from '#test/playground/fixture';

describe('a conversation through the stand-in', () => {
  let s: Stage;
  beforeAll(async () => {
    s = await stage();
  });
  afterAll(() => s.close());

  it('carries a message to the bot and its answer back', async () => {
    const said = s.standIn.world.say(li, group, `<at id="${s.standIn.world.botOpenId}"></at> 你好`);
    await s.standIn.settled();
    const [event] = s.bot.events('im.message.receive_v1');
    expect(event.message.content).toBe('{"text":"@_user_1 你好"}');
    const answer = await s.client.im.v1.message.reply({
      path: { message_id: said.messageId },
      data: { msg_type: 'text', content: '{"text":"收到"}' },
    });
    expect(answer.code).toBe(0);
    expect(s.standIn.world.messagesIn(group).at(-1)).toMatchObject({
      content: { text: '收到' },
      parentId: said.messageId,
    });
  });

  it('carries a click and applies the card of the answer', async () => {
    const sent = await s.client.im.v1.message.create({
      params: { receive_id_type: 'chat_id' },
      data: cardMessage(group),
    });
    s.bot.answer = () =>
      Response.json({ toast: { type: 'success', content: '好' }, card: { type: 'raw', data: simpleCard('完成') } });
    const outcome = await s.standIn.world.press(li, sent.data?.message_id ?? '', '确认');
    expect(outcome.toast).toEqual({ type: 'success', content: '好' });
    expect(JSON.stringify(outcome.message?.content)).toContain('完成');
  });

  it('serves the page', async () => {
    await s.client.im.v1.message.create({ params: { receive_id_type: 'open_id' }, data: textMessage(li, '私信') });
    const world = await (await fetch(`${s.url}/playground/api/world?as=${li}`)).json();
    expect(world).toMatchObject({
      me: { name: '李敏' },
      chats: [{ kind: 'p2p', unread: 1, preview: '私信' }, { kind: 'group' }],
    });
  });
});
