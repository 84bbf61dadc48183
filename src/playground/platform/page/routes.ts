/** The page's half of the stand-in: `/playground/api`, exactly as `page-api.ts` says. */
import { type Context, Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { Click, ClickOutcome, ClockMove, Faults, PageEvent, Say, World } from '#playground/page-api';
import type { FaultBox } from '#playground/platform/faults';
import type { Files } from '#playground/platform/files';
import type { Change } from '#playground/platform/hub';
import { newResourceKey } from '#playground/platform/ids';
import { openLink } from '#playground/platform/page/links';
import {
  isoHere,
  localeOf,
  sees,
  viewChat,
  viewChats,
  viewCommand,
  viewMessage,
  viewPerson,
} from '#playground/platform/page/view';
import type { People } from '#playground/platform/people';
import type { WireRecord } from '#playground/platform/record';
import { Refusal } from '#playground/platform/refusal';
import type { State } from '#playground/platform/state';

export interface PageHost {
  state: State;
  files: Files;
  faults: FaultBox;
  record: WireRecord;
  people: People;
  setFaults(faults: Partial<Faults>): void;
  moveClock(to: ClockMove['to']): Promise<void>;
  reset(): Promise<void>;
}

const longestUpload = 100 * 1024 * 1024;

export function pageRoutes(host: PageHost): Hono {
  const { state, people, files, record } = host;
  const app = new Hono();
  app.onError((error, c) => {
    if (error instanceof Refusal) return c.json({ error: error.message }, error.status);
    if (error instanceof SyntaxError) return c.json({ error: '请求不是 JSON' }, 400);
    throw error;
  });

  // Looking is free meanwhile.
  app.use(async (c, next) => {
    if (state.setup && c.req.method !== 'GET') throw new Refusal(409, '演示公司还在准备，请稍等几秒');
    await next();
  });

  // Without `as`, at the first visit, the page is shown as the first person of the seed.
  app.get('/world', (c) => c.json(world(host, c.req.query('as') ? viewer(c) : (state.users()[0]?.openId ?? ''))));

  app.get('/chats/:chatId/messages', (c) => {
    const openId = viewer(c);
    // Looking does not open a chat.
    if (c.req.param('chatId') === 'bot' && !state.p2pChatOf(openId)) return c.json([]);
    const chat = people.chat(openId, c.req.param('chatId'));
    const visible = state.messagesIn(chat.chatId).filter((message) => sees(message, openId));
    const before = c.req.query('before');
    const end = before ? visible.findIndex((message) => message.messageId === before) : visible.length;
    if (end === -1) throw new Refusal(404, '没有这条消息');
    const limit = Math.min(Math.max(Number(c.req.query('limit') ?? 50) || 50, 1), 200);
    return c.json(visible.slice(Math.max(0, end - limit), end).map((message) => viewMessage(state, message, openId)));
  });

  app.post('/chats/:chatId/messages', async (c) => {
    const say = await c.req.json<Say>();
    return c.json(viewMessage(state, people.say(c.req.param('chatId'), say), say.as));
  });

  app.post('/upload', async (c) => {
    const form = await c.req.formData();
    const file = form.get('file');
    const kind = form.get('kind') === 'image' ? 'image' : 'file';
    const as = String(form.get('as') ?? '');
    people.person(as);
    if (!(file instanceof File) || file.size === 0) throw new Refusal(400, '没有收到文件，或文件是空的');
    if (kind === 'image' && !file.type.startsWith('image/')) throw new Refusal(400, '这不是图片，请作为文件发送');
    if (file.size > longestUpload) throw new Refusal(400, '文件超过 100 MB');
    const key = newResourceKey(kind);
    files.put(key, Buffer.from(await file.arrayBuffer()));
    const mime = file.type || 'application/octet-stream';
    state.resources.set(key, { key, kind, name: file.name, size: file.size, mime, owner: as });
    return c.json({ key, name: file.name, size: file.size });
  });

  app.get('/resources/:key', (c) => {
    const resource = state.resources.get(c.req.param('key'));
    if (!resource) throw new Refusal(404, '没有这个附件');
    const how = resource.kind === 'image' ? 'inline' : 'attachment';
    return c.body(new Uint8Array(files.get(resource.key)), 200, {
      'content-type': resource.mime,
      'content-disposition': `${how}; filename*=UTF-8''${encodeURIComponent(resource.name)}`,
      'x-content-type-options': 'nosniff',
      // A picture may be an SVG with a script in it.
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    });
  });

  app.post('/clicks', async (c) => {
    const click = await c.req.json<Click>();
    if (typeof click.action?.tag !== 'string') throw new Refusal(400, '没有说点的是什么');
    const { stored, ...outcome } = await people.click(click);
    const answer: ClickOutcome = stored ? { ...outcome, message: viewMessage(state, stored, click.as) } : outcome;
    return c.json(answer);
  });

  app.post('/menu', async (c) => {
    const { as, eventKey } = await c.req.json<{ as: string; eventKey: string }>();
    people.menu(as, eventKey);
    return c.json({});
  });

  app.post('/enter', async (c) => {
    const { as } = await c.req.json<{ as: string }>();
    return c.json(viewChat(state, people.enter(as), as));
  });

  app.post('/read', async (c) => {
    const { as, chatId } = await c.req.json<{ as: string; chatId: string }>();
    people.read(as, chatId);
    return c.json({});
  });

  app.post('/recall', async (c) => {
    const { as, messageId } = await c.req.json<{ as: string; messageId: string }>();
    people.recall(as, messageId);
    return c.json({});
  });

  app.get('/open', (c) => c.json(openLink(state, c.req.query('link') ?? '', viewer(c))));

  app.get('/wire', (c) => {
    const after = Number(c.req.query('after') ?? 0);
    return c.json(record.wire.filter((entry) => entry.seq > after).slice(-500));
  });

  app.get('/faults', (c) => c.json(host.faults.standing));
  app.put('/faults', async (c) => {
    host.setFaults(await c.req.json<Faults>());
    return c.json(host.faults.standing);
  });

  app.post('/clock', async (c) => {
    const { to } = await c.req.json<ClockMove>();
    await host.moveClock(to);
    return c.json({ now: isoHere(state.clock.ms()) });
  });

  app.post('/reset', async (c) => {
    await host.reset();
    return c.json({});
  });

  app.get('/events', (c) => {
    const openId = viewer(c);
    return streamSSE(c, async (stream) => {
      const stop = state.hub.listen((change) => {
        const event = pageEvent(state, change, openId);
        if (event) void stream.writeSSE({ data: JSON.stringify(event) });
      });
      await stream.write(': connected\n\n');
      await new Promise<void>((resolve) => stream.onAbort(resolve));
      stop();
    });
  });

  function viewer(c: Context): string {
    const openId = c.req.query('as') ?? '';
    if (!state.user(openId)) throw new Refusal(404, `没有这个人：${openId}`);
    return openId;
  }

  return app;
}

function world({ state, faults }: PageHost, openId: string): World {
  const me = state.user(openId);
  if (!me) throw new Refusal(404, `没有这个人：${openId}`);
  return {
    now: isoHere(state.clock.ms()),
    me: viewPerson(state, me),
    people: state.users().map((user) => viewPerson(state, user)),
    chats: viewChats(state, openId),
    bot: { openId: state.botOpenId, name: state.app.botName },
    commands: state.commands.values().map(viewCommand),
    menu: state.seed.menu,
    faults: faults.standing,
    locale: localeOf(state, openId),
    ...(state.setup && { setup: state.setup }),
    // a seed cannot know the bot's open_id: it writes `<at id="bot"></at>`
    tour: state.seed.tour.map((step) => ({
      ...step,
      ...(step.type && { type: step.type.replaceAll('id="bot"', `id="${state.botOpenId}"`) }),
    })),
  };
}

/** What this person's page hears of a change; `undefined` when it is none of theirs. */
function pageEvent(state: State, change: Change, openId: string): PageEvent | undefined {
  switch (change.kind) {
    case 'message': {
      const chat = state.chats.get(change.message.chatId);
      if (!chat?.members.includes(openId) || !sees(change.message, openId)) return undefined;
      return { kind: 'message', message: viewMessage(state, change.message, openId) };
    }
    case 'chat': {
      const chat = state.chats.get(change.chatId);
      return chat?.members.includes(openId) ? { kind: 'chat', chat: viewChat(state, chat, openId) } : undefined;
    }
    case 'clock':
      return { kind: 'clock', now: isoHere(state.clock.ms()) };
    case 'wire':
      return { kind: 'wire', entry: change.entry };
    case 'world':
      return { kind: 'world' };
  }
}
