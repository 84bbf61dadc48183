import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import axios from 'axios';
import { z } from 'zod';
import type { Log } from '#bot/log';
import { ApiError, connectionError, errorIn, isTokenRefused, type RawAnswer } from './api-error.ts';
import type { Clock } from './clock.ts';
import { redactingLogger } from './redact.ts';
import { Client, DefaultCache, withTenantToken } from './sdk.ts';
import { tokenSource } from './token.ts';

export interface TransportOptions {
  appId: string;
  appSecret: string;
  /** `feishu`, `lark` or a base URL. */
  domain: string;
  now: Clock['now'];
  log: Log;
  /** Longest that one request may take as a whole, in ms; default 10 s, 60 s for files. */
  timeoutMs?: number;
  fileTimeoutMs?: number;
}

export interface Call {
  /** For the log: which API, without ids. */
  api: string;
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Below `/open-apis`; ids are put in by `path`. */
  path: string;
  query?: Record<string, string | number | boolean | string[] | undefined>;
  body?: object;
  /** Sent as multipart/form-data instead of `body`. */
  form?: Record<string, string | Uint8Array>;
}

export interface Transport {
  /**
   * One call, its answer read by `shape`. A refused token is replaced and the call repeated once; nothing else is repeated.
   *
   * @throws ApiError whatever goes wrong.
   */
  call<T>(call: Call, shape: z.ZodType<T>): Promise<T>;
  /** The bytes of a file. @throws ApiError; `give-up` when there are more than `maxBytes`. */
  download(call: Call, maxBytes: number): Promise<{ bytes: Buffer; contentType?: string }>;
  /** Closes idle connections. */
  close(): void;
}

const DOMAINS: Record<string, string> = { feishu: 'https://open.feishu.cn', lark: 'https://open.larksuite.com' };
/** An answer of the Open API is JSON and never near this. */
const MAX_JSON_BYTES = 20 * 1024 * 1024;

const issued = z.object({ tenant_access_token: z.string().min(1), expire: z.number().positive() });

/** Puts ids into a path: path`/im/v1/messages/${id}`. */
export const path = (parts: TemplateStringsArray, ...ids: string[]): string =>
  String.raw({ raw: parts }, ...ids.map(encodeURIComponent));

/** Base URL of the platform, without a slash at its end. */
export const baseUrl = (domain: string): string => (DOMAINS[domain] ?? domain).replace(/\/+$/, '');

/**
 * The way to the Open API: the official client for addresses and headers; time limits, tokens and errors by us, since it has no
 * time-out, requests one token per parallel call, keeps a revoked one for hours and reports errors in four different ways.
 */
export function createTransport(options: TransportOptions): Transport {
  const { appId, appSecret, domain, now, log, timeoutMs = 10_000, fileTimeoutMs = 60_000 } = options;
  const httpAgent = new HttpAgent({ keepAlive: true });
  const httpsAgent = new HttpsAgent({ keepAlive: true });
  const http = axios.create({
    httpAgent,
    httpsAgent,
    maxRedirects: 0,
    maxContentLength: MAX_JSON_BYTES,
    maxBodyLength: 100 * 1024 * 1024,
    validateStatus: () => true,
  });
  // the client hands on what this returns, whole, so that status and headers are not lost
  http.interceptors.response.use(({ status, headers, data }) => ({ status, headers, data }) as never);
  const client = new Client({
    appId,
    appSecret,
    domain: baseUrl(domain),
    httpInstance: http as never,
    cache: new DefaultCache(),
    disableTokenCache: true,
    logger: redactingLogger(log, [appSecret]),
  });

  async function ask(call: Call, token: string | undefined, download?: { maxBytes: number }): Promise<RawAnswer> {
    const limitMs = call.form || download ? fileTimeoutMs : timeoutMs;
    try {
      return await client.request(
        {
          method: call.method,
          url: `/open-apis${call.path}`,
          ...(call.query && { params: call.query, paramsSerializer: { indexes: null } }),
          data: call.form ?? call.body,
          headers: { 'Content-Type': call.form ? 'multipart/form-data' : 'application/json; charset=utf-8' },
          ...(download && { responseType: 'arraybuffer', maxContentLength: download.maxBytes }),
          timeout: limitMs,
          signal: AbortSignal.timeout(limitMs),
        },
        token === undefined ? undefined : withTenantToken(token),
      );
    } catch (error) {
      throw connectionError(error);
    }
  }

  const tokens = tokenSource(async () => {
    const answer = await ask(
      {
        api: 'token',
        method: 'POST',
        path: '/auth/v3/tenant_access_token/internal',
        body: { app_id: appId, app_secret: appSecret },
      },
      undefined,
    );
    const error = errorIn(answer);
    if (error) throw error;
    const { tenant_access_token, expire } = read(answer, issued);
    return { value: tenant_access_token, lifeMs: expire * 1000 };
  }, now);

  /** What fails before the call itself leaves no doubt about the result of the call. */
  async function token(): Promise<string> {
    try {
      return await tokens.get();
    } catch (error) {
      throw error instanceof ApiError ? error.knownToHaveFailed() : error;
    }
  }

  async function withToken<T>(call: Call, once: (token: string) => Promise<T>): Promise<T> {
    for (let again = false; ; again = true) {
      let current: string | undefined;
      try {
        current = await token();
        return await once(current);
      } catch (error) {
        if (current !== undefined && isTokenRefused(error)) {
          tokens.drop(current);
          if (!again) continue;
        }
        if (error instanceof ApiError) {
          const { kind, code, httpStatus: status, logId } = error;
          log.warn({ api: call.api, kind, code, status, logId }, 'call failed');
        }
        throw error;
      }
    }
  }

  return {
    call: (call, shape) =>
      withToken(call, async (token) => {
        const answer = await ask(call, token);
        const error = errorIn(answer);
        if (error) throw error;
        return read(answer, shape);
      }),
    download: (call, maxBytes) =>
      withToken(call, async (token) => {
        const answer = await ask(call, token, { maxBytes });
        const error = errorInDownload(answer);
        if (error) throw error;
        const contentType = answer.headers['content-type'];
        return {
          bytes: answer.data as Buffer,
          ...(typeof contentType === 'string' && { contentType }),
        };
      }),
    close() {
      httpAgent.destroy();
      httpsAgent.destroy();
    },
  };
}

/** A file may itself be JSON: only an answer without a file's headers that reads like an error is one. */
function errorInDownload(answer: RawAnswer): ApiError | undefined {
  const { status, headers } = answer;
  const bytes = answer.data as Buffer;
  const json = String(headers['content-type'] ?? '').includes('json') && !headers['content-disposition'];
  if (status === 200 && !json) return undefined;
  let data: unknown;
  try {
    data = JSON.parse(bytes.toString('utf8'));
  } catch {
    data = undefined;
  }
  const error = errorIn({ ...answer, data });
  return status === 200 && error?.code === undefined ? undefined : error;
}

/** @throws ApiError when a success does not hold what it should: what was asked was probably done. */
function read<T>({ status, data }: RawAnswer, shape: z.ZodType<T>): T {
  const result = shape.safeParse(data);
  if (result.success) return result.data;
  const places = result.error.issues.map(({ path: place }) => place.join('.')).join(', ');
  throw new ApiError(`unexpected answer: ${places}`, { kind: 'retry', httpStatus: status, unknownResult: true });
}
