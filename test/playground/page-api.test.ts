import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ClickOutcome, Message, PageEvent, WireEntry, World } from '#playground/page-api';
import {
  cardMessage,
  group,
  li,
  type Stage,
  seed,
  simpleCard,
  stage,
  textMessage,
  tokenOf,
  wang,
  zhao,
} from '#test/playground/fixture';

let s: Stage;
let moments: string[];
let resets: number;
beforeEach(async () => {
  moments = [];
  resets = 0;
  s = await stage({
    onClock: async (now) => {
      moments.push(now.toISOString());
    },
    onReset: async () => {
      resets += 1;
    },
    isWorkday: (day) => day !== '2026-03-03',
  });
});
afterEach(() => s.close());

async function page<T>(method: string, path: string, body?: unknown): Promise<T> {
  const response = await fetch(`${s.url}/playground/api${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(`${response.status} ${(answer as { error: string }).error}`);
  return answer as T;
}

const world = (as = li) => page<World>('GET', `/world?as=${as}`);
const messages = (chatId: string, as = li, more = '') =>
  page<Message[]>('GET', `/chats/${chatId}/messages?as=${as}${more}`);
const fromBot = async (body: object, type = 'open_id') =>
  (await s.call('POST', `/im/v1/messages?receive_id_type=${type}`, body)).body.data.message_id as string;

describe('the world as one person sees it', () => {
  it('has people, own chats, menu, commands and clock', async () => {
    expect(await world()).toMatchObject({
      now: '2026-03-02T09:00:00.000+08:00',
      me: { openId: li, name: '李敏', title: '跟单员', department: '业务一部', firm: '吉旺服装', resigned: false },
      people: [{ name: '李敏' }, { name: '王强' }, { name: '赵会计' }],
      chats: [{ chatId: group, kind: 'group', name: '业务一部跟单群', members: [li, wang], hasBot: true, unread: 0 }],
      bot: { name: '跟单助手', openId: s.standIn.world.botOpenId },
      menu: [{ name: '我的工资', eventKey: 'pay' }],
      locale: 'zh_cn',
    });
    expect(await world(zhao)).toMatchObject({ chats: [], locale: 'en_us' });
    expect(await page('GET', '/world')).toMatchObject({ me: { openId: li } });
    await expect(world('ou_nobody')).rejects.toThrow('404 没有这个人');
  });

  it('counts unread messages until they are read', async () => {
    await fromBot(textMessage(li, '一'));
    await fromBot(textMessage(li, '二'));
    const [chat] = (await world()).chats;
    expect(chat).toMatchObject({ kind: 'p2p', unread: 2, preview: '二' });
    await page('POST', '/read', { as: li, chatId: chat?.chatId });
    expect((await world()).chats[0]?.unread).toBe(0);
    expect((await messages(chat?.chatId ?? ''))[0]?.readBy).toEqual([li]);
    await s.standIn.settled();
    expect(s.bot.events('im.message.message_read_v1')).toHaveLength(1);
  });

  it.each([
    [
      'the summary of a card',
      cardMessage(li, simpleCard('文', { config: { update_multi: true, summary: { content: '要' } } })),
      '要',
    ],
    ['else its title', cardMessage(li), '标题'],
    [
      'else its first text',
      cardMessage(li, { schema: '2.0', body: { elements: [{ tag: 'markdown', content: '首' }] } }),
      '首',
    ],
    ['a text with its mentions', textMessage(li, `<at user_id="${wang}"></at> 请看`), '@王强 请看'],
    [
      'a post',
      {
        receive_id: li,
        msg_type: 'post',
        content: JSON.stringify({ zh_cn: { title: '题', content: [[{ tag: 'text', text: '文' }]] } }),
      },
      '题 文',
    ],
  ])('previews %s', async (_, body, preview) => {
    await fromBot(body);
    expect((await world()).chats[0]?.preview).toBe(preview);
  });
});

describe('messages', () => {
  it('are said with mentions, answered, and paged backwards', async () => {
    const said = await page<Message>('POST', `/chats/${group}/messages`, {
      as: li,
      text: `<at id="${wang}"></at> <at id="all"></at> 看`,
    });
    expect(said).toMatchObject({
      sender: { kind: 'user', openId: li, name: '李敏' },
      type: 'text',
      content: { text: '@_user_1 @_all 看' },
      mentions: [
        { key: '@_user_1', openId: wang, name: '王强' },
        { key: '@_all', openId: 'all', name: '所有人' },
      ],
      at: '2026-03-02T09:00:00.000+08:00',
      recalled: false,
    });
    const reply = await page<Message>('POST', `/chats/${group}/messages`, {
      as: wang,
      text: '好',
      replyTo: said.messageId,
      inThread: true,
    });
    expect(reply).toMatchObject({
      rootId: said.messageId,
      parentId: said.messageId,
      threadId: expect.stringMatching(/^omt_/),
    });
    for (const text of ['一', '二', '三']) await page('POST', `/chats/${group}/messages`, { as: li, text });
    const last = await messages(group, li, '&limit=2');
    expect(last.map((one) => one.content)).toEqual([{ text: '二' }, { text: '三' }]);
    const before = await messages(group, li, `&limit=2&before=${last[0]?.messageId}`);
    expect(before.map((one) => one.messageId)).toEqual([reply.messageId, expect.any(String)]);
  });

  it('to `bot` open the private chat; looking does not', async () => {
    expect(await messages('bot')).toEqual([]);
    expect((await world()).chats).toHaveLength(1);
    const said = await page<Message>('POST', '/chats/bot/messages', { as: li, text: '你好' });
    expect((await world()).chats).toMatchObject([{ chatId: said.chatId, kind: 'p2p', name: '跟单助手' }, {}]);
    await s.standIn.settled();
    expect(s.bot.events('im.message.receive_v1')[0].message.chat_type).toBe('p2p');
  });

  it('are opened by a link of the client, as far as one is in that chat', async () => {
    const said = (text: string, more: object = {}) =>
      page<Message>('POST', `/chats/${group}/messages`, { as: li, text, ...more });
    const first = await said('一');
    const second = await said('二');
    const inThread = await said('题', { replyTo: first.messageId, inThread: true });
    const open = (words: string, as = li, host = 'applink.feishu.cn') =>
      page('GET', `/open?as=${as}&link=${encodeURIComponent(`https://${host}/client/${words}`)}`);
    expect(await open(`chat/open?openChatId=${group}&position=2`)).toEqual({
      chatId: group,
      messageId: second.messageId,
    });
    const { threadId } = inThread;
    const words = `openthreadid=${threadId}&openchatid=${group}`;
    const opened = { chatId: group, messageId: inThread.messageId, rootId: first.messageId };
    expect(await open(`thread/open?${words}&thread_position=0`)).toEqual(opened);
    // a place that nobody knows, or none at all, opens the chat
    for (const place of ['&position=9', '&position=', ''])
      expect(await open(`chat/open?openChatId=${group}${place}`)).toEqual({ chatId: group });
    await expect(open(`chat/open?openChatId=${group}&position=2`, zhao)).rejects.toThrow('404 你不在这个聊天里');
    await expect(open('chat/open?openChatId=oc_x')).rejects.toThrow('404 你不在这个聊天里');
    await expect(open(`chat/open?openChatId=${group}`, li, 'example.com')).rejects.toThrow('400 打不开');
  });

  it('are not for strangers, and refusals are in words', async () => {
    await expect(messages(group, zhao)).rejects.toThrow('403 你不在这个会话里');
    await expect(page('POST', `/chats/${group}/messages`, { as: li, text: ' ' })).rejects.toThrow('400 消息是空的');
    await expect(page('POST', '/chats/oc_x/messages', { as: li, text: 'x' })).rejects.toThrow('404 没有这个会话');
  });

  it('carry uploads, which the bot can download and the page show', async () => {
    const form = new FormData();
    form.set('file', new File(['a,b'], '订单.csv', { type: 'text/csv' }));
    form.set('kind', 'file');
    form.set('as', li);
    const response = await fetch(`${s.url}/playground/api/upload`, { method: 'POST', body: form });
    const file = (await response.json()) as { key: string; name: string; size: number };
    expect(file).toEqual({ key: expect.stringMatching(/^file_/), name: '订单.csv', size: 3 });
    const said = await page<Message>('POST', '/chats/bot/messages', { as: li, file });
    expect(said).toMatchObject({ type: 'file', content: { file_key: file.key, file_name: '订单.csv' } });
    const shown = await fetch(`${s.url}/playground/api/resources/${file.key}`);
    expect(shown.headers.get('content-type')).toBe('text/csv');
    expect(shown.headers.get('content-disposition')).toContain(encodeURIComponent('订单.csv'));
    expect(await shown.text()).toBe('a,b');
    const bytes = await s.call('GET', `/im/v1/messages/${said.messageId}/resources/${file.key}?type=file`);
    expect(bytes.body).toBe('a,b');
  });

  it('are recalled by their sender', async () => {
    const said = await page<Message>('POST', `/chats/${group}/messages`, { as: li, text: '错了' });
    await expect(page('POST', '/recall', { as: wang, messageId: said.messageId })).rejects.toThrow('403');
    await page('POST', '/recall', { as: li, messageId: said.messageId });
    expect((await messages(group))[0]).toMatchObject({ recalled: true, content: {} });
    expect((await world()).chats[0]?.preview).toBe('消息已撤回');
  });
});

describe('clicks', () => {
  it('go through the callback; toast, failure and card come back', async () => {
    const messageId = await fromBot(cardMessage(li));
    const click = () =>
      page<ClickOutcome>('POST', '/clicks', { as: li, messageId, action: { tag: 'button', value: { a: 1 } } });
    s.bot.answer = () =>
      Response.json({ toast: { type: 'info', content: '好' }, card: { type: 'raw', data: simpleCard('新') } });
    expect(await click()).toMatchObject({
      toast: { type: 'info', content: '好' },
      message: { messageId, editedAt: expect.any(String) },
    });
    s.bot.answer = () => new Response('', { status: 500 });
    expect(await click()).toEqual({ failure: { code: 200671, text: expect.stringContaining('200671') } });
  });

  it('the menu and opening the chat reach the bot', async () => {
    await page('POST', '/menu', { as: li, eventKey: 'pay' });
    await page('POST', '/enter', { as: li });
    await s.standIn.settled();
    expect(s.bot.events('application.bot.menu_v6')).toHaveLength(1);
    expect(s.bot.events('im.chat.access_event.bot_p2p_chat_entered_v1')).toHaveLength(1);
  });
});

describe('the clock', () => {
  const move = async (to: unknown) => (await page<{ now: string }>('POST', '/clock', { to })).now;

  it('goes hour by hour, and the host does its part at each step', async () => {
    expect(await move({ hours: 3 })).toBe('2026-03-02T12:00:00.000+08:00');
    expect(moments).toEqual(['2026-03-02T02:00:00.000Z', '2026-03-02T03:00:00.000Z', '2026-03-02T04:00:00.000Z']);
  });

  it('stops where a retry is due', async () => {
    s.bot.answer = () => new Response('', { status: 500 });
    s.standIn.world.say(li, 'bot', 'x');
    await s.standIn.settled();
    await move({ hours: 1 });
    expect(moments.slice(0, 3)).toEqual([
      '2026-03-02T01:00:15.000Z',
      '2026-03-02T01:05:15.000Z',
      '2026-03-02T02:00:00.000Z',
    ]);
    expect(s.bot.heard).toHaveLength(3);
  });

  it.each([
    [{ days: 2 }, '2026-03-04T09:00:00.000+08:00'],
    ['next-working-day', '2026-03-04T09:00:00.000+08:00'],
    ['month-end', '2026-03-31T09:00:00.000+08:00'],
    ['next-month', '2026-04-01T09:00:00.000+08:00'],
  ])('%j', async (to, now) => {
    expect(await move(to)).toBe(now);
  });

  it('the end of the month is the next one when today is that day', async () => {
    await move('month-end');
    expect(await move('month-end')).toBe('2026-04-30T09:00:00.000+08:00');
  });

  it('does not go back, nor anywhere unknown', async () => {
    await expect(move({ hours: -1 })).rejects.toThrow('400');
    await expect(move({ days: 1000 })).rejects.toThrow('400');
    await expect(move(undefined)).rejects.toThrow('400');
    await expect(move('yesterday')).rejects.toThrow('400');
  });

  it('two moves at once happen one after the other', async () => {
    await Promise.all([move({ hours: 2 }), move({ hours: 3 })]);
    expect((await world()).now).toBe('2026-03-02T14:00:00.000+08:00');
  });
});

describe('the wire panel', () => {
  it('shows both directions in clear, without the secret and the token', async () => {
    s.standIn.world.say(li, 'bot', '你好');
    await s.standIn.settled();
    await fromBot(cardMessage(group), 'chat_id');
    const entries = await page<WireEntry[]>('GET', '/wire?after=0');
    expect(entries.map((one) => [one.direction, one.title, one.attempt])).toEqual([
      ['to-bot', 'im.message.receive_v1', 1],
      ['from-bot', 'tenant_access_token', undefined],
      ['from-bot', 'send card to 业务一部跟单群', undefined],
    ]);
    expect(entries.at(-1)?.sent).toEqual({ to: '业务一部跟单群', shows: '标题' });
    expect(entries[0]).toMatchObject({
      status: 200,
      failed: false,
      request: { header: { event_type: 'im.message.receive_v1' } },
    });
    expect(JSON.stringify(entries)).not.toContain('the-secret');
    expect(JSON.stringify(entries)).not.toContain(await tokenOf(s.url));
    expect(await page('GET', `/wire?after=${entries[1]?.seq}`)).toHaveLength(2);
  });

  it('marks what failed', async () => {
    await s.call('POST', '/im/v1/messages?receive_id_type=chat_id', textMessage('oc_x', 'x'));
    expect((await page<WireEntry[]>('GET', '/wire')).at(-1)).toMatchObject({ failed: true, status: 400 });
  });
});

describe('the event stream', () => {
  it('tells each person what concerns them', async () => {
    const streams = [await listen(li), await listen(zhao)];
    await page('POST', `/chats/${group}/messages`, { as: wang, text: '群里' });
    await page('POST', '/clock', { to: { hours: 1 } });
    const [mine, theirs] = await Promise.all(streams.map((stream) => stream.until('clock')));
    expect(mine).toContainEqual(
      expect.objectContaining({ kind: 'message', message: expect.objectContaining({ content: { text: '群里' } }) }),
    );
    expect(mine).toContainEqual(
      expect.objectContaining({ kind: 'chat', chat: expect.objectContaining({ unread: 1, preview: '群里' }) }),
    );
    expect(theirs?.map((event) => event.kind)).not.toContain('message');
    expect(theirs?.at(-1)).toEqual({ kind: 'clock', now: '2026-03-02T10:00:00.000+08:00' });
  });

  /** Reads the stream until an event of this kind. */
  async function listen(as: string) {
    const abort = new AbortController();
    const response = await fetch(`${s.url}/playground/api/events?as=${as}`, { signal: abort.signal });
    const reader = response.body?.getReader();
    const first = await reader?.read();
    expect(new TextDecoder().decode(first?.value)).toContain('connected');
    return {
      async until(kind: PageEvent['kind']): Promise<PageEvent[]> {
        const events: PageEvent[] = [];
        let text = '';
        while (!events.some((event) => event.kind === kind)) {
          const chunk = await reader?.read();
          text += new TextDecoder().decode(chunk?.value);
          const lines = text.split('\n\n');
          text = lines.pop() ?? '';
          for (const line of lines) events.push(JSON.parse(line.replace(/^data: /, '')));
        }
        abort.abort();
        return events;
      },
    };
  }
});

describe('starting over', () => {
  it('forgets what happened but not the running bot', async () => {
    const bot = s.standIn.world.botOpenId;
    const { chatId } = s.standIn.world.say(li, 'bot', 'x');
    await s.client.im.v1.message.create({ params: { receive_id_type: 'chat_id' }, data: textMessage(group, 'x') });
    await s.call('POST', '/application/v7/app_slash_commands', {
      command: 'help',
      description: { default_value: '帮助' },
    });
    await page('POST', '/clock', { to: { days: 3 } });
    await page('PUT', '/faults', { slowMs: 5 });
    await page('POST', '/reset');
    expect(resets).toBe(1);
    expect(await world()).toMatchObject({
      now: '2026-03-02T09:00:00.000+08:00',
      bot: { openId: bot },
      chats: [{ chatId: group, preview: '' }],
      commands: [{ command: 'help' }],
      faults: { slowMs: 0 },
    });
    expect(s.standIn.world.say(li, 'bot', 'x').chatId).toBe(chatId);
    const again = await s.client.im.v1.message.create({
      params: { receive_id_type: 'chat_id' },
      data: textMessage(group, 'y'),
    });
    expect(again.code).toBe(0);
  });
});

it('while it is set up one can look but not act, and the clock begins where the seed says', async () => {
  await s.close();
  s = await stage({ world: seed({ beginsAt: '2026-01-05T08:30:00+08:00' }) });
  s.standIn.settingUp({ done: 3, of: 10 });
  expect(await world()).toMatchObject({ now: '2026-01-05T08:30:00.000+08:00', setup: { done: 3, of: 10 } });
  await expect(page('POST', `/chats/${group}/messages`, { as: li, text: '早' })).rejects.toThrow(
    '409 演示公司还在准备',
  );
  s.standIn.clock.jump(new Date('2026-02-05T08:30:00+08:00'));
  s.standIn.settingUp(undefined);
  expect((await world()).setup).toBeUndefined();
  expect(await page('POST', `/chats/${group}/messages`, { as: li, text: '早' })).toMatchObject({
    at: '2026-02-05T08:30:00.000+08:00',
  });
});

it('a world of another seed', async () => {
  await s.close();
  s = await stage({ world: seed({ locale: 'en_us', menu: [] }) });
  expect(await world()).toMatchObject({ locale: 'en_us', menu: [] });
});
