import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold } from '#domain/records/fold';
import type { RecordEntry } from '#domain/records/kind';

const entries = fc
  .array(
    fc.record({
      state: fc.constantFrom('a', 'b', null),
      values: fc.dictionary(fc.constantFrom('x', 'y', 'z'), fc.integer()),
      files: fc.nat(2),
      minute: fc.nat(5),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map((list) =>
    list.map(
      ({ minute, ...entry }, i): RecordEntry => ({
        ...entry,
        id: i + 1,
        note: '',
        by: 1,
        saidAt: new Date(minute * 60_000),
      }),
    ),
  );

describe('where a record stands', () => {
  it('does not depend on the order in which its messages arrived', () => {
    fc.assert(
      fc.property(
        entries.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))),
        ([list, arrived]) => {
          expect(fold(arrived)).toEqual(fold(list));
        },
      ),
    );
  });

  it('as of a moment counts only what had been said by then', () => {
    const said = (id: number, minute: number, x: number): RecordEntry => ({
      id,
      state: null,
      values: { x },
      files: 0,
      note: '',
      by: 1,
      saidAt: new Date(minute * 60_000),
    });
    const list = [said(1, 1, 1), said(2, 5, 5)];
    expect(fold(list, new Date(5 * 60_000 - 1))?.values).toEqual({ x: 1 });
    expect(fold(list, new Date(5 * 60_000))?.values).toEqual({ x: 5 });
    expect(fold(list, new Date(0))).toBeUndefined();
  });
});
