import { z } from 'zod';
import type { AnyRule, Kind } from '#domain/pay/kind';
import { award } from '#domain/pay/kinds/award';
import { chargeBands } from '#domain/pay/kinds/charge-bands';
import { chargeFixed } from '#domain/pay/kinds/charge-fixed';
import { chargeRange } from '#domain/pay/kinds/charge-range';
import { fixed } from '#domain/pay/kinds/fixed';
import { perHour } from '#domain/pay/kinds/per-hour';
import { perUnit } from '#domain/pay/kinds/per-unit';
import { pieceList } from '#domain/pay/kinds/piece-list';
import { rate } from '#domain/pay/kinds/rate';
import { scoreWeighted } from '#domain/pay/kinds/score-weighted';
import { yearlyReward } from '#domain/pay/kinds/yearly-reward';

/** The closed set of rule kinds. A new kind is one file and one line here. */
const kinds = [
  fixed,
  rate,
  pieceList,
  perHour,
  perUnit,
  scoreWeighted,
  award,
  chargeFixed,
  chargeRange,
  chargeBands,
  yearlyReward,
] as const;

type RuleOf<K> = K extends Kind<infer Rule> ? Rule : never;
export type Rule = RuleOf<(typeof kinds)[number]>;

const schemas = kinds.map(({ schema }) => schema) as unknown as [
  z.core.$ZodTypeDiscriminable,
  ...z.core.$ZodTypeDiscriminable[],
];

/** Any rule of a scheme, told apart by `kind`. */
export const anyRuleSchema = z.discriminatedUnion('kind', schemas, {
  error: (issue) =>
    issue.code === 'invalid_union' ? `不认识的 kind；可用：${kinds.map(({ kind }) => kind).join('、')}` : undefined,
}) as unknown as z.ZodType<Rule>;

/** The code behind a rule. */
export function kindOf(rule: AnyRule): Kind<AnyRule> {
  const found = kinds.find(({ kind }) => kind === rule.kind);
  if (!found) throw new TypeError(`no rule kind ${rule.kind}`);
  return found as unknown as Kind<AnyRule>;
}

/** Clauses under which incidents are charged. */
export function chargesIncidents(rule: AnyRule): boolean {
  return rule.kind.startsWith('charge-');
}
