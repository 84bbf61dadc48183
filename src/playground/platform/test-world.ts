/** Lets a test be a person, an administrator or another bot, and look at what people see. */
import type { Click, ClickOutcome, Message, Opened, Say } from '#playground/page-api';
import { inRange } from '#playground/platform/api/contact';
import { isNode } from '#playground/platform/cards/reading';
import type { Files } from '#playground/platform/files';
import { newId, newResourceKey } from '#playground/platform/ids';
import { fivePerSecond, type Limits } from '#playground/platform/limits';
import type { StoredChat, StoredMessage, UserState } from '#playground/platform/model';
import { openLink } from '#playground/platform/page/links';
import { sees, viewMessage } from '#playground/platform/page/view';
import { findControl, type People } from '#playground/platform/people';
import type { Deliveries } from '#playground/platform/push/deliveries';
import { type PushOptions, parcel } from '#playground/platform/push/envelope';
import * as events from '#playground/platform/push/events';
import type { PushRecord } from '#playground/platform/record';
import { Refusal } from '#playground/platform/refusal';
import type { State, User } from '#playground/platform/state';
import type { SeedUser } from '#playground/platform/world-seed';

interface Parts {
  state: State;
  people: People;
  deliveries: Deliveries;
  files: Files;
  limits: Limits;
}

export class TestWorld {
  readonly #state: State;
  readonly #people: People;
  readonly #deliveries: Deliveries;
  readonly #files: Files;
  readonly #limits: Limits;

  constructor(parts: Parts) {
    this.#state = parts.state;
    this.#people = parts.people;
    this.#deliveries = parts.deliveries;
    this.#files = parts.files;
    this.#limits = parts.limits;
  }

  // --- looking

  get users(): User[] {
    return this.#state.users();
  }

  get chats(): StoredChat[] {
    return this.#state.chats.values();
  }

  get botOpenId(): string {
    return this.#state.botOpenId;
  }

  /** Scopes that the administrator granted; change the set to grant or withdraw. */
  get scopes(): Set<string> {
    return this.#state.scopes;
  }

  /** Everything in a chat, oldest first, as `openId` sees it (absent: with everybody's ephemeral cards). */
  messagesIn(chatId: string, openId?: string): Message[] {
    const all = this.#state.messagesIn(chatId).filter((message) => openId === undefined || sees(message, openId));
    return all.map((message) => viewMessage(this.#state, message, openId ?? message.onlyFor ?? ''));
  }

  /** What the bot said to one person alone: private messages and ephemeral cards, oldest first. */
  sentTo(openId: string): Message[] {
    const chat = this.#state.p2pChatOf(openId);
    const mine = this.#state.messages
      .values()
      .filter((one) => one.sender.kind === 'app' && (one.chatId === chat?.chatId || one.onlyFor === openId));
    return mine.map((message) => viewMessage(this.#state, message, openId));
  }

  /** The stored row, with its history. */
  message(messageId: string): StoredMessage | undefined {
    return this.#state.messages.get(messageId);
  }

  /** What a link of the platform's client opens for this person. @throws Refusal where it opens nothing */
  open(openId: string, link: string): Opened {
    return openLink(this.#state, link, openId);
  }

  p2pChat(openId: string): StoredChat | undefined {
    return this.#state.p2pChatOf(openId);
  }

  /** Waits until `look` answers something; looks again after changes, once for those of one turn. Throws after `timeoutMs` of real time. */
  until<T>(look: () => T | undefined | false | null, timeoutMs = 5000): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      let due = false;
      const again = () => {
        due = false;
        try {
          const found = look();
          if (!found) return;
          resolve(found);
        } catch (error) {
          reject(error);
        }
        stop();
        clearTimeout(timer);
      };
      const stop = this.#state.hub.listen(() => {
        if (!due) queueMicrotask(again);
        due = true;
      });
      const timer = setTimeout(() => {
        stop();
        reject(new Error(`nothing came within ${timeoutMs} ms: ${look}`));
      }, timeoutMs);
      again();
    });
  }

  // --- doing as a person

  /** `chatId` may be `bot`. Mentions are written `<at id="ou_…"></at>`. */
  say(openId: string, chatId: string, what: string | Omit<Say, 'as'>, options?: PushOptions): Message {
    const say: Say = typeof what === 'string' ? { as: openId, text: what } : { ...what, as: openId };
    return viewMessage(this.#state, this.#people.say(chatId, say, options), openId);
  }

  async click(
    openId: string,
    messageId: string,
    action: Click['action'],
    options?: PushOptions,
  ): Promise<ClickOutcome> {
    const { stored, ...outcome } = await this.#people.click({ as: openId, messageId, action }, options);
    return stored ? { ...outcome, message: viewMessage(this.#state, stored, openId) } : outcome;
  }

  /**
   * Presses the button with this label or name; `form` is what was filled in. Throws when this person's card has no such
   * button or it is disabled.
   */
  async press(
    openId: string,
    messageId: string,
    button: string,
    form?: Record<string, unknown>,
  ): Promise<ClickOutcome> {
    const message = this.#state.messages.get(messageId);
    const control = findControl(JSON.parse(message?.personal?.[openId] ?? message?.content ?? 'null'), button);
    if (!control) throw new Refusal(404, `no button "${button}" on ${messageId}`);
    if (control.disabled === true) throw new Refusal(403, `the button "${button}" is disabled`);
    const callback = (Array.isArray(control.behaviors) ? control.behaviors : []).find(
      (one) => isNode(one) && one.type === 'callback',
    );
    const action: Click['action'] = {
      tag: 'button',
      ...(typeof control.name === 'string' ? { name: control.name } : {}),
      ...(callback ? { value: callback.value } : control.value !== undefined ? { value: control.value } : {}),
      ...(form ? { form_value: form, timezone: 'Asia/Shanghai' } : {}),
    };
    return this.click(openId, messageId, action);
  }

  menu(openId: string, eventKey: string): void {
    this.#people.menu(openId, eventKey);
  }

  enter(openId: string): void {
    this.#people.enter(openId);
  }

  read(openId: string, chatId: string): void {
    this.#people.read(openId, chatId);
  }

  recall(openId: string, messageId: string): void {
    this.#people.recall(openId, messageId);
  }

  react(openId: string, messageId: string, emoji: string): void {
    this.#people.react(openId, messageId, emoji);
  }

  /** Uploads as a client does; the key goes into `say({ file: { key, name } })` or `say({ image: key })`. */
  upload(openId: string, name: string, bytes: Buffer, kind: 'image' | 'file' = 'file'): string {
    const key = newResourceKey(kind);
    this.#files.put(key, bytes);
    const mime = kind === 'image' ? 'image/png' : 'application/octet-stream';
    this.#state.resources.set(key, { key, kind, name, size: bytes.length, mime, owner: openId });
    return key;
  }

  // --- doing as the administrator or as others

  setUser(openId: string, change: UserState): void {
    this.#state.setUserState(openId, change);
  }

  /** The person leaves: gone from the contact range, `contact.user.deleted_v3`. */
  resign(openId: string): void {
    const user = this.#people.person(openId);
    this.#state.setUserState(openId, { resigned: true });
    this.#contact('contact.user.deleted_v3', user, events.userDeleted(this.#state, user));
  }

  hire(user: SeedUser): void {
    this.#state.putUser(user);
    this.#contact('contact.user.created_v3', user, events.userCreated(this.#state, user));
  }

  /** Moves, renames or promotes somebody: `contact.user.updated_v3`. */
  updateUser(openId: string, change: Partial<SeedUser>): void {
    const before = this.#people.person(openId);
    const after = { ...before, ...change };
    this.#state.putUser(after);
    this.#contact('contact.user.updated_v3', after, events.userUpdated(this.#state, before, after));
  }

  /** Adds the bot to a group of these people and tells it. */
  addBot(chatId: string, operator: string): void {
    const chat = this.#group(chatId);
    this.#state.saveChat({ ...chat, hasBot: true });
    this.push('im.chat.member.bot.added_v1', events.botMembership(this.#state, chat, operator));
  }

  removeBot(chatId: string, operator: string): void {
    const chat = this.#group(chatId);
    this.#state.saveChat({ ...chat, hasBot: false });
    this.push('im.chat.member.bot.deleted_v1', events.botMembership(this.#state, chat, operator));
  }

  addMembers(chatId: string, operator: string, openIds: string[]): void {
    const chat = this.#group(chatId);
    this.#state.saveChat({ ...chat, members: [...new Set([...chat.members, ...openIds])] });
    if (chat.hasBot)
      this.push('im.chat.member.user.added_v1', events.userMembership(this.#state, chat, operator, openIds));
  }

  removeMembers(chatId: string, operator: string, openIds: string[]): void {
    const chat = this.#group(chatId);
    this.#state.saveChat({ ...chat, members: chat.members.filter((member) => !openIds.includes(member)) });
    if (chat.hasBot)
      this.push('im.chat.member.user.deleted_v1', events.userMembership(this.#state, chat, operator, openIds));
  }

  disband(chatId: string, operator: string): void {
    const chat = this.#group(chatId);
    this.#state.saveChat({ ...chat, dissolved: true });
    if (chat.hasBot) this.push('im.chat.disbanded_v1', events.chatDisbanded(this.#state, chat, operator));
  }

  setChat(chatId: string, change: Pick<StoredChat, 'muted' | 'noThreads'>): void {
    this.#state.saveChat({ ...this.#group(chatId), ...change });
  }

  /** Another app's bot speaks: it takes from the group's 5 a second, and its message may reach the bot. */
  otherBotSays(chatId: string, text: string, times = 1): void {
    const chat = this.#group(chatId);
    for (let count = 0; count < times; count += 1) {
      this.#limits.take(`chat:${chatId}`, fivePerSecond);
      const message = this.#state.addMessage({
        messageId: newId('om'),
        chatId,
        sender: { kind: 'other-app', id: 'cli_ffffffffffffffff' },
        type: 'text',
        content: JSON.stringify({ text }),
        mentions: [],
        createdAt: this.#state.clock.ms(),
      });
      if (chat.hasBot && this.#state.scopes.has('im:message.group_msg')) {
        this.push('im.message.receive_v1', events.messageReceived(this.#state, chat, message));
      }
    }
  }

  /** Pushes any event, honest or not. */
  push(eventType: string, event: Record<string, unknown>, options?: PushOptions): void {
    this.#deliveries.enqueue(parcel(this.#state, eventType, event, options));
  }

  /** Pushes a message that was said before once more under another event_id. */
  pushAgain(messageId: string, options?: PushOptions): void {
    const message = this.#state.messages.get(messageId);
    const chat = message && this.#state.chats.get(message.chatId);
    if (!message || !chat) throw new Refusal(404, `no message ${messageId}`);
    this.push('im.message.receive_v1', events.messageReceived(this.#state, chat, message), options);
  }

  /** Sends the bytes of an earlier push again, old signature and all. Answers the HTTP status. */
  replay(old: PushRecord): Promise<number> {
    return this.#deliveries.replay(old);
  }

  /** The app hears only of people in its contact range. */
  #contact(eventType: string, user: User, event: Record<string, unknown>): void {
    if (inRange(this.#state, user)) this.push(eventType, event);
  }

  #group(chatId: string): StoredChat {
    const chat = this.#state.chats.get(chatId);
    if (!chat) throw new Refusal(404, `no chat ${chatId}`);
    return chat;
  }
}
