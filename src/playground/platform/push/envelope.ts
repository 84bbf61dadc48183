/** The envelopes of events and callbacks, and the bytes that go over the wire (2.2 to 2.5). */
import { randomBytes } from 'node:crypto';
import { encrypt, sign } from '#playground/platform/crypto';
import { newEventId } from '#playground/platform/ids';
import type { State } from '#playground/platform/state';

/** How a push deviates from an honest one. */
export interface PushOptions {
  wrongSignature?: boolean;
  /** Without signature headers although an Encrypt Key is set. */
  unsigned?: boolean;
  wrongToken?: boolean;
  appId?: string;
  tenantKey?: string;
  /** The body has blanks that no serialiser would put there; its signature is right. */
  spaced?: boolean;
  /** Schema 1.0 envelope. */
  oldEnvelope?: boolean;
  /** In clear although an Encrypt Key is set; signed. */
  plain?: boolean;
}

export interface Parcel {
  eventId: string;
  eventType: string;
  /** Milliseconds of the stand-in's clock at which it happened. */
  createdAt: number;
  event: Record<string, unknown>;
  options?: PushOptions;
}

export interface WireBody {
  body: string;
  headers: Record<string, string>;
  /** The envelope in clear. */
  plain: unknown;
}

export function parcel(state: State, eventType: string, event: Record<string, unknown>, options?: PushOptions): Parcel {
  return { eventId: newEventId(), eventType, createdAt: state.clock.ms(), event, ...(options ? { options } : {}) };
}

/** The envelope; `token` is empty over the long connection. */
export function envelope(state: State, one: Parcel, token: string): Record<string, unknown> {
  const { options = {} } = one;
  const app_id = options.appId ?? state.app.appId;
  const tenant_key = options.tenantKey ?? state.seed.tenantKey;
  if (options.oldEnvelope) {
    return {
      ts: (one.createdAt / 1000).toFixed(7),
      uuid: one.eventId,
      token,
      type: 'event_callback',
      event: { ...one.event, type: one.eventType, app_id, tenant_key },
    };
  }
  const micro = one.eventType === 'card.action.trigger';
  return {
    schema: '2.0',
    header: {
      event_id: one.eventId,
      token,
      create_time: micro ? `${one.createdAt}000` : String(one.createdAt),
      event_type: one.eventType,
      tenant_key,
      app_id,
    },
    event: one.event,
  };
}

/** Body and headers of one delivery, with fresh IV, nonce and timestamp. */
export function wireBody(state: State, one: Parcel): WireBody {
  const { options = {} } = one;
  const plain = envelope(state, one, options.wrongToken ? 'wrong-token' : state.app.verificationToken);
  const { encryptKey } = state.app;
  const content = encryptKey && !options.plain ? { encrypt: encrypt(encryptKey, JSON.stringify(plain)) } : plain;
  const body = options.spaced ? JSON.stringify(content, null, 2) : JSON.stringify(content);
  const headers: Record<string, string> = { 'content-type': 'application/json;charset=utf-8' };
  if (encryptKey && !options.unsigned) {
    const timestamp = String(Math.floor(state.clock.ms() / 1000));
    const nonce = randomBytes(8).toString('hex');
    headers['x-lark-request-timestamp'] = timestamp;
    headers['x-lark-request-nonce'] = nonce;
    headers['x-lark-signature'] = options.wrongSignature ? '0'.repeat(64) : sign(encryptKey, timestamp, nonce, body);
  }
  return { body, headers, plain };
}
