import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { group, li, type Stage, seed, stage, textMessage, wang, zhao } from '#test/playground/fixture';

let s: Stage;
beforeEach(async () => {
  s = await stage();
});
afterEach(() => s.close());

const mention = () => `<at id="${s.standIn.world.botOpenId}"></at>`;
const received = () => s.bot.events('im.message.receive_v1');

describe('what the bot hears (9.14)', () => {
  it('of a group only what mentions it; neither @all nor a reply to it counts', async () => {
    const { world } = s.standIn;
    const mine = (await s.call('POST', '/im/v1/messages?receive_id_type=chat_id', textMessage(group, '问'))).body.data
      .message_id;
    world.say(li, group, '聊天');
    world.say(li, group, '<at id="all"></at> 开会');
    world.say(li, group, { text: '答', replyTo: mine });
    world.say(li, group, `${mention()} 在吗`);
    await s.standIn.settled();
    expect(received().map((event) => JSON.parse(event.message.content).text)).toEqual(['@_user_1 在吗']);
  });

  it('everything of a group with im:message.group_msg, other bots too', async () => {
    s.standIn.world.scopes.add('im:message.group_msg');
    s.standIn.world.say(li, group, '聊天');
    s.standIn.world.otherBotSays(group, '广告');
    await s.standIn.settled();
    expect(received().map((event) => event.sender.sender_type)).toEqual(['user', 'bot']);
  });

  it('nothing private without its scope, nothing of a chat that it left', async () => {
    s.standIn.world.scopes.delete('im:message.p2p_msg:readonly');
    s.standIn.world.say(li, 'bot', '你好');
    s.standIn.world.removeBot(group, li);
    s.standIn.world.say(li, group, `${mention()} 在吗`);
    await s.standIn.settled();
    expect(received()).toEqual([]);
  });

  it('a private message has no field that does not apply', async () => {
    s.standIn.world.scopes.delete('contact:user.employee_id:readonly');
    const said = s.standIn.world.say(li, 'bot', '你好');
    await s.standIn.settled();
    expect(received()[0]).toEqual({
      sender: { sender_id: { union_id: 'on_li', open_id: li }, sender_type: 'user', tenant_key: 'tenant-1' },
      message: {
        message_id: said.messageId,
        create_time: '1772413200000',
        update_time: '1772413200000',
        chat_id: said.chatId,
        chat_type: 'p2p',
        message_type: 'text',
        content: '{"text":"你好"}',
      },
    });
  });

  it('mentions by placeholder, ten and more, the bot without user_id', async () => {
    const many = Array.from({ length: 10 }, () => `<at id="${wang}"></at>`).join('');
    s.standIn.world.say(li, group, `${many}${mention()}`);
    await s.standIn.settled();
    const { message } = received()[0];
    expect(JSON.parse(message.content).text).toMatch(/@_user_10@_user_11$/);
    expect(message.mentions[0]).toEqual({
      key: '@_user_1',
      id: { union_id: 'on_wang', user_id: 'uwang', open_id: wang },
      name: '王强',
      tenant_key: 'tenant-1',
    });
    expect(message.mentions[10].id).toEqual({
      union_id: expect.stringMatching(/^on_/),
      open_id: s.standIn.world.botOpenId,
    });
  });

  it('a reply names root and parent, a thread message its thread', async () => {
    const root = s.standIn.world.say(li, group, '问');
    s.standIn.world.say(wang, group, { text: `${mention()} 答`, replyTo: root.messageId, inThread: true });
    await s.standIn.settled();
    expect(received()[0].message).toMatchObject({
      root_id: root.messageId,
      parent_id: root.messageId,
      thread_id: expect.stringMatching(/^omt_/),
      chat_type: 'group',
    });
  });

  it('pictures, files, and a picture with words as a post without language', async () => {
    const { world } = s.standIn;
    const image = world.upload(li, 'a.png', Buffer.from('x'), 'image');
    const file = world.upload(li, 'a.csv', Buffer.from('x'));
    world.say(li, 'bot', { image });
    world.say(li, 'bot', { file: { key: file, name: 'a.csv' } });
    world.say(li, 'bot', { image, text: '看' });
    await s.standIn.settled();
    const seen = received().map((event) => [event.message.message_type, JSON.parse(event.message.content)]);
    expect(seen).toEqual([
      ['image', { image_key: image }],
      ['file', { file_key: file, file_name: 'a.csv' }],
      ['post', { title: '', content: [[{ tag: 'img', image_key: image }], [{ tag: 'text', text: '看', style: [] }]] }],
    ]);
  });
});

describe('other events (3.2, 3.4)', () => {
  const event = async (type: string, act: () => void) => {
    act();
    await s.standIn.settled();
    return s.bot.events(type).at(-1);
  };
  const world = () => s.standIn.world;

  it('the menu: seconds, no chat, the name only with its scope', async () => {
    const press = () => event('application.bot.menu_v6', () => world().menu(li, 'pay'));
    const operator_id = { union_id: 'on_li', user_id: 'uli', open_id: li };
    expect(await press()).toEqual({
      operator: { operator_name: '李敏', operator_id },
      event_key: 'pay',
      timestamp: 1772413200,
    });
    world().scopes.delete('application:application.bot.operator_name:readonly');
    expect((await press()).operator).toEqual({ operator_id });
    expect(() => world().menu(li, 'no-such')).toThrow();
  });

  it('entering the private chat: each time, with the last message when there is one', async () => {
    const type = 'im.chat.access_event.bot_p2p_chat_entered_v1';
    const first = await event(type, () => world().enter(li));
    expect(first).toEqual({
      chat_id: world().p2pChat(li)?.chatId,
      operator_id: expect.objectContaining({ open_id: li }),
    });
    const said = world().say(li, 'bot', '你好');
    expect(await event(type, () => world().enter(li))).toMatchObject({
      last_message_id: said.messageId,
      last_message_create_time: '1772413200000',
    });
    expect(s.bot.events(type)).toHaveLength(2);
  });

  it('reading: the bot’s private messages only, once', async () => {
    const sent = await s.call('POST', '/im/v1/messages?receive_id_type=open_id', textMessage(li, 'x'));
    const { message_id, chat_id } = sent.body.data;
    await s.call('POST', '/im/v1/messages?receive_id_type=chat_id', textMessage(group, 'x'));
    world().read(li, group);
    const read = await event('im.message.message_read_v1', () => world().read(li, chat_id));
    expect(read).toEqual({
      reader: {
        reader_id: expect.objectContaining({ open_id: li }),
        read_time: '1772413200000',
        tenant_key: 'tenant-1',
      },
      message_id_list: [message_id],
    });
    world().read(li, chat_id);
    await s.standIn.settled();
    expect(s.bot.events('im.message.message_read_v1')).toHaveLength(1);
    expect(world().sentTo(li)[0]?.readBy).toEqual([li]);
  });

  it('recalls, reactions, members, bot in and out, disbanded', async () => {
    const said = world().say(li, group, 'x');
    expect(await event('im.message.recalled_v1', () => world().recall(li, said.messageId))).toEqual({
      message_id: said.messageId,
      chat_id: group,
      recall_time: '1772413200000',
      recall_type: 'message_owner',
    });
    const other = world().say(li, group, 'y');
    expect(
      await event('im.message.reaction.created_v1', () => world().react(wang, other.messageId, 'OK')),
    ).toMatchObject({ reaction_type: { emoji_type: 'OK' }, user_id: { open_id: wang } });
    expect(await event('im.chat.member.user.added_v1', () => world().addMembers(group, li, [zhao]))).toMatchObject({
      users: [{ name: '赵会计', user_id: { open_id: zhao } }],
    });
    expect(await event('im.chat.member.user.deleted_v1', () => world().removeMembers(group, li, [zhao]))).toMatchObject(
      { users: [{ name: '赵会计' }] },
    );
    expect(await event('im.chat.member.bot.deleted_v1', () => world().removeBot(group, li))).toMatchObject({
      chat_id: group,
    });
    expect(await event('im.chat.member.bot.added_v1', () => world().addBot(group, li))).toMatchObject({
      chat_id: group,
      name: '业务一部跟单群',
      operator_tenant_key: 'tenant-1',
      external: false,
    });
    expect(await event('im.chat.disbanded_v1', () => world().disband(group, li))).toMatchObject({ chat_id: group });
  });

  it('joining, changing and leaving the company, within the contact range', async () => {
    const newcomer = { ...seed().users[0]!, openId: 'ou_new', name: '新人' };
    expect(await event('contact.user.created_v3', () => world().hire(newcomer))).toMatchObject({
      object: { open_id: 'ou_new', name: '新人' },
    });
    expect(
      await event('contact.user.updated_v3', () => world().updateUser(li, { jobTitle: '高级跟单员' })),
    ).toMatchObject({
      object: { open_id: li, job_title: '高级跟单员' },
      old_object: { job_title: '跟单员' },
    });
    const left = await event('contact.user.deleted_v3', () => world().resign(li));
    expect(left).toMatchObject({
      object: { open_id: li, name: '李敏' },
      old_object: { department_ids: ['od-sales1'], open_id: li },
    });
    expect(() => world().say(li, group, '我还在')).toThrow('离职');
    await s.close();
    s = await stage({ world: seed({ contactRange: ['od-finance'] }) });
    world().resign(li);
    await s.standIn.settled();
    expect(s.bot.heard).toEqual([]);
  });
});
