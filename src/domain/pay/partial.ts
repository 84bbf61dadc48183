import type { Facts } from '#domain/pay/facts';
import { type PayProblem, SettlementError } from '#domain/pay/problem';
import { kindOf, type Rule } from '#domain/pay/rule';
import type { SchemeVersion } from '#domain/pay/scheme';
import { type Settlement, type SettleOptions, settle } from '#domain/pay/settle';

/** A line that cannot be computed yet, and what is missing for it. */
export interface OpenLine {
  readonly rule: Rule;
  readonly problems: readonly PayProblem[];
}

export interface PartialSettlement {
  readonly settlement: Settlement;
  readonly open: readonly OpenLine[];
}

/**
 * Settles what the facts so far allow: for estimates, never for a settlement. Lines whose facts are missing are left out and named, and so
 * are the lines that depend on them; nothing is assumed.
 */
export function settleWhatIsKnown(
  facts: Facts,
  version: SchemeVersion,
  options: SettleOptions = {},
): PartialSettlement {
  try {
    return { settlement: settle(facts, version, options), open: [] };
  } catch (error) {
    if (!(error instanceof SettlementError)) throw error;
  }
  const open = version.lines.flatMap((rule): OpenLine[] => {
    const problems = problemsAlone(rule, facts, version, options);
    return problems.length > 0 ? [{ rule, problems }] : [];
  });
  const known = version.lines.filter((rule) => !open.some((each) => each.rule === rule));
  const settlement = settle(withoutStrangers(facts, known), { ...version, lines: known }, options);
  return { settlement, open };
}

/** What keeps one line, with the lines that it depends on, from being computed. */
function problemsAlone(
  rule: Rule,
  facts: Facts,
  version: SchemeVersion,
  options: SettleOptions,
): readonly PayProblem[] {
  const lines = withDependencies(rule, version.lines);
  try {
    settle(withoutStrangers(facts, lines), { ...version, lines }, options);
    return [];
  } catch (error) {
    if (error instanceof SettlementError) return error.problems;
    throw error;
  }
}

function withDependencies(rule: Rule, all: readonly Rule[]): Rule[] {
  const found = new Set<Rule>();
  const add = (each: Rule): void => {
    if (found.has(each)) return;
    found.add(each);
    const needed = kindOf(each).dependsOn?.(each, all) ?? [];
    for (const other of all) if (needed.includes(other.clause)) add(other);
  };
  add(rule);
  return all.filter((each) => found.has(each));
}

/** Incidents of clauses that are left out would be errors of their own. */
const withoutStrangers = (facts: Facts, lines: readonly Rule[]): Facts =>
  facts.incidents
    ? {
        ...facts,
        incidents: facts.incidents.filter((incident) => lines.some(({ clause }) => clause === incident.clause)),
      }
    : facts;
