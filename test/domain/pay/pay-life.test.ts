import { describe, expect, it } from 'vitest';
import { companySettingProblem, readPairs } from '#domain/pay/company-settings';
import { readEntries } from '#domain/pay/manual-facts';
import { settleWhatIsKnown } from '#domain/pay/partial';
import { againstApproval, isBigChange, stateOf } from '#domain/pay/run';
import { changedFacts, factsValue, postingsOf, readResult, resultText, settledValue } from '#domain/pay/stored';
import { factsJson, factsOf, settled, version } from '#test/support/pay';

describe('what the facts so far allow', () => {
  it('is everything, when everything is there', () => {
    expect(settleWhatIsKnown(factsOf('jw'), version('jw'))).toEqual({ settlement: settled('jw'), open: [] });
  });
  it('a line without its facts is named, and so is the award that depends on it; the others are computed', () => {
    const facts = factsOf('jw', {
      incidents: [{ clause: 'JW-K1', date: '2026-06-09' }],
      measures: {},
    });
    const { settlement, open } = settleWhatIsKnown(facts, version('jw'));
    expect(open.map(({ rule }) => rule.clause)).toEqual(['JW-P1.2', 'JW-P3', 'JW-K1']);
    expect(settlement.lines.map(({ clause }) => clause)).toContain('JW-P1.1');
  });
});

describe('facts that finance writes', () => {
  it.each([
    ['sales', '８００，０００．５０元', [{ key: 'sales', value: '800000.50' }]],
    ['score', '86.5分', [{ key: 'score', value: '86.5' }]],
    [
      'samples',
      '衬衫:4 外套：2件',
      [
        { key: 'sample.衬衫', value: '4' },
        { key: 'sample.外套', value: '2' },
      ],
    ],
    ['samples', '无', [{ key: 'samples', value: 'none' }]],
    [
      'declarations',
      '223120260000001:2026-11-08:SO-3003',
      [{ key: 'declaration.223120260000001', value: '2026-11-08 SO-3003' }],
    ],
    [
      'kpi',
      'KPI-1:17/18、kpi-3:92，KPI-4:5/6+88.5',
      [
        { key: 'kpi.KPI-1', value: '17/18' },
        { key: 'kpi.KPI-3', value: '92' },
        { key: 'kpi.KPI-4', value: '5/6 88.5' },
      ],
    ],
  ])('%s %s', (kind, written, entries) => expect(readEntries(kind, written)).toEqual(entries));
  it.each([
    ['sales', '1e3'],
    ['processingFee', '-5'],
    ['score', '100.1'],
    ['score', '86.55'],
    ['samples', '衬衫'],
    ['samples', '{x}:3'],
    ['declarations', '2231:2026-13-01'],
    ['kpi', 'KPI-1:'],
  ])('%s %s is refused, not guessed', (kind, written) => expect(readEntries(kind, written)).toHaveProperty('zh'));
});

describe('company settings', () => {
  it.each([
    ['guard', 'enforce'],
    ['nightRate', '15'],
    ['rate.USD', '7.12'],
    ['price.衬衫', '15.50'],
    ['region', '广东/深圳'],
    ['guard', ''],
    ['minimumWage', '2740'],
    ['damagesCap', '10%'],
    ['overtimeMultiples', '150/200/300'],
    ['probationShare', '85%'],
    ['hoursApprovalUntil', '2027-12-31'],
    ['takeHome', 'on'],
    ['contribution.pension', '8%:4492-24930'],
    ['contribution.medical', '2%+3'],
    ['contribution.fund', '7%:2690-37302:yuan'],
  ])('%s=%s', (name, value) => expect(companySettingProblem(name, value)).toBeUndefined());
  it.each([
    ['guard', 'maybe'],
    ['nightRate', 'x'],
    ['rate.USD', '0'],
    ['rate.DOLLAR', '7'],
    ['nothing', '1'],
    ['minimumWage', '0'],
    ['damagesCap', '21%'],
    ['overtimeMultiples', '100/200/300'],
    ['probationShare', '79%'],
    ['hoursApprovalUntil', '2027-02-30'],
    ['takeHome', 'perhaps'],
    ['contribution.pension', '8'],
    ['contribution.pension', '8%:9000-100'],
    ['contribution.union', '1%'],
    ['nothing', ''],
  ])('%s=%s is refused', (name, value) => expect(companySettingProblem(name, value)).toBeDefined());
  it('reads pairs, and names the word that is none', () => {
    expect(readPairs('rate', 'usd:7.12，EUR：7.8')).toEqual([
      ['rate.USD', '7.12'],
      ['rate.EUR', '7.8'],
    ]);
    expect(readPairs('price', '衬衫')).toEqual({ wrong: '衬衫' });
  });
});

describe('a run', () => {
  const at = new Date(0);
  const steps = (...kinds: [number, string, number][]) =>
    kinds.map(([attempt, kind, by]) => ({ attempt, kind: kind as 'started', by, at, digest: null }));
  it('stands where its newest attempt stands', () => {
    expect(stateOf({ steps: [] }).state).toBe('none');
    const again = stateOf({
      steps: steps([1, 'started', 1], [1, 'drafted', 1], [1, 'approved', 2], [2, 'started', 3]),
    });
    expect([again.state, again.attempt, again.has('approved')]).toEqual(['started', 2, false]);
  });
  it('is approved neither by who ran it nor by a payee of a figure entered by hand', () => {
    const state = stateOf({ steps: steps([1, 'started', 1], [1, 'checked', 2]) });
    expect(againstApproval({ id: 1 }, state, [])).toBe('ran-it');
    expect(againstApproval({ id: 2 }, state, [2])).toBe('payee');
    expect(againstApproval({ id: 2 }, state, [3])).toBeUndefined();
  });
  it.each([
    [1000_00n, 1300_00n, false],
    [1000_00n, 1300_01n, true],
    [2000_00n, 1400_00n, false],
    [2000_00n, 1399_99n, true],
    [0n, 300_00n, false],
    [0n, 300_01n, true],
  ])('from %s to %s fen is a big change: %s', (before, after, big) => expect(isBigChange(before, after)).toBe(big));
});

describe('a stored settlement', () => {
  it('comes back as it was, to the byte', () => {
    const settlement = settled('jw', { settings: { nightRate: '15.00' }, nights: 3 });
    expect(readResult(resultText(settlement)).totalFen).toBe(settlement.totalFen);
    expect(resultText(readResult(resultText(settlement)))).toBe(resultText(settlement));
  });
  it('is posted in double entry', () => {
    const postings = postingsOf(settled('jw', { incidents: [{ clause: 'JW-K2', date: '2026-06-09' }] }));
    expect(postings.reduce((sum, { amountFen }) => sum + amountFen, 0n)).toBe(0n);
    expect(postings).toContainEqual({ account: 'fine', amountFen: 100_00n });
  });
  it('what is only put off to next month is not part of what it comes to', () => {
    const owed = settled('lb', {
      profile: { positionWage: '100.00' },
      measures: { sales: '0.00' },
      carriedIn: '300.00',
    });
    expect(owed.totalFen).toBe(0n);
    expect(settledValue(owed).amountFen).toBe(-200_00n);
  });
  it('facts that differ only in who said them are the same facts', () => {
    const from = (author: string, value = '800000.00') => ({
      facts: factsJson('lb', { measures: { sales: { value, source: { author } } } }),
      notices: [],
    });
    expect(factsValue(from('a'))).toBe(factsValue(from('b')));
    expect(changedFacts(from('a').facts, from('a', '1.00').facts)).toEqual(['measures.sales']);
  });
});
