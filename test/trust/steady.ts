import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** What became of one request. */
export interface Answered {
  n: number;
  /** 0 when the connection was lost before an answer. */
  status: number;
  /** From before the connection was opened until the answer was whole. */
  ms: number;
}

/**
 * So many requests a second whatever becomes of those before, as the platform does it; each on a connection of its own. Resolves when all are
 * answered.
 *
 * @param make the whole n-th request as it goes over the wire, n from 1
 */
export async function steady(
  url: URL,
  { perSecond, count }: { perSecond: number; count: number },
  make: (n: number) => Buffer,
): Promise<Answered[]> {
  const begun = performance.now();
  const answers: Promise<Answered>[] = [];
  for (let n = 1; n <= count; n++) {
    const early = begun + (n * 1_000) / perSecond - performance.now();
    if (early > 0) await pause(early);
    answers.push(ask(url, n, make(n)));
  }
  return Promise.all(answers);
}

async function ask(url: URL, n: number, request: Buffer): Promise<Answered> {
  const started = performance.now();
  const status = await statusOf(url, request);
  return { n, status, ms: performance.now() - started };
}

/** The status line is all that the platform looks at. */
function statusOf(url: URL, request: Buffer): Promise<number> {
  return new Promise((resolve) => {
    const socket = connect({ host: url.hostname, port: Number(url.port), noDelay: true });
    let got = '';
    socket.setEncoding('latin1');
    socket.on('connect', () => socket.write(request));
    socket.on('data', (chunk: string) => {
      got += chunk;
      if (!got.includes('\r\n\r\n')) return;
      resolve(Number(got.slice(9, 12)));
      socket.destroy();
    });
    socket.on('error', () => resolve(0)).on('close', () => resolve(0));
  });
}
