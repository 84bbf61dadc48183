import { describe, expect, it } from 'vitest';
import { builtInScheme } from '#app/schemes';
import { lintScheme } from '#domain/pay/lint';
import { parseScheme } from '#domain/pay/scheme';

const label = { zh: '项目', en: 'item' };
const rule = (clause: string, more: Record<string, unknown>) => ({ clause, label, text: '原文', ...more });
function scheme(lines: unknown[], more: Record<string, unknown> = {}) {
  return { scheme: 'draft', name: label, source: 'test', versions: [{ from: '2026-01', lines, ...more }] };
}
const lint = (lines: unknown[], more = {}) => lintScheme(parseScheme(scheme(lines, more)));
const texts = (findings: ReturnType<typeof lint>, code: string) =>
  findings.filter((each) => each.code === code).map(({ text }) => text.zh);
const bands = (list: unknown[], apply = 'whole') => [
  rule('B-1', { kind: 'charge-bands', apply, bands: list, nature: 'damages' }),
];

describe('bands', () => {
  it('gaps are errors that name the amounts', () => {
    const findings = lint(
      bands([
        { upTo: '1000', rate: '5%' },
        { over: '2000', upTo: '3000', rate: '10%' },
      ]),
    );
    expect(texts(findings, 'gap')).toEqual(['1,000.01 至 2,000.00 没有规定', '超过 3,000.00 没有规定']);
    expect(texts(lint(bands([{ over: '10', rate: '5%' }])), 'gap')).toEqual(['0.00 至 10.00 没有规定']);
  });
  it('one fen of gap is found: 不满 1,000 and 超过 1,000 leave out 1,000.00', () => {
    expect(
      texts(
        lint(
          bands([
            { below: '1000', rate: '5%' },
            { over: '1000', rate: '10%' },
          ]),
        ),
        'gap',
      ),
    ).toEqual(['1,000.00 至 1,000.00 没有规定']);
    expect(
      texts(
        lint(
          bands([
            { below: '1000', rate: '5%' },
            { from: '1000', rate: '10%' },
          ]),
        ),
        'gap',
      ),
    ).toEqual([]);
  });
  it('overlaps are told, with who gets what', () => {
    expect(
      texts(
        lint(
          bands([
            { upTo: '1000', rate: '5%' },
            { from: '1000', rate: '10%' },
          ]),
        ),
        'overlap',
      ),
    ).toEqual(['1,000.00 同时属于两档，按对员工有利的一档']);
  });
  it('a jump is shown with its size, and worked examples stand on both sides', () => {
    const findings = lint(
      bands([
        { upTo: '1000', rate: '5%' },
        { over: '1000', rate: '10%' },
      ]),
    );
    expect(texts(findings, 'example')).toEqual(['损失 1,000.00 → 50.00；1,000.01 → 100.00']);
    expect(texts(findings, 'jump')).toEqual(['损失多 1 分钱，扣款多 50.00 元']);
    const falls = lint(
      bands([
        { upTo: '1000', rate: '10%' },
        { over: '1000', amount: '20' },
      ]),
    );
    expect(texts(falls, 'jump')).toEqual(['损失多 1 分钱，扣款反而少 80.00 元']);
  });
  it('marginal bands do not jump', () => {
    expect(
      texts(
        lint(
          bands(
            [
              { upTo: '1000', rate: '5%' },
              { over: '1000', rate: '10%' },
            ],
            'marginal',
          ),
        ),
        'jump',
      ),
    ).toEqual([]);
  });
  it('what no loss can reach is found', () => {
    expect(texts(lint(bands([{ rate: '5%' }, { from: '10', upTo: '5', rate: '6%' }])), 'unreachable')[0]).toBe(
      '第 2 档没有任何金额',
    );
    expect(texts(lint(bands([{ rate: '5%' }, { from: '10', upTo: '50', rate: '6%' }])), 'unreachable')).toEqual([
      '第 2 档完全落在另一档之内',
    ]);
  });
});

describe('rules that hurt', () => {
  it('more work that pays less is found', () => {
    const findings = lint([
      rule('R-1', { kind: 'rate', of: 'sales', rate: '-1%' }),
      rule('R-2', { kind: 'per-hour', of: 'overtime', amount: '-2.00' }),
      rule('R-3', { kind: 'per-unit', of: 'nights', amount: '-1.00' }),
    ]);
    expect(findings.filter(({ code }) => code === 'less-for-more').map(({ clause }) => clause)).toEqual([
      'R-1',
      'R-2',
      'R-3',
    ]);
  });
  it('hours not worked that pay more, and an award that earning more loses, are found', () => {
    const findings = lint([
      rule('R-1', { kind: 'per-hour', of: 'short', amount: '-2.00' }),
      rule('R-2', { kind: 'rate', of: 'sales', rate: '1%' }),
      rule('R-3', { kind: 'award', amount: '250', conditions: [{ of: 'line:R-2', atMost: '1000' }] }),
      rule('R-4', { kind: 'award', amount: '250', conditions: [{ of: 'line:R-2', atLeast: '1000' }] }),
    ]);
    expect(findings.filter(({ code }) => code === 'less-for-more').map(({ clause }) => clause)).toEqual(['R-1', 'R-3']);
  });
  it('conditions that no month can meet together are an error; a single amount that meets both is enough', () => {
    const codes = (first: object, second: object) =>
      texts(
        lint([
          rule('R-2', {
            kind: 'award',
            amount: '250',
            conditions: [
              { of: 'companyLoss', ...first },
              { of: 'companyLoss', ...second },
            ],
          }),
        ]),
        'unreachable',
      );
    expect(codes({ atLeast: '200.01' }, { atMost: '200' })).toEqual(['公司损失的条件互相矛盾']);
    expect(codes({ above: '200' }, { below: '200.01' })).toEqual(['公司损失的条件互相矛盾']);
    expect(codes({ atLeast: '200' }, { atMost: '200' })).toEqual([]);
  });
  it('more faults that cost less are found', () => {
    const ladder = (first: string, second: string) => [
      { clause: 'F-3', text: 't', per: 'month', from: '2', loses: first },
      { clause: 'F-4', text: 't', per: 'month', from: '3', loses: second },
    ];
    const jumps = (first: string, second: string) =>
      texts(
        lint([
          rule('R-1', { kind: 'yearly-reward', amount: '30', paidIn: '12', faults: [], ladder: ladder(first, second) }),
        ]),
        'jump',
      );
    expect(jumps('quarter', 'month')).toEqual(['差错 3 次取消的反而比 2 次少']);
    expect(jumps('month', 'quarter')).toEqual([]);
  });
  it('an empty range and an impossible condition are errors', () => {
    const findings = lint([
      rule('R-1', { kind: 'charge-range', from: '500', to: '100', nature: 'fine' }),
      rule('R-2', { kind: 'award', amount: '250', conditions: [{ of: 'ownDeductions', below: '0' }] }),
    ]);
    expect(findings.filter(({ level }) => level === 'error').map(({ clause, code }) => [clause, code])).toEqual([
      ['R-1', 'unreachable'],
      ['R-2', 'unreachable'],
    ]);
  });
  it('weights that do not sum to 100 are an error', () => {
    const criteria = [
      { clause: 'C-1', label, text: 't', weight: '60' },
      { clause: 'C-2', label, text: 't', weight: '39.9' },
    ];
    expect(texts(lint([rule('R-1', { kind: 'fixed', amount: '1' })], { criteria }), 'weights')).toEqual([
      '考核项权重合计 999/10，应为 100',
    ]);
  });
  it('two steps of a ladder at the same count are found', () => {
    const step = (loses: string) => ({ clause: 'F-3', text: 't', per: 'month', from: '2', loses });
    const findings = lint([
      rule('R-1', {
        kind: 'yearly-reward',
        amount: '30',
        paidIn: '12',
        faults: [],
        ladder: [step('month'), step('quarter')],
      }),
    ]);
    expect(texts(findings, 'overlap')).toEqual(['同样的次数（2）写了两条']);
  });
});

describe('a scheme that cannot be computed is refused', () => {
  const line = (clause: string, of: string) => rule(clause, { kind: 'rate', of, rate: '10%' });
  it.each([
    ['circular order', [line('A', 'line:B'), line('B', 'line:A')], '互相引用，无法计算：A → B → A'],
    ['itself', [line('A', 'line:A')], 'A → A'],
    ['unknown clause', [line('A', 'line:Z')], 'A → Z 引用了不存在的条款'],
    ['twice', [line('A', 'sales'), line('A', 'sales')], '条款 A 出现两次'],
    [
      'KPI without criteria',
      [rule('A', { kind: 'score-weighted', of: 'performanceBase', score: 'kpi' })],
      '没有 criteria',
    ],
    ['unknown setting', [line('A', 'sales')], 'settings'],
  ])('%s', (name, lines, message) => {
    const settings = name === 'unknown setting' ? { settings: { guard: 'perhaps' } } : {};
    expect(() => parseScheme(scheme(lines, settings))).toThrow(message);
  });
});

describe('the schemes of the documents', () => {
  it.each(['jw', 'lb', 'ft', 'kpi'])('%s: every rule with a boundary has an example on both sides of it', (name) => {
    const scheme = builtInScheme(name)!;
    const shown = lintScheme(scheme).filter(({ code }) => code === 'example');
    const bounded = scheme.versions.flatMap(({ lines }) =>
      lines.flatMap((each) => {
        if (each.kind === 'charge-bands') return Array(each.bands.length - 1).fill(each.clause);
        if (each.kind === 'award') return each.conditions.filter((one) => !('flag' in one)).map(() => each.clause);
        if (each.kind === 'yearly-reward') return each.ladder.map(({ clause }) => clause);
        return each.kind === 'charge-range' || each.kind === 'per-hour' ? [each.clause] : [];
      }),
    );
    expect(shown.map(({ clause }) => clause).sort()).toEqual([...bounded].sort());
    expect(shown.filter(({ text }) => !text.zh.includes('；'))).toEqual([]);
  });

  it('LB: the months whose deadlines contradict are named', () => {
    const late = texts(lintScheme(builtInScheme('lb')!), 'deadline').filter(
      (each) => each.includes('2026-') && each.includes('第 5 个工作日'),
    );
    expect(late).toEqual([
      '2026-04 的考核：第 5 个工作日是 2026-05-11，晚于 LB-A2 的 2026-05-10，以较晚者为限',
      '2026-09 的考核：第 5 个工作日是 2026-10-13，晚于 LB-A2 的 2026-10-10，以较晚者为限',
    ]);
  });
  it('JW: worked examples at 3,000 and 10,000, and fines without legal basis', () => {
    const findings = lintScheme(builtInScheme('jw')!);
    expect(texts(findings, 'example').filter((each) => each.startsWith('损失'))).toEqual([
      '损失 3,000.00 → 150.00；3,000.01 → 300.00',
      '损失 10,000.00 → 1,000.00；10,000.01 → 1,000.00 且取消年终奖',
    ]);
    expect(
      findings.filter(({ code, level }) => code === 'legal' && level === 'warning').map(({ clause }) => clause),
    ).toEqual(['JW-K2', 'JW-K3', 'JW-K4', 'JW-K5', 'JW-K6']);
  });
});
