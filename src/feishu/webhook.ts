import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { HttpBindings } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import { faultOf, type Log } from '#bot/log';
import type { Clock } from './clock.ts';
import { type Credentials, open } from './envelope.ts';
import type { Intake } from './intake.ts';

const MAX_BODY_BYTES = 1024 * 1024;
const MAX_HEADERS = 100;
/** Between the last byte that we wrote and the platform's having understood it. */
const AFTER_ANSWER_MS = 300;

export interface WebhookOptions {
  credentials: Credentials;
  intake: Intake;
  clock: Clock;
  log: Log;
}

type Env = { Bindings: Partial<HttpBindings> };

/**
 * `POST /webhook/event` and `POST /webhook/card`; each takes both kinds, since the console may point both at one address.
 *
 * 200 only once what the event changed is durable; 401 with an empty body for whatever is not proven to be the platform's; 400 for what
 * cannot be read; 413 over 1 MB; 500 when the event could not be stored, so that the platform delivers it again.
 *
 * @throws when a credential is missing: without both secrets anybody could forge an event.
 */
export function webhookRoutes({ credentials, intake, clock, log }: WebhookOptions): Hono<Env> {
  for (const name of ['appId', 'encryptKey', 'verificationToken'] as const) {
    if (!credentials[name]) throw new Error(`webhooks need ${name}`);
  }

  async function handle(c: Context<Env>): Promise<Response> {
    const startedAt = clock.now();
    const { header, headers, read } = requestOf(c);
    if (headers > MAX_HEADERS) return c.body(null, 400);
    const raw = Number(header('content-length')) > MAX_BODY_BYTES ? undefined : await read();
    // the rest is not read, so the connection cannot be used again
    if (!raw) return c.body(null, 413, { connection: 'close' });

    const signature = {
      timestamp: header('x-lark-request-timestamp'),
      nonce: header('x-lark-request-nonce'),
      signature: header('x-lark-signature'),
    };
    const opened = open(raw, signature, credentials, startedAt);
    if (opened.kind === 'challenge') return c.json({ challenge: opened.challenge });
    if (opened.kind === 'refused') {
      log.warn({ reason: opened.reason, bytes: raw.length }, 'delivery refused');
      return c.body(null, opened.status);
    }
    const { envelope } = opened;
    try {
      const verdict = await intake.take(envelope, startedAt, () => answerLeft(c, clock));
      if (verdict.kind === 'taken') return c.json(verdict.body);
      return c.body(null, verdict.kind === 'foreign' ? 401 : 400);
    } catch (error) {
      log.error({ eventId: envelope.eventId, type: envelope.type, fault: faultOf(error) }, 'event not stored');
      return c.body(null, 500);
    }
  }

  return new Hono<Env>().post('/webhook/event', handle).post('/webhook/card', handle);
}

interface Read {
  header(name: string): string | undefined;
  headers: number;
  /** The body as it comes, whatever its announced length; `undefined` as soon as it is too long. A sender that hangs up gives what came. */
  read(): Promise<Uint8Array | undefined>;
}

/** Node's own request where there is one: to make a web request with its stream of it costs more than to open the event. */
function requestOf(c: Context<Env>): Read {
  const incoming = c.env?.incoming as IncomingMessage | undefined;
  if (!incoming) {
    const { headers } = c.req.raw;
    return {
      header: (name) => headers.get(name) ?? undefined,
      headers: [...headers].length,
      read: () => readStream(c.req.raw),
    };
  }
  return {
    header(name) {
      const value = incoming.headers[name];
      return Array.isArray(value) ? value.join(', ') : value;
    },
    headers: Object.keys(incoming.headers).length,
    read: () => readIncoming(incoming),
  };
}

function readIncoming(incoming: IncomingMessage): Promise<Uint8Array | undefined> {
  return new Promise((resolve) => {
    const chunks: Uint8Array[] = [];
    let length = 0;
    const onData = (chunk: Uint8Array) => {
      length += chunk.length;
      chunks.push(chunk);
      if (length <= MAX_BODY_BYTES) return;
      incoming.off('data', onData).pause();
      resolve(undefined);
    };
    const onEnd = () => resolve(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks));
    incoming.on('data', onData).once('end', onEnd).once('close', onEnd).once('error', onEnd);
  });
}

async function readStream(request: Request): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = request.body?.getReader();
  for (;;) {
    const next = await reader?.read().catch(() => undefined);
    if (!next?.value) break;
    length += next.value.length;
    if (length > MAX_BODY_BYTES) {
      await reader?.cancel().catch(() => undefined);
      return undefined;
    }
    chunks.push(next.value);
  }
  return Buffer.concat(chunks);
}

/** Resolves a moment after the answer of this request went out (or its connection was lost). */
async function answerLeft(c: Context<Env>, clock: Clock): Promise<void> {
  const outgoing = c.env?.outgoing;
  if (outgoing && !outgoing.writableFinished && !outgoing.destroyed) {
    const gone = new AbortController();
    await Promise.race([
      once(outgoing, 'finish', { signal: gone.signal }),
      once(outgoing, 'close', { signal: gone.signal }),
    ]).catch(() => undefined);
    gone.abort();
  }
  await clock.wait(AFTER_ANSWER_MS);
}
