import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, prettyCanonicalJson } from '#domain/pay/canonical-json';

describe('one value has one spelling', () => {
  it('keys are sorted, absent values left out, bigints are whole numbers', () => {
    expect(canonicalJson({ b: [1, 'x', null], a: { d: undefined, c: 12345678901234567890n } })).toBe(
      '{"a":{"c":12345678901234567890},"b":[1,"x",null]}',
    );
    expect(prettyCanonicalJson({ b: [], a: [{ c: true }] })).toBe(
      '{\n  "a": [\n    {\n      "c": true\n    }\n  ],\n  "b": []\n}',
    );
  });
  it('fractions, NaN and functions have no place in it', () => {
    for (const value of [0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, () => 1])
      expect(() => canonicalJson([value])).toThrow(TypeError);
  });
  it('a text is written as JSON writes it: quotes, backslashes, control characters and halves of characters too', () => {
    const texts = [
      ...Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code)),
      '员工"一"',
      'a\\b\n',
      '😀',
    ];
    for (const text of texts) expect(canonicalJson(text) === JSON.stringify(text), JSON.stringify(text)).toBe(true);
  });
  it('names that look like numbers, and those that mean something to an object, are sorted like any other', () => {
    for (const [value, spelled] of [
      [{ b: 1n, 10: 2, 9: [3n] }, '{"10":2,"9":[3],"b":1}'],
      [{ 10: 1, 2: 2 }, '{"10":1,"2":2}'],
      [{ ['__proto__']: 1n, a: 2 }, '{"__proto__":1,"a":2}'],
      [{ toJSON: 'x', a: 1 }, '{"a":1,"toJSON":"x"}'],
      [{ a: 9007199254740993n, b: -0 }, '{"a":9007199254740993,"b":0}'],
    ] as const)
      expect(canonicalJson(value)).toBe(spelled);
  });
  it('reads back as JSON, whatever the order of keys', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.oneof(fc.integer(), fc.string(), fc.boolean())), (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual({ ...value });
        expect(canonicalJson(Object.fromEntries(Object.entries(value).reverse()))).toBe(canonicalJson(value));
        expect(JSON.parse(prettyCanonicalJson(value))).toEqual({ ...value });
      }),
    );
  });
});
