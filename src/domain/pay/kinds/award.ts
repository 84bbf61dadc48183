import { z } from 'zod';
import { compareFractions, type Fen, formatYuan, multiply, ratio, shortYuan, sumFen, yuanText } from '#domain/money';
import type { FactUse, MissedPay, PayContext } from '#domain/pay/context';
import { yuanTextField } from '#domain/pay/fields';
import type { Finding } from '#domain/pay/finding';
import { companyLoss, ownDeductions } from '#domain/pay/incidents';
import { defineKind, ruleSchema } from '#domain/pay/kind';
import { gather } from '#domain/pay/problem';
import { flagLabels, readFlag, readHours } from '#domain/pay/read';
import { joinTexts, type Text, text } from '#domain/pay/text';

/**
 * An award that is paid when every condition holds, in proportion to attendance: JW-P3.
 *
 * Conditions are limits on own deductions, company loss or another clause's amount, or a manager's yes.
 * Attendance beyond the required hours does not raise it.
 */
const limit = {
  atMost: yuanTextField.optional(),
  below: yuanTextField.optional(),
  atLeast: yuanTextField.optional(),
  above: yuanTextField.optional(),
};
const conditionSchema = z.union([
  z.strictObject({ flag: z.enum(['conduct', 'compliance']) }),
  z
    .strictObject({
      of: z.union([z.enum(['ownDeductions', 'companyLoss']), z.templateLiteral(['line:', z.string().min(1)])]),
      ...limit,
    })
    .refine(
      ({ atMost, below, atLeast, above }) =>
        [atMost, below, atLeast, above].filter((each) => each !== undefined).length === 1,
      { error: '条件需要 atMost（含）、below（不含）、atLeast（含）、above（不含）之一' },
    ),
]);
type Condition = z.output<typeof conditionSchema>;
const schema = ruleSchema('award', {
  amount: yuanTextField,
  conditions: z.array(conditionSchema).min(1),
  prorate: z.enum(['attendance', 'none']).default('none'),
});
type Rule = z.output<typeof schema>;

interface Verdict {
  met: boolean;
  shown: Text;
  sheet: string;
  facts: readonly FactUse[];
  /** How far a limit was missed, in fen; 0 for a yes or no. */
  distance: Fen;
}

const bounds = [
  { key: 'atMost', sign: '≤', holds: (value: Fen, edge: Fen) => value <= edge, sheet: '<=' },
  { key: 'below', sign: '<', holds: (value: Fen, edge: Fen) => value < edge, sheet: '<' },
  { key: 'atLeast', sign: '≥', holds: (value: Fen, edge: Fen) => value >= edge, sheet: '>=' },
  { key: 'above', sign: '>', holds: (value: Fen, edge: Fen) => value > edge, sheet: '>' },
] as const;

function boundOf(condition: Exclude<Condition, { flag: string }>) {
  const bound = bounds.find(({ key }) => condition[key] !== undefined)!;
  return { ...bound, edge: condition[bound.key]! };
}

const subjectLabel = (of: string): Text =>
  of === 'ownDeductions'
    ? text('本人扣款', 'own deductions')
    : of === 'companyLoss'
      ? text('公司损失', 'company loss')
      : text(`${of.slice(5)} 金额`, `amount of ${of.slice(5)}`);

function judge(condition: Condition, context: PayContext): Verdict {
  if ('flag' in condition) {
    const flag = readFlag(context.facts, condition.flag);
    const why = flag.reason ? `（${flag.reason}）` : '';
    return {
      met: flag.value,
      shown: text(
        `${flag.label.zh}：${flag.value ? '是' : '否'}${why}`,
        `${flag.label.en}: ${flag.value ? 'yes' : 'no'}`,
      ),
      sheet: `${flag.cell}=1`,
      facts: [flag.use],
      distance: 0n,
    };
  }
  const total =
    condition.of === 'ownDeductions'
      ? ownDeductions(context)
      : condition.of === 'companyLoss'
        ? companyLoss(context)
        : amountOf(condition.of.slice('line:'.length), context);
  const { holds, sign, edge, sheet } = boundOf(condition);
  const met = holds(total.fen, edge);
  const label = subjectLabel(condition.of);
  const numbers = met
    ? `${formatYuan(total.fen)} ${sign} ${shortYuan(edge)}`
    : `${formatYuan(total.fen)}（未满足 ${sign} ${shortYuan(edge)}）`;
  const english = met
    ? `${formatYuan(total.fen)} ${sign} ${shortYuan(edge)}`
    : `${formatYuan(total.fen)} (not ${sign} ${shortYuan(edge)})`;
  const distance = total.fen > edge ? total.fen - edge : edge - total.fen;
  return {
    met,
    shown: text(`${label.zh} ${numbers}`, `${label.en} ${english}`),
    // Rounded: binary sums of exact fen must not miss an exact limit by a hair.
    sheet: `ROUND(${total.sheet},2)${sheet}${yuanText(edge)}`,
    facts: total.facts,
    distance,
  };
}

function amountOf(clause: string, { lines }: PayContext) {
  const own = lines.filter((line) => line.clause === clause);
  return {
    fen: sumFen(own.map(({ amountFen }) => amountFen)),
    sheet: `(0${own.map(({ id }) => `+{line:${id}}`).join('')})`,
    facts: [],
  };
}

/** The award if every condition held. */
function fullAward(rule: Rule, context: PayContext) {
  const amount = formatYuan(rule.amount);
  const plain = { fen: rule.amount, shown: amount, sheet: yuanText(rule.amount), facts: [] as FactUse[] };
  if (rule.prorate === 'none' || context.settings.absence === 'hours-only') return plain;
  const required = readHours(context.facts, 'required');
  const attended = readHours(context.facts, 'attended');
  const facts = [required.use, attended.use];
  const sheet = `ROUND(${yuanText(rule.amount)}*MIN(${attended.cell},${required.cell})/${required.cell},2)`;
  if (compareFractions(attended.value, required.value) >= 0) return { ...plain, sheet, facts };
  const share = ratio(
    attended.value.numerator * required.value.denominator,
    attended.value.denominator * required.value.numerator,
  );
  return { fen: multiply(rule.amount, share), shown: `${amount} × ${attended.shown}/${required.shown}`, sheet, facts };
}

/** Two limits of one amount that nothing can meet together. */
function contradictions(clause: string, conditions: readonly Condition[]): Finding[] {
  const limits = conditions.flatMap((condition) => ('flag' in condition ? [] : [condition]));
  return [...new Set(limits.map(({ of }) => of))].flatMap((of): Finding[] => {
    const own = limits.filter((each) => each.of === of).map(boundOf);
    // whole fen: "above" begins a fen later, "below" ends a fen earlier
    const firsts = own.flatMap(({ key, edge }) => (key === 'atLeast' ? [edge] : key === 'above' ? [edge + 1n] : []));
    const lasts = own.flatMap(({ key, edge }) => (key === 'atMost' ? [edge] : key === 'below' ? [edge - 1n] : []));
    if (!firsts.some((first) => lasts.some((last) => first > last))) return [];
    const label = subjectLabel(of);
    return [
      {
        code: 'unreachable',
        level: 'error',
        clause,
        text: text(`${label.zh}的条件互相矛盾`, `the conditions on ${label.en} contradict each other`),
      },
    ];
  });
}

export const award = defineKind<Rule>({
  kind: 'award',
  schema,
  lines(rule, context) {
    const verdicts = gather(rule.conditions.map((condition) => () => judge(condition, context)));
    const full = fullAward(rule, context);
    const met = verdicts.every((verdict) => verdict.met);
    const missed = joinTexts(
      verdicts.filter((verdict) => !verdict.met).map(({ shown }) => shown),
      text('；', '; '),
    );
    const reasons = joinTexts(
      verdicts.map(({ shown }) => shown),
      text('；', '; '),
    );
    return [
      {
        amountFen: met ? full.fen : 0n,
        formula: met
          ? text(`${full.shown}（${reasons.zh}）`, `${full.shown} (${reasons.en})`)
          : text(`不享受：${missed.zh}`, `not earned: ${missed.en}`),
        sheet: `IF(AND(${verdicts.map(({ sheet }) => sheet).join(',')}),${full.sheet},0)`,
        facts: [...full.facts, ...verdicts.flatMap(({ facts }) => facts)],
      },
    ];
  },
  sentence({ amount, conditions, prorate }) {
    const each = joinTexts(
      conditions.map((condition) => {
        if ('flag' in condition) return flagLabels[condition.flag];
        const { sign, edge } = boundOf(condition);
        const label = subjectLabel(condition.of);
        return text(`${label.zh} ${sign} ${shortYuan(edge)}`, `${label.en} ${sign} ${shortYuan(edge)}`);
      }),
      text('，', ', '),
    );
    const share = prorate === 'attendance';
    return text(
      `每月 ${shortYuan(amount)} 元，条件：${each.zh}${share ? '；按出勤比例' : ''}`,
      `${shortYuan(amount)} yuan a month if ${each.en}${share ? '; in proportion to attendance' : ''}`,
    );
  },
  dependsOn: ({ conditions }, all) =>
    conditions.flatMap((condition) => {
      if ('flag' in condition || condition.of === 'companyLoss') return [];
      if (condition.of !== 'ownDeductions') return [condition.of.slice('line:'.length)];
      return all.filter(({ nature }) => nature !== 'earning').map(({ clause }) => clause);
    }),
  whyNotMore(rule, context): MissedPay[] {
    const full = fullAward(rule, context);
    const missed = rule.conditions
      .map((condition) => judge(condition, context))
      .filter(({ met }) => !met)
      .sort((a, b) => (a.distance < b.distance ? -1 : a.distance > b.distance ? 1 : 0));
    const [nearest] = missed;
    if (!nearest) {
      const short = rule.amount - full.fen;
      if (short <= 0n) return [];
      return [
        {
          clause: rule.clause,
          worthFen: short,
          text: text(`出勤不足，按比例计发：${full.shown}`, `attendance was short: ${full.shown}`),
        },
      ];
    }
    const others = missed.length - 1;
    return [
      {
        clause: rule.clause,
        worthFen: full.fen,
        text: text(
          `${nearest.shown.zh}${others > 0 ? `；另有 ${others} 个条件未满足` : ''}`,
          `${nearest.shown.en}${others > 0 ? `; ${others} more not met` : ''}`,
        ),
      },
    ];
  },
  lint: ({ clause, amount, conditions }) => [
    ...contradictions(clause, conditions),
    ...conditions.flatMap((condition): Finding[] => {
      if ('flag' in condition) return [];
      const { key, edge } = boundOf(condition);
      const label = subjectLabel(condition.of);
      const never =
        !condition.of.startsWith('line:') && ((key === 'atMost' && edge < 0n) || (key === 'below' && edge <= 0n));
      if (never)
        return [
          {
            code: 'unreachable',
            level: 'error',
            clause,
            text: text(`${label.zh}不可能满足该条件`, `${label.en} can never meet this`),
          },
        ];
      const low = key === 'atMost' || key === 'above' ? edge : edge - 1n;
      const rises = key === 'atLeast' || key === 'above';
      const [before, after] = rises ? [0n, amount] : [amount, 0n];
      const earnsLess: Finding[] =
        !rises && amount > 0n && condition.of.startsWith('line:')
          ? [
              {
                code: 'less-for-more',
                level: 'warning',
                clause,
                text: text(
                  `${label.zh}超过 ${formatYuan(low)} 就不享受：多挣反而可能少拿`,
                  `more than ${formatYuan(low)} of the ${label.en} loses it: earning more may pay less`,
                ),
              },
            ]
          : [];
      return [
        ...earnsLess,
        {
          code: 'example',
          level: 'info',
          clause,
          text: text(
            `${label.zh} ${formatYuan(low)} → ${formatYuan(before)}；${formatYuan(low + 1n)} → ${formatYuan(after)}`,
            `${label.en} ${formatYuan(low)} → ${formatYuan(before)}; ${formatYuan(low + 1n)} → ${formatYuan(after)}`,
          ),
        },
      ];
    }),
  ],
});
