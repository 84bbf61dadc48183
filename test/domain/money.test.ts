import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  absolute,
  allocate,
  compareFractions,
  formatYuan,
  fraction,
  larger,
  multiply,
  multiplyRoundingDown,
  NumberTextError,
  parseYuan,
  product,
  ratio,
  roundHalfAway,
  shortYuan,
  smaller,
  sumFen,
  sumFractions,
  yuanText,
} from '#domain/money';

describe('an amount in yuan is read exactly or refused', () => {
  it.each([
    ['3,000.00', 3000_00n],
    ['3000', 3000_00n],
    ['0.5', 50n],
    ['-12.34', -12_34n],
    ['３，０００．５', 3000_50n],
    ['¥1,234,567.89', 1234567_89n],
    ['￥ 88 元', 88_00n],
    ['-¥5', -5_00n],
    ['  700元 ', 700_00n],
    ['0.00', 0n],
    ['9,999,999,999,999.99', 999999999999999n],
    ['10,000,000,000,000', 10n ** 15n],
    ['+5', 5_00n],
    ['+¥  5', 5_00n],
    ['−5', -5_00n],
    ['1，000', 1000_00n],
    ['3。5', 3_50n],
    ['12,345', 12345_00n],
    ['5圆', 5_00n],
    ['5  yuan', 5_00n],
    ['5 cny', 5_00n],
    ['5RMB', 5_00n],
  ])('%s', (text, fen) => {
    expect(parseYuan(text)).toBe(fen);
  });

  it.each([
    '1e3',
    '1.005',
    'NaN',
    'Infinity',
    '',
    ' ',
    '.5',
    '5.',
    '1,00',
    '1,0000',
    '12,34,567',
    '0x10',
    '--1',
    '1 000',
    '一百',
    '10 0',
    '1_000',
    '99999999999999999999',
    '10,000,000,000,000.01',
    '-10000000000000.01',
    'x1',
    '1x',
    'x¥5',
    '5元x',
    '5元6',
    '1234,567',
    '1,234,56',
    '5¥',
    '¥¥5',
  ])('refuses 「%s」', (text) => {
    expect(() => parseYuan(text)).toThrow(NumberTextError);
  });

  it('a refusal quotes what was written and says how to write it', () => {
    const refusal = (text: string) => {
      try {
        return parseYuan(text);
      } catch (error) {
        return `${error}`;
      }
    };
    expect(refusal('一百')).toBe('NumberTextError: 「一百」不是金额。请写成 3000 或 3,000.00，最多两位小数');
    expect(refusal('99999999999999')).toBe('NumberTextError: 「99999999999999」超出可结算的金额范围');
  });

  it('formats what it reads, and reads what it formats', () => {
    fc.assert(
      fc.property(fc.bigInt(-(10n ** 15n), 10n ** 15n), (fen) => {
        expect(parseYuan(formatYuan(fen))).toBe(fen);
        expect(parseYuan(yuanText(fen))).toBe(fen);
      }),
    );
  });

  it('shows separators, two decimals and the sign', () => {
    expect([0n, 5n, -5n, 100_00n, 1234567_89n, -1000_00n].map(formatYuan)).toEqual([
      '0.00',
      '0.05',
      '-0.05',
      '100.00',
      '1,234,567.89',
      '-1,000.00',
    ]);
    expect([1000_00n, 1000_50n].map(shortYuan)).toEqual(['1,000', '1,000.50']);
  });
});

describe('rates are exact fractions', () => {
  it.each([
    ['50/10000', 1n, 200n],
    ['0.5‰', 1n, 2000n],
    ['0.5%', 1n, 200n],
    ['５％', 1n, 20n],
    ['0.1', 1n, 10n],
    ['2', 2n, 1n],
    ['-5%', -1n, 20n],
    ['1.5/3', 1n, 2n],
    ['1/2.5', 2n, 5n],
    [' 50 / 10000 ', 1n, 200n],
    ['50/100%', 1n, 200n],
    ['5 %', 1n, 20n],
    ['+2', 2n, 1n],
  ])('%s', (text, numerator, denominator) => {
    expect(compareFractions(fraction(text), ratio(numerator, denominator))).toBe(0);
  });

  it.each([
    '',
    '1/0',
    '1/2/3',
    '5%/2',
    '1e-3',
    'NaN',
    '1/-2',
    '%',
    '0.5‰‰',
    'x1',
    '1x',
    '1/',
    '/2',
    '.5',
    '5.',
    '1/x',
    '5%0',
  ])('refuses 「%s」', (text) => {
    expect(() => fraction(text)).toThrow(NumberTextError);
  });

  it('keeps how it was written, and refuses in words', () => {
    expect(fraction('０.5‰')).toEqual({ numerator: 5n, denominator: 10_000n, text: '0.5‰' });
    expect(fraction('1.5/3')).toEqual({ numerator: 15n, denominator: 30n, text: '1.5/3' });
    expect(() => fraction('NaN')).toThrow('「NaN」不是比例。请写成 5%、0.5‰ 或 50/10000');
  });

  it('its sign is above the line, and a whole number is written without one', () => {
    expect(ratio(1n, -2n)).toEqual({ numerator: -1n, denominator: 2n, text: '1/-2' });
    expect(ratio(-1n, -2n)).toMatchObject({ numerator: 1n, denominator: 2n });
    expect(ratio(3n, 1n)).toEqual({ numerator: 3n, denominator: 1n, text: '3' });
    expect(() => ratio(1n, 0n)).toThrow(new RangeError('a fraction needs a denominator other than 0'));
  });

  it('compares exactly', () => {
    const third = fraction('1/3');
    expect([ratio(33n, 100n), ratio(2n, 6n), ratio(34n, 100n)].map((one) => compareFractions(one, third))).toEqual([
      -1, 0, 1,
    ]);
    expect(compareFractions(ratio(-1n, 2n), third)).toBe(-1);
  });

  it('adds and multiplies without losing anything', () => {
    expect(sumFractions([ratio(1n, 2n), ratio(1n, 2n)])).toEqual(ratio(1n, 1n));
    expect(sumFractions([ratio(1n, 2n), ratio(-1n, 2n)])).toEqual(ratio(0n, 1n));
    expect(sumFractions([ratio(-1n, 3n), ratio(-1n, 6n)])).toEqual(ratio(-1n, 2n));
    expect(product(ratio(2n, 3n), ratio(5n, 7n))).toMatchObject({ numerator: 10n, denominator: 21n });
    expect(product()).toEqual({ numerator: 1n, denominator: 1n, text: '' });
    expect(sumFractions([ratio(1n, 3n), ratio(1n, 6n)])).toEqual(ratio(1n, 2n));
    expect(sumFractions([])).toEqual(ratio(0n, 1n));
    expect(product(ratio(2n, 3n), ratio(3n, 4n)).text).toBe('2/3 × 3/4');
  });
});

describe('rounding happens once, half away from zero', () => {
  it.each([
    [5n, 10n, 1n],
    [-5n, 10n, -1n],
    [15n, 10n, 2n],
    [-15n, 10n, -2n],
    [25n, 10n, 3n],
    [4n, 10n, 0n],
    [-4n, 10n, 0n],
    [10_049n, 1000n, 10n],
  ])('%s/%s', (numerator, denominator, whole) => {
    expect(roundHalfAway(numerator, denominator)).toBe(whole);
  });

  it('1.005 yuan × 100 is 100.50, not what binary numbers make of it', () => {
    expect(multiply(100_00n, fraction('1.005'))).toBe(100_50n);
    expect(multiply(1n, fraction('1.005'), fraction('100'))).toBe(101n);
  });

  it('several factors are multiplied first and rounded at the end', () => {
    expect(multiply(1_00n, ratio(1n, 3n), ratio(3n, 1n))).toBe(1_00n);
  });

  it('a cap is rounded down', () => {
    expect(multiplyRoundingDown(1234_59n, fraction('20%'))).toBe(246_91n);
    expect(multiplyRoundingDown(0n, fraction('20%'))).toBe(0n);
    expect(multiplyRoundingDown(5n, fraction('0'))).toBe(0n);
    const negative = new RangeError('only amounts of 0 or more are rounded down');
    expect(() => multiplyRoundingDown(-1n, fraction('20%'))).toThrow(negative);
    expect(() => multiplyRoundingDown(1n, fraction('-20%'))).toThrow(negative);
  });
});

describe('small helpers', () => {
  it('sum, size, and the smaller and larger of two', () => {
    expect([sumFen([]), sumFen([1n, -3n, 7n])]).toEqual([0n, 5n]);
    expect([absolute(-3n), absolute(3n), absolute(0n)]).toEqual([3n, 3n, 0n]);
    expect([smaller(1n, 2n), smaller(2n, 1n), smaller(2n, 2n)]).toEqual([1n, 1n, 2n]);
    expect([larger(1n, 2n), larger(2n, 1n), larger(2n, 2n)]).toEqual([2n, 2n, 2n]);
  });
});

describe('allocation loses no fen', () => {
  it('splits 100 fen into 33/33/34 by largest remainder', () => {
    expect(allocate(100n, [1n, 1n, 1n])).toEqual([34n, 33n, 33n]);
    expect(allocate(-100n, [1n, 1n, 1n])).toEqual([-34n, -33n, -33n]);
    expect(allocate(100n, [33n, 33n, 34n])).toEqual([33n, 33n, 34n]);
    expect(allocate(100n, [1n, 2n, 3n])).toEqual([17n, 33n, 50n]);
    expect(allocate(100n, [3n, 2n, 1n])).toEqual([50n, 33n, 17n]);
    expect(allocate(5n, [0n, 1n, 1n])).toEqual([0n, 3n, 2n]);
    const wrong = new RangeError('weights must be 0 or more and must not all be 0');
    for (const weights of [[0n], [], [-1n], [-1n, 2n]]) expect(() => allocate(1n, weights)).toThrow(wrong);
  });

  it('shares add up to the amount and none is further than a fen from its exact part', () => {
    const weights = fc.array(fc.bigInt(0n, 10n ** 6n), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(fc.bigInt(-(10n ** 12n), 10n ** 12n), weights, (amount, parts) => {
        fc.pre(parts.some((part) => part > 0n));
        const shares = allocate(amount, parts);
        const whole = parts.reduce((sum, part) => sum + part, 0n);
        expect(shares.reduce((sum, share) => sum + share, 0n)).toBe(amount);
        shares.forEach((share, index) => {
          const off = share * whole - amount * (parts[index] ?? 0n);
          expect(off < whole && off > -whole).toBe(true);
        });
      }),
      { numRuns: 2000 },
    );
  });
});

describe('no floating point on money', () => {
  const root = new URL('../../src/domain/', import.meta.url);
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name === 'money.ts' || (name.startsWith('pay/') && name.endsWith('.ts')),
  );

  it('covers the money files', () => {
    expect(files).toContain('money.ts');
  });

  it.each(files)('%s', (name) => {
    // a whole number within the safe range is written as JSON writes it; nothing is computed with it
    const source = readFileSync(new URL(name, root), 'utf8').replace('safe(value) ? Number(value) : beyond', '');
    expect(source.match(/toFixed|parseFloat|\bNumber\(|Math\.(round|floor|ceil|trunc)|parseInt/g)).toBeNull();
  });
});
