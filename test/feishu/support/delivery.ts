import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Credentials } from '#feishu/envelope';

export const credentials: Credentials = {
  appId: 'cli_9f5343c580712544',
  encryptKey: 'kudobuzz',
  verificationToken: 'v_token_1',
};
export const tenant = '2ca1d211f64f6438';
export const bot = 'ou_b0700000000000000000000000000b07';

// biome-ignore lint/suspicious/noExplicitAny: tests change payloads at will
export type Payload = any;

/** A payload of `test/fixtures/feishu`, fresh for each caller. */
export function fixture(name: string): Payload {
  return JSON.parse(readFileSync(new URL(`../../fixtures/feishu/${name}.json`, import.meta.url), 'utf8'));
}

export function encrypt(plain: string, key = credentials.encryptKey, iv = randomBytes(16)): string {
  const cipher = createCipheriv('aes-256-cbc', createHash('sha256').update(key).digest(), iv);
  return Buffer.concat([iv, cipher.update(plain, 'utf8'), cipher.final()]).toString('base64');
}

export function sign(
  timestamp: string,
  nonce: string,
  body: string | Uint8Array,
  key = credentials.encryptKey,
): string {
  return createHash('sha256')
    .update(timestamp + nonce + key)
    .update(body)
    .digest('hex');
}

export interface Delivery {
  body: string;
  headers: Record<string, string>;
}

/** Encrypts and signs a payload as the platform does; `body` replaces the encrypted text, and is signed as it is. */
export function deliver(payload: unknown, { at = new Date(), nonce = 'n0nce-1', body = '' } = {}): Delivery {
  const text = body || JSON.stringify({ encrypt: encrypt(JSON.stringify(payload)) });
  const timestamp = String(Math.floor(at.getTime() / 1000));
  return {
    body: text,
    headers: {
      'content-type': 'application/json;charset=utf-8',
      'x-lark-request-timestamp': timestamp,
      'x-lark-request-nonce': nonce,
      'x-lark-signature': sign(timestamp, nonce, text),
    },
  };
}
