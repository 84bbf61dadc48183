import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runSeed } from './run-seed.ts';
import { type SimulationDatabase, simulationDatabase } from './simulation-database.ts';

const AT_ONCE = 25;

/**
 * One share of the seeds as a suite; several files, so that several workers have something to do. `npm run simulate -- --seed N` lives
 * through one seed again and prints what happened.
 */
export function liveThrough(from: number, to: number): { database: SimulationDatabase } {
  const shared = {} as { database: SimulationDatabase };
  beforeAll(async () => {
    shared.database = await simulationDatabase();
  });
  afterAll(() => shared.database.close());

  describe('whatever fails, nothing is lost, doubled or let out', () => {
    const blocks = Array.from({ length: Math.ceil((to - from + 1) / AT_ONCE) }, (_, block) => from + block * AT_ONCE);
    it.each(blocks)('in the seeds from %i on', async (first) => {
      for (let seed = first; seed < Math.min(first + AT_ONCE, to + 1); seed++) {
        const { problems } = await runSeed(shared.database, seed);
        const words = `seed ${seed}: ${problems[0]}; live through it again: npm run simulate -- --seed ${seed}`;
        expect(problems, words).toEqual([]);
      }
    });
  });
  return shared;
}
