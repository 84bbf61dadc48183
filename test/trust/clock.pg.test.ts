import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { orderProgress } from '#db/schema';
import { appraisalCycles } from '#db/tables/appraisal';
import { type TestDatabase, testDatabase } from '#test/support/database';
import { npmStart } from '#test/trust/child';
import { type Fleet, inGroups, startFleet } from '#test/trust/fleet';

/** The real program on a machine whose clock is stepped. */

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let database: TestDatabase;
let fleet: Fleet;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gendan-clock-'));
  database = await testDatabase();
  fleet = await startFleet(database.url!, database.master, inGroups);
});
afterAll(async () => {
  await fleet?.close();
  await database?.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('a system clock that is stepped', () => {
  const file = () => join(folder, 'off');
  /** The program looks at the file whenever it asks for the time; its timers are not touched. */
  const step = (ms: number) => {
    // renamed, so that it is never read half written
    writeFileSync(`${file()}.new`, String(ms));
    renameSync(`${file()}.new`, file());
  };

  it('an hour on and two back: nothing stands still, nothing is done twice; a year on: nothing is lost', async () => {
    step(0);
    const by = ['--import', './test/trust/stepped-clock.mjs', ...npmStart];
    const { child } = await fleet.start({ by, env: { CLOCK_FILE: file() } });
    // many sends just before a step back are in the future after it, and must not count against the limits for an hour
    for (const ms of [0, HOUR, -HOUR, 0]) {
      step(ms);
      fleet.ask(24);
      await fleet.answered();
    }
    // by that clock every delivery is a year old: refused, so that the platform keeps it
    await fleet.standIn.settled();
    const notes = () => database.db.select({ id: orderProgress.id }).from(orderProgress);
    const before = await notes();
    step(400 * DAY);
    fleet.ask(6);
    await fleet.standIn.settled();
    expect(await notes()).toEqual(before);
    expect(fleet.standIn.record.pushes.filter(({ status }) => status === 401).length).toBeGreaterThanOrEqual(6);
    step(0);
    await fleet.expectAllOnce(database.db);
    const cycles = (await database.db.select({ month: appraisalCycles.month }).from(appraisalCycles)).map(
      ({ month }) => month,
    );
    expect(new Set(cycles).size).toBe(cycles.length);
    expect((await child.end('SIGTERM')).code).toBe(0);
  }, 600_000);
});
