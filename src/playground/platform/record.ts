/** What went over the wire and what people saw, for assertions and for the page's panel. The oldest entries are forgotten. */
import type { WireEntry } from '#playground/page-api';
import type { State } from '#playground/platform/state';

/** One call of the Open API. */
export interface CallRecord {
  api: string;
  method: string;
  path: string;
  headers: Record<string, string>;
  /** Text of the body as received; multipart bodies only by their size. */
  rawBody: string;
  /** 0 when the connection was dropped. */
  status: number;
  /** `code` of the answer; -1 when it had none. */
  code: number;
  response: unknown;
  at: Date;
}

/** One attempt to deliver an event or a callback. */
export interface PushRecord {
  eventId: string;
  eventType: string;
  /** From 1. */
  attempt: number;
  url: string;
  rawBody: string;
  headers: Record<string, string>;
  /** Body in clear. */
  plain: unknown;
  /** 0 when no HTTP answer came. */
  status: number;
  response: string;
  ok: boolean;
  at: Date;
}

/** An error that a client showed to a person. */
export interface SeenCode {
  openId: string;
  messageId: string;
  code: number;
  text: string;
  at: Date;
}

const keep = 5000;
const longest = 4000;

export class WireRecord {
  readonly calls: CallRecord[] = [];
  readonly pushes: PushRecord[] = [];
  readonly codes: SeenCode[] = [];
  readonly wire: WireEntry[] = [];
  readonly #state: State;
  #seq = 0;

  constructor(state: State) {
    this.#state = state;
  }

  call(entry: CallRecord): void {
    add(this.calls, entry);
  }

  push(entry: PushRecord): void {
    add(this.pushes, entry);
  }

  seen(entry: SeenCode): void {
    add(this.codes, entry);
  }

  onWire(entry: Omit<WireEntry, 'seq'>): void {
    this.#seq += 1;
    const shown: WireEntry = {
      ...entry,
      seq: this.#seq,
      request: shorten(entry.request),
      response: shorten(entry.response),
    };
    add(this.wire, shown);
    this.#state.hub.emit({ kind: 'wire', entry: shown });
  }

  /** Calls of one API, oldest first: `callsOf('send')`. */
  callsOf(api: string): CallRecord[] {
    return this.calls.filter((call) => call.api === api);
  }

  pushesOf(eventType: string): PushRecord[] {
    return this.pushes.filter((push) => push.eventType === eventType);
  }

  /** The chat as one line a happening, with edits, recalls and who saw what was private. */
  transcript(chatId: string): string[] {
    const state = this.#state;
    const happenings: { at: number; line: string }[] = [];
    for (const message of state.messagesIn(chatId)) {
      const who = message.sender.kind === 'user' ? state.nameOf(message.sender.id) : state.app.botName;
      const only = message.onlyFor ? ` (only ${state.nameOf(message.onlyFor)})` : '';
      const versions = [...message.history.map((old) => old.content), message.content];
      happenings.push({ at: message.createdAt, line: `${who}${only}: ${versions[0]}` });
      message.history.forEach((old, index) => {
        happenings.push({ at: old.at, line: `${who} ${old.how} ${message.messageId}: ${versions[index + 1]}` });
      });
      if (message.recalledAt) happenings.push({ at: message.recalledAt, line: `${who} recalled ${message.messageId}` });
    }
    return happenings.sort((a, b) => a.at - b.at).map((happening) => happening.line);
  }

  clear(): void {
    for (const list of [this.calls, this.pushes, this.codes, this.wire]) list.length = 0;
  }
}

function add<T>(list: T[], entry: T): void {
  list.push(entry);
  if (list.length > keep) list.splice(0, list.length - keep);
}

function shorten(value: unknown): unknown {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (text === undefined || text.length <= longest) return value;
  return `${text.slice(0, longest)} … (${text.length} characters)`;
}
