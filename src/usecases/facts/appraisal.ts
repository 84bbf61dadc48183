import { scoreSteps } from '#db/pay-appraisals';
import type { SheetCriterion } from '#domain/appraisal/criteria';
import type { Warning } from '#domain/pay/context';
import type { SchemeVersion } from '#domain/pay/scheme';
import { text } from '#domain/pay/text';
import { byPerson, type FactPart, type FactSource, sourceOf } from './source.ts';

/** Scores are whole tenths of a point, as the sheets keep them. */
interface Scores {
  results: { clause: string; score?: number; done?: number; due?: number; overruled?: boolean; reason?: string }[];
  total: number;
}

const points = (tenths: number): string => `${Math.trunc(tenths / 10)}${tenths % 10 === 0 ? '' : `.${tenths % 10}`}`;

const unfinished: Warning = {
  code: 'APPRAISAL-DRAFT',
  level: 'blocks',
  text: text('考核尚未定稿，本月不能审批', 'the appraisal is not final; the month cannot be approved'),
  source: 'LB-A7',
};
const objected: Warning = {
  ...unfinished,
  code: 'APPRAISAL-DISPUTED',
  text: text('考核结果申诉未决，本月不能审批', 'the appraisal is disputed; the month cannot be approved'),
};

/**
 * The criteria by which a sheet was scored. Those of the scheme only bring their weights along; a company's own template may have others,
 * which then stand in place of the scheme's.
 */
function ownCriteria(criteria: readonly SheetCriterion[], version: SchemeVersion | undefined) {
  const isOfScheme =
    version !== undefined &&
    criteria.length === version.criteria.length &&
    criteria.every(({ clause }) => version.criteria.some((each) => each.clause === clause));
  if (isOfScheme)
    return { settings: { weights: Object.fromEntries(criteria.map(({ clause, weight }) => [clause, weight])) } };
  return { criteria: criteria.map(({ measure: _, ...criterion }) => criterion) };
}

/** 考核得分: the scores that count now, with what became of them. No score is invented where nobody has scored. */
export const appraisalFacts: FactSource = {
  name: 'appraisal',
  async collect(db, { month, people }) {
    const regular = people.filter(({ kind }) => kind === 'regular');
    const found = byPerson(
      await scoreSteps(
        db,
        regular.map(({ id }) => id),
        month,
      ),
    );
    const parts = new Map<number, FactPart>();
    for (const { id, version } of regular) {
      const steps = found.of(id);
      const scored = steps.findLast(({ kind }) => kind === 'scored' || kind === 'changed');
      if (!scored) continue;
      const has = (kind: string) => steps.some((step) => step.kind === kind);
      const open = has('objected') && !has('upheld') && !has('changed');
      const state = open
        ? 'disputed'
        : !has('approved')
          ? 'draft'
          : has('upheld') || has('changed')
            ? 'reconfirmed'
            : has('confirmed')
              ? 'confirmed'
              : 'unanswered';
      const { results, total } = scored.data as Scores;
      const source = sourceOf({ author: scored.author ?? 'schedule', at: scored.at, messageId: scored.messageId });
      const usesKpi = version?.lines.some((rule) => rule.kind === 'score-weighted' && rule.score === 'kpi') ?? false;
      if (!usesKpi) {
        parts.set(id, { facts: { appraisal: { score: points(total), state, source } } as FactPart['facts'] });
        continue;
      }
      const fromBoth = (wanted: string) =>
        scored.criteria.some(({ clause, from }) => clause === wanted && from === 'both');
      const kpi = results.map(({ clause, score, done, due, overruled, reason }) => ({
        criterion: clause,
        // nothing to count leaves a criterion of both kinds to the score alone
        ...(due !== undefined ? { done: done ?? 0, due } : fromBoth(clause) && { done: 0, due: 0 }),
        ...(overruled && score !== undefined
          ? { overruled: { score: points(score), reason: reason || '—' } }
          : score !== undefined && { score: points(score) }),
        source,
      }));
      parts.set(id, {
        facts: { kpi, ...(scored.criteria.length > 0 && ownCriteria(scored.criteria, version)) } as FactPart['facts'],
        ...(state === 'draft' && { blocks: [unfinished] }),
        ...(state === 'disputed' && { blocks: [objected] }),
      });
    }
    return parts;
  },
};
