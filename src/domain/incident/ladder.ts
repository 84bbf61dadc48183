import { type IsoDate, monthOf, quarterOf } from '#domain/calendar/dates';
import { type Fen, formatYuan } from '#domain/money';
import type { LadderStep } from '#domain/pay/yearly';
import { join, say, type Text } from '#domain/text';

/** FT-F3 … FT-F5: where somebody stands on a ladder of faults, and how far the next step is. */
export interface LadderStanding {
  step: LadderStep;
  /** Faults in the step's period so far. */
  count: number;
  reached: boolean;
  /** How many more faults would reach it; 0 when it is reached. */
  left: number;
  /** What it takes, or would take on top of what is lost already; absent where nobody knows or it takes nothing. */
  costFen?: Fen;
}

const periodOf: Record<LadderStep['per'], (date: IsoDate) => string> = {
  month: monthOf,
  quarter: quarterOf,
  year: (date) => date.slice(0, 4),
};

/**
 * Each step of the ladder for the month, quarter and year of `on`, in the ladder's order.
 *
 * @param faults dates of the faults that stand (withdrawn ones left out)
 */
export function standing(faults: readonly IsoDate[], ladder: readonly LadderStep[], on: IsoDate): LadderStanding[] {
  return ladder.map((step) => {
    const period = periodOf[step.per];
    const count = faults.filter((date) => period(date) === period(on)).length;
    const from = Number(step.from);
    return { step, count, reached: count >= from, left: Math.max(0, from - count) };
  });
}

const perWords: Record<LadderStep['per'], Text> = {
  month: say('本月', 'this month'),
  quarter: say('本季度', 'this quarter'),
  year: say('本年', 'this year'),
};
const lossWords: Record<NonNullable<LadderStep['loses']>, Text> = {
  month: say('取消当月所有奖励', 'the month’s rewards are lost'),
  quarter: say('取消整个季度的所有奖励', 'the quarter’s rewards are lost'),
  year: say('取消整年的奖励', 'the year’s rewards are lost'),
};
const consequence = ({ loses }: LadderStep): Text =>
  loses ? lossWords[loses] : say('按制度由人事和主管决定去留', 'HR and the manager decide what follows');

/** Lines for the employee: what has been reached, and the nearest step of each period that has not. */
export function ladderWords(steps: readonly LadderStanding[]): Text[] {
  return (['month', 'quarter', 'year'] as const).flatMap((per) => {
    const own = steps.filter(({ step }) => step.per === per);
    const reached = own.filter((each) => each.reached).at(-1);
    const next = own.filter((each) => !each.reached).sort((a, b) => a.left - b.left)[0];
    const count = own[0]?.count ?? 0;
    return [
      ...(reached
        ? [
            join([
              perWords[per],
              say(`已有 ${count} 次差错：`, `: ${count} faults, so `),
              consequence(reached.step),
              `（${reached.step.clause}）`,
              reached.costFen === undefined
                ? ''
                : say(`，已少 ${formatYuan(reached.costFen)} 元`, `, ${formatYuan(reached.costFen)} yuan lost`),
            ]),
          ]
        : []),
      ...(next
        ? [
            join([
              perWords[per],
              say(`已有 ${count} 次，再有 ${next.left} 次：`, `: ${count} so far, ${next.left} more and `),
              consequence(next.step),
              `（${next.step.clause}）`,
              next.costFen === undefined
                ? ''
                : say(
                    `，按已登记的报关单会再少 ${formatYuan(next.costFen)} 元`,
                    `, which would take another ${formatYuan(next.costFen)} yuan by the declarations so far`,
                  ),
            ]),
          ]
        : []),
    ];
  });
}
