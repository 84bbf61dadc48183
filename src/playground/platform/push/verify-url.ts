/** The check of a request URL that the console makes on saving (2.1): unsigned, one second, the challenge echoed in clear. */
import { randomUUID } from 'node:crypto';
import { encrypt } from '#playground/platform/crypto';
import { post } from '#playground/platform/push/post';
import type { WireRecord } from '#playground/platform/record';
import type { State } from '#playground/platform/state';

const limitMs = 1000;

export type UrlVerdict = { ok: true } | { ok: false; reason: string };

/** `how` defaults to encrypted when the app has an Encrypt Key. */
export async function verifyUrl(
  state: State,
  record: WireRecord,
  url: string,
  how?: 'plain' | 'encrypted',
): Promise<UrlVerdict> {
  const { encryptKey, verificationToken } = state.app;
  const challenge = randomUUID();
  const plain = { challenge, token: verificationToken, type: 'url_verification' };
  const encrypted = (how ?? (encryptKey ? 'encrypted' : 'plain')) === 'encrypted';
  const body = JSON.stringify(encrypted ? { encrypt: encrypt(encryptKey ?? '', JSON.stringify(plain)) } : plain);
  const headers = { 'content-type': 'application/json;charset=utf-8' };
  const result = await post(state.clock, url, body, headers, limitMs);
  const verdict = judge(result, challenge);
  const at = state.clock.now();
  const eventType = 'url_verification';
  record.push({
    eventId: challenge,
    eventType,
    attempt: 1,
    url,
    rawBody: body,
    headers,
    plain,
    status: result.status,
    response: result.text,
    ok: verdict.ok,
    at,
  });
  return verdict;
}

function judge(result: { status: number; text: string; failure?: string }, challenge: string): UrlVerdict {
  if (result.failure) return { ok: false, reason: `Challenge code 没有返回 (${result.failure})` };
  if (result.status !== 200) return { ok: false, reason: `Challenge code 没有返回 (HTTP ${result.status})` };
  try {
    const answer = JSON.parse(result.text) as { challenge?: unknown };
    if (answer.challenge === challenge) return { ok: true };
  } catch {
    return { ok: false, reason: 'Challenge code 没有返回 (the answer is not JSON)' };
  }
  return { ok: false, reason: 'Challenge code 没有返回 (another challenge came back)' };
}
