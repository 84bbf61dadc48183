import { sumFen } from '#domain/money';
import { canonicalJson } from '#domain/pay/canonical-json';
import type { Line, Nature } from '#domain/pay/context';
import type { FactsInput } from '#domain/pay/facts';
import type { HolidayNotice } from '../calendar/notice.ts';
import type { SchemeVersion } from './scheme.ts';
import { carriedForward, type Settlement } from './settle.ts';

/** A settlement as it is kept: canonical text in and out, so that it can be read, hashed and recomputed years later. */

export type SettlementKind = 'regular' | 'after-leaving';

/** Everything that went into a settlement beside the text of its scheme. */
export interface Inputs {
  facts: FactsInput;
  /** Holiday notices that an administrator had entered by then. */
  notices: readonly HolidayNotice[];
}

export const inputsText = (inputs: Inputs): string => canonicalJson(inputs);
export const readInputs = (stored: string): Inputs => JSON.parse(stored) as Inputs;
export const resultText = (settlement: Settlement): string => canonicalJson(settlement);

/** Amounts come back as bigint. */
export function readResult(stored: string): Settlement {
  const raw = JSON.parse(stored) as Settlement & { totalFen: number; lines: (Line & { amountFen: number })[] };
  return {
    ...raw,
    totalFen: BigInt(raw.totalFen),
    lines: raw.lines.map((line) => ({ ...line, amountFen: BigInt(line.amountFen) })),
  };
}

/**
 * After somebody has left only corrections and what is still owed remain: no line of the scheme, and no minimum wage for a month without
 * work.
 */
export const afterLeaving = (version: SchemeVersion): SchemeVersion => ({
  ...version,
  lines: [],
  criteria: [],
  settings: { ...version.settings, guard: 'off' },
});

/** What the facts say, without who said it: two of equal value settle alike. */
export function factsValue({ facts, notices }: Inputs): string {
  const bare = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(bare);
    if (!value || typeof value !== 'object') return value;
    return Object.fromEntries(
      Object.entries(value).flatMap(([key, inner]) => (key === 'source' ? [] : [[key, bare(inner)]])),
    );
  };
  return canonicalJson({ facts: bare({ ...facts, person: { id: facts.person.id, name: '' } }), notices });
}

/** Paths of the top two levels at which two sets of facts differ: `measures.sales`, `incidents`. */
export function changedFacts(before: FactsInput, after: FactsInput): string[] {
  const flat = (facts: FactsInput): Map<string, string> =>
    new Map(
      Object.entries(JSON.parse(factsValue({ facts, notices: [] })).facts as object).flatMap(([key, value]) =>
        value && typeof value === 'object' && !Array.isArray(value)
          ? Object.entries(value).map(([inner, each]): [string, string] => [`${key}.${inner}`, JSON.stringify(each)])
          : [[key, JSON.stringify(value)] as [string, string]],
      ),
    );
  const [a, b] = [flat(before), flat(after)];
  return [...new Set([...a.keys(), ...b.keys()])].filter((path) => a.get(path) !== b.get(path)).sort();
}

/** What a settlement really cost the company in the end: its total, less what was only put off to the next month. */
export function settledValue(settlement: Settlement): { amountFen: bigint; damagesFen: bigint } {
  const { carriedInFen, damagesBalanceFen } = carriedForward(settlement);
  return { amountFen: settlement.totalFen - carriedInFen, damagesFen: damagesBalanceFen };
}

/** Double entry: the payable amount against one account for each nature. Adds up to 0. */
export function postingsOf(settlement: Settlement): { account: string; amountFen: bigint }[] {
  const natures = [...new Set(settlement.lines.map(({ nature }) => nature))].sort() as Nature[];
  const amount = (nature: Nature) =>
    sumFen(settlement.lines.filter((line) => line.nature === nature).map(({ amountFen }) => amountFen));
  return [
    { account: 'payable', amountFen: settlement.totalFen },
    ...natures.map((nature) => ({ account: nature, amountFen: -amount(nature) })),
  ];
}
