/** What people do in their clients: speak, click, press the menu, open a chat, read, recall. */
import type { Click, ClickOutcome, Say } from '#playground/page-api';
import { isNode } from '#playground/platform/cards/reading';
import { newId } from '#playground/platform/ids';
import type { StoredChat, StoredMention, StoredMessage } from '#playground/platform/model';
import type { Callbacks } from '#playground/platform/push/callbacks';
import type { Deliveries } from '#playground/platform/push/deliveries';
import { type PushOptions, parcel } from '#playground/platform/push/envelope';
import * as events from '#playground/platform/push/events';
import { Refusal } from '#playground/platform/refusal';
import type { State, User } from '#playground/platform/state';

export class People {
  readonly #state: State;
  readonly #deliveries: Deliveries;
  readonly #callbacks: Callbacks;

  constructor(state: State, deliveries: Deliveries, callbacks: Callbacks) {
    this.#state = state;
    this.#deliveries = deliveries;
    this.#callbacks = callbacks;
  }

  person(openId: string): User {
    const user = this.#state.user(openId);
    if (!user) throw new Refusal(404, `没有这个人：${openId}`);
    if (user.resigned) throw new Refusal(403, `${user.name}已经离职，不能再操作`);
    return user;
  }

  /** The chat as a member sees it; `bot` stands for the private chat with the bot. */
  chat(openId: string, chatId: string): StoredChat {
    this.person(openId);
    if (chatId === 'bot') {
      if (this.#state.user(openId)?.available === false) throw new Refusal(403, '你不在机器人的可用范围内');
      return this.#state.openP2p(openId);
    }
    const chat = this.#state.chats.get(chatId);
    if (!chat) throw new Refusal(404, '没有这个会话');
    if (!chat.members.includes(openId)) throw new Refusal(403, '你不在这个会话里');
    return chat;
  }

  /** Sends what somebody typed. The event goes out at once; its answer is not waited for. */
  say(chatId: string, say: Say, options?: PushOptions): StoredMessage {
    const state = this.#state;
    const chat = this.chat(say.as, chatId);
    if (chat.dissolved) throw new Refusal(403, '群已解散');
    const place = this.#place(chat, say);
    const { type, content, mentions } = this.#content(say);
    const message = state.addMessage({
      messageId: newId('om'),
      chatId: chat.chatId,
      sender: { kind: 'user', id: say.as },
      type,
      content,
      mentions,
      createdAt: state.clock.ms(),
      ...place,
    });
    this.#seen(chat, say.as);
    if (this.#botHears(chat, mentions)) {
      this.#deliveries.enqueue(
        parcel(state, 'im.message.receive_v1', events.messageReceived(state, chat, message), options),
      );
    }
    return message;
  }

  async click(click: Click, options?: PushOptions): Promise<ClickOutcome & { stored?: StoredMessage }> {
    const message = this.#visible(click.as, click.messageId);
    if (message.type !== 'interactive') throw new Refusal(400, '这条消息不是卡片');
    if (message.recalledAt !== undefined) throw new Refusal(400, '这条消息已撤回');
    const contentBefore = message.content;
    const personalBefore = message.personal?.[click.as];
    const outcome = await this.#callbacks.click(message, click.as, { ...click.action }, options);
    const changed = message.content !== contentBefore || message.personal?.[click.as] !== personalBefore;
    return changed ? { ...outcome, stored: message } : outcome;
  }

  menu(openId: string, eventKey: string): void {
    const chat = this.chat(openId, 'bot');
    if (!this.#state.seed.menu.some((item) => item.eventKey === eventKey)) throw new Refusal(404, '菜单里没有这一项');
    this.#state.hub.emit({ kind: 'chat', chatId: chat.chatId });
    this.#deliveries.enqueue(
      parcel(this.#state, 'application.bot.menu_v6', events.menuPressed(this.#state, openId, eventKey)),
    );
  }

  /** Opens the private chat with the bot; the platform reports each time. */
  enter(openId: string): StoredChat {
    const chat = this.chat(openId, 'bot');
    const type = 'im.chat.access_event.bot_p2p_chat_entered_v1';
    this.#deliveries.enqueue(parcel(this.#state, type, events.p2pEntered(this.#state, chat, openId)));
    return chat;
  }

  /** Everything in the chat is read; the bot hears of its own messages in the private chat. */
  read(openId: string, chatId: string): void {
    const chat = this.chat(openId, chatId);
    const fresh = this.#state
      .messagesIn(chat.chatId)
      .filter(
        (message) => message.sender.kind === 'app' && !(openId in message.readBy) && message.recalledAt === undefined,
      );
    for (const message of chat.kind === 'p2p' ? fresh : []) {
      message.readBy[openId] = this.#state.clock.ms();
      this.#state.saveMessage(message);
    }
    this.#seen(chat, openId);
    if (chat.kind === 'p2p' && fresh.length > 0) {
      const ids = fresh.map((message) => message.messageId);
      this.#deliveries.enqueue(
        parcel(this.#state, 'im.message.message_read_v1', events.messagesRead(this.#state, openId, ids)),
      );
    }
  }

  recall(openId: string, messageId: string): void {
    const message = this.#visible(openId, messageId);
    if (message.sender.id !== openId) throw new Refusal(403, '只能撤回自己的消息');
    if (message.recalledAt !== undefined) return;
    message.recalledAt = this.#state.clock.ms();
    this.#state.saveMessage(message);
    this.#state.hub.emit({ kind: 'chat', chatId: message.chatId });
    if (this.#state.chats.get(message.chatId)?.hasBot) {
      this.#deliveries.enqueue(parcel(this.#state, 'im.message.recalled_v1', events.recalled(message)));
    }
  }

  react(openId: string, messageId: string, emoji: string): void {
    this.#visible(openId, messageId);
    const type = 'im.message.reaction.created_v1';
    this.#deliveries.enqueue(parcel(this.#state, type, events.reaction(this.#state, messageId, openId, emoji)));
  }

  #visible(openId: string, messageId: string): StoredMessage {
    const message = this.#state.messages.get(messageId);
    if (!message || (message.onlyFor && message.onlyFor !== openId)) throw new Refusal(404, '没有这条消息');
    this.chat(openId, message.chatId);
    return message;
  }

  /** Root, parent and thread of a reply. Inside a thread the parent is the root, as the platform reports it. */
  #place(chat: StoredChat, say: Say): Partial<StoredMessage> {
    if (!say.replyTo) return {};
    const target = this.#visible(say.as, say.replyTo);
    if (target.chatId !== chat.chatId) throw new Refusal(400, '要回复的消息不在这个会话里');
    const root = target.rootId ? (this.#state.messages.get(target.rootId) ?? target) : target;
    const inThread = say.inThread === true || target.threadId !== undefined;
    if (!inThread) return { rootId: root.messageId, parentId: target.messageId };
    const threadId = root.threadId ?? newId('omt');
    if (!root.threadId) this.#state.saveMessage(Object.assign(root, { threadId }));
    return { rootId: root.messageId, parentId: root.messageId, threadId };
  }

  #content(say: Say): Pick<StoredMessage, 'type' | 'content' | 'mentions'> {
    const { text, mentions } = this.#mentions(say.text ?? '');
    if (say.image) {
      this.#ownResource(say.image, 'image');
      if (!text) return { type: 'image', content: JSON.stringify({ image_key: say.image }), mentions: [] };
      const content = { title: '', content: [[{ tag: 'img', image_key: say.image }], postLine(text, mentions)] };
      return { type: 'post', content: JSON.stringify(content), mentions };
    }
    if (say.file) {
      if (text.trim() !== '') throw new Refusal(400, '文件和文字请分开发送');
      this.#ownResource(say.file.key, 'file');
      const video = /\.mp4$/i.test(say.file.name);
      const content = {
        file_key: say.file.key,
        ...(video ? { image_key: '', duration: 0 } : {}),
        file_name: say.file.name,
      };
      return { type: video ? 'media' : 'file', content: JSON.stringify(content), mentions: [] };
    }
    if (text.trim() === '') throw new Refusal(400, '消息是空的');
    return { type: 'text', content: JSON.stringify({ text }), mentions };
  }

  #ownResource(key: string, kind: 'image' | 'file'): void {
    if (this.#state.resources.get(key)?.kind !== kind) throw new Refusal(400, '没有这个附件，请重新上传');
  }

  /** `<at id="ou_…"></at>` as typed in the page becomes `@_user_1`, everyone `@_all`. */
  #mentions(typed: string): { text: string; mentions: StoredMention[] } {
    const mentions: StoredMention[] = [];
    let people = 0;
    const text = typed.replace(/<at id="([^"]+)"><\/at>/g, (_, openId: string) => {
      if (openId === 'all') {
        mentions.push({ key: '@_all', openId: 'all', name: '所有人' });
        return '@_all';
      }
      if (openId !== this.#state.botOpenId && !this.#state.user(openId))
        throw new Refusal(400, `提到的人不存在：${openId}`);
      people += 1;
      const key = `@_user_${people}`;
      mentions.push({ key, openId, name: this.#state.nameOf(openId) });
      return key;
    });
    return { text, mentions };
  }

  /** Private chats by one scope; groups when the bot is mentioned, or always with `im:message.group_msg` (9.14). */
  #botHears(chat: StoredChat, mentions: readonly StoredMention[]): boolean {
    if (!chat.hasBot) return false;
    const granted = (...scopes: string[]) => scopes.some((scope) => this.#state.scopes.has(scope));
    if (chat.kind === 'p2p') return granted('im:message.p2p_msg:readonly', 'im:message.p2p_msg');
    if (granted('im:message.group_msg', 'im:message.group_msg:readonly')) return true;
    const mentioned = mentions.some((mention) => mention.openId === this.#state.botOpenId);
    return mentioned && granted('im:message.group_at_msg:readonly', 'im:message.group_at_msg');
  }

  #seen(chat: StoredChat, openId: string): void {
    const last = this.#state.messagesIn(chat.chatId).at(-1);
    if (!last || (chat.readUpTo[openId] ?? 0) >= last.seq) return;
    chat.readUpTo[openId] = last.seq;
    this.#state.saveChat(chat);
  }
}

/** A line of a post: texts and the people mentioned between them. */
function postLine(text: string, mentions: readonly StoredMention[]): unknown[] {
  return text
    .split(/(@_user_\d+|@_all)/)
    .filter((piece) => piece !== '')
    .map((piece) => {
      const mention = mentions.find((one) => one.key === piece);
      return mention ? { tag: 'at', user_id: piece, user_name: mention.name } : { tag: 'text', text: piece, style: [] };
    });
}

/** The button of a card that a person would press: by its label, its name, or its callback value. */
export function findControl(card: unknown, wanted: string): Record<string, unknown> | undefined {
  if (Array.isArray(card)) {
    for (const child of card) {
      const found = findControl(child, wanted);
      if (found) return found;
    }
    return undefined;
  }
  if (!isNode(card)) return undefined;
  const label = isNode(card.text) ? card.text.content : undefined;
  if (typeof card.tag === 'string' && card.tag === 'button' && (card.name === wanted || label === wanted)) return card;
  return findControl(Object.values(card), wanted);
}
