import { scoreSteps } from '#db/pay-appraisals';
import type { Warning } from '#domain/pay/context';
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
      const kpi = results.map(({ clause, score, done, due, overruled, reason }) => ({
        criterion: clause,
        ...(due !== undefined && { done: done ?? 0, due }),
        ...(overruled && score !== undefined
          ? { overruled: { score: points(score), reason: reason || '—' } }
          : score !== undefined && { score: points(score) }),
        source,
      }));
      const weights = Object.fromEntries(scored.criteria.map(({ clause, weight }) => [clause, weight]));
      parts.set(id, {
        facts: { kpi, ...(Object.keys(weights).length > 0 && { settings: { weights } }) } as FactPart['facts'],
        ...(state === 'draft' && { blocks: [unfinished] }),
        ...(state === 'disputed' && { blocks: [objected] }),
      });
    }
    return parts;
  },
};
