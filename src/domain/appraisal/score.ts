import { type Fraction, fraction, product, ratio, roundHalfAway, sumFractions } from '#domain/money';
import { say, type Text } from '#domain/text';
import type { SheetCriterion } from './criteria.ts';

/** The result of one criterion. Scores are whole tenths of a point, 0 to 1000. */
export interface Result {
  clause: string;
  /** The manager's own score. */
  score?: number;
  /** What the records say. */
  done?: number;
  due?: number;
  /** The manager's score in place of what the records say. */
  overruled?: boolean;
  /** Why, where a sentence is needed. */
  reason?: string;
}

export interface Scores {
  results: Result[];
  /** Weighted total, rounded once to a tenth, half away from zero. */
  total: number;
  /** Criteria with nothing due: left out, their weight spread over the others. */
  leftOut: string[];
}

/** "87.5", "90". */
export const pointsText = (tenths: number): string =>
  tenths % 10 === 0 ? `${tenths / 10}` : `${Math.floor(tenths / 10)}.${tenths % 10}`;

/** Reads 0 to 100 with at most one decimal; undefined for anything else. */
export function readPoints(text: string): number | undefined {
  const match = /^(\d{1,3})(?:\.(\d))?$/.exec(text.normalize('NFKC').trim());
  if (!match) return undefined;
  const tenths = Number(match[1]) * 10 + Number(match[2] ?? 0);
  return tenths <= 1000 ? tenths : undefined;
}

/** Points of one criterion as an exact fraction; undefined when nothing was due. */
export function pointsOf(criterion: SheetCriterion, result: Result): Fraction | undefined {
  const own = result.score === undefined ? undefined : ratio(BigInt(result.score), 10n);
  const counted = result.due !== undefined && result.due > 0 && result.done !== undefined;
  const records = counted ? ratio(BigInt(result.done!) * 100n, BigInt(result.due!)) : undefined;
  if (criterion.from === 'score' || result.overruled) return own;
  if (criterion.from === 'ratio') return records ?? own;
  if (!records || !own) return own;
  const share = fraction(criterion.ratioShare);
  const rest = ratio(share.denominator - share.numerator, share.denominator);
  return sumFractions([product(records, share), product(own, rest)]);
}

/**
 * The weighted total of a sheet.
 *
 * @returns undefined while nothing at all has points
 */
export function weigh(criteria: readonly SheetCriterion[], results: readonly Result[]): Scores | undefined {
  const parts = criteria.flatMap((criterion) => {
    const result = results.find(({ clause }) => clause === criterion.clause);
    const points = result && pointsOf(criterion, result);
    return points ? [{ weight: fraction(criterion.weight), points }] : [];
  });
  const whole = sumFractions(parts.map(({ weight }) => weight));
  if (parts.length === 0 || whole.numerator === 0n) return undefined;
  const sum = sumFractions(parts.map(({ weight, points }) => product(weight, points)));
  const total = roundHalfAway(10n * sum.numerator * whole.denominator, sum.denominator * whole.numerator);
  const counted = (clause: string) => {
    const criterion = criteria.find((each) => each.clause === clause)!;
    const result = results.find((each) => each.clause === clause);
    return result !== undefined && pointsOf(criterion, result) !== undefined;
  };
  return {
    results: [...results],
    total: Number(total),
    leftOut: criteria.map(({ clause }) => clause).filter((clause) => !counted(clause)),
  };
}

/** From here on a score is extreme and needs a sentence, whatever was suggested: below 60, above 95. */
const LOW = 600;
const HIGH = 950;

/** A suggested range, in tenths, both ends included. */
export interface Band {
  from: number;
  to: number;
}

export const needsSentence = (score: number, band: Band | undefined): boolean =>
  score < LOW || score > HIGH || (band !== undefined && (score < band.from || score > band.to));

/** What a manager typed for one criterion. */
export interface Typed {
  score?: string | undefined;
  reason?: string | undefined;
}

/** What records say about a criterion, and what they suggest. */
export interface Basis {
  done?: number | undefined;
  due?: number | undefined;
  band?: Band | undefined;
}

/**
 * Turns what a manager typed into results, or names what is missing.
 *
 * A criterion that records decide may stay empty; a score typed there overrules them and needs a reason.
 */
export function readScores(
  criteria: readonly SheetCriterion[],
  typed: ReadonlyMap<string, Typed>,
  bases: ReadonlyMap<string, Basis>,
): { scores: Scores } | { problems: Text[] } {
  const problems: Text[] = [];
  const results = criteria.map((criterion): Result => {
    const { clause, label, from } = criterion;
    const wrong = (zh: string, en: string) => problems.push(say(`「${label.zh}」${zh}`, `“${label.en}”: ${en}`));
    const { score: written = '', reason: why = '' } = typed.get(clause) ?? {};
    const { done, due, band } = bases.get(clause) ?? {};
    const records = due !== undefined && done !== undefined && from !== 'score';
    const reason = why.trim();
    const result: Result = { clause, ...(records && { done, due }), ...(reason && { reason }) };
    if (!written.trim()) {
      if (from === 'ratio' && records) return result;
      wrong('还没有打分。', 'has no score yet.');
      return result;
    }
    const score = readPoints(written);
    if (score === undefined) {
      wrong(
        `的「${written.trim().slice(0, 20)}」不行，要 0 到 100，最多一位小数。`,
        'a score is 0 to 100 with at most one decimal.',
      );
      return result;
    }
    const overruled = from === 'ratio' && records;
    if (!reason && overruled) wrong('改了记录算出的分，要写一句理由。', 'overrules the records, so it needs a reason.');
    else if (!reason && needsSentence(score, band))
      wrong(
        band && (score < band.from || score > band.to)
          ? `打 ${pointsText(score)} 分，在建议的 ${pointsText(band.from)}–${pointsText(band.to)} 之外，要写一句理由。`
          : `打 ${pointsText(score)} 分（低于 60 或高于 95），要写一句理由。`,
        `${pointsText(score)} needs a sentence.`,
      );
    return { ...result, score, ...(overruled && { overruled: true }) };
  });
  if (problems.length > 0) return { problems };
  const scores = weigh(criteria, results);
  return scores
    ? { scores }
    : {
        problems: [
          say('所有考核项都没有应完成事项，至少给一项打分。', 'Nothing was due in any criterion; score at least one.'),
        ],
      };
}
