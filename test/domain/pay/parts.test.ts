import { expect, it } from 'vitest';
import { earnedParts, partsOfPay } from '#domain/pay/parts';
import { settled } from '#test/support/pay';

const month = settled('jw', {
  hours: { required: 168, attended: 160, overtime: 0 },
  incidents: [
    { clause: 'JW-K2', date: '2026-06-02' },
    { clause: 'JW-K1', date: '2026-06-03', loss: '9000' },
  ],
  carriedIn: '100',
  settings: { nightRate: '15.00' },
});

it('the parts of a month add up to its total, and each minus keeps its own name', () => {
  const parts = partsOfPay(month.lines);
  expect(parts.reduce((sum, { amountFen }) => sum + amountFen, 0n)).toBe(month.totalFen);
  expect(parts.map(({ label, amountFen }) => [label.zh, amountFen])).toEqual([
    ['基本工资', 700_00n],
    ['延时工资', 2000_00n],
    ['出勤不足', -16_00n],
    ['赔偿', -900_00n],
    ['考核扣款', -100_00n],
    ['结转', -100_00n],
  ]);
});

it('what was earned stands line by line', () => {
  expect(earnedParts(month.lines).map(({ label }) => label.zh)).toEqual(['基本工资', '延时工资']);
});
