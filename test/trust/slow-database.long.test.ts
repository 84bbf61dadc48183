import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '#test/support/database';
import { type Fleet, startFleet } from '#test/trust/fleet';

/** A database that makes everybody wait a second at a time, again and again; the platform gives up on an answer after three. */

const ROUNDS = 60;

let database: TestDatabase;
let fleet: Fleet;

beforeAll(async () => {
  database = await testDatabase();
  fleet = await startFleet(database.url!, database.master);
});
afterAll(async () => {
  await fleet?.close();
  await database?.close();
});

it(`${ROUNDS} times twenty events while the table of events is locked for a second at a time: each is answered in time`, async () => {
  const { child } = await fleet.start();
  await fleet.answered();
  let done = false;
  const slow = (async () => {
    while (!done) {
      await database.master.transaction(async (tx) => {
        await tx.execute(sql`lock table inbox in exclusive mode`);
        await tx.execute(sql`select pg_sleep(1)`);
      });
      await pause(500);
    }
  })();
  for (let round = 0; round < ROUNDS; round++) {
    fleet.ask(20);
    await fleet.standIn.settled();
  }
  done = true;
  await slow;
  expect(fleet.standIn.record.pushes.filter(({ ok }) => !ok)).toEqual([]);
  await fleet.expectAllOnce(database.db);
  expect((await child.end('SIGTERM')).code).toBe(0);
}, 600_000);
