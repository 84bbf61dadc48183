/**
 * What reaches the bot, whoever brought it: the webhook, the long connection, the console or the clock.
 * The edge turns the platform's field names into these; nothing further in sees them.
 */

/** A person as the platform names them in an event: signed by the platform, so it may be believed. */
export interface Sender {
  openId: string;
  unionId?: string;
  userId?: string;
}

export interface Mention {
  /** Placeholder in the text: `@_user_1`. */
  key: string;
  openId?: string;
  name: string;
}

interface Delivered {
  /** Unique for each event; a redelivery carries the same. */
  eventId: string;
  /** When it happened, by the platform's clock (not when it arrived). */
  at: Date;
}

export interface IncomingMessage extends Delivered {
  kind: 'message';
  sender: Sender;
  chat: { id: string; kind: 'group' | 'private' };
  messageId: string;
  parentId?: string;
  rootId?: string;
  threadId?: string;
  /** Plain text of a text or rich-text message, with the mention placeholders in it; absent for other types. */
  text?: string;
  mentions: Mention[];
  /** The bot itself is among the mentions. */
  toBot: boolean;
  /** Files and pictures that came with it. */
  attachments: { type: 'image' | 'file'; key: string; name: string }[];
  /** The platform's own type, for an honest "I cannot read that": `audio`, `sticker` … */
  messageType: string;
}

export interface IncomingClick extends Delivered {
  kind: 'click';
  /** The signed operator. Nothing else in the payload says who clicked. */
  operator: Sender;
  chatId: string;
  messageId: string;
  /** Update credential of this click (`c-…`): 30 minutes, two uses, only after the answer. */
  token: string;
  action: {
    tag: string;
    name?: string;
    value?: unknown;
    option?: string;
    options?: string[];
    inputValue?: string;
    checked?: boolean;
    formValue?: Record<string, unknown>;
  };
}

export interface IncomingMenu extends Delivered {
  kind: 'menu';
  operator: Sender;
  /** `event_key` of the menu item: a command line without the slash, e.g. `order list`. */
  key: string;
}

export interface IncomingEntered extends Delivered {
  kind: 'entered';
  operator: Sender;
  chatId: string;
  /** Nothing was ever said in this private chat. */
  first: boolean;
}

export interface IncomingChat extends Delivered {
  kind: 'chat';
  change: 'bot-added' | 'bot-removed' | 'disbanded';
  chatId: string;
  name?: string;
}

export interface IncomingRecall extends Delivered {
  kind: 'recalled';
  messageId: string;
  chatId: string;
}

export interface IncomingRead extends Delivered {
  kind: 'read';
  reader: Sender;
  messageIds: string[];
}

/** Somebody joined, changed or left in the company directory. */
export interface IncomingPerson extends Delivered {
  kind: 'person';
  change: 'joined' | 'changed' | 'left';
  openId: string;
  name?: string;
}

export type Incoming =
  | IncomingMessage
  | IncomingClick
  | IncomingMenu
  | IncomingEntered
  | IncomingChat
  | IncomingRecall
  | IncomingRead
  | IncomingPerson;

/** What the platform must be told at once; only clicks have anything to show. */
export interface Answer {
  toast?: { tone: 'info' | 'success' | 'warning' | 'error'; zh: string; en: string };
  /** Card JSON 2.0 that takes the place of the clicked card, for everybody who sees it. */
  card?: object;
}

/**
 * Takes one event: when it returns, the event and everything it changed are durable, and it may be acknowledged.
 *
 * @throws when nothing was stored and the platform should deliver it again (database away, lock not had in time).
 */
export type Receive = (incoming: Incoming) => Promise<Answer>;
