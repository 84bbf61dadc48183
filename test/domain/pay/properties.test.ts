import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { builtInScheme } from '#app/schemes';
import { nextMonth } from '#domain/calendar/dates';
import { compareFractions, type Fraction, fraction, ratio } from '#domain/money';
import { canonicalJson } from '#domain/pay/canonical-json';
import { type FactsInput, parseFacts } from '#domain/pay/facts';
import { type Scheme, versionFor } from '#domain/pay/scheme';
import { type Settlement, settle, spreadsheetFormula } from '#domain/pay/settle';
import { inputsText, readInputs, readResult, resultText } from '#domain/pay/stored';
import { version } from '#test/support/pay';
import { ftYears, jwMonths, kpiMonths, lbMonths } from '#test/support/random-months';
import { evaluate } from '#test/support/spreadsheet';
import * as second from './second-computation.ts';

/** In the long form 100,000 random months for each property, and for each scheme of the second computation. */
const LONG = process.env.GENDAN_LONG !== undefined;
const runs = { numRuns: LONG ? 100_000 : 5000 };
const some = { numRuns: LONG ? 100_000 : 500 };
const limit = LONG ? 1_800_000 : 60_000;

vi.setConfig({ testTimeout: limit });

function settleJson(scheme: string, json: FactsInput, guard = 'warn'): Settlement {
  return settle(parseFacts(json), version(scheme, json.month), { settings: { guard } });
}

/** Amounts by clause, without lines of 0. */
function byClause({ lines }: Settlement): Record<string, bigint> {
  const amounts: Record<string, bigint> = {};
  for (const { clause, amountFen } of lines) amounts[clause] = (amounts[clause] ?? 0n) + amountFen;
  return withoutZeros(amounts);
}
function withoutZeros(amounts: Record<string, bigint>): Record<string, bigint> {
  return Object.fromEntries(Object.entries(amounts).filter(([, amount]) => amount !== 0n));
}

describe('a second, independent computation agrees to the fen on random months, line by line', () => {
  it('JW', () => {
    fc.assert(
      fc.property(jwMonths, ({ plain, json }) => {
        expect(byClause(settleJson('jw', json))).toEqual(withoutZeros(second.jw(plain)));
      }),
      runs,
    );
  });
  it('JW, with fines stopped and damages capped by the legal guard', () => {
    fc.assert(
      fc.property(jwMonths, ({ plain, json }) => {
        expect(byClause(settleJson('jw', json, 'enforce'))).toEqual(withoutZeros(second.jw(plain, true)));
      }),
      runs,
    );
  });
  it('LB', () => {
    fc.assert(
      fc.property(lbMonths, ({ plain, json }) => {
        expect(byClause(settleJson('lb', json))).toEqual(withoutZeros(second.lb(plain)));
      }),
      runs,
    );
  });
  it('KPI', () => {
    fc.assert(
      fc.property(kpiMonths, ({ plain, json }) => {
        expect(byClause(settleJson('kpi', json))).toEqual(withoutZeros(second.kpi(plain)));
      }),
      runs,
    );
  });
  it('FT', () => {
    fc.assert(
      fc.property(ftYears, ({ plain, json }) => {
        expect(settleJson('ft', json).totalFen).toBe(second.ftDecember(plain));
      }),
      runs,
    );
  });
});

const anyMonth = fc.oneof(
  jwMonths.map(({ json }) => ({ scheme: 'jw', json })),
  lbMonths.map(({ json }) => ({ scheme: 'lb', json })),
  kpiMonths.map(({ json }) => ({ scheme: 'kpi', json })),
  ftYears.map(({ json }) => ({ scheme: 'ft', json })),
);
const guards = fc.constantFrom('off', 'warn', 'enforce');

describe('every settlement, of any scheme, under any guard', () => {
  it('is its lines: the total is their sum, never below 0, and line ids are unique', () => {
    fc.assert(
      fc.property(anyMonth, guards, ({ scheme, json }, guard) => {
        const { lines, totalFen } = settleJson(scheme, json, guard);
        expect(lines.reduce((sum, { amountFen }) => sum + amountFen, 0n)).toBe(totalFen);
        expect(totalFen >= 0n).toBe(true);
        expect(new Set(lines.map(({ id }) => id)).size).toBe(lines.length);
      }),
      some,
    );
  });

  it('is byte-equal when recomputed, and when facts were recorded in another order', () => {
    const reversed = (json: FactsInput): FactsInput => ({
      ...json,
      ...(json.incidents && { incidents: [...json.incidents].reverse() }),
      ...(json.samples && { samples: [...json.samples].reverse() }),
      ...(json.declarations && { declarations: [...json.declarations].reverse() }),
      ...(json.faults && { faults: [...json.faults].reverse() }),
      ...(json.kpi && { kpi: [...json.kpi].reverse() }),
    });
    fc.assert(
      fc.property(anyMonth, guards, ({ scheme, json }, guard) => {
        const bytes = canonicalJson(settleJson(scheme, json, guard));
        expect(canonicalJson(settleJson(scheme, structuredClone(json), guard))).toBe(bytes);
        expect(canonicalJson(settleJson(scheme, reversed(json), guard))).toBe(bytes);
      }),
      some,
    );
  });

  it('gets every amount again from its spreadsheet formulas, what the legal guard adds as well', () => {
    const legal = fc.record({
      guard: guards,
      minimumWage: fc.constantFrom('0.01', '1800.01', '2740'),
      minimumWageTopUp: fc.constantFrom('yes', 'no'),
      damagesCap: fc.constantFrom('20%', '12.5%', '7%'),
    });
    fc.assert(
      fc.property(anyMonth, legal, ({ scheme, json }, settings) => {
        const { lines } = settle(parseFacts(json), version(scheme, json.month), { settings });
        const cells = new Map(lines.flatMap(({ facts }) => facts.map(({ path, value }) => [path, fraction(value)])));
        const cell = (path: string): Fraction => {
          const other = path.startsWith('line:') ? lines.find(({ id }) => `line:${id}` === path) : undefined;
          const value = other ? evaluate(other.sheet, cell) : cells.get(path);
          if (!value) throw new Error(`no cell ${path}`);
          return value;
        };
        for (const line of lines) {
          const computed = evaluate(
            spreadsheetFormula(line, (path) => `{${path}}`),
            cell,
          );
          expect([line.id, compareFractions(computed, ratio(line.amountFen, 100n))]).toEqual([line.id, 0]);
          if (['DAMAGES-OUT', 'MINIMUM-WAGE', 'CARRY-OUT'].includes(line.clause))
            expect(line.sheet).toContain('{line:');
        }
      }),
      some,
    );
  });

  it('never changes once it is locked: what was kept of it gives the same bytes, also when the scheme has a later version', () => {
    fc.assert(
      fc.property(anyMonth, guards, ({ scheme, json }, guard) => {
        const inputs = inputsText({ facts: { ...json, settings: { ...json.settings, guard } }, notices: [] });
        const settledBy = (of: Scheme) =>
          resultText(settle(parseFacts(readInputs(inputs).facts), versionFor(of, json.month)!));
        const inForce = builtInScheme(scheme)!;
        const result = settledBy(inForce);
        // from the next month on the company pays by other rules
        const last = inForce.versions.at(-1)!;
        const later: Scheme = {
          ...inForce,
          versions: [...inForce.versions, { ...last, from: nextMonth(json.month), lines: last.lines.slice(0, 1) }],
        };
        expect(settledBy(later)).toBe(result);
        expect(resultText(readResult(result))).toBe(result);
      }),
      some,
    );
  });

  it('under "warn" pays exactly what it pays under "off"; under "enforce" never less', () => {
    fc.assert(
      fc.property(anyMonth, ({ scheme, json }) => {
        const [off, warn, enforce] = ['off', 'warn', 'enforce'].map(
          (guard) => settleJson(scheme, json, guard).totalFen,
        );
        expect(warn).toBe(off);
        expect(enforce! >= off!).toBe(true);
      }),
      some,
    );
  });
});

describe('more of a good thing never pays less, more of a bad thing never pays more', () => {
  const total = (json: FactsInput) => settleJson('jw', json).totalFen;
  const hoursOf = ({ hours }: FactsInput) => hours as { required: string; attended: string; overtime: string };

  it('more absence never raises pay, whatever the legal guard does', () => {
    const total = (json: FactsInput, settings: object) =>
      settle(parseFacts(json), version('jw', json.month), { settings: { ...settings } }).totalFen;
    const places = fc.record({
      guard: guards,
      minimumWage: fc.constantFrom('700', '1800.01', '2740'),
      minimumWageTopUp: fc.constantFrom('yes', 'no'),
      absence: fc.constantFrom('both', 'hours-only', 'award-only'),
    });
    fc.assert(
      fc.property(jwMonths, fc.integer({ min: 1, max: 40 }), places, ({ json }, absent, settings) => {
        const hours = hoursOf(json);
        const quarters = fraction(hours.attended);
        const left = (quarters.numerator * 4n) / quarters.denominator - BigInt(absent);
        fc.pre(left >= 0n);
        const less = {
          ...json,
          hours: { ...hours, attended: `${left / 4n}.${['00', '25', '50', '75'][Number(left % 4n)]}` },
        };
        expect(total(less, settings) <= total(json, settings)).toBe(true);
      }),
      some,
    );
  });

  it('one incident more never raises pay', () => {
    fc.assert(
      fc.property(jwMonths, fc.constantFrom('JW-K2', 'JW-K4', 'JW-K5', 'JW-K6'), ({ json }, clause) => {
        const more = { ...json, incidents: [...json.incidents!, { clause, date: `${json.month}-01` }] };
        expect(total(more) <= total(json)).toBe(true);
      }),
      some,
    );
  });

  it('one fault more never raises the yearly reward', () => {
    fc.assert(
      fc.property(ftYears, ({ json }) => {
        const fewer = { ...json, faults: json.faults!.slice(1) };
        expect(settleJson('ft', json).totalFen <= settleJson('ft', fewer).totalFen).toBe(true);
      }),
      some,
    );
  });

  it('a better score never lowers pay', () => {
    fc.assert(
      fc.property(
        lbMonths,
        fc.integer({ min: 0, max: 100 }),
        fc.integer({ min: 0, max: 100 }),
        ({ plain, json }, one, other) => {
          fc.pre(plain.sales.reduce((sum, each) => sum + each, 0n) >= 0n);
          const pay = (score: number) => settleJson('lb', { ...json, appraisal: { score } }).totalFen;
          expect(pay(Math.max(one, other)) >= pay(Math.min(one, other))).toBe(true);
        },
      ),
      some,
    );
  });
});
