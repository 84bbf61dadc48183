/**
 * The contract between the stand-in Feishu and its chat page: JSON under `/playground/api`, one server-sent event stream.
 * Types only, so that the page (browser) and the stand-in (Node) can both read it.
 *
 * | call | answers |
 * | --- | --- |
 * | `GET  /playground/api/world?as=OPEN_ID` | `World` as that person sees it; without `as` the first of the people |
 * | `GET  /playground/api/chats/:chatId/messages?as=OPEN_ID&before=MESSAGE_ID&limit=50` | `Message[]`, oldest first |
 * | `POST /playground/api/chats/:chatId/messages` | body `Say` → `Message` |
 * | `POST /playground/api/chats/bot/messages` | as above; opens the sender's private chat with the bot when there is none yet |
 * | `POST /playground/api/upload` | multipart `file`, `kind` = `image` or `file`, `as` → `{ key, name, size }` |
 * | `GET  /playground/api/resources/:key` | the bytes of an image or a file, with its type and name |
 * | `POST /playground/api/clicks` | body `Click` → `ClickOutcome` (what the client shows to the clicker) |
 * | `POST /playground/api/menu` | `{ as, eventKey }` → `{}`: the bot menu of the private chat |
 * | `POST /playground/api/enter` | `{ as }` → `Chat`: the private chat with the bot is opened, which the bot hears each time |
 * | `POST /playground/api/read` | `{ as, chatId }` → `{}`: all read; sends read events for the bot's private messages |
 * | `POST /playground/api/recall` | `{ as, messageId }` → `{}` |
 * | `GET  /playground/api/open?as=OPEN_ID&link=URL` | `Opened`: what a link of the platform's client opens for that person |
 * | `GET  /playground/api/wire?after=SEQ` | `WireEntry[]`, oldest first, at most 500 |
 * | `GET  /playground/api/faults`, `PUT …` | `Faults` |
 * | `POST /playground/api/clock` | body `ClockMove` → `{ now }` after everything due on the way has been done |
 * | `POST /playground/api/reset` | starts the demo over → `{}` |
 * | `GET  /playground/api/events?as=OPEN_ID` | SSE; each `data:` is a `PageEvent` |
 *
 * A refused call answers 4xx with `{ error: string }` in words for people.
 */

export interface Person {
  openId: string;
  name: string;
  /** What the page shows under the name: 跟单员 · 业务一部 */
  title: string;
  department: string;
  /** Colour of the round avatar, any CSS colour. */
  avatarColor: string;
  /** Firm of the demo that the person belongs to, to group the switcher: 吉旺服装 */
  firm: string;
  resigned: boolean;
}

export interface Chat {
  chatId: string;
  kind: 'group' | 'p2p';
  name: string;
  /** open_ids of the people in it; the bot is in every chat that it may read or write. */
  members: string[];
  hasBot: boolean;
  unread: number;
  /** One line for the chat list (a card's `config.summary`, else its title, else its first text). */
  preview: string;
  lastAt: string;
}

export interface World {
  /** The stand-in's clock, ISO 8601 with offset. */
  now: string;
  me: Person;
  people: Person[];
  chats: Chat[];
  bot: { openId: string; name: string };
  /** Slash commands that the bot registered through the Open API. */
  commands: SlashCommand[];
  /** The bot's custom menu of the private chat. */
  menu: { name: string; eventKey: string }[];
  faults: Faults;
  locale: 'zh_cn' | 'en_us';
  /** Text of the guided tour, if the demo has one. */
  tour: TourStep[];
  /** The demo is being set up: nothing can be done yet. `done` of `of` parts are there; `now` is then the day that is lived through. */
  setup?: { done: number; of: number } | undefined;
}

export interface SlashCommand {
  command: string;
  description: { zh_cn: string; en_us: string };
}

export interface TourStep {
  title: { zh_cn: string; en_us: string };
  text: { zh_cn: string; en_us: string };
  /** Person to be in this step. */
  as?: string;
  chatId?: string;
  /** Text that the page offers to type. */
  type?: string;
  /** Clock move that the page offers. */
  clock?: ClockMove['to'];
}

export interface Message {
  messageId: string;
  chatId: string;
  sender: { kind: 'user' | 'bot'; openId: string; name: string };
  at: string;
  editedAt?: string;
  type: 'text' | 'post' | 'image' | 'file' | 'audio' | 'media' | 'interactive';
  /** `content` of the Open API, parsed. For `interactive` the card JSON 2.0. */
  content: unknown;
  mentions: { key: string; openId: string; name: string }[];
  rootId?: string;
  parentId?: string;
  threadId?: string;
  recalled: boolean;
  /** Only one person sees it (ephemeral card). */
  onlyFor?: string;
  /** open_ids that have read it; for the bot's private messages. */
  readBy: string[];
}

/** A chat, and in it perhaps one message; `rootId` is the message that began the topic in which that stands. */
export interface Opened {
  chatId: string;
  messageId?: string;
  rootId?: string;
}

export interface Say {
  as: string;
  /** Mentions are written `<at id="ou_…"></at>`, everyone `<at id="all"></at>`; the stand-in turns them into `@_user_1`. */
  text?: string;
  image?: string;
  file?: { key: string; name: string };
  /** message_id that this one answers. */
  replyTo?: string;
  inThread?: boolean;
}

/** A click or a form submission exactly as the platform would report it (`event.action`, without token). */
export interface Click {
  as: string;
  messageId: string;
  action: {
    tag: string;
    name?: string;
    value?: unknown;
    option?: string;
    options?: string[];
    input_value?: string;
    checked?: boolean;
    form_value?: Record<string, unknown>;
    timezone?: string;
  };
}

export interface ClickOutcome {
  /** What the client shows as a toast, if the bot answered with one. */
  toast?: { type: 'info' | 'success' | 'warning' | 'error'; content: string };
  /** What the client shows when the callback failed: 200341 … */
  failure?: { code: number; text: string };
  /** The card changed in place (also pushed as `message`). */
  message?: Message;
}

export type ClockMove = {
  to: { hours: number } | { days: number } | 'next-working-day' | 'month-end' | 'next-month';
};

export interface Faults {
  /** Each event is pushed twice. */
  duplicate: boolean;
  /** Also pushes the same message with a different event_id. */
  duplicateMessage: boolean;
  /** Events of one second are pushed in random order. */
  reorder: boolean;
  /** Events arrive late by this many seconds of the stand-in's clock. */
  lateSeconds: number;
  /** Answers of the Open API take this long. */
  slowMs: number;
  /** Share of Open API calls whose connection is reset before the call is carried out, 0 to 1. */
  reset: number;
  /** Share of calls carried out whose answer is dropped. */
  dropAnswer: number;
  /** Share of calls answered 429 + 99991400. */
  rateLimited: number;
  /** Share of sends answered 230020. */
  chatLimited: number;
  /** Share of calls answered with an HTML error page and 502. */
  htmlError: number;
  /** Revokes all tokens once; reads back false. */
  revokeTokens: boolean;
}

export interface WireEntry {
  seq: number;
  at: string;
  direction: 'to-bot' | 'from-bot';
  method: string;
  path: string;
  /** Body in clear (decrypted), long ones shortened. */
  request: unknown;
  requestHeaders: Record<string, string>;
  status: number;
  response: unknown;
  tookMs: number;
  /** 1 for the first delivery of an event, 2… for retries; absent for API calls. */
  attempt?: number;
  /** In one phrase: "im.message.receive_v1", "send card to 业务一部跟单群", "card.action.trigger". */
  title: string;
  /** Of a message sent: to whom, and its line in the list of chats. */
  sent?: { to: string; shows: string };
  failed: boolean;
}

export type PageEvent =
  | { kind: 'message'; message: Message }
  | { kind: 'chat'; chat: Chat }
  | { kind: 'wire'; entry: WireEntry }
  | { kind: 'clock'; now: string }
  | { kind: 'world' };
