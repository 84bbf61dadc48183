import type { AxiosAdapter, AxiosResponse, InternalAxiosRequestConfig } from 'axios';
import axios from 'axios';
import type { Hono } from 'hono';
import type { Life } from './mortal.ts';

/** Requests in both directions without a socket, so that nothing but the seed decides what comes first. */

export const BOT_URL = 'http://bot.simulated';

const refused = (code: string) => Object.assign(new TypeError('fetch failed'), { cause: { code } });

/** The platform's way to whichever process runs at the moment. */
export function toBot(current: () => { life: Life; routes: Hono } | undefined, stir: () => void): typeof fetch {
  return async (url, init) => {
    stir();
    const process = current();
    if (!process || process.life.dead) throw refused('ECONNREFUSED');
    const { life, routes } = process;
    const answered = (async () => {
      const response = await routes.fetch(new Request(url as string, { ...init, signal: null }));
      const copy = new Response(await response.text(), { status: response.status });
      stir();
      if (!life.dead) life.note(`answers ${response.status}`);
      life.pass('before the answer', String(response.status));
      return life.dead ? new Promise<never>(() => undefined) : copy;
    })();
    return Promise.race([answered, life.died, hungUp(init?.signal)]).finally(stir);
  };
}

const hungUp = (signal: AbortSignal | null | undefined): Promise<never> =>
  new Promise((_, reject) => signal?.addEventListener('abort', () => reject(refused('ABORTED')), { once: true }));

/** The calls of one process to the platform: give it to axios before that process is made. */
export function toPlatform(platform: Hono, life: Life): AxiosAdapter {
  return async (config) => {
    life.stir();
    const { pathname } = new URL(config.url!);
    const what = `${config.method} ${pathname.replace(/o[mc]_[0-9a-f]+/g, '#')}`;
    life.pass('before a call', what);
    if (life.dead) return new Promise(() => undefined);
    const response = await platform.fetch(request(config));
    const bytes = Buffer.from(await response.arrayBuffer());
    life.stir();
    life.note(`${what} ${gist(config.data)} → ${response.status} ${codeIn(bytes)}`);
    life.pass('after a call', what);
    if (life.dead) return new Promise(() => undefined);
    // the stand-in's word for a reset connection where there is no connection
    if (response.status === 502 && bytes.length === 0)
      throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
    return {
      status: response.status,
      statusText: '',
      headers: Object.fromEntries(response.headers),
      config,
      data: dataOf(config, bytes),
    } as AxiosResponse;
  };
}

function request(config: InternalAxiosRequestConfig): Request {
  const { url, method = 'get', data } = config;
  const headers = config.headers.toJSON() as Record<string, string>;
  const form = data as { getBuffer?: () => Buffer; getHeaders?: () => Record<string, string> } | undefined;
  const body =
    data === undefined || method === 'get' ? null : form?.getBuffer ? new Uint8Array(form.getBuffer()) : String(data);
  return new Request(axios.getUri({ ...config, url: url! }), {
    method: method.toUpperCase(),
    headers: { ...headers, ...form?.getHeaders?.() },
    body,
  });
}

function dataOf(config: InternalAxiosRequestConfig, bytes: Buffer): unknown {
  return config.responseType === 'arraybuffer' ? bytes : bytes.toString('utf8');
}

/** What a message says, without what is drawn anew each time. */
function gist(data: unknown): string {
  if (typeof data !== 'string') return '';
  const words = [...data.matchAll(/\\"content\\":\\"((?:[^"\\]|\\\\.)*?)\\"/g)].map(([, text]) => text);
  return `「${words.slice(0, 3).join(' | ').slice(0, 160)}」 ${data.length}`;
}

const codeIn = (bytes: Buffer): string => /"code":(-?\d+)/.exec(bytes.toString('utf8').slice(0, 200))?.[1] ?? '';
