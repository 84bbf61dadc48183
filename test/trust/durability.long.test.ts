import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenDatabase, openPostgres } from '#db/client';
import { familyOf } from '#test/support/processes';
import { type Fleet, startFleet } from '#test/trust/fleet';
import { type Server, startPostgres } from '../../scripts/postgres.ts';

/** A kill shows that the program may die; only the system calls show that the machine may. Needs strace; in the long form only. */

const EVENTS = 50;

let server: Server;
let database: OpenDatabase;
let fleet: Fleet;
let folder: string;

beforeAll(async () => {
  if (spawnSync('strace', ['-V']).status !== 0)
    throw new Error('strace is missing: install it (apt-get install strace) to count system calls');
  folder = mkdtempSync(join(tmpdir(), 'gendan-strace-'));
  server = await startPostgres();
  database = await openPostgres(server.url, { max: 1 });
  fleet = await startFleet(server.url, database.db);
});
afterAll(async () => {
  await fleet?.close();
  await database?.close();
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('PostgreSQL as it is delivered', () => {
  it(`flushes to disk before each of ${EVENTS} acknowledgements, one after the other`, async () => {
    await fleet.start();
    const out = join(folder, 'calls');
    const family = familyOf(server.pid());
    const attach = family.flatMap((pid) => ['-p', pid]);
    const strace = spawn('strace', ['-f', '-qq', '-e', 'trace=fsync,fdatasync', '-o', out, ...attach]);
    const count = () => {
      try {
        return readFileSync(out, 'utf8').match(/f(?:data)?sync\(\d+\)/g)?.length ?? 0;
      } catch {
        return 0;
      }
    };
    try {
      await new Promise((resolve) => setTimeout(resolve, 500));
      expect(strace.exitCode).toBe(null);
      let least = Number.POSITIVE_INFINITY;
      for (let i = 0; i < EVENTS; i++) {
        const before = count();
        fleet.ask(1);
        await fleet.standIn.settled();
        least = Math.min(least, count() - before);
      }
      expect(least).toBeGreaterThanOrEqual(1);
      await fleet.expectKept(database.db);
    } finally {
      strace.kill('SIGINT');
    }
  }, 300_000);
});
