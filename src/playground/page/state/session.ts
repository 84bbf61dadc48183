import type { Chat, Click, ClickOutcome, Message, PageEvent, Say, World } from '#playground/page-api';
import { api, CallFailed, historyPage } from './api.ts';
import { heardTime } from './clock.ts';
import { type Live, listen } from './live.ts';
import { Store } from './store.ts';
import { addToWire } from './wire-log.ts';

export interface History {
  /** Oldest first. */
  messages: Message[];
  /** Nothing older is left to load. */
  complete: boolean;
  loading: boolean;
  problem?: string;
}

export interface SessionState {
  world?: World;
  problem?: string;
  connection: 'opening' | 'live' | 'lost';
  histories: Record<string, History>;
}

const noHistory: History = { messages: [], complete: false, loading: false };

/** What one person sees: their world, the chats they opened, kept up to date by their stream of events. */
export class Session {
  readonly as: string;
  readonly state = new Store<SessionState>({ connection: 'opening', histories: {} });
  /** Every message that arrives or changes, for what wants to show more than the open chat. */
  readonly arrivals = new Store<Message | undefined>(undefined);
  #live: Live | undefined;
  #worldIsStale = false;

  constructor(as: string, world?: World) {
    this.as = as;
    if (world) this.#tookWorld(world);
  }

  open(): void {
    if (this.#live) return;
    if (!this.state.value.world) void this.refresh();
    this.#live = listen(this.as, {
      event: (event) => this.#heard(event),
      opened: (again) => {
        this.#patch({ connection: 'live' });
        if (again) void this.refresh();
      },
      lost: () => this.#patch({ connection: 'lost' }),
    });
  }

  close(): void {
    this.#live?.close();
    this.#live = undefined;
  }

  /** Reads the world and every opened chat anew. */
  async refresh(): Promise<void> {
    try {
      this.#tookWorld(await api.world(this.as));
    } catch (error) {
      this.#patch({ problem: wordsOf(error) });
      return;
    }
    await Promise.all(Object.keys(this.state.value.histories).map((chatId) => this.load(chatId)));
  }

  /** Loads the newest messages of a chat. */
  async load(chatId: string): Promise<void> {
    this.#patchHistory(chatId, () => ({ loading: true }));
    const meanwhile: Message[] = [];
    const stop = this.arrivals.watch(() => {
      const message = this.arrivals.value;
      if (message?.chatId === chatId) meanwhile.push(message);
    });
    try {
      const messages = await api.messages(chatId, this.as);
      this.#patchHistory(chatId, () => ({
        messages: merged(messages, meanwhile),
        complete: messages.length < historyPage,
        loading: false,
        problem: undefined,
      }));
    } catch (error) {
      this.#patchHistory(chatId, () => ({ loading: false, problem: wordsOf(error) }));
    } finally {
      stop();
    }
  }

  /** Loads the page before the oldest message at hand. */
  async loadOlder(chatId: string): Promise<void> {
    const history = this.state.value.histories[chatId] ?? noHistory;
    const oldest = history.messages[0];
    if (history.complete || history.loading || !oldest) return;
    this.#patchHistory(chatId, () => ({ loading: true }));
    try {
      const older = await api.messages(chatId, this.as, oldest.messageId);
      this.#patchHistory(chatId, (now) => ({
        messages: merged(older, now.messages),
        complete: older.length < historyPage,
        loading: false,
      }));
    } catch (error) {
      this.#patchHistory(chatId, () => ({ loading: false, problem: wordsOf(error) }));
    }
  }

  async say(chatId: string, say: Omit<Say, 'as'>): Promise<Message> {
    const message = await api.say(chatId, { as: this.as, ...say });
    this.#tookMessage(message);
    if (!this.state.value.world?.chats.some((chat) => chat.chatId === message.chatId)) await this.refresh();
    return message;
  }

  async click(messageId: string, action: Click['action']): Promise<ClickOutcome> {
    const outcome = await api.click({ as: this.as, messageId, action });
    if (outcome.message) this.#tookMessage(outcome.message);
    return outcome;
  }

  /** Opens the private chat with the bot, which is told so each time. */
  async enter(): Promise<void> {
    // Somebody who may not use the bot reads why where the messages would be.
    const chat = await api.enter(this.as).catch(() => undefined);
    if (chat) this.#tookChat(chat);
  }

  async read(chat: Chat): Promise<void> {
    if (chat.unread === 0) return;
    this.#tookChat({ ...chat, unread: 0 });
    await api.read(this.as, chat.chatId).catch(() => undefined);
  }

  #heard(event: PageEvent): void {
    if (event.kind === 'message') this.#tookMessage(event.message);
    else if (event.kind === 'chat') this.#tookChat(event.chat);
    else if (event.kind === 'wire') addToWire([event.entry]);
    else if (event.kind === 'clock') heardTime(event.now);
    else this.#refreshSoon();
  }

  /** Several announcements in a row are read once. */
  #refreshSoon(): void {
    if (this.#worldIsStale) return;
    this.#worldIsStale = true;
    setTimeout(() => {
      this.#worldIsStale = false;
      void this.refresh();
    }, 60);
  }

  #tookWorld(world: World): void {
    heardTime(world.now);
    this.#patch({ world, problem: undefined });
  }

  #tookChat(chat: Chat): void {
    const { world } = this.state.value;
    if (!world) return;
    const others = world.chats.filter(({ chatId }) => chatId !== chat.chatId);
    this.#patch({ world: { ...world, chats: [...others, chat] } });
  }

  #tookMessage(message: Message): void {
    if (message.onlyFor && message.onlyFor !== this.as) return;
    // A chat that was never opened is loaded as a whole when it is.
    if (this.state.value.histories[message.chatId]) {
      this.#patchHistory(message.chatId, (now) => ({ messages: merged(now.messages, [message]) }));
    }
    this.arrivals.set(message);
  }

  #patch(change: Partial<SessionState>): void {
    this.state.update((state) => ({ ...state, ...change }));
  }

  #patchHistory(chatId: string, change: (now: History) => Partial<History>): void {
    this.state.update((state) => {
      const now = state.histories[chatId] ?? noHistory;
      return { ...state, histories: { ...state.histories, [chatId]: { ...now, ...change(now) } } };
    });
  }
}

/** `older` followed by `newer`; a message that both hold keeps its place and takes the newer content. */
function merged(older: Message[], newer: Message[]): Message[] {
  const byId = new Map(older.map((message) => [message.messageId, message]));
  for (const message of newer) byId.set(message.messageId, message);
  return [...byId.values()];
}

export function wordsOf(error: unknown): string {
  return error instanceof CallFailed ? error.message : String(error);
}
