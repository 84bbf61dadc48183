import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '#test/support/database';
import { type Fleet, startFleet } from '#test/trust/fleet';

/** Several instances of the real program on one database: killed, and replaced by newer ones, under load. */

const isLong = process.env.GENDAN_LONG !== undefined;
const KILLS = isLong ? 80 : 6;
const ROLLS = isLong ? 20 : 3;

let database: TestDatabase;
let fleet: Fleet;

beforeEach(async () => {
  database = await testDatabase();
  fleet = await startFleet(database.url!, database.master);
});
afterEach(async () => {
  await fleet?.close();
  await database?.close();
});

it(`three instances share the work while one of them is killed ${KILLS} times: one effect and one answer each`, async () => {
  const { child: first } = await fleet.start();
  const living = [first, (await fleet.start()).child];
  // two are on their way up, so that starts overlap with work and with the others' deaths
  const coming = [fleet.start(), fleet.start()];
  for (let kill = 0; kill < KILLS; kill++) {
    living.push((await coming.shift()!).child);
    const victim = living.shift()!;
    fleet.ask(9);
    // at another moment of its work each time
    await new Promise((resolve) => setTimeout(resolve, 10 + 9 * (kill % 12)));
    await victim.end('SIGKILL');
    fleet.retire(victim);
    fleet.ask(3);
    coming.push(fleet.start());
    if (kill % 20 === 0) await fleet.expectKept(database.db);
  }
  expect(fleet.standIn.record.pushes.filter(({ ok }) => !ok).length).toBeGreaterThan(0);
  living.push(...(await Promise.all(coming)).map(({ child }) => child));
  await fleet.expectAllOnce(database.db);
  const codes = await Promise.all(living.map(async (child) => (await child.end('SIGTERM')).code));
  expect(codes).toEqual(living.map(() => 0));
}, 900_000);

describe('rolling restarts', () => {
  it(`${ROLLS} times under load: none is lost, none is done twice, each ends by itself with code 0`, async () => {
    let { child: old } = await fleet.start();
    for (let roll = 0; roll < ROLLS; roll++) {
      fleet.ask(6);
      const { child: next } = await fleet.start();
      fleet.ask(6);
      fleet.retire(old);
      fleet.ask(6);
      expect((await old.end('SIGTERM')).code).toBe(0);
      old = next;
    }
    await fleet.expectAllOnce(database.db);
    expect((await old.end('SIGTERM')).code).toBe(0);
  }, 900_000);
});
