import { describe, expect, it } from 'vitest';
import { together } from '#db/together';

/** Work that ends when it is told to; `calls` are what it was given each time. */
function heldWork() {
  const calls: string[][] = [];
  const held: (() => void)[] = [];
  return {
    calls,
    async work(given: string[]): Promise<string[]> {
      calls.push(given);
      await new Promise<void>((resolve) => held.push(resolve));
      if (given.includes('bad')) throw new Error(`bad among ${given.length}`);
      return given.map((one) => `${one} done`);
    },
    async end() {
      held.shift()!();
      // everything that follows from it
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

describe('what is done together', () => {
  it('what comes alone is done at once, and what comes meanwhile together, each with its own result', async () => {
    const { work, calls, end } = heldWork();
    const one = together(work, { ways: 1 });
    const results = ['a', 'b', 'c'].map(one);
    expect(calls).toEqual([['a']]);
    await end();
    expect(calls).toEqual([['a'], ['b', 'c']]);
    await end();
    expect(await Promise.all(results)).toEqual(['a done', 'b done', 'c done']);
    const later = one('d');
    expect(calls[2]).toEqual(['d']);
    await end();
    expect(await later).toBe('d done');
  });

  it('nobody hears of a result before the work that held it is done', async () => {
    const { work, end } = heldWork();
    const one = together(work, { ways: 1 });
    const heard: string[] = [];
    for (const given of ['a', 'b', 'c']) void one(given).then((result) => heard.push(result));
    await end();
    expect(heard).toEqual(['a done']);
    await end();
    expect(heard).toEqual(['a done', 'b done', 'c done']);
  });

  it('one that is bad fails alone: the others are tried again, each by itself', async () => {
    const { work, calls, end } = heldWork();
    const one = together(work, { ways: 1 });
    const results = Promise.allSettled(['first', 'a', 'bad', 'b'].map(one));
    for (let i = 0; i < 5; i++) await end();
    expect(calls).toEqual([['first'], ['a', 'bad', 'b'], ['a'], ['bad'], ['b']]);
    expect(await results).toMatchObject([
      { value: 'first done' },
      { value: 'a done' },
      { reason: new Error('bad among 1') },
      { value: 'b done' },
    ]);
  });

  it('what is stuck holds up one way only, and never more are under way than there are ways', async () => {
    const { work, calls, end } = heldWork();
    const one = together(work, { ways: 2, most: 3 });
    const results = Array.from({ length: 8 }, (_, i) => one(`${i}`));
    expect(calls).toEqual([['0'], ['1']]);
    await end();
    expect(calls.slice(2)).toEqual([['2', '3', '4']]);
    await end();
    expect(calls.slice(3)).toEqual([['5', '6', '7']]);
    await end();
    await end();
    expect(await Promise.all(results)).toHaveLength(8);
  });
});
