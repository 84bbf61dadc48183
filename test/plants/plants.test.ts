import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { planted, plants } from './plants.ts';

describe('each planted fault', () => {
  it.each(plants.map((plant) => [plant.name, plant] as const))('%s still fits the files exactly', (_, { edits }) => {
    for (const file of new Set(edits.map((edit) => edit.file))) {
      const code = readFileSync(file, 'utf8');
      const changed = planted(
        code,
        edits.filter((edit) => edit.file === file),
      );
      expect(changed).not.toBe(code);
    }
  });

  it('has a name of its own, says what it breaks, and names a suite', () => {
    expect(new Set(plants.map(({ name }) => name)).size).toBe(plants.length);
    expect(plants.length).toBeGreaterThanOrEqual(10);
    for (const { breaks, suites } of plants) expect([breaks.length > 10, suites.length > 0]).toEqual([true, true]);
  });

  it('that does not fit, or fits twice, is an error', () => {
    const edit = { file: 'x.ts', find: 'a', replace: 'b' };
    expect(() => planted('c', [edit])).toThrow('0 times');
    expect(() => planted('aa', [edit])).toThrow('2 times');
  });
});
