import { z } from 'zod';
import { decrypt, isFresh, isSameSecret, isSigned, type SignatureHeaders, utf8 } from './verify.ts';

/** What proves that a delivery is from the platform and meant for this app. */
export interface Credentials {
  appId: string;
  encryptKey: string;
  verificationToken: string;
}

/** One event or callback, whichever schema and way it came. */
export interface Envelope {
  /** `header.event_id`, or `uuid` of the old schema; a redelivery carries the same. */
  eventId: string;
  type: string;
  createdAt: Date;
  appId: string;
  /** Empty when the event names none. */
  tenantKey: string;
  /** Verification token; empty on the long connection. */
  token: string;
  event: unknown;
}

export type Opened =
  | { kind: 'event'; envelope: Envelope }
  /** The console asks whether this address is ours: echo `challenge`, as plain JSON. */
  | { kind: 'challenge'; challenge: string }
  /** `reason` is for the log; the sender of a forgery learns only the status. */
  | { kind: 'refused'; status: 400 | 401; reason: string };

/** A challenge is a few hundred bytes; nothing larger is decrypted for somebody who has not signed. */
const MAX_CHALLENGE_BYTES = 4096;

const encrypted = z.object({ encrypt: z.string().min(1) });
/** Strict: a real event that merely carries `type: url_verification` is not a challenge. */
const challenge = z.strictObject({
  type: z.literal('url_verification'),
  token: z.string(),
  challenge: z.string().min(1).max(1000),
});
const moment = z.union([z.string().regex(/^\d+(\.\d+)?$/), z.number().nonnegative()]).transform(momentOf);
const text = z.string().min(1).max(200);

const current = z.object({
  schema: z.literal('2.0'),
  header: z.object({
    event_id: text,
    event_type: text,
    create_time: moment,
    token: z.string().default(''),
    app_id: z.string().default(''),
    tenant_key: z.string().default(''),
  }),
  event: z.unknown().optional(),
});
const old = z.object({
  type: z.literal('event_callback'),
  uuid: text,
  token: z.string().default(''),
  ts: moment,
  event: z.looseObject({ type: text, app_id: z.string().default(''), tenant_key: z.string().default('') }),
});

/**
 * Opens one delivery: signature over the raw bytes, freshness, decryption, verification token, app id, in this order.
 * Only a challenge may come unsigned; that it decrypts and knows the token is its proof.
 */
export function open(raw: Uint8Array, headers: SignatureHeaders, credentials: Credentials, now: Date): Opened {
  const unsigned = headers.timestamp === undefined && headers.nonce === undefined && headers.signature === undefined;
  if (unsigned) return openChallenge(raw, credentials);
  if (!isSigned(headers, raw, credentials.encryptKey)) return refused(401, 'signature');
  if (!isFresh(headers.timestamp, now)) return refused(401, 'timestamp');

  const outer = encrypted.safeParse(json(raw));
  if (!outer.success) return refused(400, 'body');
  const plain = decrypted(outer.data.encrypt, credentials.encryptKey);
  const asked = challengeIn(plain);
  if (asked) return echo(asked, credentials);
  const envelope = parseEnvelope(plain);
  if (!envelope) return refused(400, 'envelope');
  if (!isSameSecret(envelope.token, credentials.verificationToken)) return refused(401, 'token');
  if (envelope.appId !== credentials.appId) return refused(401, 'app');
  return { kind: 'event', envelope };
}

function openChallenge(raw: Uint8Array, credentials: Credentials): Opened {
  if (raw.length > MAX_CHALLENGE_BYTES) return refused(401, 'unsigned');
  const body = json(raw);
  if (body === undefined) return refused(400, 'body');
  const outer = encrypted.safeParse(body);
  if (!outer.success) return refused(401, 'unsigned');
  const asked = challengeIn(decrypted(outer.data.encrypt, credentials.encryptKey));
  return asked ? echo(asked, credentials) : refused(401, 'unsigned');
}

/** What does not even say that it is one is not held against its shape: to fail there takes longer than to decrypt. */
function challengeIn(plain: unknown): z.infer<typeof challenge> | undefined {
  const { type } = Object(plain) as { type?: unknown };
  return type === 'url_verification' ? challenge.safeParse(plain).data : undefined;
}

function echo(asked: z.infer<typeof challenge>, { verificationToken }: Credentials): Opened {
  if (!isSameSecret(asked.token, verificationToken)) return refused(401, 'token');
  return { kind: 'challenge', challenge: asked.challenge };
}

/** Reads either schema; `undefined` when it is neither. */
export function parseEnvelope(plain: unknown): Envelope | undefined {
  const now = current.safeParse(plain);
  if (now.success) {
    const { header, event } = now.data;
    return {
      eventId: header.event_id,
      type: header.event_type,
      createdAt: header.create_time,
      appId: header.app_id,
      tenantKey: header.tenant_key,
      token: header.token,
      event,
    };
  }
  const then = old.safeParse(plain);
  if (!then.success) return undefined;
  const { uuid, token, ts, event } = then.data;
  return {
    eventId: uuid,
    type: event.type,
    createdAt: ts,
    appId: event.app_id,
    tenantKey: event.tenant_key,
    token,
    event,
  };
}

/** The platform writes seconds (10 digits, perhaps with a fraction), milliseconds (13) and microseconds (16), as text or number. */
export function momentOf(value: string | number): Date {
  const number = Number(value);
  const digits = Math.trunc(number).toString().length;
  return new Date(Math.trunc(digits <= 11 ? number * 1000 : digits <= 14 ? number : number / 1000));
}

const refused = (status: 400 | 401, reason: string): Opened => ({ kind: 'refused', status, reason });

function json(raw: Uint8Array): unknown {
  try {
    return JSON.parse(utf8(raw));
  } catch {
    return undefined;
  }
}

function decrypted(cipher: string, key: string): unknown {
  try {
    return JSON.parse(decrypt(cipher, key));
  } catch {
    return undefined;
  }
}
