import { describe, expect, it } from 'vitest';
import { shipmentAmount } from '#domain/pay/part-shipment';
import { parseScheme } from '#domain/pay/scheme';
import { applyChange, compareSettlements, factChangeSchema, replay, whatIf } from '#domain/pay/what-if';
import { factsOf, settled, version } from '#test/support/pay';

const change = (json: unknown) => factChangeSchema.parse(json);

describe('what if', () => {
  const facts = factsOf('jw', {
    hours: { required: 168, attended: 160, overtime: 10 },
    incidents: [
      { id: 'a', clause: 'JW-K3', date: '2026-06-01', amount: '250', reason: '延误' },
      { id: 'b', clause: 'JW-K2', date: '2026-06-02' },
    ],
  });
  it('shows the clauses that change, and the difference', () => {
    const { differences, deltaFen } = whatIf(facts, [change({ change: 'without-incident', id: 'a' })], version('jw'));
    expect(differences.map(({ clause, beforeFen, afterFen }) => [clause, beforeFen, afterFen])).toEqual([
      ['JW-P3', 0n, 238_10n],
      ['JW-K3', -250_00n, 0n],
    ]);
    expect(deltaFen).toBe(488_10n);
  });
  it.each([
    ['jw', { change: 'attended', hours: 168 }, 16_00n],
    ['jw', { change: 'overtime', hours: '20.5' }, 21_00n],
    ['jw', { change: 'more-processing', amount: '10000' }, 50_00n],
    ['jw', { change: 'compliance', met: false }, -20_00n],
    ['jw', { change: 'conduct', met: false }, 0n],
    ['jw', { change: 'nights', nights: 2 }, 30_00n],
    ['jw', { change: 'one-more-incident', clause: 'JW-K1', date: '2026-06-09', loss: '100' }, -5_00n],
    ['jw', { change: 'one-more-incident', clause: 'JW-K3', date: '2026-06-09', amount: '100' }, -100_00n],
  ])('%s %j', (scheme, json, delta) => {
    const start =
      change(json).change === 'overtime' ? applyChange(facts, change({ change: 'overtime', hours: 10 })) : facts;
    const options = { settings: { nightRate: '15.00' } };
    expect(whatIf(start, [change(json)], version(scheme), options).deltaFen).toBe(delta);
  });
  it('changes scores, sales, declarations and faults', () => {
    const lb = factsOf('lb', { appraisal: { score: 80, state: 'disputed' } });
    expect(whatIf(lb, [change({ change: 'score', score: 90 })], version('lb')).deltaFen).toBe(40_00n);
    expect(whatIf(lb, [change({ change: 'more-sales', amount: '200000' })], version('lb')).deltaFen).toBe(80_00n);
    const kpi = whatIf(
      factsOf('kpi'),
      [change({ change: 'criterion', criterion: 'KPI-5', score: 50 })],
      version('kpi'),
    );
    expect(kpi.deltaFen).toBe(-75_00n);
    const ft = factsOf('ft', {
      month: '2026-12',
      declarations: [{ no: 'D1', date: '2026-12-01' }],
      faults: [{ id: 'f', clause: 'FT-F1', date: '2026-12-02', declaration: 'D1' }],
    });
    expect(whatIf(ft, [change({ change: 'without-fault', id: 'f' })], version('ft')).deltaFen).toBe(30_00n);
    expect(
      whatIf(ft, [change({ change: 'more-declarations', count: 3, date: '2026-12-05' })], version('ft')).deltaFen,
    ).toBe(90_00n);
  });
  it('what is not there cannot be changed', () => {
    expect(() => applyChange(facts, change({ change: 'without-incident', id: 'zz' }))).toThrow('没有 zz');
    expect(() => applyChange(facts, change({ change: 'more-sales', amount: '1' }))).toThrow('measures.sales');
    expect(() => change({ change: 'salary', amount: 1 })).toThrow();
  });
});

describe('replay of a draft over past months', () => {
  const draft = parseScheme({
    scheme: 'draft',
    name: { zh: '草案', en: 'draft' },
    source: 't',
    versions: [
      {
        from: '2026-01',
        lines: [{ clause: 'LB-P2', label: { zh: '岗位工资', en: 'wage' }, text: 't', kind: 'fixed', amount: '3300' }],
      },
    ],
  }).versions[0]!;
  it('says who gains, who loses, and what could not be computed', () => {
    const rows = replay(
      [factsOf('lb'), factsOf('lb', { measures: { sales: '0' } }), factsOf('lb', { appraisal: undefined })],
      version('lb'),
      draft,
    );
    expect(rows.map(({ beforeFen, afterFen }) => [beforeFen, afterFen])).toEqual([
      [3400_00n, 3300_00n],
      [3000_00n, 3300_00n],
      [undefined, 3300_00n],
    ]);
    expect(rows[2]?.problem).toContain('考核得分');
  });
  it('two equal settlements do not differ', () => {
    expect(compareSettlements(settled('lb'), settled('lb'))).toEqual({ differences: [], deltaFen: 0n });
  });
});

describe('part shipments add up to the order (domain section 9)', () => {
  const order = { no: 'SO-1', amountFen: 100_00n, orderedQuantity: 3n };
  const amount = (shippedBefore: bigint, shippedNow: bigint) => shipmentAmount({ ...order, shippedBefore, shippedNow });
  it('the last shipment takes the remainder', () => {
    expect([amount(0n, 1n), amount(1n, 1n), amount(2n, 1n)]).toEqual([33_33n, 33_34n, 33_33n]);
    expect(amount(0n, 3n)).toBe(100_00n);
  });
  it('a return takes off what its shipment added', () => {
    expect(amount(3n, -1n)).toBe(-33_33n);
  });
  it('shipping more than ordered is an error until the order is changed', () => {
    expect(() => amount(2n, 2n)).toThrow('请先改单');
    expect(() => amount(0n, -1n)).toThrow('请先改单');
  });
});
