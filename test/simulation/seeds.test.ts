import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runSeed } from './run-seed.ts';
import { type SimulationDatabase, simulationDatabase } from './simulation-database.ts';

/**
 * The whole application under seeded faults. `npm run simulate -- --seed N` lives through one seed again and prints what happened;
 * `GENDAN_SEEDS=from-to` chooses others.
 */
const [from, to] = (process.env.GENDAN_SEEDS ?? (process.env.GENDAN_LONG ? '1-500' : '1-20'))
  .split('-')
  .map(Number) as [number, number];
const AT_ONCE = 25;

let database: SimulationDatabase;
beforeAll(async () => {
  database = await simulationDatabase();
});
afterAll(() => database.close());

describe('whatever fails, nothing is lost, doubled or let out', () => {
  const blocks = Array.from({ length: Math.ceil((to - from + 1) / AT_ONCE) }, (_, block) => from + block * AT_ONCE);
  it.each(blocks)('in the seeds from %i on', async (first) => {
    for (let seed = first; seed < Math.min(first + AT_ONCE, to + 1); seed++) {
      const { problems } = await runSeed(database, seed);
      const words = `seed ${seed}: ${problems[0]}; live through it again: npm run simulate -- --seed ${seed}`;
      expect(problems, words).toEqual([]);
    }
  });
});

describe('a seed', () => {
  it('gives the same trace each time, to the byte', async () => {
    for (const seed of [from, from + 1, from + 2]) {
      const first = await runSeed(database, seed);
      await runSeed(database, seed + 1000);
      const second = await runSeed(database, seed);
      expect(second.trace).toEqual(first.trace);
      expect(second.digest).toBe(first.digest);
    }
  });

  it('that differs gives another trace', async () => {
    expect((await runSeed(database, from)).digest).not.toBe((await runSeed(database, from + 1)).digest);
  });
});
