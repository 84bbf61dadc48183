/** The platform's side of encryption and signatures. Section numbers are those of the platform sheet. */
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

const keyOf = (encryptKey: string): Buffer => createHash('sha256').update(encryptKey, 'utf8').digest();

/** AES-256-CBC under SHA-256 of the key, `base64(iv || ciphertext)` (2.4). A fixed `iv` is for test vectors only. */
export function encrypt(encryptKey: string, plain: string, iv: Buffer = randomBytes(16)): string {
  const cipher = createCipheriv('aes-256-cbc', keyOf(encryptKey), iv);
  return Buffer.concat([iv, cipher.update(plain, 'utf8'), cipher.final()]).toString('base64');
}

export function decrypt(encryptKey: string, base64: string): string {
  const bytes = Buffer.from(base64, 'base64');
  const decipher = createDecipheriv('aes-256-cbc', keyOf(encryptKey), bytes.subarray(0, 16));
  return Buffer.concat([decipher.update(bytes.subarray(16)), decipher.final()]).toString('utf8');
}

/** `X-Lark-Signature`: SHA-256 over timestamp, nonce, key and the exact bytes of the body (2.5). */
export function sign(encryptKey: string, timestamp: string, nonce: string, body: string): string {
  return createHash('sha256')
    .update(timestamp + nonce + encryptKey, 'utf8')
    .update(body, 'utf8')
    .digest('hex');
}

/** Signature of the old card callback: SHA-1 with the verification token (5.5). */
export function signOldCallback(verificationToken: string, timestamp: string, nonce: string, body: string): string {
  return createHash('sha1')
    .update(timestamp + nonce + verificationToken + body, 'utf8')
    .digest('hex');
}
