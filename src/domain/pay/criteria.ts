import { z } from 'zod';
import { compareFractions, type Fraction, fraction, product, ratio, sumFractions } from '#domain/money';
import type { FactUse, PayContext } from '#domain/pay/context';
import type { KpiFact } from '#domain/pay/facts';
import { rateField, scoreText } from '#domain/pay/fields';
import { gather, invalid, missing } from '#domain/pay/problem';
import { type Text, text } from '#domain/pay/text';

/** Criteria of an appraisal (LB-A1, KPI-1 … KPI-7): weights, and whether a criterion is a ratio, a score or both. */
export const criterionSchema = z.strictObject({
  clause: z.string().min(1),
  label: z.strictObject({ en: z.string().min(1), zh: z.string().min(1) }),
  text: z.string().min(1),
  weight: rateField,
  /** `ratio` comes from records, `score` from the manager, `both` mixes them by `ratioShare`. */
  from: z.enum(['ratio', 'score', 'both']).default('score'),
  ratioShare: rateField.prefault('50%'),
});
export type Criterion = z.output<typeof criterionSchema>;

/** One criterion's result: points out of 100 as an exact fraction, or nothing due. */
interface Result {
  criterion: Criterion;
  weight: Fraction;
  points: Fraction | undefined;
  shown: string;
  sheet: string;
  facts: FactUse[];
  note?: Text;
}

export interface WeightedScore {
  /** Points out of 100, exact: it is not rounded before it is used. */
  readonly points: Fraction;
  readonly formula: Text;
  /** Spreadsheet arithmetic of the points. */
  readonly sheet: string;
  readonly facts: readonly FactUse[];
  /** Criteria left out because nothing was due. */
  readonly leftOut: readonly Text[];
  /** Each criterion that counted: its share of the score, its points as they came about, and what is short of 100. */
  readonly counted: readonly {
    readonly criterion: Criterion;
    readonly share: Fraction;
    readonly shown: string;
    readonly short: Fraction;
  }[];
}

/** The weights in force: the scheme's, or the company's where it set its own. */
export function weightsOf(context: Pick<PayContext, 'criteria' | 'settings'>): Fraction[] {
  return context.criteria.map(({ clause, weight }) => {
    const own = context.settings.weights?.[clause];
    return own === undefined ? weight : fraction(own);
  });
}

/** The weighted score of KPI-1 … KPI-7. Throws when a criterion is missing, or when nothing at all was due. */
export function weightedScore(context: PayContext): WeightedScore {
  const weights = weightsOf(context);
  const sumOfWeights = sumFractions(weights);
  if (compareFractions(sumOfWeights, ratio(100n, 1n)) !== 0) {
    throw invalid(
      'settings.weights',
      `考核项权重合计 ${sumOfWeights.text}，应为 100`,
      `the weights add up to ${sumOfWeights.text}, not 100`,
    );
  }
  const results = gather(context.criteria.map((criterion, at) => () => resultOf(criterion, weights[at]!, context)));
  const counted = results.filter((result) => result.points !== undefined);
  const whole = sumFractions(counted.map(({ weight }) => weight));
  if (counted.length === 0 || whole.numerator === 0n) {
    throw invalid('kpi', '所有考核项都没有应完成事项，无法得出得分', 'no criterion had anything due');
  }
  const sum = sumFractions(counted.map(({ weight, points }) => product(weight, points!)));
  const terms = counted.map(({ shown, weight }) => `${shown}×${weight.text}`).join(' + ');
  const formula = `(${terms}) ÷ ${whole.text}`;
  return {
    points: ratio(sum.numerator * whole.denominator, sum.denominator * whole.numerator),
    formula: text(formula, formula),
    sheet: `(${counted.map(({ sheet, weight }) => `${sheet}*${weight.numerator}/${weight.denominator}`).join('+')})/(${whole.text})`,
    facts: counted.flatMap(({ facts }) => facts),
    leftOut: results.flatMap(({ note }) => (note ? [note] : [])),
    counted: counted.map(({ criterion, weight, shown, points }) => ({
      criterion,
      share: ratio(weight.numerator * whole.denominator, weight.denominator * whole.numerator),
      shown,
      short: sumFractions([ratio(100n, 1n), product(points!, ratio(-1n, 1n))]),
    })),
  };
}

function resultOf(criterion: Criterion, weight: Fraction, context: PayContext): Result {
  const { clause, label } = criterion;
  const fact = context.facts.kpi?.find((each) => each.criterion === clause);
  if (!fact) throw missing(`kpi.${clause}`, `「${label.zh}」的考核结果`, `the result of "${label.en}"`);
  const scored = (tenths: bigint, part: string, why: Text): Result => ({
    criterion,
    weight,
    points: ratio(tenths, 10n),
    shown: scoreText(tenths),
    sheet: `{kpi.${clause}.${part}}`,
    facts: [use(fact, clause, part, why, scoreText(tenths))],
  });
  if (fact.overruled) {
    const { score, reason } = fact.overruled;
    return scored(score, 'overruled', text(`${label.zh}（主管改分：${reason}）`, `${label.en} (overruled: ${reason})`));
  }
  const { ratioShare, from } = criterion;
  const byScore = () => {
    if (fact.score === undefined)
      throw missing(`kpi.${clause}.score`, `「${label.zh}」的打分`, `the score of "${label.en}"`);
    return scored(fact.score, 'score', label);
  };
  if (from === 'score') return byScore();
  if (fact.done === undefined || fact.due === undefined) {
    if (from === 'ratio' && fact.score !== undefined) return byScore();
    throw missing(`kpi.${clause}.due`, `「${label.zh}」的完成数与应完成数`, `done and due of "${label.en}"`);
  }
  if (fact.due === 0n) {
    if (from === 'both') return byScore();
    if (context.settings.nothingDue === 'full') {
      return { criterion, weight, points: ratio(100n, 1n), shown: '100', sheet: '100', facts: [] };
    }
    const note = text(
      `${label.zh}本月没有应完成事项，不计入，权重分摊到其他考核项`,
      `${label.en}: nothing was due, left out, its weight is spread over the others`,
    );
    return { criterion, weight, points: undefined, shown: '', sheet: '', facts: [], note };
  }
  const done = use(fact, clause, 'done', text(`${label.zh}：完成`, `${label.en}: done`), `${fact.done}`);
  const due = use(fact, clause, 'due', text(`${label.zh}：应完成`, `${label.en}: due`), `${fact.due}`);
  const share: Result = {
    criterion,
    weight,
    points: ratio(fact.done * 100n, fact.due),
    shown: `${fact.done}/${fact.due}×100`,
    sheet: `{${done.path}}/{${due.path}}*100`,
    facts: [done, due],
  };
  if (from === 'ratio') return share;
  const score = byScore();
  const rest = ratio(ratioShare.denominator - ratioShare.numerator, ratioShare.denominator);
  return {
    criterion,
    weight,
    points: sumFractions([product(share.points!, ratioShare), product(score.points!, rest)]),
    shown: `(${share.shown}×${ratioShare.text} + ${score.shown}×(1−${ratioShare.text}))`,
    sheet: `(${share.sheet}*${ratioShare.numerator}/${ratioShare.denominator}+${score.sheet}*${rest.numerator}/${rest.denominator})`,
    facts: [...share.facts, ...score.facts],
  };
}

function use(fact: KpiFact, clause: string, part: string, label: Text, value: string): FactUse {
  return { path: `kpi.${clause}.${part}`, label, value, sources: fact.source ? [fact.source] : [] };
}
