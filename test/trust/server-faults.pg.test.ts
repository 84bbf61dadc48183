import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type OpenDatabase, openPostgres } from '#db/client';
import { familyOf } from '#test/support/processes';
import { type Fleet, startFleet } from '#test/trust/fleet';
import { type Server, startPostgres } from '../../scripts/postgres.ts';

/** The real program on a PostgreSQL of its own, which dies, restarts and runs out of room under load. */

const isLong = process.env.GENDAN_LONG !== undefined;
const ROUNDS = isLong ? 40 : 2;

let server: Server;
let database: OpenDatabase;
let fleet: Fleet;

beforeEach(async () => {
  // small segments of the write-ahead log, so that a limit on file sizes meets the tables first
  server = await startPostgres({ initArgs: ['--wal-segsize=1'] });
  database = await openPostgres(server.url, { max: 2 });
  fleet = await startFleet(server.url, database.db);
});
afterEach(async () => {
  await fleet?.close();
  await database?.close();
  await server?.stop();
});

const ready = async (url: string) => (await fetch(`${url}/readyz`)).status;

describe('a PostgreSQL that dies', () => {
  it(`${ROUNDS} times under load, by kill -9 and by a restart in turn: what was acknowledged is there, the program stays and goes on`, async () => {
    const { child, url } = await fleet.start();
    for (let round = 0; round < ROUNDS; round++) {
      fleet.ask(8);
      await new Promise((resolve) => setTimeout(resolve, 10 + 15 * (round % 10)));
      await server.end(round % 2 === 0 ? 'SIGKILL' : 'SIGINT');
      fleet.ask(4);
      expect(await ready(url)).toBe(503);
      await server.start();
      await expect.poll(() => ready(url), { timeout: 60_000, interval: 100 }).toBe(200);
      await fleet.expectKept(database.db);
      expect(child.process.exitCode).toBe(null);
    }
    await fleet.expectAllOnce(database.db);
    expect((await child.end('SIGTERM')).code).toBe(0);
  }, 1_800_000);
});

/**
 * A limit on the size of files for all processes of the server, by prlimit(1): a table that would grow past it gets half a page written,
 * which is to PostgreSQL what a full disk is (53100), and takes no right to mount anything.
 */
function limitFiles(bytes: number | 'unlimited'): void {
  // as the user whose processes they are: root itself may lack the right where it runs in a container
  const { uid, gid } = statSync(`/proc/${server.pid()}`);
  for (const pid of familyOf(server.pid())) spawnSync('prlimit', ['--pid', pid, `--fsize=${bytes}:`], { uid, gid });
  const limits = readFileSync(`/proc/${server.pid()}/limits`, 'utf8');
  expect(/Max file size +(\w+)/.exec(limits)?.[1]).toBe(String(bytes));
}

describe('a disk that is full', () => {
  it('refuses events instead of losing them, says so, and goes on without repair when there is room again', async () => {
    const { child, url } = await fleet.start();
    fleet.ask(4);
    await fleet.answered();
    // fills the last page of the events, beyond what any file of the write-ahead log holds
    await database.db.execute(sql`
      insert into inbox (event_id, kind, fingerprint, happened_at, received_at, outcome)
      select 'ballast-' || i, 'read', repeat('x', 64), now(), now(), 'done' from generate_series(1, 12000) i`);
    const [table] = (await database.db.execute(sql`select pg_relation_size('inbox')::int as bytes`)) as unknown as {
      bytes: number;
    }[];
    expect(table!.bytes).toBeGreaterThan(1024 * 1024);
    limitFiles(table!.bytes + 4096);
    // some still find room on pages that are there
    for (let i = 0; (await ready(url)) !== 503; i++) {
      expect(i).toBeLessThan(50);
      fleet.ask(8);
      await fleet.standIn.settled();
    }
    expect(child.said()).toContain('53100');
    expect(child.process.exitCode).toBe(null);
    await fleet.expectKept(database.db);

    limitFiles('unlimited');
    await fleet.expectAllOnce(database.db);
    expect(await ready(url)).toBe(200);
    expect((await child.end('SIGTERM')).code).toBe(0);
  }, 600_000);
});
