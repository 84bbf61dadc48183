import { z } from 'zod';
import { type Fraction, formatYuan, multiply, ratio, roundHalfAway } from '#domain/money';
import type { MissedPay, PayContext, Warning } from '#domain/pay/context';
import { weightedScore } from '#domain/pay/criteria';
import { employmentShare } from '#domain/pay/employment';
import { rateField, scoreFraction, scoreText } from '#domain/pay/fields';
import { defineKind, ruleSchema } from '#domain/pay/kind';
import { gather, missing } from '#domain/pay/problem';
import { measureLabel, measureNames, readMeasure, readMoney } from '#domain/pay/read';
import { joinTexts, type Text, text } from '#domain/pay/text';

/**
 * A base × the month's score in percent: commission × appraisal score (LB-P1) or performance base × KPI score
 * (KPI-P1.performance).
 *
 * Base, rate and score are multiplied exactly and rounded once. An unanswered appraisal counts and is shown as such.
 */
const schema = ruleSchema('score-weighted', {
  of: z.enum([...measureNames, 'performanceBase']),
  rate: rateField.optional(),
  score: z.enum(['appraisal', 'kpi']),
});
type Rule = z.output<typeof schema>;

interface Score {
  share: Fraction;
  shown: Text;
  sheet: string;
  facts: ReturnType<typeof weightedScore>['facts'];
  warnings: Warning[];
}

const stateWarnings: Record<string, Warning | undefined> = {
  unanswered: {
    code: 'APPRAISAL-UNANSWERED',
    level: 'warning',
    text: text(
      '员工到第 3 个工作日仍未回应考核结果，得分照常计入，不视为同意',
      'the employee did not answer by working day 3; the score counts and is not shown as agreed',
    ),
    source: 'LB-A4',
  },
  disputed: {
    code: 'APPRAISAL-DISPUTED',
    level: 'blocks',
    text: text('考核结果申诉未决，本月不能审批', 'the appraisal is disputed; the month cannot be approved'),
    source: 'LB-A4',
  },
  draft: {
    code: 'APPRAISAL-DRAFT',
    level: 'blocks',
    text: text('考核得分尚未定稿，本月不能审批', 'the appraisal score is a draft; the month cannot be approved'),
    source: 'LB-A7',
  },
};

function scoreOf(rule: Rule, context: PayContext): Score {
  if (rule.score === 'kpi') {
    const kpi = weightedScore(context);
    return {
      share: ratio(kpi.points.numerator, kpi.points.denominator * 100n),
      shown: text(`[${kpi.formula.zh}]%`, `[${kpi.formula.en}]%`),
      sheet: `(${kpi.sheet})/100`,
      facts: kpi.facts,
      warnings: kpi.leftOut.map((note) => ({ code: 'NOTHING-DUE', level: 'info' as const, text: note })),
    };
  }
  const { appraisal } = context.facts;
  if (!appraisal) throw missing('appraisal.score', '本月考核得分（主管尚未打分）', "the month's appraisal score");
  const path = 'appraisal.score';
  const warning = stateWarnings[appraisal.state];
  const share = scoreFraction(appraisal.score);
  return {
    share,
    shown: text(share.text, share.text),
    sheet: `{${path}}/100`,
    facts: [
      {
        path,
        label: text('考核得分', 'appraisal score'),
        value: scoreText(appraisal.score),
        sources: appraisal.source ? [appraisal.source] : [],
      },
    ],
    warnings: warning ? [warning] : [],
  };
}

function baseOf(rule: Rule, context: PayContext) {
  const base =
    rule.of === 'performanceBase'
      ? readMoney(
          context.facts.profile.performanceBase,
          'profile.performanceBase',
          text('绩效基数', 'performance base'),
        )
      : readMeasure(context, rule.of);
  const prorated = rule.of === 'performanceBase' && context.settings.performanceProration === 'employment';
  const share = prorated ? employmentShare(context) : undefined;
  const value = share ? share.of(base.value) : base.value;
  return {
    value,
    shown: text(
      `${base.label.zh} ${base.shown}${share ? ` ${share.shown.zh}` : ''}${rule.rate ? ` × ${rule.rate.text}` : ''}`,
      `${base.label.en} ${base.shown}${share ? ` ${share.shown.en}` : ''}${rule.rate ? ` × ${rule.rate.text}` : ''}`,
    ),
    sheet: `${share ? share.sheet(base.cell) : base.cell}${rule.rate ? `*${rule.rate.numerator}/${rule.rate.denominator}` : ''}`,
    facts: [base.use, ...(share?.facts ?? [])],
    rate: rule.rate ?? ratio(1n, 1n),
  };
}

/** For people: at most one decimal. */
const percent = ({ numerator, denominator }: Fraction): string =>
  `${scoreText(roundHalfAway(numerator * 1000n, denominator))}%`;

export const scoreWeighted = defineKind<Rule>({
  kind: 'score-weighted',
  schema,
  lines(rule, context) {
    const checks: (() => unknown)[] = [() => baseOf(rule, context), () => scoreOf(rule, context)];
    const [base, score] = gather(checks) as [ReturnType<typeof baseOf>, Score];
    return [
      {
        amountFen: multiply(base.value, base.rate, score.share),
        formula: joinTexts([base.shown, score.shown], text(' × ', ' × ')),
        sheet: `ROUND(${base.sheet}*${score.sheet},2)`,
        facts: [...base.facts, ...score.facts],
        warnings: score.warnings,
      },
    ];
  },
  sentence(rule, settings) {
    const base = rule.of === 'performanceBase' ? text('绩效基数', 'performance base') : measureLabel(rule.of, settings);
    const share = rule.rate ? ` × ${rule.rate.text}` : '';
    const score = rule.score === 'kpi' ? text('KPI 得分 %', 'KPI score %') : text('考核得分 %', 'appraisal score %');
    return text(
      `${base.zh}${share} × ${score.zh}，最后四舍五入到分一次`,
      `${base.en}${share} × ${score.en}, rounded once at the end`,
    );
  },
  whyNotMore(rule, context) {
    const base = baseOf(rule, context);
    const score = scoreOf(rule, context);
    const full = multiply(base.value, base.rate);
    const worthFen = full - multiply(base.value, base.rate, score.share);
    if (worthFen <= 0n) return [];
    if (rule.score === 'kpi')
      return weightedScore(context).counted.flatMap(({ criterion, share, shown, short }): MissedPay[] => {
        const lostFen = multiply(base.value, base.rate, share, short, ratio(1n, 100n));
        if (lostFen <= 0n) return [];
        const { clause, label } = criterion;
        return [
          {
            clause,
            worthFen: lostFen,
            text: text(
              `${label.zh}：${shown}，满分 100（占 ${percent(share)}）`,
              `${label.en}: ${shown}, of 100 (${percent(share)} of the score)`,
            ),
          },
        ];
      });
    const point = formatYuan(multiply(base.value, base.rate, ratio(1n, 100n)));
    return [
      {
        clause: rule.clause,
        worthFen,
        text: text(
          `得分每高 1 分多 ${point} 元，满分 ${formatYuan(full)} 元`,
          `each point is worth ${point} yuan, full marks ${formatYuan(full)}`,
        ),
      },
    ];
  },
  lint: ({ clause, rate }) =>
    rate && rate.numerator < 0n
      ? [
          {
            code: 'less-for-more',
            level: 'warning',
            clause,
            text: text(`业绩越高，${clause} 越少`, `the more is sold, the less ${clause} pays`),
          },
        ]
      : [],
});
