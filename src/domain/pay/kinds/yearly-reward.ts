import { z } from 'zod';
import { addDays, lastDayOf, monthNumber, monthOf, yearOf } from '#domain/calendar/dates';
import { lunarNewYear } from '#domain/calendar/lunar';
import { formatYuan, shortYuan, yuanText } from '#domain/money';
import type { FactUse, LineDraft, MissedPay, PayContext, Warning } from '#domain/pay/context';
import { countField, yuanTextField } from '#domain/pay/fields';
import type { Finding } from '#domain/pay/finding';
import { defineKind, ruleSchema } from '#domain/pay/kind';
import { invalid, missing } from '#domain/pay/problem';
import { joinTexts, type Text, text } from '#domain/pay/text';
import { type DeclarationReward, type RewardStatement, rewardsOfYear } from '#domain/pay/yearly';

/**
 * A reward per export declaration that adds up over the calendar year, with a ladder of forfeitures, paid once a year
 * before the lunar new year: FT-R1, FT-R2, FT-F1 … FT-F5.
 *
 * In other months one line of 0.00 says what has accrued. In the month `paidIn`, and in a leaver's last month, the
 * rewards are a line and each clause that took some is a line of its own.
 */
const label = z.strictObject({ en: z.string().min(1), zh: z.string().min(1) });
const stepSchema = z.strictObject({
  clause: z.string().min(1),
  text: z.string().min(1),
  per: z.enum(['month', 'quarter', 'year']),
  from: countField,
  loses: z.enum(['month', 'quarter', 'year']).optional(),
  flag: z.enum(['notify-hr']).optional(),
});
const schema = ruleSchema('yearly-reward', {
  amount: yuanTextField,
  paidIn: countField,
  faults: z.array(z.strictObject({ clause: z.string().min(1), label, text: z.string().min(1) })),
  ladder: z.array(stepSchema),
});
type Rule = z.output<typeof schema>;

const periods = {
  month: text('当月', 'the month'),
  quarter: text('整季', 'the quarter'),
  year: text('整年', 'the year'),
};

/** How much a step takes: nothing, a month, a quarter, a year. */
const weight = (loses: keyof typeof periods | undefined): number =>
  loses === undefined ? 0 : Object.keys(periods).indexOf(loses) + 1;

function statement(rule: Rule, context: PayContext): RewardStatement {
  const { facts, settings, month } = context;
  if (!facts.declarations)
    throw missing(
      'declarations',
      '报关单清单（没有请写空列表）',
      'the list of declarations (empty when there are none)',
    );
  if (!facts.faults)
    throw missing('faults', '差错清单（没有请写空列表）', 'the list of faults (empty when there are none)');
  const stranger = facts.faults.find(({ clause }) => !rule.faults.some((own) => own.clause === clause));
  if (stranger)
    throw invalid(
      `faults.${stranger.id}.clause`,
      `方案没有差错条款 ${stranger.clause}`,
      `no fault clause ${stranger.clause}`,
    );
  return rewardsOfYear(facts, rule, settings, yearOf(month), lastDayOf(month));
}

/** The last day on which the year's rewards can be paid: the day before the lunar new year (FT-R2). */
export function rewardPayBy(year: number, lunar: PayContext['lunar']): string {
  return addDays(lunarNewYear(year + 1, lunar), -1);
}

const sourcesOf = (list: readonly DeclarationReward[]) =>
  list.map(({ declaration: { source, order, no } }) => ({ ...source, ...(order && { order }), note: no, value: '1' }));

function countUse(path: string, name: Text, list: readonly DeclarationReward[]): FactUse {
  return { path, label: name, value: `${list.length}`, sources: sourcesOf(list) };
}

function flags(rule: Rule, { hits }: RewardStatement, { facts }: PayContext): Warning[] {
  const open = facts.faults?.some(({ status }) => status === 'disputed');
  return [
    ...hits
      .filter(({ step }) => step.flag)
      .map(
        ({ step, period, count }): Warning => ({
          code: 'YEARLY-FAULT-LIMIT',
          level: 'warning',
          audience: 'hr-manager',
          text: text(
            `${period} 年累计差错 ${count} 次，达到 ${step.clause} 的次数：私下通知人事与主管，由人决定`,
            `${count} faults in ${period} reach ${step.clause}: a private notice to HR and the manager, a person decides`,
          ),
          source: step.clause,
        }),
      ),
    ...(open
      ? [
          {
            code: 'DISPUTE-OPEN',
            level: 'blocks' as const,
            text: text('有差错申诉未决，本月不能审批', 'a fault is disputed; the month cannot be approved'),
            source: rule.clause,
          },
        ]
      : []),
  ];
}

/** Nothing is paid yet: what has accrued, with the faults dated up to the month's end. */
function accrual(rule: Rule, context: PayContext, state: RewardStatement): LineDraft {
  const { month } = context;
  const own = state.declarations.filter(({ declaration }) => monthOf(declaration.date) === month);
  const earned = own.filter(({ status }) => status === 'earned');
  const payBy = rewardPayBy(state.year, context.lunar);
  const monthly = formatYuan(rule.amount * BigInt(earned.length));
  return {
    amountFen: 0n,
    formula: text(
      `本月 ${own.length} 票，有效 ${earned.length} 票 × ${formatYuan(rule.amount)} = ${monthly}；${state.year} 年累计 ${formatYuan(state.earnedFen)}，${payBy} 前一次性发放`,
      `${own.length} declarations, ${earned.length} earned × ${formatYuan(rule.amount)} = ${monthly}; ${formatYuan(state.earnedFen)} so far in ${state.year}, paid once by ${payBy}`,
    ),
    sheet: '0',
    facts: [countUse('declarations.month', text('本月报关单', "the month's declarations"), own)],
    warnings: flags(rule, state, context),
  };
}

function payout(rule: Rule, context: PayContext, state: RewardStatement): LineDraft[] {
  const regular = state.declarations.filter(({ status }) => status !== 'probation');
  const trial = state.declarations.length - regular.length;
  const path = 'declarations.rewarded';
  const payBy = rewardPayBy(state.year, context.lunar);
  const tail = trial > 0 ? text(`（试用期 ${trial} 票不计）`, ` (${trial} in probation not counted)`) : text('', '');
  const gross: LineDraft = {
    amountFen: rule.amount * BigInt(regular.length),
    formula: text(
      `${state.year} 年 ${regular.length} 票 × ${formatYuan(rule.amount)}${tail.zh}，${payBy} 前发放`,
      `${regular.length} declarations of ${state.year} × ${formatYuan(rule.amount)}${tail.en}, paid by ${payBy}`,
    ),
    sheet: `{${path}}*${yuanText(rule.amount)}`,
    facts: [countUse(path, text('全年计奖报关单', 'rewarded declarations of the year'), regular)],
    warnings: flags(rule, state, context),
  };
  const clauses = [...rule.faults, ...rule.ladder.map((step) => ({ ...step, label: undefined }))];
  const seen = [...new Set(clauses.map(({ clause }) => clause))];
  return [gross, ...seen.flatMap((clause) => forfeits(rule, state, clause)), ...takenBack(rule, state)];
}

function forfeits(rule: Rule, state: RewardStatement, clause: string): LineDraft[] {
  const lost = state.declarations.filter((each) => each.status === 'lost' && each.clause === clause);
  if (lost.length === 0) return [];
  const origin = rule.faults.find((each) => each.clause === clause);
  const quotes = rule.ladder.filter((each) => each.clause === clause).map((each) => each.text);
  const path = `declarations.lost.${clause}`;
  const reasons = [...new Map(lost.map(({ reason }) => [reason.zh, reason])).values()];
  const why = joinTexts(reasons, text('；', '; '));
  return [
    {
      id: clause,
      clause,
      label: origin?.label ?? text('取消奖励', 'rewards lost'),
      quote: origin?.text ?? [...new Set(quotes)].join('；'),
      nature: 'forfeit',
      amountFen: -rule.amount * BigInt(lost.length),
      formula: text(
        `−${lost.length} 票 × ${formatYuan(rule.amount)}（${why.zh}）`,
        `−${lost.length} × ${formatYuan(rule.amount)} (${why.en})`,
      ),
      sheet: `-{${path}}*${yuanText(rule.amount)}`,
      facts: [countUse(path, text(`${clause} 取消的报关单`, `declarations lost by ${clause}`), lost)],
    },
  ];
}

function takenBack(rule: Rule, { takenBack: list }: RewardStatement): LineDraft[] {
  return [...new Set(list.map(({ clause }) => clause!))].sort().map((clause) => {
    const own = list.filter((each) => each.clause === clause);
    const path = `declarations.takenBack.${clause}`;
    return {
      id: `${clause}/taken-back`,
      clause,
      label: text('扣回上年已发奖励', 'rewards of an earlier year taken back'),
      nature: 'forfeit' as const,
      amountFen: -rule.amount * BigInt(own.length),
      formula: text(
        `−${own.length} 票 × ${formatYuan(rule.amount)}（以前年度已发放）`,
        `−${own.length} × ${formatYuan(rule.amount)} (paid with an earlier year)`,
      ),
      sheet: `-{${path}}*${yuanText(rule.amount)}`,
      facts: [countUse(path, text('以前年度已发奖励', 'rewards already paid'), own)],
    };
  });
}

export const yearlyReward = defineKind<Rule>({
  kind: 'yearly-reward',
  schema,
  lines(rule, context) {
    const state = statement(rule, context);
    const { leftOn } = context.facts.profile;
    const leaves = leftOn !== undefined && monthOf(leftOn) === context.month;
    if (leaves && context.settings.leaverReward === 'forfeited') {
      return [
        {
          ...accrual(rule, context, state),
          formula: text('离职，按公司设置不发放累计奖励', 'left: accrued rewards are not paid (company setting)'),
        },
      ];
    }
    const due = leaves || BigInt(monthNumber(context.month)) === rule.paidIn;
    return due ? payout(rule, context, state) : [accrual(rule, context, state)];
  },
  sentence: ({ amount, paidIn }) =>
    text(
      `每票报关单 ${shortYuan(amount)} 元，试用期内不计，随 ${paidIn} 月工资在农历新年前一次性发放`,
      `${shortYuan(amount)} yuan per declaration, none in probation, paid once with month ${paidIn}, before the lunar new year`,
    ),
  lint: ({ clause, amount, ladder }) => [
    ...(amount < 0n
      ? [
          {
            code: 'less-for-more' as const,
            level: 'warning' as const,
            clause,
            text: text('报关单越多，奖励越少', 'the more declarations, the less is paid'),
          },
        ]
      : []),
    ...ladder.flatMap((step): Finding[] => {
      const same = ladder.filter((other) => other.per === step.per && other.from === step.from);
      if (same.length > 1 && same[0] !== step) {
        return [
          {
            code: 'overlap',
            level: 'warning',
            clause: step.clause,
            text: text(`同样的次数（${step.from}）写了两条`, `two steps start at ${step.from}`),
          },
        ];
      }
      const below = ladder.filter((other) => other.per === step.per && other.from < step.from).at(-1);
      const milder = below?.loses !== undefined && step.flag === undefined && weight(step.loses) < weight(below.loses);
      const jump: Finding[] = milder
        ? [
            {
              code: 'jump',
              level: 'warning',
              clause: step.clause,
              text: text(
                `差错 ${step.from} 次取消的反而比 ${below.from} 次少`,
                `${step.from} faults cost less than ${below.from}`,
              ),
            },
          ]
        : [];
      const result = (each: typeof step | undefined) => {
        if (each?.loses)
          return text(`取消${periods[each.loses].zh}奖励`, `the rewards of ${periods[each.loses].en} are lost`);
        return each?.flag
          ? text('通知人事与主管，由人决定', 'HR and the manager are told')
          : text('只取消该单奖励', 'only its own reward');
      };
      const [before, after] = [result(below), result(step)];
      const per = periods[step.per];
      return [
        ...jump,
        {
          code: 'example',
          level: 'info',
          clause: step.clause,
          text: text(
            `${per.zh}差错 ${step.from - 1n} 次 → ${step.from === 1n ? '无' : before.zh}；${step.from} 次 → ${after.zh}`,
            `${step.from - 1n} faults in ${per.en} → ${step.from === 1n ? 'nothing' : before.en}; ${step.from} → ${after.en}`,
          ),
        },
      ];
    }),
  ],
  whyNotMore(rule, context): MissedPay[] {
    const state = statement(rule, context);
    const clauses = [...new Set(state.declarations.flatMap(({ clause }) => (clause ? [clause] : [])))];
    return clauses.map((clause) => {
      const lost = state.declarations.filter((each) => each.clause === clause);
      const worthFen = rule.amount * BigInt(lost.length);
      const reason = lost[0]!.reason;
      return {
        clause,
        worthFen,
        text: text(`${lost.length} 票奖励被取消：${reason.zh}`, `${lost.length} rewards lost: ${reason.en}`),
      };
    });
  },
});
