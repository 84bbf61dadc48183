import { describe, expect, it } from 'vitest';
import { canonicalJson } from '#domain/pay/canonical-json';
import { parseFacts } from '#domain/pay/facts';
import { SettlementError } from '#domain/pay/problem';
import { parseScheme, SchemeError, settingsFor, versionFor } from '#domain/pay/scheme';
import { describeSettings } from '#domain/pay/settings';
import { approvalBlocks, carriedForward, problemsOf, settle, whyNotMore } from '#domain/pay/settle';
import { yearEndBonusLost } from '#domain/pay/yearly';
import { amountOf, factsJson, factsOf, settled, version } from '#test/support/pay';

const bigFine = (id: string) => ({ id, clause: 'JW-K3', date: '2026-06-01', amount: '500.00', reason: '空运' });

describe('a negative month', () => {
  const month = settled('jw', {
    measures: { processingFee: '0.00' },
    incidents: [bigFine('a'), bigFine('b')],
    carriedIn: '120.50',
  });
  it('is floored at 0 by a CARRY-OUT line, so that the total stays the sum of the lines', () => {
    expect([amountOf(month, 'CARRY-IN'), amountOf(month, 'CARRY-OUT'), month.totalFen]).toEqual([
      -120_50n,
      420_50n,
      0n,
    ]);
  });
  it('comes back as CARRY-IN in the next month', () => {
    const { carriedInFen } = carriedForward(month);
    const next = settled('jw', { month: '2026-07', carriedIn: Number(carriedInFen) });
    expect([amountOf(next, 'CARRY-IN'), next.totalFen]).toEqual([-420_50n, 700_00n + 2000_00n + 250_00n - 420_50n]);
  });
  it('exactly 0 needs no line', () => {
    const zero = settled('jw', { measures: { processingFee: '0.00' }, flags: { conduct: false }, carriedIn: '700.00' });
    expect([zero.totalFen, amountOf(zero, 'CARRY-OUT')]).toEqual([0n, undefined]);
  });
});

describe('corrections of locked months', () => {
  it('are lines of this month, with the month and the reason', () => {
    const month = settled('lb', {
      corrections: [
        { month: '2026-05', amount: '-12.34', reason: '退货补记' },
        { month: '2026-04', amount: '5.00', reason: '漏记出运' },
      ],
    });
    const lines = month.lines.filter(({ clause }) => clause === 'CORRECTION');
    expect(lines.map(({ amountFen, formula }) => [amountFen, formula.zh]).sort()).toEqual([
      [-12_34n, '退货补记：-12.34'],
      [5_00n, '漏记出运：5.00'],
    ]);
  });
});

describe('missing and impossible facts', () => {
  it('are all named at once, with the person and the month', () => {
    const bare = parseFacts({ person: { id: 'u1', name: '李敏' }, month: '2026-06' });
    const failure = (() => {
      try {
        settle(bare, version('jw'));
      } catch (error) {
        return error as SettlementError;
      }
      throw new Error('settled without facts');
    })();
    expect(failure).toBeInstanceOf(SettlementError);
    expect(failure.problems.map(({ at }) => at)).toEqual([
      'measures.processingFee.shipped',
      'samples',
      'hours.required',
      'hours.attended',
      'hours.overtime',
      'incidents',
      'flags.conduct',
      'nights',
    ]);
    expect(failure.message.split('\n')[2]).toBe('李敏 2026-06 缺少应出勤工时（hours.required）');
  });

  it('can be asked for before a run', () => {
    expect(
      problemsOf(factsOf('lb', { appraisal: undefined }), version('lb')).map(({ code, at }) => [code, at]),
    ).toEqual([['missing', 'appraisal.score']]);
    expect(problemsOf(factsOf('lb'), version('lb'))).toEqual([]);
  });

  it('0 required hours is an error that names the person', () => {
    expect(() => settled('jw', { hours: { required: 0, attended: 0, overtime: 0 } })).toThrow(
      '李敏 2026-06 的应出勤工时是 0',
    );
  });

  it.each([
    [{ month: '2026-6' }, 'month：「2026-6」不是月份'],
    [{ measures: { sales: 12.5 } }, '不能写小数'],
    [{ measures: { sales: '1e3' } }, '「1e3」不是金额'],
    [{ hours: { required: '-1' } }, '「-1」不是数量'],
    [{ nights: 1.5 }, '不是 0 或正整数'],
    [{ carriedIn: '-1' }, '金额不能是负数'],
    [{ profile: { hiredOn: '2026-06-10', leftOn: '2026-06-09' } }, '早于入职日'],
    [{ surprise: 1 }, '不认识 surprise'],
    [{ person: { id: 'x' } }, 'person.name：缺少'],
    [
      {
        incidents: [
          { id: 'a', clause: 'JW-K2', date: '2026-06-01' },
          { id: 'a', clause: 'JW-K2', date: '2026-06-02' },
        ],
      },
      '事件 a 重复',
    ],
  ])('%j is refused', (change, message) => {
    expect(() => parseFacts({ ...factsJson('lb'), ...change })).toThrow(message);
  });
});

describe('facts remember their source', () => {
  const source = { messageId: 'om_123', author: 'ou_fin', at: '2026-07-01T02:00:00Z', link: 'https://example.com/m' };
  it('and hand it to the line that used them', () => {
    const month = settled('jw', {
      hours: { required: { value: 168, source }, attended: { value: '160.5', source }, overtime: 0 },
      incidents: [{ id: 'a', clause: 'JW-K1', date: '2026-06-02', loss: '100', order: 'SO-1', source }],
    });
    const line = (clause: string) => month.lines.find((each) => each.clause === clause)!;
    expect(line('JW-P1.4').facts[1]).toEqual({
      path: 'hours.attended',
      label: { zh: '实际出勤工时', en: 'attended hours' },
      value: '160.5',
      sources: [source],
    });
    expect(line('JW-K1').facts[0]?.sources).toEqual([{ ...source, order: 'SO-1' }]);
  });
});

describe('versions and settings', () => {
  const scheme = parseScheme({
    scheme: 'two-versions',
    name: { zh: '两版', en: 'two versions' },
    source: 'test',
    versions: [
      {
        from: '2026-07',
        lines: [{ clause: 'X-1', label: { zh: '固定', en: 'fixed' }, text: '800', kind: 'fixed', amount: '800.00' }],
      },
      {
        from: '2026-01',
        lines: [{ clause: 'X-1', label: { zh: '固定', en: 'fixed' }, text: '700', kind: 'fixed', amount: '700.00' }],
      },
    ],
  });
  it('a new version starts with a month, and past months keep theirs', () => {
    const pay = (month: string) => settle(factsOf('lb', { month }), versionFor(scheme, month)!).totalFen;
    expect([pay('2026-01'), pay('2026-06'), pay('2026-07')]).toEqual([700_00n, 700_00n, 800_00n]);
    expect(versionFor(scheme, '2025-12')).toBeUndefined();
  });
  it('every setting has a default that can be shown, and an unknown one is refused', () => {
    const shown = describeSettings(settingsFor(version('jw')));
    expect(shown.every(({ isDefault }) => isDefault)).toBe(true);
    expect(() => settingsFor(version('jw'), { guard: 'maybe' })).toThrow(SchemeError);
    expect(() => settingsFor(version('jw'), { colour: 'red' })).toThrow('不认识 colour');
  });
});

describe('same inputs, same bytes', () => {
  it('in whatever order facts were recorded', () => {
    const incidents = [
      bigFine('a'),
      { id: 'b', clause: 'JW-K2', date: '2026-06-03' },
      { id: 'c', clause: 'JW-K2', date: '2026-06-02' },
    ];
    const bytes = (list: typeof incidents) => canonicalJson(settled('jw', { incidents: list }));
    expect(bytes([...incidents].reverse())).toBe(bytes(incidents));
  });
});

describe('why not more', () => {
  it('names the nearest missed condition and its worth', () => {
    const facts = factsOf('jw', {
      hours: { required: 168, attended: 168, overtime: 10 },
      incidents: [
        { clause: 'JW-K2', date: '2026-06-01' },
        { clause: 'JW-K3', date: '2026-06-02', amount: '150', reason: '延误', loss: '5000' },
      ],
      flags: { conduct: true, compliance: { met: false, reason: '报表未交' } },
    });
    expect(whyNotMore(facts, version('jw')).map(({ clause, worthFen, text }) => [clause, worthFen, text.zh])).toEqual([
      ['JW-P3', 250_00n, '本人扣款 250.00（未满足 ≤ 200）；另有 1 个条件未满足'],
      ['JW-P2.2', 20_00n, '主管认定未达到「按规范操作并按时完成本职工作」，加班补助未计发'],
    ]);
  });
  it('says what a point is worth, and nothing at full marks', () => {
    const [missed] = whyNotMore(factsOf('lb', { appraisal: { score: 90 } }), version('lb'));
    expect([missed?.worthFen, missed?.text.zh]).toEqual([40_00n, '得分每高 1 分多 4.00 元，满分 400.00 元']);
    expect(whyNotMore(factsOf('lb'), version('lb'))).toEqual([]);
  });
  it('under KPI names each criterion that was not met, and what it cost', () => {
    const kpi = factsJson('kpi').kpi!.map((each) =>
      each.criterion === 'KPI-1'
        ? { criterion: 'KPI-1', done: 17, due: 18 }
        : each.criterion === 'KPI-3'
          ? { criterion: 'KPI-3', score: 92 }
          : each.criterion === 'KPI-7'
            ? { criterion: 'KPI-7', done: 0, due: 0 }
            : each,
    );
    // the weights of the six that count add up to 90: 1,500 × 20/90 × 1/18 and 1,500 × 15/90 × 8/100
    expect(
      whyNotMore(factsOf('kpi', { kpi }), version('kpi')).map(({ clause, worthFen, text }) => [
        clause,
        worthFen,
        text.zh,
      ]),
    ).toEqual([
      ['KPI-3', 20_00n, '客户满意度：92，满分 100（占 16.7%）'],
      ['KPI-1', 18_52n, '订单完成率：17/18×100，满分 100（占 22.2%）'],
    ]);
  });
  it('names short attendance, and lost rewards', () => {
    const short = factsOf('jw', { hours: { required: 100, attended: 90, overtime: 0 } });
    expect(whyNotMore(short, version('jw')).map(({ clause, worthFen }) => [clause, worthFen])).toEqual([
      ['JW-P3', 25_00n],
    ]);
    const ft = factsOf('ft', {
      declarations: [{ no: 'D1', date: '2026-06-01' }],
      faults: [{ clause: 'FT-F1', date: '2026-06-02', declaration: 'D1' }],
    });
    expect(whyNotMore(ft, version('ft')).map(({ clause, worthFen }) => [clause, worthFen])).toEqual([
      ['FT-F1', 30_00n],
    ]);
  });
});

describe('approval and year end', () => {
  it('open disputes block approval', () => {
    const open = settled('jw', { incidents: [{ clause: 'JW-K2', date: '2026-06-01', status: 'disputed' }] });
    expect(approvalBlocks(open).map(({ code }) => code)).toEqual(['DISPUTE-OPEN']);
    expect(approvalBlocks(settled('jw'))).toEqual([]);
  });
  it('a loss above 10,000 in the year loses the year-end bonus, and says which incident (JW-K1)', () => {
    const bad = settled('jw', { incidents: [{ id: 'acc', clause: 'JW-K1', date: '2026-06-01', loss: '10000.01' }] });
    expect(yearEndBonusLost([settled('jw'), bad], 2026)).toEqual({
      lost: true,
      because: [{ month: '2026-06', lineId: 'JW-K1/acc' }],
    });
    expect(yearEndBonusLost([bad], 2025).lost).toBe(false);
  });
});
