import { describe, expect, it } from 'vitest';
import { liveThrough } from './live-through.ts';
import { runSeed } from './run-seed.ts';

/** `GENDAN_SEEDS=from-to` chooses other seeds for this file. */
const [from, to] = (process.env.GENDAN_SEEDS ?? '1-125').split('-').map(Number) as [number, number];

const shared = liveThrough(from, to);

describe('a seed', () => {
  it('gives the same trace each time, to the byte', async () => {
    const { database } = shared;
    for (const seed of [from, from + 1, from + 2]) {
      const first = await runSeed(database, seed);
      await runSeed(database, seed + 1000);
      const second = await runSeed(database, seed);
      expect(second.trace).toEqual(first.trace);
      expect(second.digest).toBe(first.digest);
    }
  });

  it('that differs gives another trace', async () => {
    const { database } = shared;
    expect((await runSeed(database, from)).digest).not.toBe((await runSeed(database, from + 1)).digest);
  });
});
