import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import type {
  Chat,
  Click,
  ClickOutcome,
  ClockMove,
  Faults,
  Message,
  PageEvent,
  Say,
  WireEntry,
  World,
} from '#playground/page-api';
import { bot, cardNames, commands, fixture, menu, noFaults, people, picture, tour } from './fake-world.ts';

const start = Date.parse('2026-10-08T09:12:00+08:00');
const iso = (moment: number) => `${new Date(moment + 8 * 3_600_000).toISOString().slice(0, 19)}+08:00`;

/** A stand-in for the stand-in: enough of its page API, in memory, for the page to be tried without the rest. */
export function fakePageApi() {
  let now = start;
  let made = 0;
  /** Streams of an earlier era have ended. */
  let era = 0;
  let faults = noFaults;
  let chats: (Chat & { unreadBy: Record<string, number> })[] = [];
  let messages: Message[] = [];
  let wire: WireEntry[] = [];
  const clicks: Click[] = [];
  const said: { chatId: string; say: Say }[] = [];
  const menus: string[] = [];
  const uploads = new Map<string, { name: string; type: string; bytes: ArrayBuffer }>();
  const listeners = new Set<{ as: string; hear(event: PageEvent): void }>();
  let answer: (click: Click) => ClickOutcome | Promise<ClickOutcome> = () => ({});

  const emit = (event: PageEvent) => {
    for (const listener of listeners) listener.hear(event);
  };
  const addMessage = (message: Partial<Message> & Pick<Message, 'chatId' | 'sender' | 'type' | 'content'>): Message => {
    made += 1;
    now += 1000;
    const full = { messageId: `om_${made}`, at: iso(now), mentions: [], recalled: false, readBy: [], ...message };
    messages.push(full);
    const chat = chats.find(({ chatId }) => chatId === message.chatId);
    if (chat) {
      const text = (message.content as { text?: string }).text;
      const title = (message.content as { header?: { title?: { content?: string } } }).header?.title?.content;
      chat.preview = `${chat.kind === 'group' ? `${message.sender.name}: ` : ''}${text ?? title ?? '[文件]'}`.replace(
        '@_user_1',
        `@${bot.name}`,
      );
      chat.lastAt = full.at;
      for (const member of chat.members) {
        if (member !== message.sender.openId) chat.unreadBy[member] = (chat.unreadBy[member] ?? 0) + 1;
      }
    }
    if (chat) announce(chat.chatId, full);
    return full;
  };
  /** To everybody in the chat, with the chat as each of them sees it. */
  const announce = (chatId: string, message: Message) => {
    for (const { as, hear } of listeners) {
      const chat = seenBy(as).find((one) => one.chatId === chatId);
      if (!chat) continue;
      hear({ kind: 'message', message });
      hear({ kind: 'chat', chat });
    }
  };
  const fromBot = (chatId: string, content: unknown, extra: Partial<Message> = {}) => {
    const isCard = typeof content !== 'string';
    addWire('from-bot', isCard ? 'send card' : 'send text', false);
    return addMessage({
      chatId,
      sender: { kind: 'bot', ...bot },
      type: isCard ? 'interactive' : 'text',
      content: isCard ? content : { text: content },
      ...extra,
    });
  };
  const addWire = (direction: WireEntry['direction'], title: string, failed: boolean) => {
    const entry: WireEntry = {
      seq: wire.length + 1,
      at: iso(now),
      direction,
      method: 'POST',
      path: direction === 'from-bot' ? '/open-apis/im/v1/messages?receive_id_type=chat_id' : '/webhook/event',
      request: { header: { event_type: title }, event: { message: { content: '{"text":"@_user_1 /订单 列表"}' } } },
      requestHeaders: {
        'x-lark-request-timestamp': '1791421920',
        'x-lark-request-nonce': '4d1a',
        'x-lark-signature': '9c1f…',
      },
      status: failed ? 500 : 200,
      response: failed ? 'Internal Server Error' : { code: 0 },
      tookMs: 41.7,
      ...(direction === 'to-bot' ? { attempt: failed ? 2 : 1 } : {}),
      title,
      failed,
    };
    wire.push(entry);
    emit({ kind: 'wire', entry });
  };
  const seed = () => {
    now = start;
    made = 0;
    messages = [];
    wire = [];
    const base = { preview: '', lastAt: iso(now), unread: 0, hasBot: true };
    chats = [
      {
        ...base,
        chatId: 'oc_group',
        kind: 'group',
        name: '业务一部跟单群',
        members: ['ou_li', 'ou_wang', 'ou_zhao'],
        unreadBy: {},
      },
      {
        ...base,
        chatId: 'oc_cards',
        kind: 'group',
        name: '卡片陈列室',
        members: people.map(({ openId }) => openId),
        unreadBy: {},
      },
      { ...base, chatId: 'oc_bot_li', kind: 'p2p', name: bot.name, members: ['ou_li'], unreadBy: {} },
      {
        ...base,
        chatId: 'oc_li_wang',
        kind: 'p2p',
        name: '王建国',
        members: ['ou_li', 'ou_wang'],
        hasBot: false,
        unreadBy: {},
      },
    ];
    const li = { kind: 'user' as const, openId: 'ou_li', name: '李敏' };
    const wang = { kind: 'user' as const, openId: 'ou_wang', name: '王建国' };
    addMessage({ chatId: 'oc_li_wang', sender: wang, type: 'text', content: { text: '袖口返工的事，下午碰一下？' } });
    for (const name of cardNames) fromBot('oc_cards', fixture(name));
    addMessage({
      chatId: 'oc_group',
      sender: wang,
      type: 'text',
      content: { text: '早上好，SO-1042 今天要出货，大家盯一下。' },
    });
    const question = addMessage({
      chatId: 'oc_group',
      sender: li,
      type: 'text',
      content: { text: '@_user_1 /订单 查看 SO-1042' },
      mentions: [{ key: '@_user_1', ...bot }],
    });
    fromBot('oc_group', fixture('order-status'), { rootId: question.messageId, parentId: question.messageId });
    addMessage({ chatId: 'oc_group', sender: li, type: 'text', content: { text: '打错了' }, recalled: true });
    const root = addMessage({
      chatId: 'oc_group',
      sender: wang,
      type: 'text',
      content: { text: '唛头确认单见 https://example.com/mark 请核对' },
    });
    addMessage({
      chatId: 'oc_group',
      sender: li,
      type: 'text',
      content: { text: '核对过了' },
      rootId: root.messageId,
      parentId: root.messageId,
      threadId: 'omt_1',
    });
    addMessage({
      chatId: 'oc_group',
      sender: wang,
      type: 'file',
      content: { file_key: 'file_1', file_name: '装箱单-SO-1042.xlsx' },
    });
    fromBot('oc_bot_li', '早上好，李敏。今天有 **2** 张订单到期。', { readBy: [] });
    fromBot('oc_bot_li', fixture('payslip'), { readBy: ['ou_li'] });
    addWire('to-bot', 'im.message.receive_v1', true);
  };
  const seenBy = (as: string) =>
    chats
      .filter(({ members }) => members.includes(as))
      .map(
        ({ unreadBy, ...chat }): Chat => ({
          ...chat,
          name:
            chat.kind === 'p2p' && !chat.hasBot
              ? people.find(({ openId }) => openId !== as && chat.members.includes(openId))!.name
              : chat.name,
          unread: unreadBy[as] ?? 0,
        }),
      );
  seed();

  const world = (as: string): World => ({
    now: iso(now),
    me: people.find(({ openId }) => openId === as) ?? people[0]!,
    people,
    chats: seenBy(as),
    bot,
    commands,
    menu,
    faults,
    locale: 'zh_cn',
    tour,
  });

  /** The private chat with the bot, made when there is none yet. */
  const openPrivate = (as: string): string => {
    const isPrivate = (chat: Chat) => chat.kind === 'p2p' && chat.hasBot && chat.members.includes(as);
    const known = chats.find(isPrivate);
    if (known) return known.chatId;
    const chatId = `oc_bot_${as}`;
    const fresh = { name: bot.name, members: [as], hasBot: true, unread: 0, preview: '', lastAt: '', unreadBy: {} };
    chats.push({ ...fresh, chatId, kind: 'p2p' });
    return chatId;
  };

  const app = new Hono().basePath('/playground/api');
  app.get('/world', (c) => c.json(world(c.req.query('as') || 'ou_li')));
  app.get('/chats/:chatId/messages', (c) => {
    const all = messages.filter(({ chatId }) => chatId === c.req.param('chatId'));
    const before = c.req.query('before');
    const end = before ? all.findIndex(({ messageId }) => messageId === before) : all.length;
    return c.json(all.slice(Math.max(0, end - Number(c.req.query('limit') ?? 50)), end));
  });
  app.post('/chats/:chatId/messages', async (c) => {
    const say = (await c.req.json()) as Say;
    let chatId = c.req.param('chatId');
    said.push({ chatId, say });
    const sender = people.find(({ openId }) => openId === say.as)!;
    if (chatId === 'bot') chatId = openPrivate(say.as);
    const mentions: Message['mentions'] = [];
    const text = (say.text ?? '').replace(/<at id="([^"]+)"><\/at>/g, (_, openId: string) => {
      if (openId === 'all') return '@_all';
      const key = `@_user_${mentions.length + 1}`;
      mentions.push({ key, openId, name: [...people, bot].find((one) => one.openId === openId)!.name });
      return key;
    });
    const root = messages.find(({ messageId }) => messageId === say.replyTo);
    const message = addMessage({
      chatId,
      sender: { kind: 'user', openId: say.as, name: sender.name },
      type: say.image ? 'image' : say.file ? 'file' : 'text',
      content: say.image
        ? { image_key: say.image }
        : say.file
          ? { file_key: say.file.key, file_name: say.file.name }
          : { text },
      mentions,
      ...(root ? { parentId: root.messageId, rootId: root.rootId ?? root.messageId } : {}),
      ...(say.inThread ? { threadId: 'omt_1' } : {}),
    });
    return c.json(message);
  });
  app.post('/upload', async (c) => {
    const form = await c.req.formData();
    const file = form.get('file') as File;
    const key = `${form.get('kind') === 'image' ? 'img' : 'file'}_up_${uploads.size + 1}`;
    uploads.set(key, { name: file.name, type: file.type, bytes: await file.arrayBuffer() });
    return c.json({ key, name: file.name, size: file.size });
  });
  app.get('/resources/:key', (c) => {
    const key = c.req.param('key');
    const upload = uploads.get(key);
    if (upload) return c.body(upload.bytes, 200, { 'content-type': upload.type || 'application/octet-stream' });
    return c.body(picture(key), 200, { 'content-type': 'image/svg+xml' });
  });
  app.post('/clicks', async (c) => {
    const click = (await c.req.json()) as Click;
    clicks.push(click);
    const outcome = await answer(click);
    if (outcome.message) {
      messages = messages.map((one) => (one.messageId === outcome.message!.messageId ? outcome.message! : one));
      emit({ kind: 'message', message: outcome.message });
    }
    return c.json(outcome);
  });
  app.post('/menu', async (c) => {
    menus.push(((await c.req.json()) as { eventKey: string }).eventKey);
    return c.json({});
  });
  app.post('/enter', async (c) => {
    const { as } = (await c.req.json()) as { as: string };
    openPrivate(as);
    return c.json(seenBy(as).find((one) => one.kind === 'p2p' && one.hasBot));
  });
  app.post('/read', async (c) => {
    const { as, chatId } = (await c.req.json()) as { as: string; chatId: string };
    const chat = chats.find((one) => one.chatId === chatId);
    if (chat) chat.unreadBy[as] = 0;
    return c.json({});
  });
  app.post('/recall', async (c) => {
    const { messageId } = (await c.req.json()) as { messageId: string };
    const message = messages.find((one) => one.messageId === messageId)!;
    message.recalled = true;
    emit({ kind: 'message', message });
    return c.json({});
  });
  app.get('/wire', (c) => c.json(wire));
  app.get('/faults', (c) => c.json(faults));
  app.put('/faults', async (c) => {
    faults = (await c.req.json()) as Faults;
    return c.json(faults);
  });
  app.post('/clock', async (c) => {
    const { to } = (await c.req.json()) as ClockMove;
    now += typeof to === 'string' ? 23 * 86_400_000 : 'hours' in to ? to.hours * 3_600_000 : to.days * 86_400_000;
    emit({ kind: 'clock', now: iso(now) });
    fromBot('oc_group', '今天有 1 张订单到期：SO-1042');
    return c.json({ now: iso(now) });
  });
  app.post('/reset', (c) => {
    seed();
    emit({ kind: 'world' });
    return c.json({});
  });
  app.get('/events', (c) =>
    streamSSE(c, async (stream) => {
      const listener = {
        as: c.req.query('as') ?? '',
        hear: (event: PageEvent) => void stream.writeSSE({ data: JSON.stringify(event) }),
      };
      listeners.add(listener);
      stream.onAbort(() => {
        listeners.delete(listener);
      });
      await stream.writeSSE({ data: JSON.stringify({ kind: 'clock', now: iso(now) }) });
      const mine = era;
      while (!stream.aborted && mine === era) await stream.sleep(50);
      listeners.delete(listener);
    }),
  );

  return {
    app,
    clicks,
    said,
    menus,
    uploads,
    emit,
    fromBot,
    addWire,
    /** Ends every stream of events, as a restarted server does. */
    dropStreams() {
      era += 1;
      listeners.clear();
    },
    /** What the next clicks are answered with. */
    answerWith(next: typeof answer) {
      answer = next;
    },
    messagesOf: (chatId: string) => messages.filter((message) => message.chatId === chatId),
  };
}
