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

/** Entries of each list, and characters of bodies in it. */
const mostEntries = 5000;
const mostCharacters = 32 * 1024 * 1024;
/** Characters of one body in the wire panel. */
const longest = 4000;

export class WireRecord {
  readonly calls: CallRecord[] = [];
  readonly pushes: PushRecord[] = [];
  readonly codes: SeenCode[] = [];
  readonly wire: WireEntry[] = [];
  readonly #state: State;
  readonly #weights = new Map<unknown[], number>();
  #seq = 0;

  constructor(state: State) {
    this.#state = state;
  }

  call(entry: CallRecord): void {
    this.#add(this.calls, entry, entry.rawBody.length);
  }

  push(entry: PushRecord): void {
    this.#add(this.pushes, entry, entry.rawBody.length + entry.response.length);
  }

  seen(entry: SeenCode): void {
    this.#add(this.codes, entry, 0);
  }

  onWire(entry: Omit<WireEntry, 'seq'>): void {
    this.#seq += 1;
    const shown: WireEntry = {
      ...entry,
      seq: this.#seq,
      request: shorten(entry.request),
      response: shorten(entry.response),
    };
    this.#add(this.wire, shown, 0);
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

  /** Adds an entry; when a list has grown too long or too large, its older half is forgotten. */
  #add<T>(list: T[], entry: T, characters: number): void {
    const weight = (this.#weights.get(list) ?? 0) + characters;
    this.#weights.set(list, weight);
    list.push(entry);
    if (list.length <= mostEntries && weight <= mostCharacters) return;
    list.splice(0, Math.ceil(list.length / 2));
    this.#weights.set(list, weight / 2);
  }

  clear(): void {
    this.#weights.clear();
    for (const list of [this.calls, this.pushes, this.codes, this.wire]) list.length = 0;
  }
}

function shorten(value: unknown): unknown {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (text === undefined || text.length <= longest) return value;
  return `${text.slice(0, longest)} … (${text.length} characters)`;
}
