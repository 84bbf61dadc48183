import { createDecipheriv, createHash, timingSafeEqual } from 'node:crypto';

/** Headers of one delivery, exactly as received; `undefined` where there was none. */
export interface SignatureHeaders {
  timestamp: string | undefined;
  nonce: string | undefined;
  signature: string | undefined;
}

const MINUTE = 60_000;
/** The platform's clock and ours may differ. */
const MAX_FUTURE_MS = 5 * MINUTE;
/**
 * The platform redelivers for about 7.1 hours, perhaps under the first timestamp. Whatever is accepted within this window is told
 * apart from a replay by its event id, which the inbox remembers much longer.
 */
const MAX_PAST_MS = 8 * 60 * MINUTE;

/**
 * Whether the platform signed these bytes: SHA-256 over timestamp, nonce, Encrypt Key and the body as it came over the wire.
 * Parsing and writing the body again would change it.
 */
export function isSigned({ timestamp, nonce, signature }: SignatureHeaders, raw: Uint8Array, key: string): boolean {
  if (timestamp === undefined || nonce === undefined || !signature || !/^[0-9a-f]{64}$/.test(signature)) return false;
  const expected = createHash('sha256').update(`${timestamp}${nonce}${key}`).update(raw).digest();
  return timingSafeEqual(expected, Buffer.from(signature, 'hex'));
}

/**
 * Whether a timestamp is ten digits of seconds within the accepted window. The form is strict because timestamp and nonce are hashed
 * without a separator: a digit moved from one to the other keeps the signature.
 */
export function isFresh(timestamp: string | undefined, now: Date): boolean {
  if (!timestamp || !/^\d{10}$/.test(timestamp)) return false;
  const age = now.getTime() - Number(timestamp) * 1000;
  return age >= -MAX_FUTURE_MS && age <= MAX_PAST_MS;
}

/** SHA-256 of secrets that every delivery is held against: the few of this installation, each computed once. */
const digests = new Map<string, Buffer>();
function digestOf(secret: string): Buffer {
  const known = digests.get(secret) ?? createHash('sha256').update(secret).digest();
  digests.set(secret, known);
  return known;
}

/** Compares two secrets in a time that depends on neither: both are hashed to the same length first. */
export function isSameSecret(given: string, expected: string): boolean {
  return timingSafeEqual(createHash('sha256').update(given).digest(), digestOf(expected));
}

/**
 * Decrypts base64(IV ‖ AES-256-CBC ciphertext) under SHA-256 of the Encrypt Key.
 *
 * @throws when it is not base64 of whole blocks, the padding is wrong or the result is not UTF-8.
 */
export function decrypt(encrypted: string, encryptKey: string): string {
  const bytes = Buffer.from(encrypted, 'base64');
  if (bytes.length < 32 || bytes.length % 16 !== 0) throw new Error('not a whole number of cipher blocks');
  const decipher = createDecipheriv('aes-256-cbc', digestOf(encryptKey), bytes.subarray(0, 16));
  return utf8(Buffer.concat([decipher.update(bytes.subarray(16)), decipher.final()]));
}

const strict = new TextDecoder('utf-8', { fatal: true });

/** @throws TypeError when the bytes are not UTF-8; a replacement character would change what was signed. */
export const utf8 = (bytes: Uint8Array): string => strict.decode(bytes);
