/** One call of the Open API as its handler sees it, and the answers that a handler may give. */
import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import { ApiError, fieldError } from '#playground/platform/api/errors';
import { type Part, readMultipart } from '#playground/platform/api/multipart';

export type Env = { Bindings: Partial<HttpBindings> };

/** `data` goes under `data`; `top` is the whole answer beside `code` (token, bot info); `bytes` is a download. */
export type Reply =
  | { data: unknown; msg?: string }
  | { top: Record<string, unknown> }
  | { bytes: Buffer; headers: Record<string, string> };

export class Call {
  readonly method: string;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly raw: Buffer;
  readonly #context: Context<Env>;

  constructor(context: Context<Env>, raw: Buffer) {
    this.#context = context;
    this.method = context.req.method;
    this.path = context.req.path;
    this.headers = context.req.header();
    this.raw = raw;
  }

  param(name: string): string {
    return this.#context.req.param(name) ?? '';
  }

  query(name: string): string | undefined {
    return this.#context.req.query(name);
  }

  /** Repeated keys: `user_ids=a&user_ids=b`. */
  queries(name: string): string[] {
    return this.#context.req.queries(name) ?? [];
  }

  /** The JSON body; throws 9499 when it is none. */
  json(): Record<string, unknown> {
    let body: unknown;
    try {
      body = JSON.parse(this.raw.toString('utf8'));
    } catch {
      throw new ApiError(9499, 'Bad Request: the body is not JSON');
    }
    if (typeof body !== 'object' || body === null || Array.isArray(body)) {
      throw new ApiError(9499, 'Bad Request: the body is not a JSON object');
    }
    return body as Record<string, unknown>;
  }

  parts(): Part[] {
    return readMultipart(this.headers['content-type'] ?? '', this.raw);
  }

  /** `page_size` and where `page_token` points; throws when the size is out of bounds. */
  page(defaultSize: number, maxSize: number, tooBig = 99992402): { size: number; from: number } {
    const size = Number(this.query('page_size') ?? defaultSize);
    if (!Number.isInteger(size) || size < 1)
      throw fieldError({ field: 'page_size', description: 'must be a positive integer' });
    if (size > maxSize) {
      if (tooBig === 99992402) throw fieldError({ field: 'page_size', description: `the max value is ${maxSize}` });
      throw new ApiError(tooBig, `page size is invalid, the max value is ${maxSize}`);
    }
    const token = this.query('page_token');
    if (!token) return { size, from: 0 };
    const from = Number(Buffer.from(token, 'base64url').toString('utf8'));
    if (!Number.isInteger(from) || from < 0) throw new ApiError(40012, 'page_token is invalid');
    return { size, from };
  }
}

/** One page of a list with `has_more` and `page_token` as the platform gives them. */
export function pageOf<T>(
  items: T[],
  { size, from }: { size: number; from: number },
): {
  items: T[];
  has_more: boolean;
  page_token?: string;
} {
  const end = from + size;
  const more = end < items.length;
  return {
    items: items.slice(from, end),
    has_more: more,
    ...(more ? { page_token: Buffer.from(String(end)).toString('base64url') } : {}),
  };
}

/** A required string of the body; throws 99992402 that names it. */
export function text(body: Record<string, unknown>, field: string): string {
  const value = body[field];
  if (value === undefined || value === null || value === '')
    throw fieldError({ field, description: `${field} is required` });
  if (typeof value !== 'string') throw fieldError({ field, description: `${field} must be a string` });
  return value;
}
