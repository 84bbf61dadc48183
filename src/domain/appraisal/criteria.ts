import { z } from 'zod';
import { compareFractions, fraction, NumberTextError, ratio, sumFractions } from '#domain/money';
import type { Criterion } from '#domain/pay/criteria';
import { say, type Text } from '#domain/text';

/** What records can say about a criterion by themselves. */
export const measures = ['completion', 'on-time', 'satisfaction', 'problems', 'reports', 'accuracy'] as const;
export type Measure = (typeof measures)[number];

/** One criterion as a sheet keeps it: plain data, so that a later version of the template changes no past month. */
export const sheetCriterion = z.strictObject({
  clause: z.string(),
  label: z.strictObject({ zh: z.string(), en: z.string() }),
  text: z.string(),
  /** Points of 100, as exact text. */
  weight: z.string(),
  from: z.enum(['ratio', 'score', 'both']),
  /** Share of the records in `both`, as exact text. */
  ratioShare: z.string(),
  measure: z.enum(measures).optional(),
});
export type SheetCriterion = z.output<typeof sheetCriterion>;

/** Which criteria of the documents the records speak to. */
const measureOf: Record<string, Measure> = {
  'KPI-1': 'completion',
  'KPI-2': 'on-time',
  'KPI-3': 'satisfaction',
  'KPI-4': 'problems',
  'KPI-6': 'reports',
  'KPI-7': 'accuracy',
  'LB-A1.attitude': 'satisfaction',
  'LB-A1.performance': 'on-time',
};

export const sheetCriteria = (criteria: readonly Criterion[]): SheetCriterion[] =>
  criteria.map(({ clause, label, text, weight, from, ratioShare }) => ({
    clause,
    label,
    text,
    weight: weight.text,
    from,
    ratioShare: ratioShare.text,
    ...(measureOf[clause] && { measure: measureOf[clause] }),
  }));

export const MOST_CRITERIA = 10;

/** What is wrong with a template; empty when it can be used. */
export function templateProblems(criteria: readonly SheetCriterion[]): Text[] {
  const problems: Text[] = [];
  if (criteria.length === 0 || criteria.length > MOST_CRITERIA)
    problems.push(say(`考核项要有 1 到 ${MOST_CRITERIA} 个。`, `There must be 1 to ${MOST_CRITERIA} criteria.`));
  const clauses = criteria.map(({ clause }) => clause);
  if (new Set(clauses).size < clauses.length) problems.push(say('考核项有重复。', 'A criterion is there twice.'));
  const sum = sumFractions(criteria.map(({ weight }) => fraction(weight)));
  if (compareFractions(sum, ratio(100n, 1n)) !== 0)
    problems.push(say(`权重合计 ${sum.text}，应为 100。`, `The weights add up to ${sum.text}, not 100.`));
  if (criteria.some(({ weight }) => fraction(weight).numerator <= 0n))
    problems.push(say('权重要大于 0。', 'Each weight must be more than 0.'));
  return problems;
}

/**
 * Reads a company's own template as people write it: `工作绩效 50；团队合作 30；服务 20`. A criterion of the scheme (by its name or clause)
 * keeps what records say about it; anything else is scored by the manager alone.
 *
 * @returns the criteria, or the part that was not understood
 */
export function readTemplate(
  text: string,
  scheme: string,
  known: readonly SheetCriterion[] = [],
): { criteria: SheetCriterion[] } | { wrong: string } {
  const criteria: SheetCriterion[] = [];
  for (const part of text
    .normalize('NFKC')
    .split(/[;；\n]+/)
    .filter((each) => each.trim())) {
    const match = /^\s*(.{1,40}?)[\s:=]+(\d{1,3}(?:\.\d{1,2})?)\s*(?:分|%)?\s*$/.exec(part);
    if (!match) return { wrong: part.trim() };
    try {
      fraction(match[2]!);
    } catch (error) {
      if (!(error instanceof NumberTextError)) throw error;
      return { wrong: part.trim() };
    }
    const label = match[1]!.trim();
    const own = known.find(
      ({ clause, label: name }) =>
        clause.toLowerCase() === label.toLowerCase() ||
        name.zh.normalize('NFKC') === label ||
        name.en.toLowerCase() === label.toLowerCase(),
    );
    if (own) {
      criteria.push({ ...own, weight: match[2]! });
      continue;
    }
    criteria.push({
      clause: `${scheme.toUpperCase()}-OWN-${criteria.length + 1}`,
      label: { zh: label, en: label },
      text: label,
      weight: match[2]!,
      from: 'score',
      ratioShare: '50%',
    });
  }
  return { criteria };
}
