import { builtInScheme } from '#app/schemes';
import { type Facts, type FactsInput, parseFacts } from '#domain/pay/facts';
import { type SchemeVersion, versionFor } from '#domain/pay/scheme';
import { type Settlement, type SettleOptions, settle } from '#domain/pay/settle';

/** Builders for pay tests: a plain month of each scheme, with overrides on top. */

const schemes = new Map(['jw', 'lb', 'ft', 'kpi'].map((name) => [name, builtInScheme(name)!]));

export function version(scheme: string, month = '2026-06'): SchemeVersion {
  return versionFor(schemes.get(scheme)!, month)!;
}

const person = { id: 'u-limin', name: '李敏' };

const plain: Record<string, FactsInput> = {
  jw: {
    person,
    month: '2026-06',
    measures: { processingFee: '400000.00' },
    hours: { required: 168, attended: 168, overtime: 0 },
    nights: 0,
    samples: [],
    incidents: [],
    flags: { conduct: true },
  },
  lb: {
    person,
    month: '2026-06',
    profile: { positionWage: '3000.00' },
    measures: { sales: '800000.00' },
    appraisal: { score: 100 },
  },
  ft: { person, month: '2026-06', profile: { positionWage: '4000.00' }, declarations: [], faults: [] },
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

/** A plain month of a scheme in the JSON form. */
export function factsJson(scheme: string, overrides: Partial<FactsInput> = {}): FactsInput {
  return { ...plain[scheme]!, ...overrides };
}

export function factsOf(scheme: string, overrides: Partial<FactsInput> = {}): Facts {
  return parseFacts(factsJson(scheme, overrides));
}

/** Settles a plain month with overrides. */
export function settled(scheme: string, overrides: Partial<FactsInput> = {}, options: SettleOptions = {}): Settlement {
  return settle(factsOf(scheme, overrides), version(scheme, overrides.month), options);
}

/** Amount of a clause in fen, all its lines together; undefined when there is no such line. */
export function amountOf(settlement: Settlement, clause: string): bigint | undefined {
  const lines = settlement.lines.filter((line) => line.clause === clause);
  return lines.length === 0 ? undefined : lines.reduce((sum, { amountFen }) => sum + amountFen, 0n);
}

/** Codes of all warnings, those of lines first. */
export function codesOf({ lines, warnings }: Settlement): string[] {
  return [...lines.flatMap((line) => line.warnings), ...warnings].map(({ code }) => code);
}
