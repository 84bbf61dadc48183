import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type OpenDatabase, openPostgres } from '#db/client';
import { outbox } from '#db/schema';
import { builtProgram, type Child } from '#test/trust/child';
import { type Fleet, startFleet } from '#test/trust/fleet';
import { type Server, startPostgres } from '../../scripts/postgres.ts';

/** trust 58: weeks of work in one process. What it holds after a collection is told by the runtime's own inspector. */

const DAYS = 24;
const A_DAY = 300;
/** Until then caches fill. */
const WARM = 6;
/** The runtime goes on compiling what is asked often; a message, a card or a query that is held would be a thousand and more. */
const MOST_BYTES_AN_EVENT = 400;

let server: Server;
let database: OpenDatabase;
let fleet: Fleet;

beforeAll(async () => {
  // as a company's: the one of the other suites is never vacuumed
  server = await startPostgres();
  database = await openPostgres(server.url, { max: 2 });
  fleet = await startFleet(server.url, database.db);
});
afterAll(async () => {
  await fleet?.close();
  await database?.close();
  await server?.stop();
});

/** Asks the child for what it holds once everything that nobody needs is collected, in bytes. */
async function inspected(child: Child): Promise<() => Promise<number>> {
  const url = /ws:\/\/\S+/.exec(child.said())![0];
  const socket = new WebSocket(url);
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  let id = 0;
  const call = (method: string, params = {}): Promise<{ usedSize: number }> =>
    new Promise((resolve) => {
      const mine = ++id;
      const listen = (data: Buffer) => {
        const answer = JSON.parse(String(data)) as { id: number; result: { usedSize: number } };
        if (answer.id !== mine) return;
        socket.off('message', listen);
        resolve(answer.result);
      };
      socket.on('message', listen);
      socket.send(JSON.stringify({ id: mine, method, params }));
    });
  return async () => {
    // what is freed by finalizers is gone with the second
    for (let i = 0; i < 2; i++) await call('HeapProfiler.collectGarbage');
    return (await call('Runtime.getHeapUsage')).usedSize;
  };
}

const waiting = () => database.db.$count(outbox, eq(outbox.state, 'pending'));

it(`${DAYS} days of ${A_DAY} events leave the process as small as it was after ${WARM}`, async () => {
  const { child } = await fleet.start({ by: ['--inspect=127.0.0.1:0', ...builtProgram()] });
  const held = await inspected(child);
  const seen: number[] = [];
  for (let day = 0; day < DAYS; day++) {
    fleet.ask(A_DAY);
    await fleet.standIn.settled();
    await expect.poll(waiting, { timeout: 120_000, interval: 200 }).toBe(0);
    seen.push(await held());
  }
  const [early, late] = [seen.slice(WARM, WARM + 6), seen.slice(-6)].map((some) => Math.min(...some));
  expect(late! - early!).toBeLessThan((DAYS - WARM - 6) * A_DAY * MOST_BYTES_AN_EVENT);
}, 1_800_000);
