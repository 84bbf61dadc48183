import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { builtInScheme } from '#app/schemes';
import { readTemplate, type SheetCriterion, sheetCriteria, templateProblems } from '#domain/appraisal/criteria';
import { evidenceFor, type MonthEvidence } from '#domain/appraisal/evidence';
import { needsSentence, readPoints, readScores, weigh } from '#domain/appraisal/score';
import { refusal, type Step, type StepKind, stateOfSheet } from '#domain/appraisal/sheet';
import { fraction, multiply } from '#domain/money';
import { weightedScore } from '#domain/pay/criteria';

const criteriaOf = (scheme: string): SheetCriterion[] => sheetCriteria(builtInScheme(scheme)!.versions[0]!.criteria);
const lb = criteriaOf('lb');
const kpi = criteriaOf('kpi');
const evidence = (over: Partial<MonthEvidence> = {}): MonthEvidence => ({
  due: 0,
  delivered: 0,
  onTime: 0,
  onTimeFirst: 0,
  late: [],
  accurate: 0,
  inaccurate: [],
  loggedDays: 20,
  claims: { total: 0, due: 0, inTime: 0, satisfaction: undefined, late: [] },
  failedChecks: { total: 0, corrected: 0 },
  verdicts: { approved: 0, rejected: 0 },
  reports: { due: 0, filed: 0 },
  incidents: [],
  ...over,
});

describe('templates', () => {
  it.each(['lb', 'kpi'])('the weights of %s add up to 100', (scheme) => {
    expect(templateProblems(criteriaOf(scheme))).toEqual([]);
  });

  it.each([
    ['工作绩效 50；团队合作 30；服务 20', 0],
    ['a 33.3; b 33.3; c 33.4', 0],
    ['a 50; b 30', 1],
    ['a 100; b 0', 1],
  ])('%s has %i problems', (text, count) => {
    const read = readTemplate(text, 'lb');
    expect('criteria' in read ? templateProblems(read.criteria) : []).toHaveLength(count);
  });

  it('names the part that is none', () => {
    expect(readTemplate('工作绩效 50；团队合作', 'lb')).toEqual({ wrong: '团队合作' });
  });
});

describe('scores are 0 to 100 with at most one decimal', () => {
  it.each([
    ['0', 0],
    ['100', 1000],
    ['87.5', 875],
    ['８７．５', 875],
    ['100.1', undefined],
    ['87.55', undefined],
    ['-1', undefined],
    ['1e2', undefined],
    ['八十', undefined],
    ['', undefined],
  ])('%s', (text, tenths) => {
    expect(readPoints(text)).toBe(tenths);
  });

  it('the total of LB is 50/30/20, rounded once to a tenth, half away from zero', () => {
    const total = (...scores: number[]) =>
      weigh(
        lb,
        lb.map(({ clause }, at) => ({ clause, score: scores[at]! })),
      )?.total;
    expect(total(1000, 1000, 1000)).toBe(1000);
    expect(total(0, 0, 0)).toBe(0);
    expect(total(850, 880, 900)).toBe(869);
    // 85.1×50% + 88×30% + 90×20% = 86.95
    expect(total(851, 880, 900)).toBe(870);
  });

  it('the total is within the scores, in whatever way they fall', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 3, maxLength: 3 }), (scores) => {
        const { total } = weigh(
          lb,
          lb.map(({ clause }, at) => ({ clause, score: scores[at]! })),
        )!;
        expect(total).toBeGreaterThanOrEqual(Math.min(...scores));
        expect(total).toBeLessThanOrEqual(Math.max(...scores));
      }),
    );
  });

  it('the total of KPI is what the pay engine makes of the same results', () => {
    const version = builtInScheme('kpi')!.versions[0]!;
    const count = fc
      .integer({ min: 0, max: 40 })
      .chain((due) => fc.record({ due: fc.constant(due), done: fc.integer({ min: 0, max: due }) }));
    fc.assert(
      fc.property(
        fc.tuple(
          ...kpi.map(() => fc.record({ score: fc.integer({ min: 0, max: 1000 }), count, overruled: fc.boolean() })),
        ),
        (all) => {
          const results = all.map(({ score, count: { due, done }, overruled }, at) => {
            const { clause, from } = kpi[at]!;
            if (from === 'score') return { clause, score };
            if (from === 'both') return { clause, score, done, due };
            return overruled ? { clause, score, done, due, overruled } : { clause, done, due };
          });
          const mine = weigh(kpi, results)!;
          const facts = results.map(({ clause, score, done, due, overruled }) => ({
            criterion: clause,
            ...(done !== undefined && { done: BigInt(done), due: BigInt(due!) }),
            ...(overruled
              ? { overruled: { score: BigInt(score!), reason: 'x' } }
              : score !== undefined && { score: BigInt(score) }),
          }));
          const theirs = weightedScore({
            criteria: version.criteria,
            settings: { nothingDue: 'spread' },
            facts: { kpi: facts },
          } as never);
          expect(BigInt(mine.total)).toBe(multiply(10n, theirs.points));
        },
      ),
      { numRuns: 300 },
    );
    expect(fraction('1').numerator).toBe(1n);
  });
});

describe('the band that facts suggest', () => {
  it('a ratio suggests itself, five points either way', () => {
    expect(evidenceFor(kpi[0]!, evidence({ due: 10, delivered: 9, onTime: 9 }))).toMatchObject({
      done: 9,
      due: 10,
      band: { from: 850, to: 950 },
    });
    expect(evidenceFor(kpi[1]!, evidence({ due: 10, delivered: 8, onTime: 4 }))).toMatchObject({
      done: 4,
      due: 8,
      band: { from: 450, to: 550 },
    });
  });

  it('each charged incident takes five points, a denied conduct ten; a mere record none', () => {
    const incident = (charged: boolean) => ({
      date: '2026-10-01',
      clause: 'X',
      label: { zh: '', en: '' },
      charged,
      disputed: false,
    });
    const band = (over: Partial<MonthEvidence>) => evidenceFor(lb[1]!, evidence(over)).band;
    expect(band({})).toEqual({ from: 750, to: 950 });
    expect(band({ incidents: [incident(true), incident(true), incident(false)] })).toEqual({ from: 650, to: 850 });
    expect(band({ conduct: { met: false, reason: '迟到' } })).toEqual({ from: 650, to: 850 });
    expect(band({ incidents: Array.from({ length: 40 }, () => incident(true)) })).toEqual({ from: 0, to: 100 });
  });

  it.each([
    [750, false],
    [950, false],
    [749, true],
    [951, true],
    [599, true],
  ])('%i tenths beside 75–95 needs a sentence: %s', (score, needed) => {
    expect(needsSentence(score, { from: 750, to: 950 })).toBe(needed);
  });

  it('extremes need one even inside the band', () => {
    expect([599, 600, 950, 951].map((score) => needsSentence(score, { from: 0, to: 1000 }))).toEqual([
      true,
      false,
      false,
      true,
    ]);
  });
});

describe('what a manager typed', () => {
  const typed = (scores: string[], reasons: string[] = []) =>
    new Map(lb.map(({ clause }, at) => [clause, { score: scores[at], reason: reasons[at] }]));
  const bases = new Map(lb.map(({ clause }) => [clause, { band: { from: 750, to: 950 } }]));

  it('names everything that is missing at once', () => {
    const read = readScores(lb, typed(['', '101', '40']), bases);
    expect('problems' in read && read.problems).toHaveLength(3);
  });

  it('takes a score outside the band with a sentence', () => {
    expect(readScores(lb, typed(['85', '85', '40']), bases)).toHaveProperty('problems');
    expect(readScores(lb, typed(['85', '85', '40'], ['', '', '两次投诉']), bases)).toMatchObject({
      scores: { total: 760 },
    });
  });

  it('an empty ratio counts as the records say; overruling it needs a reason', () => {
    const records = new Map(
      kpi.map(({ clause, from }) => [
        clause,
        { band: { from: 0, to: 1000 }, ...(from === 'ratio' && { done: 9, due: 10 }) },
      ]),
    );
    const all = (first: string, reason?: string) =>
      readScores(
        kpi,
        new Map(
          kpi.map(({ clause, from }, at) => [
            clause,
            at === 0 ? { score: first, reason } : { score: from === 'ratio' ? '' : '90' },
          ]),
        ),
        records,
      );
    expect(all('')).toMatchObject({ scores: { total: 900 } });
    expect(all('80')).toHaveProperty('problems');
    expect(all('80', '客户取消两单')).toMatchObject({
      scores: { results: expect.arrayContaining([expect.objectContaining({ overruled: true, done: 9 })]) },
    });
  });
});

describe('the order of steps', () => {
  const steps = (...kinds: StepKind[]): Step[] =>
    kinds.map((kind, at) => ({
      seq: at + 1,
      kind,
      data: { results: [], total: 800 + at, leftOut: [] },
      words: '',
      by: 1,
      day: '2026-11-02',
      at: new Date(0),
      messageId: null,
    }));
  const may = (...kinds: StepKind[]) => {
    const state = stateOfSheet(steps(...kinds));
    return (['score', 'confirm', 'object', 'decide', 'approve'] as const).filter(
      (act) => refusal(state, act) === undefined,
    );
  };

  it.each<[StepKind[], string[]]>([
    [[], ['score']],
    [['assigned'], ['score']],
    [['scored'], ['score', 'confirm', 'object']],
    [['scored', 'confirmed'], ['approve']],
    [['scored', 'objected'], ['decide']],
    [['scored', 'objected', 'upheld'], ['approve']],
    [['scored', 'objected', 'changed'], ['approve']],
    [
      ['scored', 'unanswered'],
      ['confirm', 'object', 'approve'],
    ],
    [['scored', 'unanswered', 'objected'], ['decide']],
    [['scored', 'confirmed', 'approved'], []],
    [['scored', 'unanswered', 'approved'], []],
  ])('after %j only %j', (kinds, acts) => {
    expect(may(...kinds)).toEqual(acts);
  });

  it('unanswered is never shown as agreed, also when an answer came later', () => {
    expect(stateOfSheet(steps('scored', 'unanswered'))).toMatchObject({ phase: 'unanswered', wasUnanswered: true });
    expect(stateOfSheet(steps('scored', 'unanswered', 'confirmed'))).toMatchObject({
      phase: 'confirmed',
      wasUnanswered: true,
    });
  });

  it('a change keeps the earlier scores beside the new ones', () => {
    expect(stateOfSheet(steps('scored', 'objected', 'changed'))).toMatchObject({
      before: { total: 800 },
      scores: { total: 802 },
    });
  });
});
