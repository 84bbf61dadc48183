import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fraction, multiply, parseYuan, yuanText } from '#domain/money';
import { type Band, bandSchema, chargeMarginal, chargeWhole } from '#domain/pay/bands';
import { evaluate } from '#test/support/spreadsheet';

const bands = (list: unknown[]): Band[] => list.map((each) => bandSchema.parse(each));
const charge = (list: Band[], loss: string, how = chargeWhole) => how(list, parseYuan(loss), '{loss}')?.fen;

describe('以上、以下、以内 include the number; 不满、超过 do not', () => {
  const strict = bands([
    { below: '1000', rate: '1%' },
    { from: '1000', upTo: '2000', rate: '2%' },
    { over: '2000', amount: '100' },
  ]);
  it.each([
    ['0.00', 0n],
    ['999.99', 10_00n],
    ['1000.00', 20_00n],
    ['2000.00', 40_00n],
    ['2000.01', 100_00n],
  ])('%s', (loss, fen) => expect(charge(strict, loss)).toBe(fen));

  it('where two bands include a number, the employee gets the better one, whichever comes first', () => {
    const shared = [
      { upTo: '1000', rate: '10%' },
      { from: '1000', rate: '5%' },
    ];
    expect([charge(bands(shared), '1000'), charge(bands([...shared].reverse()), '1000')]).toEqual([50_00n, 50_00n]);
  });
  it('of two equal charges the one without further effects', () => {
    const list = bands([
      { from: '0', amount: '10', effects: ['year-end-bonus-lost'] },
      { upTo: '5', amount: '10' },
    ]);
    expect(chargeWhole(list, 500n, '')?.effects).toEqual([]);
    expect(chargeWhole(list, 501n, '')?.effects).toEqual(['year-end-bonus-lost']);
  });
  it('a number that no band includes has no charge', () => {
    expect(charge(bands([{ over: '10', rate: '1%' }]), '10')).toBeUndefined();
    expect(charge(bands([{ over: '10', rate: '1%' }]), '10', chargeMarginal)).toBeUndefined();
  });
  it.each([
    [{ rate: '1%', amount: '1' }],
    [{}],
    [{ from: '1', over: '1', rate: '1%' }],
    [{ upTo: '1', below: '1', rate: '1%' }],
  ])('%j is no band', (band) => {
    expect(() => bandSchema.parse(band)).toThrow();
  });
});

describe('marginal bands charge each part by its own rate, rounded once together', () => {
  const list = bands([
    { upTo: '3000', rate: '5%' },
    { over: '3000', upTo: '10000', rate: '10%' },
    { over: '10000', rate: '20%' },
  ]);
  it.each([
    ['3000.00', 150_00n],
    ['3000.05', 150_01n],
    ['10000.00', 850_00n],
    ['12000.00', 1250_00n],
  ])('%s', (loss, fen) => expect(charge(list, loss, chargeMarginal)).toBe(fen));

  it('a larger loss never costs less', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 20_000_00n), fc.bigInt(0n, 1000n), (loss, more) => {
        expect(chargeMarginal(list, loss + more, '')!.fen >= chargeMarginal(list, loss, '')!.fen).toBe(true);
      }),
    );
  });
});

describe('the spreadsheet formula chooses the band itself', () => {
  const list = bands([
    { upTo: '3000', rate: '5%' },
    { from: '3000', upTo: '10000', rate: '10%' },
    { from: '10000', amount: '1000' },
  ]);
  it.each([
    ['whole', chargeWhole],
    ['marginal', chargeMarginal],
  ])('%s: it agrees at every amount, also when the cell is changed later', (_, how) => {
    const losses = fc.oneof(fc.bigInt(0n, 15_000_00n), fc.constantFrom(3000_00n, 3000_01n, 10_000_00n, 10_000_01n));
    fc.assert(
      fc.property(losses, losses, (written, changed) => {
        const value = evaluate(how(list, written, '{loss}')!.sheet, () => fraction(yuanText(changed)));
        expect(multiply(100n, value)).toBe(how(list, changed, '')!.fen);
      }),
    );
  });
});
