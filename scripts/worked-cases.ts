import { formatYuan } from '../src/domain/money.ts';
import type { FactsInput } from '../src/domain/pay/facts.ts';

/** The months of `docs/worked-months.md`: a plain one of each scheme, and what differs on both sides of each boundary. */

export type Overrides = Partial<FactsInput>;
export interface Boundary {
  /** The clauses whose lines are shown. */
  clauses: string[];
  about: string;
  /** What is said of the month, and what it changes in the plain month. */
  cases: [said: string, overrides: Overrides][];
}

const person = { id: 'u-limin', name: '李敏' };
export const plainMonths: Record<string, FactsInput> = {
  jw: {
    person,
    month: '2026-06',
    measures: { processingFee: '400000.00' },
    hours: { required: 168, attended: 168, overtime: 10 },
    nights: 2,
    samples: [{ kind: '衬衫', pieces: 4 }],
    samplePrices: { 衬衫: '15.00' },
    incidents: [],
    flags: { conduct: true },
    settings: { nightRate: '15.00' },
  },
  lb: {
    person,
    month: '2026-06',
    profile: { positionWage: '3000.00' },
    measures: { sales: '800000.00' },
    appraisal: { score: 90 },
  },
  ft: {
    person,
    month: '2026-12',
    profile: { positionWage: '4000.00', hiredOn: '2025-06-01', probationUntil: '2026-01-31' },
    declarations: [
      { no: 'D-01', date: '2026-01-31', order: 'SO-1' },
      { no: 'D-02', date: '2026-02-01', order: 'SO-2' },
      { no: 'D-03', date: '2026-04-08', order: 'SO-3' },
      { no: 'D-04', date: '2026-04-20', order: 'SO-4' },
      { no: 'D-05', date: '2026-05-06', order: 'SO-5' },
      { no: 'D-06', date: '2026-09-01', order: 'SO-6' },
    ],
    faults: [],
  },
  kpi: {
    person,
    month: '2026-06',
    profile: { positionWage: '3500.00', performanceBase: '1500.00' },
    kpi: [
      { criterion: 'KPI-1', done: 20, due: 20 },
      { criterion: 'KPI-2', done: 20, due: 20 },
      { criterion: 'KPI-3', score: 100 },
      { criterion: 'KPI-4', done: 5, due: 5, score: 100 },
      { criterion: 'KPI-5', score: 100 },
      { criterion: 'KPI-6', done: 4, due: 4, score: 100 },
      { criterion: 'KPI-7', done: 20, due: 20 },
    ],
  },
};

const k1 = (loss: string): Overrides => ({ incidents: [{ id: 'a', clause: 'JW-K1', date: '2026-06-09', loss }] });
const times = (clause: string, count: number, more: object = {}): Overrides => ({
  incidents: Array.from({ length: count }, (_, at) => ({ id: `${at + 1}`, clause, date: '2026-06-09', ...more })),
});
const k3 = (amount: string): Overrides => times('JW-K3', 1, { amount, reason: '空运' });
const hours = (attended: string | number, overtime = 10): Overrides => ({
  hours: { required: 168, attended, overtime },
});
const faults = (...dates: string[]): Overrides => ({
  faults: dates.map((date, at) => ({ id: `${at + 1}`, clause: 'FT-F1', date })),
});
const kpi = (...changed: NonNullable<FactsInput['kpi']>): Overrides => ({
  kpi: [
    ...plainMonths.kpi!.kpi!.filter(({ criterion }) => !changed.some((each) => each.criterion === criterion)),
    ...changed,
  ],
});

export const boundaries: Record<string, Boundary[]> = {
  jw: [
    {
      clauses: ['JW-K1', 'JW-P3'],
      about:
        'the rate applies to the whole loss; exactly 3,000 and 10,000 stay in the lower band; company loss ≤ 1,000 keeps the award',
      cases: [
        ['loss 1,000.00', k1('1000.00')],
        ['loss 1,000.01', k1('1000.01')],
        ['loss 3,000.00', k1('3000.00')],
        ['loss 3,000.01', k1('3000.01')],
        ['loss 10,000.00', k1('10000.00')],
        ['loss 10,000.01: the year-end bonus is lost as well', k1('10000.01')],
      ],
    },
    {
      clauses: ['JW-K2', 'JW-P3'],
      about: 'own deductions ≤ 200 keep the award',
      cases: [
        ['none', {}],
        ['two', times('JW-K2', 2)],
        ['three', times('JW-K2', 3)],
      ],
    },
    {
      clauses: ['JW-K3', 'JW-P3'],
      about: 'the manager chooses from 100 to 500',
      cases: [
        ['100.00', k3('100.00')],
        ['200.00', k3('200.00')],
        ['200.01', k3('200.01')],
        ['500.00', k3('500.00')],
      ],
    },
    {
      clauses: ['JW-K4'],
      about: '100 each',
      cases: [
        ['one', times('JW-K4', 1)],
        ['two', times('JW-K4', 2)],
      ],
    },
    {
      clauses: ['JW-K5'],
      about: '100 each',
      cases: [
        ['one', times('JW-K5', 1)],
        ['two', times('JW-K5', 2)],
      ],
    },
    {
      clauses: ['JW-K6'],
      about: '100 each; a withdrawn one costs nothing',
      cases: [
        ['one', times('JW-K6', 1)],
        ['one, withdrawn', times('JW-K6', 1, { status: 'withdrawn' })],
      ],
    },
    {
      clauses: ['JW-P1.1'],
      about: 'the base wage of a joiner by calendar days',
      cases: [
        ['the whole month', {}],
        ['from 2026-06-02', { profile: { hiredOn: '2026-06-02' } }],
        ['only 2026-06-30', { profile: { hiredOn: '2026-06-30' } }],
      ],
    },
    {
      clauses: ['JW-P1.2'],
      about: 'proportional, not per full 10,000; rounded once, half away from zero',
      cases: [
        ['fee 9,999.99', { measures: { processingFee: '9999.99' } }],
        ['fee 10,000.00', { measures: { processingFee: '10000.00' } }],
        ['fee 10,000.99', { measures: { processingFee: '10000.99' } }],
        ['fee 10,001.00', { measures: { processingFee: '10001.00' } }],
      ],
    },
    {
      clauses: ['JW-P1.3'],
      about: 'pieces × price',
      cases: [
        ['no pieces', { samples: [] }],
        ['one shirt', { samples: [{ kind: '衬衫', pieces: 1 }] }],
      ],
    },
    {
      clauses: ['JW-P1.4', 'JW-P3'],
      about: 'an hour short costs 2 yuan and its share of the award; more than required adds nothing',
      cases: [
        ['168.5 of 168 hours', hours('168.5')],
        ['168 of 168', hours(168)],
        ['167.5 of 168', hours('167.5')],
        ['0 of 168', hours(0)],
      ],
    },
    {
      clauses: ['JW-P2.1'],
      about: '2 yuan an hour; JW-P2.2: nothing when work was not by the rules',
      cases: [
        ['no overtime', hours(168, 0)],
        ['10 hours', hours(168, 10)],
        ['10 hours, not by the rules', { flags: { conduct: true, compliance: { met: false, reason: '返工' } } }],
      ],
    },
    {
      clauses: ['JW-P3'],
      about: 'conduct is the manager’s word',
      cases: [
        ['good', {}],
        ['not good', { flags: { conduct: false } }],
      ],
    },
    {
      clauses: ['JW-P4'],
      about: 'nights × the company’s rate',
      cases: [
        ['none', { nights: 0 }],
        ['one', { nights: 1 }],
      ],
    },
    {
      clauses: ['CARRY-IN', 'CARRY-OUT'],
      about: 'a month below 0 pays 0 and carries the rest',
      cases: [
        [
          '3,040.00 owed',
          { carriedIn: '3040.00', nights: 0, samples: [], hours: { required: 168, attended: 168, overtime: 45 } },
        ],
        [
          '3,040.01 owed',
          { carriedIn: '3040.01', nights: 0, samples: [], hours: { required: 168, attended: 168, overtime: 45 } },
        ],
      ],
    },
    {
      clauses: ['JW-K1', 'DAMAGES-OUT'],
      about: 'legal guard “enforce”: at most 20 % of the month’s wage, the rest is carried (700 earned: 140.00)',
      cases: (['2800.00', '2800.20'] as const).map((loss) => [
        `loss ${formatYuan(BigInt(loss.replace('.', '')))}`,
        {
          ...k1(loss),
          measures: { processingFee: '0' },
          nights: 0,
          samples: [],
          flags: { conduct: false },
          hours: { required: 168, attended: 168, overtime: 0 },
          settings: { guard: 'enforce', nightRate: '15.00' },
        },
      ]),
    },
  ],
  lb: [
    {
      clauses: ['LB-P1'],
      about: '0.5 ‰ × score, rounded once',
      cases: [
        ['score 0', { appraisal: { score: 0 } }],
        ['score 99.9', { appraisal: { score: '99.9' } }],
        ['score 100', { appraisal: { score: 100 } }],
        ['sales 19.99 at 100', { measures: { sales: '19.99' }, appraisal: { score: 100 } }],
        ['sales 10.00 at 100: half a fen is rounded up', { measures: { sales: '10.00' }, appraisal: { score: 100 } }],
        ['sales 9.99 at 100', { measures: { sales: '9.99' }, appraisal: { score: 100 } }],
        ['a return of 12,000 more than was sold', { measures: { sales: '-12000.00' } }],
      ],
    },
    {
      clauses: ['LB-P2'],
      about: 'the position wage of joiners and leavers by calendar days; the commission is not shortened',
      cases: [
        ['the whole month', {}],
        ['until 2026-06-29', { profile: { positionWage: '3000.00', leftOn: '2026-06-29' } }],
        ['only 2026-06-01', { profile: { positionWage: '3000.00', leftOn: '2026-06-01' } }],
      ],
    },
  ],
  ft: [
    {
      clauses: ['FT-R1'],
      about: '30 each, none in probation, of which 2026-01-31 is the last day; paid with December',
      cases: [
        ['December', {}],
        ['November: only accrued', { month: '2026-11' }],
        ['probation until 2026-02-01', { profile: { positionWage: '4000.00', probationUntil: '2026-02-01' } }],
        [
          'a leaver in November',
          {
            month: '2026-11',
            profile: { positionWage: '4000.00', probationUntil: '2026-01-31', leftOn: '2026-11-30' },
          },
        ],
      ],
    },
    {
      clauses: ['FT-F1', 'FT-F2'],
      about: 'this order’s reward is lost, once even with two faults',
      cases: [
        ['FT-F1 on D-03', { faults: [{ id: '1', clause: 'FT-F1', date: '2026-04-09', declaration: 'D-03' }] }],
        ['FT-F2 on D-03', { faults: [{ id: '1', clause: 'FT-F2', date: '2026-04-09', declaration: 'D-03' }] }],
        [
          'both on D-03, in different months',
          {
            faults: [
              { id: '1', clause: 'FT-F1', date: '2026-04-09', declaration: 'D-03' },
              { id: '2', clause: 'FT-F2', date: '2026-05-09', declaration: 'D-03' },
            ],
          },
        ],
      ],
    },
    {
      clauses: ['FT-F3'],
      about: 'two in a month lose the month, three the quarter',
      cases: [
        ['one in April', faults('2026-04-09')],
        ['two in April', faults('2026-04-09', '2026-04-30')],
        ['one in April, one in May', faults('2026-04-30', '2026-05-01')],
        ['three in April', faults('2026-04-09', '2026-04-10', '2026-04-30')],
      ],
    },
    {
      clauses: ['FT-F3', 'FT-F4'],
      about: 'five in a quarter lose the year',
      cases: [
        ['four in the second quarter', faults('2026-04-09', '2026-05-10', '2026-06-01', '2026-06-30')],
        ['five in the second quarter', faults('2026-04-09', '2026-05-10', '2026-05-11', '2026-06-01', '2026-06-30')],
        ['four there, one on 2026-07-01', faults('2026-04-09', '2026-05-10', '2026-06-01', '2026-06-30', '2026-07-01')],
      ],
    },
    {
      clauses: ['FT-F5'],
      about: 'eight in a year: HR and the manager are told, nothing is deducted for it, a person decides',
      cases: [
        [
          'seven',
          faults('2026-01-05', '2026-02-05', '2026-03-05', '2026-06-05', '2026-07-05', '2026-08-05', '2026-10-05'),
        ],
        [
          'eight',
          faults(
            '2026-01-05',
            '2026-02-05',
            '2026-03-05',
            '2026-06-05',
            '2026-07-05',
            '2026-08-05',
            '2026-10-05',
            '2026-11-05',
          ),
        ],
      ],
    },
    {
      clauses: ['FT-BASE'],
      about: 'the base wage beside it',
      cases: [
        ['a plain month', {}],
        ['from 2026-12-17', { profile: { positionWage: '4000.00', hiredOn: '2026-12-17' }, declarations: [] }],
      ],
    },
  ],
  kpi: [
    {
      clauses: ['KPI-P1.performance'],
      about: 'weights 20, 20, 15, 15, 10, 10, 10; a ratio is not rounded before it is used',
      cases: [
        ['all met', {}],
        ['KPI-1: 19 of 20 orders', kpi({ criterion: 'KPI-1', done: 19, due: 20 })],
        ['KPI-2: 2 of 3 in time', kpi({ criterion: 'KPI-2', done: 2, due: 3 })],
        ['KPI-3: 99.9', kpi({ criterion: 'KPI-3', score: '99.9' })],
        ['KPI-4: 4 of 5 and 100', kpi({ criterion: 'KPI-4', done: 4, due: 5, score: 100 })],
        ['KPI-5: 0', kpi({ criterion: 'KPI-5', score: 0 })],
        ['KPI-6: nothing due, 90', kpi({ criterion: 'KPI-6', done: 0, due: 0, score: 90 })],
        [
          'KPI-5: 0, KPI-7: nothing due, its weight is spread',
          kpi({ criterion: 'KPI-5', score: 0 }, { criterion: 'KPI-7', done: 0, due: 0 }),
        ],
        [
          'KPI-7: 10 of 20, overruled to 95',
          kpi({ criterion: 'KPI-7', done: 10, due: 20, overruled: { score: 95, reason: '客户改期' } }),
        ],
      ],
    },
    {
      clauses: ['KPI-P1.base'],
      about: 'the base wage of joiners and leavers',
      cases: [
        ['the whole month', {}],
        [
          'from 2026-06-16',
          { profile: { positionWage: '3500.00', performanceBase: '1500.00', hiredOn: '2026-06-16' } },
        ],
      ],
    },
  ],
};
