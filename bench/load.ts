import { connect } from 'node:net';

/**
 * The load: it shares the cores with what it measures, so its requests are made before the clock runs and its client does no more than
 * write bytes and read a status.
 */

/** A whole request as it goes over the wire. */
export function requestTo(url: URL, body: string, headers: Record<string, string> = {}): Buffer {
  const head = [
    `POST ${url.pathname} HTTP/1.1`,
    `host: ${url.host}`,
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(body)}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  ];
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`);
}

/**
 * Requests that are ready, made in batches of so many; those beyond are made while the clock runs, so make enough.
 *
 * @param make one more request, never the same twice
 */
export function ready(make: () => Buffer, count: number): () => Buffer {
  const made = Array.from({ length: count }, make);
  return () => made.pop() ?? make();
}

/**
 * So many connections, by turns to each of these programs, each with its next request as soon as the last was answered; times in ms, NaN where the
 * answer was not 200.
 */
export async function load(
  urls: readonly URL[],
  connections: number,
  ms: number,
  next: () => Buffer,
): Promise<number[]> {
  const times: number[] = [];
  const until = performance.now() + ms;
  await Promise.all(
    Array.from({ length: connections }, async (_, at) => {
      const line = await open(urls[at % urls.length]!);
      while (performance.now() < until) {
        const request = next();
        const started = performance.now();
        const status = await line.exchange(request);
        times.push(status === 200 ? performance.now() - started : Number.NaN);
        if (status === 0) break;
      }
      line.close();
    }),
  );
  return times;
}

interface Line {
  /** Resolves with the status, 0 when the connection was lost. */
  exchange(request: Buffer): Promise<number>;
  close(): void;
}

/** One kept connection; a request follows when the last one's answer is whole. */
async function open(url: URL): Promise<Line> {
  const socket = connect({ host: url.hostname, port: Number(url.port), noDelay: true });
  let told: (status: number) => void = () => {};
  let got = '';
  socket.setEncoding('latin1');
  socket.on('data', (chunk: string) => {
    got += chunk;
    if (!isWhole(got)) return;
    const status = Number(got.slice(9, 12));
    got = '';
    told(status);
  });
  const lost = () => told(0);
  socket.on('error', lost).on('close', lost);
  await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject));
  return {
    exchange: (request) =>
      new Promise((resolve) => {
        told = resolve;
        socket.write(request);
      }),
    close: () => socket.destroy(),
  };
}

function isWhole(answer: string): boolean {
  const head = answer.indexOf('\r\n\r\n');
  if (head < 0) return false;
  const length = /\r\ncontent-length: *(\d+)/i.exec(answer)?.[1];
  return length === undefined ? answer.endsWith('0\r\n\r\n') : answer.length >= head + 4 + Number(length);
}
