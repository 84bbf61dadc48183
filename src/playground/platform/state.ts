/** Everything the stand-in knows: the seed, what changed since, and the clock by which it changed. */

import type { World } from '#playground/page-api';
import { type BaseClock, PlatformClock } from '#playground/platform/clock';
import { Hub } from '#playground/platform/hub';
import { idFrom } from '#playground/platform/ids';
import type { Journal, Table } from '#playground/platform/journal';
import type {
  StoredCardToken,
  StoredChat,
  StoredCommand,
  StoredMessage,
  StoredResource,
  StoredToken,
  UserState,
} from '#playground/platform/model';
import { defaultScopes, type SeedUser, type WorldSeed } from '#playground/platform/world-seed';

export interface AppIdentity {
  appId: string;
  appSecret: string;
  encryptKey?: string;
  verificationToken: string;
  botName: string;
}

export type User = SeedUser & UserState;

export class State {
  readonly app: AppIdentity;
  readonly seed: WorldSeed;
  readonly clock: PlatformClock;
  readonly hub = new Hub();
  readonly messages: Table<StoredMessage>;
  readonly chats: Table<StoredChat>;
  readonly resources: Table<StoredResource>;
  readonly tokens: Table<StoredToken>;
  readonly cardTokens: Table<StoredCardToken>;
  readonly commands: Table<StoredCommand>;
  readonly uuids: Table<{ messageId: string; at: number }>;
  /** How far the host is with setting up the demo; while it is there nobody can do anything. */
  setup: World['setup'];
  /** Scopes may be granted and withdrawn while the bot runs. */
  readonly scopes: Set<string>;
  /** Small things to remember for the host. */
  readonly notes: Table<string>;
  readonly #userStates: Table<UserState>;
  readonly #hired: Table<SeedUser>;
  #byChat = new Map<string, StoredMessage[]>();
  #seq = 0;

  constructor(app: AppIdentity, seed: WorldSeed, journal: Journal, base: BaseClock) {
    this.app = app;
    this.seed = seed;
    this.clock = new PlatformClock(base, journal.table('clock'));
    this.messages = journal.table('messages');
    this.chats = journal.table('chats');
    this.resources = journal.table('resources');
    this.tokens = journal.table('tokens');
    this.cardTokens = journal.table('cardTokens');
    this.commands = journal.table('commands');
    this.uuids = journal.table('uuids');
    this.notes = journal.table('notes');
    this.#userStates = journal.table('users');
    this.#hired = journal.table('hired');
    this.scopes = new Set(seed.scopes ?? defaultScopes);
    this.plant();
  }

  /** Puts what the seed has and the journal does not; also after a reset. */
  plant(): void {
    if (this.seed.beginsAt && !this.clock.moved)
      this.clock.shift(new Date(this.seed.beginsAt).getTime() - this.clock.ms());
    for (const chat of this.seed.chats) {
      if (this.chats.has(chat.chatId)) continue;
      const { members, ...rest } = chat;
      this.chats.set(chat.chatId, {
        ...rest,
        members: [...members],
        kind: 'group',
        hasBot: chat.hasBot ?? true,
        readUpTo: {},
      });
    }
    this.#byChat = new Map();
    for (const message of this.messages.values()) this.#listed(message.chatId).push(message);
    this.#seq = Math.max(0, ...this.messages.values().map((message) => message.seq));
  }

  /** open_id of the bot: the same after a restart and after a reset. */
  get botOpenId(): string {
    return idFrom('ou', this.app.appId);
  }

  users(): User[] {
    const changed = new Map(this.#hired.entries());
    const seeded = this.seed.users.map((user) => changed.get(user.openId) ?? user);
    const seededIds = new Set(seeded.map((user) => user.openId));
    const added = [...changed.values()].filter((user) => !seededIds.has(user.openId));
    return [...seeded, ...added].map((user) => ({ ...user, ...this.#userStates.get(user.openId) }));
  }

  user(openId: string): User | undefined {
    const user = this.#hired.get(openId) ?? this.seed.users.find((one) => one.openId === openId);
    return user && { ...user, ...this.#userStates.get(openId) };
  }

  /** Adds a person or replaces what the seed says about one. */
  putUser(user: SeedUser): void {
    this.#hired.set(user.openId, user);
    this.hub.emit({ kind: 'world' });
  }

  setUserState(openId: string, change: UserState): void {
    this.#userStates.set(openId, { ...this.#userStates.get(openId), ...change });
    this.hub.emit({ kind: 'world' });
  }

  nameOf(openId: string): string {
    if (openId === this.botOpenId) return this.app.botName;
    return openId.startsWith('cli_') ? '其他机器人' : (this.user(openId)?.name ?? openId);
  }

  p2pChatOf(openId: string): StoredChat | undefined {
    return this.chats.values().find((chat) => chat.kind === 'p2p' && chat.members[0] === openId);
  }

  /** The person's private chat with the bot, opened when there is none; its id is the same after a reset. */
  openP2p(openId: string): StoredChat {
    const known = this.p2pChatOf(openId);
    if (known) return known;
    const chat: StoredChat = {
      chatId: idFrom('oc', `${this.app.appId} ${openId}`),
      kind: 'p2p',
      name: this.app.botName,
      members: [openId],
      hasBot: true,
      readUpTo: {},
    };
    this.chats.set(chat.chatId, chat);
    this.hub.emit({ kind: 'chat', chatId: chat.chatId });
    return chat;
  }

  /** Oldest first, ephemeral ones included. */
  messagesIn(chatId: string): StoredMessage[] {
    return [...(this.#byChat.get(chatId) ?? [])];
  }

  /** Where a message stands: in its chat, counted from 1; an answer in a topic in that topic from 0, its chat then counts below zero. */
  placeOf({ chatId, threadId, rootId, messageId, seq }: StoredMessage): { inChat: number; inThread?: number } {
    const all = this.#byChat.get(chatId) ?? [];
    const isAnswer = (one: StoredMessage) => one.threadId !== undefined && one.rootId !== undefined;
    const before = (holds: (one: StoredMessage) => boolean) =>
      all.reduce((count, one) => (one.seq < seq && !one.onlyFor && holds(one) ? count + 1 : count), 0);
    if (threadId !== undefined && rootId !== undefined && rootId !== messageId) {
      const inThread = before((one) => isAnswer(one) && one.threadId === threadId);
      return { inChat: -1 - inThread, inThread };
    }
    return { inChat: 1 + before((one) => !isAnswer(one)), ...(threadId !== undefined && { inThread: -1 }) };
  }

  addMessage(message: Omit<StoredMessage, 'seq' | 'edits' | 'history' | 'readBy' | 'updatedAt'>): StoredMessage {
    this.#seq += 1;
    const stored: StoredMessage = {
      ...message,
      updatedAt: message.createdAt,
      seq: this.#seq,
      edits: 0,
      history: [],
      readBy: {},
    };
    this.messages.set(stored.messageId, stored);
    this.#listed(stored.chatId).push(stored);
    this.hub.emit({ kind: 'message', message: stored });
    this.hub.emit({ kind: 'chat', chatId: stored.chatId });
    return stored;
  }

  /** Stores a message that was changed in place and tells the page. */
  saveMessage(message: StoredMessage): void {
    this.messages.set(message.messageId, message);
    this.hub.emit({ kind: 'message', message });
  }

  dropMessage(message: StoredMessage): void {
    this.messages.delete(message.messageId);
    const list = this.#listed(message.chatId);
    list.splice(list.indexOf(message), 1);
  }

  saveChat(chat: StoredChat): void {
    this.chats.set(chat.chatId, chat);
    this.hub.emit({ kind: 'chat', chatId: chat.chatId });
  }

  #listed(chatId: string): StoredMessage[] {
    const list = this.#byChat.get(chatId) ?? [];
    this.#byChat.set(chatId, list);
    return list;
  }
}
