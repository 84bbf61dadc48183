import { describe, expect, it } from 'vitest';
import type { FactsInput } from '#domain/pay/facts';
import { amountOf, codesOf, factsJson, settled } from '#test/support/pay';

type KpiInput = NonNullable<FactsInput['kpi']>[number];
const withKpi = (...changed: KpiInput[]) =>
  factsJson('kpi').kpi!.map((each) => changed.find(({ criterion }) => criterion === each.criterion) ?? each);
const performance = (...changed: KpiInput[]) =>
  amountOf(settled('kpi', { kpi: withKpi(...changed) }), 'KPI-P1.performance');

describe('pay = base wage + performance base × KPI score (KPI-P1)', () => {
  it('full marks pay the whole base', () => {
    const month = settled('kpi');
    expect([amountOf(month, 'KPI-P1.base'), amountOf(month, 'KPI-P1.performance')]).toEqual([3500_00n, 1500_00n]);
  });

  it('a ratio is not rounded before it is used', () => {
    // (20 × 2/3 + 80) = 93.333…; 1,500 × 93.333…% = 1,400.00
    expect(performance({ criterion: 'KPI-1', done: 2, due: 3 })).toBe(1400_00n);
    // two thirds twice and one score: 1,500 × (13.333… + 13.333… + 60)%
    expect(performance({ criterion: 'KPI-1', done: 2, due: 3 }, { criterion: 'KPI-2', done: 2, due: 3 })).toBe(
      1300_00n,
    );
  });

  it('mixes ratio and score where the criterion has both (KPI-4, KPI-6)', () => {
    // KPI-4 weighs 15: half of 80 % and half of 60 points = 70 → 1,500 × 95.5 %
    expect(performance({ criterion: 'KPI-4', done: 4, due: 5, score: 60 })).toBe(1432_50n);
  });

  it('the manager may overrule one with a reason', () => {
    const overruled = { score: 90, reason: '客户改期，非本人原因' };
    expect(performance({ criterion: 'KPI-1', done: 10, due: 20, overruled })).toBe(1470_00n);
    expect(() =>
      settled('kpi', { kpi: withKpi({ criterion: 'KPI-1', overruled: { score: 90, reason: '' } }) }),
    ).toThrow('写明理由');
  });
});

describe('a criterion with nothing due', () => {
  it('is left out, its weight is spread, and the line says so', () => {
    // 80 points of weight are left: KPI-2 half → (10 + 60) / 80 = 87.5 %
    const kpi = withKpi({ criterion: 'KPI-1', done: 0, due: 0 }, { criterion: 'KPI-2', done: 1, due: 2 });
    const month = settled('kpi', { kpi });
    expect(amountOf(month, 'KPI-P1.performance')).toBe(1312_50n);
    expect(codesOf(month)).toContain('NOTHING-DUE');
  });
  it('or has full marks where the company says so', () => {
    const kpi = withKpi({ criterion: 'KPI-1', done: 0, due: 0 }, { criterion: 'KPI-2', done: 1, due: 2 });
    expect(amountOf(settled('kpi', { kpi, settings: { nothingDue: 'full' } }), 'KPI-P1.performance')).toBe(1350_00n);
  });
  it('with a score beside it counts by the score alone', () => {
    expect(performance({ criterion: 'KPI-4', done: 0, due: 0, score: 80 })).toBe(1455_00n);
  });
});

describe('what cannot be scored is an error that names the criterion', () => {
  it.each([
    ['no result', factsJson('kpi').kpi!.slice(1), 'kpi.KPI-1'],
    ['no score', withKpi({ criterion: 'KPI-3' }), 'kpi.KPI-3.score'],
    ['no counts', withKpi({ criterion: 'KPI-4', score: 90 }), 'kpi.KPI-4.due'],
    ['more done than due', withKpi({ criterion: 'KPI-1', done: 3, due: 2 }), '多于应完成数'],
    ['half a pair', withKpi({ criterion: 'KPI-1', due: 2 }), '必须同时填写'],
    ['twice', [...factsJson('kpi').kpi!, { criterion: 'KPI-1', done: 1, due: 1 }], '重复'],
  ])('%s', (_, kpi, message) => {
    expect(() => settled('kpi', { kpi })).toThrow(message);
  });
});

describe('weights are the company’s', () => {
  it('a setting replaces those of the scheme', () => {
    const kpi = withKpi({ criterion: 'KPI-1', done: 1, due: 2 });
    const weights = {
      'KPI-1': '50',
      'KPI-2': '50',
      'KPI-3': '0',
      'KPI-4': '0',
      'KPI-5': '0',
      'KPI-6': '0',
      'KPI-7': '0',
    };
    expect(amountOf(settled('kpi', { kpi, settings: { weights } }), 'KPI-P1.performance')).toBe(1125_00n);
  });
  it('weights that do not sum to 100 are refused', () => {
    expect(() => settled('kpi', { settings: { weights: { 'KPI-1': '30' } } })).toThrow('权重合计');
  });
});

describe('joiners', () => {
  it('get the share of the base wage; the performance base follows only where the company says so', () => {
    const profile = { positionWage: '3000', performanceBase: '1500', hiredOn: '2026-06-16' };
    const parts = (settings = {}) => {
      const month = settled('kpi', { profile, settings });
      return [amountOf(month, 'KPI-P1.base'), amountOf(month, 'KPI-P1.performance')];
    };
    expect([parts(), parts({ performanceProration: 'employment' })]).toEqual([
      [1500_00n, 1500_00n],
      [1500_00n, 750_00n],
    ]);
  });
});
