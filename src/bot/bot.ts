import { faultCard } from '#cards/problem-card';
import { welcomeCard } from '#cards/welcome-card';
import { sealAudit } from '#db/audit';
import { putChat } from '#db/chats';
import type { Db } from '#db/client';
import { doOnce } from '#db/done-once';
import { type Reading, takeReadings } from '#db/inbox';
import { findPerson, rememberPrivateChat } from '#db/people';
import { markRead } from '#db/sent-cards';
import { together } from '#db/together';
import { businessDay } from '#domain/calendar/business-day';
import { UserError } from '#domain/errors';
import type { Person } from '#domain/people/person';
import type { Locale } from '#domain/text';
import { onClick } from './click.ts';
import type { Attachment, Command } from './command.ts';
import { type Destination, sendCard } from './deliver.ts';
import { openForm } from './form.ts';
import type { Answer, Incoming, IncomingMenu, IncomingMessage, Receive } from './incoming.ts';
import { type Handling, type Intake, once } from './intake.ts';
import type { Log } from './log.ts';
import { concernsBot, readMessage, withoutPlaceholders } from './message.ts';
import { hasSlash } from './parse.ts';
import { createRegistry, type Registry } from './registry.ts';
import { demandRight, guest } from './rights.ts';
import { askAhead, runSteps, type Surroundings, sendReplies, toldPrivatelyCard } from './run.ts';
import { storable } from './storable.ts';
import { errorCard, errorToast } from './user-error.ts';

export interface BotOptions {
  db: Db;
  commands: readonly Command[];
  now(): Date;
  zone: string;
  locale: Locale;
  log: Log;
  /** The bot's own open_id, by which a mention of it is recognised. */
  botOpenId(): string;
  /** Called after each commit that wrote messages. */
  onCommitted(): void;
  /** Takes a file that somebody sent in private: writes the job that will read it. */
  onFile(tx: Db, actor: Person, file: Attachment): Promise<void>;
  /**
   * Somebody answered a message of ours with photos or files. Returns whether it was about something known; else the message is read as
   * any other.
   */
  onReply?(tx: Db, reply: FileReply): Promise<boolean>;
  /** Somebody joined, changed or left in the company directory. */
  onPerson(tx: Db, change: Extract<Incoming, { kind: 'person' }>): Promise<void>;
}

/** Between two looks at what has to be sealed, while there is always something. */
const SEAL_AGAIN_MS = 250;

/** Photos or files posted as a reply. */
export interface FileReply {
  actor: Person;
  /** The message that it answers. */
  parentId: string;
  messageId: string;
  chatId: string;
  text: string;
  attachments: Attachment[];
  here: Destination;
}

export interface Bot {
  receive: Receive;
  registry: Registry;
  surroundings: Surroundings;
}

/** The one dispatcher: whatever comes in, from wherever, passes here. */
export function createBot(options: BotOptions): Bot {
  const { db, now, zone, locale, log } = options;
  const registry = createRegistry(options.commands);
  const surroundings: Surroundings = { registry, now, zone, locale };
  const intake: Intake = {
    db,
    now,
    log,
    committed() {
      options.onCommitted();
      void seal();
    },
  };

  const receive = (incoming: Incoming): Promise<Answer> => route(storable(incoming));
  const reading = together((readings: Reading[]) => takeReadings(db, readings));

  let sealing = false;
  let sealAgain = false;
  /** One sealer in a process: more of them would only hold connections while they wait for each other. */
  async function seal(): Promise<void> {
    sealAgain = true;
    if (sealing) return;
    sealing = true;
    try {
      while (sealAgain) {
        sealAgain = false;
        await sealAudit(db);
        // one look at many rows costs little more than one at a single row: under load, some come together
        if (sealAgain) await new Promise((resolve) => setTimeout(resolve, SEAL_AGAIN_MS).unref());
      }
    } catch {
      log.warn({}, 'the audit rows could not be sealed now; they will be with the next ones');
    } finally {
      sealing = false;
    }
  }

  async function route(incoming: Incoming): Promise<Answer> {
    switch (incoming.kind) {
      case 'message':
        return takeMessage(incoming);
      case 'menu':
        return takeMenu(incoming);
      case 'click':
        return once(intake, incoming, {
          ask: (tx) => actorOf(tx, incoming.operator.openId),
          work: (tx, actor) => onClick(tx, surroundings, incoming, actor),
          refuse: async (_, error) => ({ toast: errorToast(error) }),
          fail: async (_, errorNo) => ({
            toast: {
              tone: 'error',
              zh: `出错了，已记录，编号 ${errorNo}。什么都没有改动。`,
              en: `Something went wrong; recorded as ${errorNo}. Nothing was changed.`,
            },
          }),
        });
      case 'entered':
        return quietly(incoming, async (tx) => {
          await rememberPrivateChat(tx, incoming.operator.openId, incoming.chatId);
          // the event comes each time somebody opens the chat: one welcome is enough
          if (await doOnce(tx, 'welcome', incoming.operator.openId, now()))
            await sendCard(
              tx,
              { to: { person: incoming.operator.openId } },
              welcomeCard(await actorOf(tx, incoming.operator.openId)),
              { now: now() },
            );
        });
      case 'chat':
        return quietly(incoming, async (tx) => {
          await putChat(
            tx,
            {
              chatId: incoming.chatId,
              kind: 'group',
              active: incoming.change === 'bot-added',
              ...(incoming.name && { name: incoming.name }),
            },
            now(),
          );
          if (incoming.change === 'bot-added')
            await sendCard(tx, { to: { chat: incoming.chatId } }, welcomeCard(), { now: now() });
        });
      case 'read':
        return once(intake, incoming, {
          atOnce: (taken) =>
            reading({ taken, messageIds: incoming.messageIds, reader: incoming.reader.openId, now: now() }),
          ...quiet((tx) => markRead(tx, incoming.messageIds, incoming.reader.openId, incoming.at)),
        });
      case 'person':
        return quietly(incoming, (tx) => options.onPerson(tx, incoming));
      case 'recalled':
        return {};
    }
  }

  /** Events that nobody waits for an answer to. */
  const quietly = (incoming: Incoming, work: (tx: Db) => Promise<void>): Promise<Answer> =>
    once(intake, incoming, quiet(work));

  const quiet = (work: (tx: Db) => Promise<void>): Handling => ({
    async work(tx) {
      await work(tx);
      return {};
    },
    refuse: async () => ({}),
    fail: async () => ({}),
  });

  const actorOf = async (tx: Db, openId: string): Promise<Person> => (await findPerson(tx, openId)) ?? guest(openId);

  async function takeMessage(message: IncomingMessage): Promise<Answer> {
    const text = withoutPlaceholders(message.text ?? '', message.mentions, options.botOpenId());
    const inGroup = message.chat.kind === 'group';
    const isForBot = concernsBot(message, text, registry);
    const parentId = message.attachments.length > 0 && !hasSlash(text) ? message.parentId : undefined;
    if (!isForBot && parentId === undefined) return {};
    const privately: Destination = { to: { person: message.sender.openId } };
    const here: Destination = inGroup
      ? {
          to: { chat: message.chat.id },
          replyTo: { messageId: message.messageId, inThread: message.threadId !== undefined },
        }
      : privately;
    const read = isForBot ? understood(text, message.at) : undefined;
    return once(intake, message, {
      ask: (tx) => Promise.all([actorOf(tx, message.sender.openId), read && askAhead(tx, read)]),
      async work(tx, [actor, asked], under) {
        if (!inGroup) await rememberPrivateChat(tx, actor.openId, message.chat.id);
        const attachments = message.attachments.map((attachment) => ({ ...attachment, messageId: message.messageId }));
        const reply = { actor, text, attachments, here, messageId: message.messageId, chatId: message.chat.id };
        if (parentId !== undefined && (await options.onReply?.(tx, { ...reply, parentId }))) return {};
        if (!isForBot) return {};
        if (!text && attachments.length > 0 && !inGroup)
          for (const file of attachments) await options.onFile(tx, actor, file);
        else
          await runText(tx, {
            text,
            actor,
            via: 'text',
            at: message.at,
            source: { eventId: message.eventId, messageId: message.messageId, chatId: message.chat.id },
            attachments,
            here,
            privately,
            read,
            ahead: asked,
            under,
          });
        return {};
      },
      refuse: (tx, error) => answerError(tx, error, { text, here, privately }),
      fail: (tx, errorNo) => answerFault(tx, errorNo, here),
    });
  }

  /** A menu item is a command line that somebody did not have to type. */
  async function takeMenu(menu: IncomingMenu): Promise<Answer> {
    const privately: Destination = { to: { person: menu.operator.openId } };
    const text = `/${menu.key.replaceAll('_', ' ')}`;
    return once(intake, menu, {
      ask: (tx) => actorOf(tx, menu.operator.openId),
      async work(tx, actor, under) {
        await runText(tx, {
          text,
          actor,
          via: 'menu',
          at: menu.at,
          source: { eventId: menu.eventId },
          attachments: [],
          here: privately,
          privately,
          under,
        });
        return {};
      },
      refuse: (tx, error) => answerError(tx, error, { text, here: privately, privately }),
      fail: (tx, errorNo) => answerFault(tx, errorNo, privately),
    });
  }

  interface Spoken {
    text: string;
    actor: Person;
    via: 'text' | 'menu';
    at: Date;
    source: { eventId: string; messageId?: string; chatId?: string };
    attachments: Attachment[];
    here: Destination;
    privately: Destination;
    /** What the text says, where that was found out before. */
    read?: ReturnType<typeof readMessage> | undefined;
    ahead?: unknown;
    /** Takes what nothing waits for but the commit. */
    under: Promise<unknown>[];
  }

  /** A text that is not understood is answered when its turn comes. */
  function understood(text: string, at: Date): ReturnType<typeof readMessage> | undefined {
    try {
      return readMessage(text, registry, { today: businessDay(at, zone) });
    } catch (error) {
      if (error instanceof UserError) return undefined;
      throw error;
    }
  }

  async function runText(
    tx: Db,
    { text, actor, via, at, source, attachments, here, privately, ahead, read: known, under }: Spoken,
  ): Promise<void> {
    const read = known ?? readMessage(text, registry, { today: businessDay(at, zone) });
    if ('form' in read) {
      const { command, raw } = read.form;
      demandRight(command, actor);
      const offers = await command.offers?.(tx, raw);
      const form = openForm(registry, { command, known: raw, problems: [], coversCard: false, offers });
      const isPrivate = command.answers === 'private';
      await sendCard(tx, isPrivate ? privately : here, form, { now: now() });
      if (isPrivate && 'chat' in here.to) await sendCard(tx, here, toldPrivatelyCard(), { now: now() });
      return;
    }
    const intent = {
      actor,
      via,
      place: 'chat' in here.to ? ('group' as const) : ('private' as const),
      saidAt: at,
      source,
      attachments,
      ahead,
    };
    const replies = await runSteps(tx, surroundings, intent, read.steps, under);
    await sendReplies(tx, read.steps, replies, { here, privately, intent }, now(), under);
  }

  /** An error about something private is private too: a group hears only that the person was told. */
  async function answerError(
    tx: Db,
    error: UserError,
    { text, here, privately }: Pick<Spoken, 'text' | 'here' | 'privately'>,
  ): Promise<Answer> {
    const isPrivate = 'chat' in here.to && mentionsPrivateCommand(text);
    await sendCard(tx, isPrivate ? privately : here, errorCard(error, { reading: isAllReading(text) }), { now: now() });
    if (isPrivate) await sendCard(tx, here, toldPrivatelyCard(), { now: now() });
    return {};
  }

  async function answerFault(tx: Db, errorNo: string, to: Destination): Promise<Answer> {
    await sendCard(tx, to, faultCard(errorNo), { now: now() });
    return {};
  }

  const firstWords = (line: string): string[] =>
    line
      .replace(/^\s*[/／]\s*/u, '')
      .trim()
      .split(/\s+/u, 2);

  /** Nothing but questions: there was nothing to record. */
  const isAllReading = (text: string): boolean =>
    text
      .trim()
      .split(/\n+/)
      .every((line) => registry.match(firstWords(line))?.command.reads === true);

  const mentionsPrivateCommand = (text: string): boolean =>
    text.split('\n').some((line) => {
      const words = firstWords(line);
      const named = registry.match(words)?.command;
      const subject = words[0] ?? '';
      return named ? named.answers === 'private' : registry.isSubject(subject) && registry.isPrivateSubject(subject);
    });

  return { receive, registry, surroundings };
}
