/** The way of every Open API call: recorded, misled by faults, authorised, counted, done, answered. */

import type { ServerResponse } from 'node:http';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { type Context, Hono } from 'hono';
import type { WireEntry } from '#playground/page-api';
import { Call, type Env, type Reply } from '#playground/platform/api/call';
import { ApiError, scopeError } from '#playground/platform/api/errors';
import { requireToken } from '#playground/platform/api/token';
import type { FaultBox, OneShot } from '#playground/platform/faults';
import { newLogId } from '#playground/platform/ids';
import { type Limits, tierFour } from '#playground/platform/limits';
import type { WireRecord } from '#playground/platform/record';
import type { State } from '#playground/platform/state';

export interface Endpoint {
  /** Short name for records, faults and limits: `send`, `patch`, `users` … */
  api: string;
  method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  path: string;
  /** Any one of them suffices; empty = none needed. */
  scopes: readonly string[];
  /** Without a token: only the token call itself. */
  open?: boolean;
  run(call: Call): Reply | Promise<Reply>;
  /** One phrase for the wire panel; absent = the short name. */
  title?(call: Call): string;
  /** What is sent to whom, for those who watch the clock move. */
  sent?(call: Call): WireEntry['sent'];
}

export interface Gate {
  state: State;
  faults: FaultBox;
  limits: Limits;
  record: WireRecord;
}

/** What will be sent; `undefined` = the connection is reset without an answer. */
interface Outcome {
  status: number;
  body: string | Buffer;
  headers: Record<string, string>;
}

export function openApi(gate: Gate, endpoints: readonly Endpoint[]): Hono<Env> {
  const app = new Hono<Env>();
  for (const endpoint of endpoints) {
    app.on(endpoint.method, endpoint.path, async (context) => {
      const call = new Call(context, Buffer.from(await context.req.arrayBuffer()));
      const started = performance.now();
      const outcome = await answer(gate, endpoint, call);
      note(gate, endpoint, call, outcome, performance.now() - started);
      return outcome ? send(context, outcome) : drop(context);
    });
  }
  app.all('*', (context) => context.text('404 page not found', 404));
  return app;
}

async function answer(gate: Gate, endpoint: Endpoint, call: Call): Promise<Outcome | undefined> {
  const fault = gate.faults.takeFor(endpoint.api) ?? chance(gate, endpoint);
  const slow = fault.slowMs ?? gate.faults.standing.slowMs;
  if (slow > 0) await gate.state.clock.wait(slow);
  if (fault.hold) await fault.hold;
  if (fault.drop === 'before') return undefined;
  if (fault.html) return { status: fault.html, body: errorPage(fault.html), headers: { 'content-type': 'text/html' } };
  if (fault.revoke) for (const [key] of gate.state.tokens.entries()) gate.state.tokens.delete(key);
  const outcome = await attempt(gate, endpoint, call, fault);
  if (fault.drop === 'after') return undefined;
  if (fault.truncate) return { ...outcome, body: outcome.body.subarray(0, outcome.body.length / 2) };
  return outcome;
}

async function attempt(
  gate: Gate,
  endpoint: Endpoint,
  call: Call,
  fault: OneShot,
): Promise<Outcome & { body: Buffer }> {
  const headers: Record<string, string> = {
    'x-tt-logid': newLogId(),
    'content-type': 'application/json; charset=utf-8',
  };
  const json = (status: number, body: unknown, more: Record<string, string> = {}) => ({
    status,
    body: Buffer.from(JSON.stringify(body)),
    headers: { ...headers, ...more },
  });
  try {
    if (fault.rateLimited !== undefined) throw rateLimited(gate, 100, fault.rateLimited);
    if (fault.code !== undefined) {
      throw new ApiError(fault.code, fault.msg ?? 'planted by the stand-in', fault.status ?? 400, {}, fault.headers);
    }
    if (!endpoint.open) {
      requireToken(gate.state, call.headers.authorization, gate.faults.switches.badTokenStatus);
      if (endpoint.scopes.length > 0 && !endpoint.scopes.some((scope) => gate.state.scopes.has(scope))) {
        throw scopeError(endpoint.scopes);
      }
    }
    const limit = gate.limits.take(endpoint.api, tierFour);
    if (limit) throw rateLimited(gate, limit.bound, Math.max(1, Math.ceil(limit.waitMs / 1000)));
    const reply = await endpoint.run(call);
    if ('bytes' in reply) return { status: 200, body: reply.bytes, headers: { ...headers, ...reply.headers } };
    if ('top' in reply) return json(200, { code: 0, msg: 'ok', ...reply.top });
    return json(200, { code: 0, msg: reply.msg ?? 'success', data: reply.data });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const extra = error.extra.error
      ? { ...error.extra, error: { ...(error.extra.error as object), log_id: headers['x-tt-logid'] } }
      : error.extra;
    return json(error.status, { code: error.code, msg: error.message, ...extra }, error.headers);
  }
}

function rateLimited(gate: Gate, bound: number, resetSeconds: number): ApiError {
  return new ApiError(
    99991400,
    'request trigger frequency limit',
    gate.faults.switches.rateLimitStatus,
    {},
    {
      'x-ogw-ratelimit-limit': String(bound),
      'x-ogw-ratelimit-reset': String(resetSeconds),
    },
  );
}

/** The standing faults, each by its share; drawn in a fixed order so that a seed repeats them. */
function chance({ faults }: Gate, endpoint: Endpoint): OneShot {
  const { standing } = faults;
  if (faults.happens(standing.reset)) return { drop: 'before' };
  if (faults.happens(standing.htmlError)) return { html: 502 };
  if (faults.happens(standing.rateLimited)) return { rateLimited: 1 };
  if ((endpoint.api === 'send' || endpoint.api === 'reply') && faults.happens(standing.chatLimited)) {
    return { code: 230020, msg: 'The message sending frequency of the chat exceeds the limit' };
  }
  if (faults.happens(standing.dropAnswer)) return { drop: 'after' };
  return {};
}

const errorPage = (status: number): string =>
  `<html><head><title>${status} Bad Gateway</title></head><body><center><h1>${status} Bad Gateway</h1></center></body></html>`;

function send(context: Context<Env>, outcome: Outcome): Response {
  const body = typeof outcome.body === 'string' ? outcome.body : new Uint8Array(outcome.body);
  return context.body(body, outcome.status as 200, outcome.headers);
}

/** Resets the TCP connection. In a test without a socket the nearest thing is an empty 502. */
function drop(context: Context<Env>): Response {
  const socket = (context.env?.outgoing as ServerResponse | undefined)?.socket;
  if (!socket) return context.body(null, 502);
  socket.resetAndDestroy();
  return RESPONSE_ALREADY_SENT;
}

function note(gate: Gate, endpoint: Endpoint, call: Call, outcome: Outcome | undefined, tookMs: number): void {
  const multipart = call.headers['content-type']?.startsWith('multipart/') ?? false;
  const rawBody = multipart ? `(${call.raw.length} bytes, multipart)` : call.raw.toString('utf8');
  const response = outcome ? parsed(outcome) : undefined;
  const code = (response as { code?: unknown } | undefined)?.code;
  const at = gate.state.clock.now();
  gate.record.call({
    api: endpoint.api,
    method: call.method,
    path: call.path,
    headers: call.headers,
    rawBody,
    status: outcome?.status ?? 0,
    code: typeof code === 'number' ? code : -1,
    response,
    at,
  });
  const sent = endpoint.sent?.(call);
  gate.record.onWire({
    at: at.toISOString(),
    direction: 'from-bot',
    method: call.method,
    path: call.path,
    request: endpoint.open ? '(credentials)' : readable(rawBody),
    requestHeaders: withoutSecrets(call.headers),
    status: outcome?.status ?? 0,
    response: endpoint.open ? withoutToken(response) : (response ?? '(connection reset)'),
    tookMs: Math.round(tookMs),
    title: endpoint.title?.(call) ?? endpoint.api,
    ...(sent && { sent }),
    failed: !outcome || outcome.status >= 400 || (typeof code === 'number' && code !== 0),
  });
}

function parsed({ body, headers }: Outcome): unknown {
  if (!headers['content-type']?.startsWith('application/json')) return `(${body.length} bytes)`;
  return readable(body.toString());
}

function readable(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch {
    return source;
  }
}

function withoutToken(response: unknown): unknown {
  const { tenant_access_token: token, ...rest } = { ...(response as { tenant_access_token?: string }) };
  return token ? { ...rest, tenant_access_token: `${token.slice(0, 5)}…` } : (response ?? '(connection reset)');
}

function withoutSecrets(headers: Record<string, string>): Record<string, string> {
  const { authorization, ...rest } = headers;
  return authorization ? { ...rest, authorization: `${authorization.slice(0, 12)}…` } : rest;
}
