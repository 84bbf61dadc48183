/** Carries one parcel to the bot, over HTTP or the long connection, and writes down how it went. */
import { envelope, type Parcel, wireBody } from '#playground/platform/push/envelope';
import type { LongConnection } from '#playground/platform/push/long-connection';
import { answerLimitMs, type PostResult, post } from '#playground/platform/push/post';
import type { WireRecord } from '#playground/platform/record';
import type { State } from '#playground/platform/state';

export class Courier {
  readonly state: State;
  readonly #record: WireRecord;
  readonly #long: LongConnection;

  constructor(state: State, record: WireRecord, long: LongConnection) {
    this.state = state;
    this.#record = record;
    this.#long = long;
  }

  /** Whether there is any way to the bot. */
  reaches(url: string | undefined): boolean {
    return Boolean(url) || this.#long.connections.length > 0;
  }

  /** One attempt; `status` 200 means that the bot took it within three seconds. Without a URL it goes over the long connection. */
  async carry(parcel: Parcel, url: string | undefined, attempt: number): Promise<PostResult> {
    const at = this.state.clock.now();
    const wire = url ? wireBody(this.state, parcel) : this.#frame(parcel);
    const result = url
      ? await post(this.state.clock, url, wire.body, wire.headers, answerLimitMs)
      : await this.#long.send(wire.body);
    const ok = result.status === 200;
    const { eventId, eventType } = parcel;
    this.#record.push({
      eventId,
      eventType,
      attempt,
      url: url || 'ws',
      rawBody: wire.body,
      headers: wire.headers,
      plain: wire.plain,
      status: result.status,
      response: result.text,
      ok,
      at,
    });
    this.#record.onWire({
      at: at.toISOString(),
      direction: 'to-bot',
      method: url ? 'POST' : 'WS',
      path: url ? pathOf(url) : '/callback/ws',
      request: wire.plain,
      requestHeaders: wire.headers,
      status: result.status,
      response: result.failure ?? readable(result.text),
      tookMs: result.tookMs,
      attempt,
      title: eventType,
      failed: !ok,
    });
    return result;
  }

  /** Over the long connection nothing is encrypted or signed, and the token is empty. */
  #frame(parcel: Parcel) {
    const plain = envelope(this.state, parcel, '');
    return { body: JSON.stringify(plain), headers: {}, plain };
  }
}

const pathOf = (url: string): string => (URL.canParse(url) ? new URL(url).pathname : url);

function readable(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
