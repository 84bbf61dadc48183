import type {
  Chat,
  Click,
  ClickOutcome,
  ClockMove,
  Faults,
  Message,
  Opened,
  Say,
  WireEntry,
  World,
} from '#playground/page-api';

/** A call that the stand-in refused or that never arrived; the message is in words for people. */
export class CallFailed extends Error {}

async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
  let response: Response;
  try {
    response = await fetch(`/playground/api${path}`, {
      method,
      headers: body === undefined || body instanceof FormData ? {} : { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: body instanceof FormData ? body : JSON.stringify(body) }),
    });
  } catch {
    throw new CallFailed('offline');
  }
  const answer: unknown = await response.json().catch(() => undefined);
  if (!response.ok) {
    const words = (answer as { error?: unknown } | undefined)?.error;
    throw new CallFailed(typeof words === 'string' ? words : `HTTP ${response.status}`);
  }
  return answer as T;
}

const query = (values: Record<string, string | number | undefined>) => {
  const given = Object.entries(values).flatMap(([key, value]) => (value === undefined ? [] : [[key, String(value)]]));
  return given.length > 0 ? `?${new URLSearchParams(given)}` : '';
};

/** How many messages one page of a chat's history holds. */
export const historyPage = 50;

export const api = {
  world: (as?: string) => call<World>('GET', `/world${query({ as })}`),
  messages: (chatId: string, as: string, before?: string) =>
    call<Message[]>('GET', `/chats/${encodeURIComponent(chatId)}/messages${query({ as, before, limit: historyPage })}`),
  say: (chatId: string, say: Say) => call<Message>('POST', `/chats/${encodeURIComponent(chatId)}/messages`, say),
  upload: (as: string, kind: 'image' | 'file', file: File) => {
    const form = new FormData();
    form.set('as', as);
    form.set('kind', kind);
    form.set('file', file, file.name);
    return call<{ key: string; name: string; size: number }>('POST', '/upload', form);
  },
  click: (click: Click) => call<ClickOutcome>('POST', '/clicks', click),
  menu: (as: string, eventKey: string) => call<unknown>('POST', '/menu', { as, eventKey }),
  enter: (as: string) => call<Chat>('POST', '/enter', { as }),
  read: (as: string, chatId: string) => call<unknown>('POST', '/read', { as, chatId }),
  recall: (as: string, messageId: string) => call<unknown>('POST', '/recall', { as, messageId }),
  wire: (after?: number) => call<WireEntry[]>('GET', `/wire${query({ after })}`),
  open: (as: string, link: string) => call<Opened>('GET', `/open${query({ as, link })}`),
  setFaults: (faults: Faults) => call<Faults>('PUT', '/faults', faults),
  moveClock: (to: ClockMove['to']) => call<{ now: string }>('POST', '/clock', { to }),
  reset: () => call<unknown>('POST', '/reset'),
};

/** Where the bytes of an uploaded image or file are. */
export const resourceUrl = (key: string) => `/playground/api/resources/${encodeURIComponent(key)}`;
