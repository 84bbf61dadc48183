import fc from 'fast-check';
import { yuanText } from '#domain/money';
import type { FactsInput } from '#domain/pay/facts';
import type { Employment, FtYear, JwMonth, KpiMonth, LbMonth } from '#test/domain/pay/second-computation';

/** Random months of every scheme: the plain numbers, and the same month in the JSON form of the facts. */

const person = { id: 'u1', name: '测试' };
const two = (number: number) => `${number}`.padStart(2, '0');
const fen = (max: number) => fc.integer({ min: 0, max }).map(BigInt);
/** Amounts near the edges of clauses are drawn often. */
const edged = (max: number, ...edges: number[]) =>
  fc.oneof(
    fen(max),
    fc.constantFrom(...edges.flatMap((edge) => [edge - 1, edge, edge + 1])).map((each) => BigInt(Math.max(0, each))),
  );
const month = fc.record({ year: fc.constantFrom(2024, 2025, 2026), month: fc.integer({ min: 1, max: 12 }) });

interface Calendar extends Employment {
  month: string;
  profile: { hiredOn?: string; leftOn?: string };
}
const calendar: fc.Arbitrary<Calendar> = fc
  .tuple(month, fc.integer({ min: 1, max: 31 }), fc.integer({ min: 1, max: 31 }), fc.integer({ min: 0, max: 5 }))
  .map(([when, one, other, kind]) => {
    const days = [31, when.year % 4 === 0 ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][when.month - 1]!;
    const text = `${when.year}-${two(when.month)}`;
    const firstDay = kind === 0 || kind === 2 ? Math.min(one, other, days) : 1;
    const lastDay = kind === 1 || kind === 2 ? Math.min(Math.max(one, other), days) : days;
    return {
      month: text,
      days,
      firstDay,
      lastDay,
      profile: {
        ...(firstDay > 1 && { hiredOn: `${text}-${two(firstDay)}` }),
        ...(lastDay < days && { leftOn: `${text}-${two(lastDay)}` }),
      },
    };
  });

const hoursText = (quarters: bigint) => `${quarters / 4n}.${['00', '25', '50', '75'][Number(quarters % 4n)]}`;
const quarters = fc.integer({ min: 0, max: 900 }).map(BigInt);

const incident = fc.record({
  clause: fc.constantFrom('JW-K1', 'JW-K2', 'JW-K3', 'JW-K4', 'JW-K5', 'JW-K6'),
  loss: edged(20_000_00, 1000_00, 3000_00, 10_000_00),
  hasLoss: fc.boolean(),
  chosen: edged(500_00, 100_01, 200_00, 499_99).map((each) => (each < 100_00n ? 100_00n : each)),
  withdrawn: fc.integer({ min: 0, max: 4 }).map((each) => each === 0),
  day: fc.integer({ min: 1, max: 28 }),
});

export const jwMonths: fc.Arbitrary<{ plain: JwMonth; json: FactsInput }> = fc
  .record({
    when: calendar,
    fee: edged(90_000_000_00, 1_00),
    required: quarters.map((each) => each + 1n),
    attended: quarters,
    overtime: quarters,
    nights: fen(20),
    nightRate: fen(50_00),
    samples: fc.array(fc.record({ kind: fc.constantFrom('衬衫', '外套', '裤子'), pieces: fen(30) }), { maxLength: 5 }),
    prices: fc.record({ 衬衫: fen(80_00), 外套: fen(80_00), 裤子: fen(80_00) }),
    incidents: fc.array(incident, { maxLength: 6 }),
    compliant: fc.boolean(),
    goodConduct: fc.boolean(),
    owed: fc.oneof(fc.constant(0n), fen(2000_00)),
  })
  .map(({ when, required, attended, overtime, samples, prices, incidents, ...rest }) => ({
    plain: {
      ...when,
      ...rest,
      requiredQuarters: required,
      attendedQuarters: attended,
      overtimeQuarters: overtime,
      pieces: samples.map(({ kind, pieces }) => ({ pieces, price: prices[kind] })),
      incidents: incidents.map((each) => ({ ...each, loss: each.hasLoss || each.clause === 'JW-K1' ? each.loss : 0n })),
    },
    json: {
      person,
      month: when.month,
      profile: when.profile,
      measures: { processingFee: yuanText(rest.fee) },
      hours: { required: hoursText(required), attended: hoursText(attended), overtime: hoursText(overtime) },
      nights: Number(rest.nights),
      samples: samples.map(({ kind, pieces }) => ({ kind, pieces: Number(pieces) })),
      samplePrices: { 衬衫: yuanText(prices.衬衫), 外套: yuanText(prices.外套), 裤子: yuanText(prices.裤子) },
      incidents: incidents.map(({ clause, loss, hasLoss, chosen, withdrawn, day }) => ({
        clause,
        date: `${when.month}-${two(day)}`,
        ...((hasLoss || clause === 'JW-K1') && { loss: yuanText(loss) }),
        ...(clause === 'JW-K3' && { amount: Number(chosen), reason: '延误' }),
        ...(withdrawn && { status: 'withdrawn' as const }),
      })),
      flags: { conduct: rest.goodConduct, compliance: { met: rest.compliant, reason: '说明' } },
      carriedIn: Number(rest.owed),
      settings: { nightRate: yuanText(rest.nightRate) },
    },
  }));

export const lbMonths: fc.Arbitrary<{ plain: LbMonth; json: FactsInput }> = fc
  .record({
    when: calendar,
    wage: fen(20_000_00),
    sales: fc.array(fc.integer({ min: -50_000_00, max: 3_000_000_00 }).map(BigInt), { maxLength: 8 }),
    scoreTenths: fc.integer({ min: 0, max: 1000 }).map(BigInt),
  })
  .map(({ when, wage, sales, scoreTenths }) => ({
    plain: { ...when, wage, sales, scoreTenths },
    json: {
      person,
      month: when.month,
      profile: { ...when.profile, positionWage: yuanText(wage) },
      measures: { sales: { shipped: sales.map((value, at) => ({ value: yuanText(value), order: `SO-${at}` })) } },
      appraisal: { score: `${scoreTenths / 10n}.${scoreTenths % 10n}` },
    },
  }));

const kpiResult = fc
  .record({
    due: fen(40),
    part: fc.integer({ min: 0, max: 40 }),
    scoreTenths: fc.integer({ min: 0, max: 1000 }).map(BigInt),
  })
  .map(({ due, part, scoreTenths }) => ({ due, scoreTenths, done: BigInt(part) > due ? due : BigInt(part) }));

export const kpiMonths: fc.Arbitrary<{ plain: KpiMonth; json: FactsInput }> = fc
  .record({
    when: calendar,
    wage: fen(20_000_00),
    base: fen(20_000_00),
    results: fc.array(kpiResult, { minLength: 7, maxLength: 7 }),
  })
  .map(({ when, wage, base, results }) => ({
    plain: { ...when, wage, base, results },
    json: {
      person,
      month: when.month,
      profile: { ...when.profile, positionWage: yuanText(wage), performanceBase: yuanText(base) },
      kpi: results.map(({ done, due, scoreTenths }, at) => {
        const criterion = `KPI-${at + 1}`;
        const score = `${scoreTenths / 10n}.${scoreTenths % 10n}`;
        const counts = { done: Number(done), due: Number(due) };
        if ([0, 1, 6].includes(at)) return { criterion, ...counts };
        return [2, 4].includes(at) ? { criterion, score } : { criterion, score, ...counts };
      }),
    },
  }));

const dayOf2026 = fc
  .record({ month: fc.integer({ min: 1, max: 12 }), day: fc.integer({ min: 1, max: 28 }) })
  .map(({ month: number, day }) => `2026-${two(number)}-${two(day)}`);

export const ftYears: fc.Arbitrary<{ plain: FtYear; json: FactsInput }> = fc
  .record({
    wage: fen(20_000_00),
    probationUntil: fc.oneof({ weight: 2, arbitrary: fc.constant('2025-12-31') }, { weight: 1, arbitrary: dayOf2026 }),
    declarations: fc.array(
      fc.record({ date: dayOf2026, order: fc.integer({ min: 1, max: 9 }).map((each) => `SO-${each}`) }),
      { maxLength: 40 },
    ),
    faults: fc.array(
      fc.record({
        date: dayOf2026,
        names: fc.constantFrom('declaration', 'order', 'nothing'),
        which: fc.integer({ min: 1, max: 9 }),
        clause: fc.constantFrom('FT-F1', 'FT-F2'),
        withdrawn: fc.integer({ min: 0, max: 4 }).map((each) => each === 0),
      }),
      { maxLength: 10 },
    ),
  })
  .map(({ wage, probationUntil, declarations, faults }) => {
    const numbered = declarations.map((each, at) => ({ ...each, no: `D${at + 1}` }));
    const named = faults.map(({ names, which, ...each }) => ({
      ...each,
      declaration: names === 'declaration' ? `D${which}` : undefined,
      order: names === 'order' ? `SO-${which}` : undefined,
    }));
    return {
      plain: { wage, probationUntil, declarations: numbered, faults: named },
      json: {
        person,
        month: '2026-12',
        profile: { positionWage: yuanText(wage), probationUntil },
        declarations: numbered,
        faults: named.map(({ withdrawn, ...each }) => ({
          ...each,
          ...(withdrawn && { status: 'withdrawn' as const }),
        })),
      },
    };
  });
