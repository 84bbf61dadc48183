import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '#test/support/database';
import { botEnv, type Child, startChild } from '#test/trust/child';

/** Clients that mean no good, against the real program. */

let database: TestDatabase;
let child: Child;
let url: URL;

beforeAll(async () => {
  database = await testDatabase();
  // nobody answers at that address, which is all the same here
  child = startChild(botEnv('http://127.0.0.1:9', { DATABASE_URL: database.url! }));
  url = new URL(await child.listening());
});
afterAll(async () => {
  await child?.end('SIGKILL');
  await database?.close();
});

const alive = async () => (await fetch(new URL('/healthz', url))).status;

function open(head: string): { socket: Socket; closed: Promise<string> } {
  const socket = connect(Number(url.port), url.hostname);
  let heard = '';
  socket.on('data', (chunk) => {
    heard += chunk;
  });
  socket.on('error', () => undefined);
  socket.write(head);
  return { socket, closed: new Promise((resolve) => socket.once('close', () => resolve(heard))) };
}

/** The most memory that the process ever had, in MB. */
const mostMemory = () =>
  Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${child.process.pid}/status`, 'utf8'))?.[1]) / 1024;

describe('clients that send slowly', () => {
  it('four hundred of them keep nobody else waiting, and all are cut off', async () => {
    const heads = Array.from({ length: 200 }, () => open('POST /webhook/event HTTP/1.1\r\nHost: x\r\nX-Slow: '));
    const bodies = Array.from({ length: 200 }, () =>
      open('POST /webhook/event HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{'),
    );
    const all = [...heads, ...bodies];
    const drip = setInterval(() => {
      for (const { socket } of all) if (socket.writable) socket.write('x');
    }, 1000);
    try {
      for (let i = 0; i < 20; i++) expect(await alive()).toBe(200);
      const heard = await Promise.all(all.map(({ closed }) => closed));
      expect(heard.filter((text) => text.startsWith('HTTP/1.1 2'))).toEqual([]);
      expect(await alive()).toBe(200);
    } finally {
      clearInterval(drip);
      for (const { socket } of all) socket.destroy();
    }
  }, 240_000);
});

describe('a body of 100 MB', () => {
  const SIZE = 100 * 1024 * 1024;
  const piece = Buffer.alloc(64 * 1024, 'x');

  it.each([
    ['announced', `Content-Length: ${SIZE}\r\n\r\n`, (chunk: Buffer) => [chunk]],
    [
      'in pieces without an end',
      'Transfer-Encoding: chunked\r\n\r\n',
      (chunk: Buffer) => [`${chunk.length.toString(16)}\r\n`, chunk, '\r\n'],
    ],
  ])(
    '(%s) is refused long before it is there, and takes no memory',
    async (_, head, frame) => {
      const before = mostMemory();
      const { socket, closed } = open(`POST /webhook/event HTTP/1.1\r\nHost: x\r\n${head}`);
      let over = false;
      void closed.then(() => {
        over = true;
      });
      for (let sent = 0; sent < SIZE && !over; sent += piece.length) {
        let flows = true;
        for (const part of frame(piece)) flows = socket.write(part);
        if (!flows) await Promise.race([closed, new Promise((resolve) => socket.once('drain', resolve))]);
      }
      expect(await Promise.race([closed, answerOf(socket)])).toMatch(/^HTTP\/1\.1 413|^$/);
      socket.destroy();
      expect(mostMemory() - before).toBeLessThan(80);
      expect(await alive()).toBe(200);
    },
    120_000,
  );
});

const answerOf = (socket: Socket): Promise<string> =>
  new Promise((resolve) => socket.once('data', (chunk) => resolve(chunk.toString())));
