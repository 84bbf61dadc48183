import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatLines, LinesProblem, parseLines, totalOf } from '#domain/order/lines';

describe('colour and size lines (O1)', () => {
  it.each([
    ['红 S=100 M=200；蓝 S=50', 3, 350],
    ['红=300；蓝=200', 2, 500],
    ['S=100 M=200', 2, 300],
    ['深 蓝 S=1,M=2', 2, 3],
    ['红：S＝１００', 1, 100],
    ['red 38=10 39=20; blue 40=5', 3, 35],
  ])('%s is %i lines of %i pieces', (text, count, total) => {
    const lines = parseLines(text);
    if (lines instanceof LinesProblem) throw new Error(lines.part);
    expect(lines).toHaveLength(count);
    expect(totalOf(lines)).toBe(total);
  });

  it.each([
    ['红 S', 'shape'],
    ['红 S=0', 'shape'],
    ['红 S=1.5', 'shape'],
    ['红 S=-3', 'shape'],
    ['', 'shape'],
    ['红 S=1；红 S=2', 'twice'],
    [Array.from({ length: 201 }, (_, i) => `c${i} S=1`).join(';'), 'too-many'],
  ])('refused, never guessed: %.30s', (text, why) => {
    expect(parseLines(text)).toMatchObject({ why });
  });

  it('what is written out reads back to the same lines', () => {
    const colour = fc.constantFrom('红', '深蓝', 'off white', 'S色', '');
    const size = fc.constantFrom('S', 'M', 'XXL', '38', '均码', '2XL', '');
    const line = fc.record({ colour, size, qty: fc.integer({ min: 1, max: 99_999 }) });
    fc.assert(
      fc.property(
        fc.uniqueArray(line, { minLength: 1, maxLength: 12, selector: (l) => `${l.colour}|${l.size}` }),
        (some) => {
          const lines = some.filter((l) => l.colour !== '' || l.size !== '');
          fc.pre(lines.length > 0);
          const key = (l: { colour: string; size: string }) => `${l.colour}|${l.size}`;
          const back = parseLines(formatLines(lines));
          expect(back).not.toBeInstanceOf(LinesProblem);
          expect([...(back as typeof lines)].sort((a, b) => (key(a) < key(b) ? -1 : 1))).toEqual(
            [...lines].sort((a, b) => (key(a) < key(b) ? -1 : 1)),
          );
        },
      ),
    );
  });
});
