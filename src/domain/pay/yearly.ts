import { type IsoDate, type Month, monthOf, quarterOf, yearOf } from '#domain/calendar/dates';
import type { Fen } from '#domain/money';
import type { Declaration, Facts, Fault } from '#domain/pay/facts';
import type { Settings } from '#domain/pay/settings';
import { type Text, text } from '#domain/pay/text';

/**
 * Rewards that add up over a calendar year and may be lost again: FT-R1 … FT-F5, and the year-end bonus of JW-K1.
 *
 * One fault counts once, in the month in which it happened; a reward belongs to the month of its declaration.
 */

type Period = 'month' | 'quarter' | 'year';

/** From `from` faults within one `per`, the rewards of the whole `loses` that holds it are lost, or a flag is raised. */
export interface LadderStep {
  readonly clause: string;
  readonly text: string;
  readonly per: Period;
  readonly from: bigint;
  readonly loses?: Period | undefined;
  readonly flag?: 'notify-hr' | undefined;
}

export interface RewardTerms {
  readonly amount: Fen;
  /** Fault clauses that cost the reward of their own declaration: FT-F1, FT-F2. */
  readonly faults: readonly { readonly clause: string; readonly label: Text }[];
  readonly ladder: readonly LadderStep[];
}

/** What became of one declaration's reward. */
export interface DeclarationReward {
  readonly declaration: Declaration;
  readonly status: 'earned' | 'probation' | 'lost';
  /** The clause that took it, when lost. */
  readonly clause?: string;
  readonly reason: Text;
}

/** A step of the ladder that was reached. */
export interface LadderHit {
  readonly step: LadderStep;
  /** "2026-03", "2026-Q1" or "2026". */
  readonly period: string;
  readonly count: number;
}

export interface RewardStatement {
  readonly year: number;
  readonly asOf: IsoDate;
  readonly declarations: readonly DeclarationReward[];
  readonly hits: readonly LadderHit[];
  /** Declarations of earlier years, already paid, whose reward a fault of this year took. */
  readonly takenBack: readonly DeclarationReward[];
  /** Faults of the year that climbed the ladder. */
  readonly faultCount: number;
  readonly earnedFen: Fen;
}

const keyOf: Record<Period, (date: IsoDate) => string> = {
  month: monthOf,
  quarter: quarterOf,
  year: (date) => date.slice(0, 4),
};
const periodWords: Record<Period, Text> = {
  month: text('当月', 'the month'),
  quarter: text('整个季度', 'the whole quarter'),
  year: text('整年', 'the whole year'),
};

/**
 * The rewards of one calendar year as they stand at the end of `asOf`: later declarations and faults are not seen.
 *
 * A fault costs the reward of the declaration that it names, or of all declarations of the order that it names.
 * Faults in probation and faults without a reward still climb the ladder.
 */
export function rewardsOfYear(
  facts: Facts,
  terms: RewardTerms,
  settings: Settings,
  year: number,
  asOf: IsoDate,
): RewardStatement {
  const faults = standingFaults(facts, settings).filter(({ date }) => date <= asOf);
  const climbing = countedFaults(
    faults.filter(({ date }) => yearOf(date) === year),
    settings,
  );
  const hits = ladderHits(climbing, terms.ladder);
  const all = (facts.declarations ?? []).filter(({ date }) => date <= asOf);
  const own = all
    .filter(({ date }) => yearOf(date) === year)
    .map((declaration) => verdict(declaration, { facts, terms, settings, faults, hits }));
  const takenBack = all
    .filter(({ date, paid }) => paid && yearOf(date) < year)
    .map((declaration) =>
      verdict(declaration, {
        facts,
        terms,
        settings,
        faults: faults.filter(({ date }) => yearOf(date) === year),
        hits: [],
      }),
    )
    .filter(({ status }) => status === 'lost');
  const earned = own.filter(({ status }) => status === 'earned');
  return {
    year,
    asOf,
    declarations: own,
    hits,
    takenBack,
    faultCount: climbing.length,
    earnedFen: terms.amount * BigInt(earned.length),
  };
}

/** Faults that stand: withdrawn ones cost nothing, open disputes count or wait as the setting says. */
export function standingFaults(facts: Facts, settings: Settings): Fault[] {
  return (facts.faults ?? []).filter(
    ({ status }) => status !== 'withdrawn' && (status !== 'disputed' || settings.openDispute === 'counts'),
  ) as Fault[];
}

function countedFaults(faults: readonly Fault[], settings: Settings): Fault[] {
  if (settings.sameDeclarationFaults === 'each') return [...faults];
  const first = (fault: Fault) => faults.findIndex((other) => other.declaration === fault.declaration);
  return faults.filter((fault, at) => fault.declaration === undefined || first(fault) === at);
}

function ladderHits(faults: readonly Fault[], ladder: readonly LadderStep[]): LadderHit[] {
  return (['month', 'quarter', 'year'] as const).flatMap((per) => {
    const periods = [...new Set(faults.map(({ date }) => keyOf[per](date)))].sort();
    return periods.flatMap((period) => {
      const count = faults.filter(({ date }) => keyOf[per](date) === period).length;
      const reached = ladder.filter((step) => step.per === per && BigInt(count) >= step.from);
      const highest = reached.reduce<LadderStep | undefined>(
        (top, step) => (top && top.from > step.from ? top : step),
        undefined,
      );
      return highest ? [{ step: highest, period, count }] : [];
    });
  });
}

interface Case {
  facts: Facts;
  terms: RewardTerms;
  settings: Settings;
  faults: readonly Fault[];
  hits: readonly LadderHit[];
}

function verdict(declaration: Declaration, { facts, terms, settings, faults, hits }: Case): DeclarationReward {
  const { probationUntil } = facts.profile;
  const inProbation =
    probationUntil !== undefined &&
    (declaration.date < probationUntil ||
      (declaration.date === probationUntil && settings.probationLastDay === 'probation'));
  if (inProbation) {
    return { declaration, status: 'probation', reason: text('试用期内不提成', 'no reward during probation') };
  }
  const fault = faults.find((each) => costs(each, declaration, settings));
  if (fault) {
    const label = terms.faults.find(({ clause }) => clause === fault.clause)?.label ?? text(fault.clause, fault.clause);
    const why = fault.reason ? `：${fault.reason}` : '';
    return {
      declaration,
      status: 'lost',
      clause: fault.clause,
      reason: text(`${fault.date} ${label.zh}${why}`, `${fault.date} ${label.en}`),
    };
  }
  for (const { step, period, count } of hits) {
    if (!step.loses || !covers(step, period, declaration.date)) continue;
    return {
      declaration,
      status: 'lost',
      clause: step.clause,
      reason: text(
        `${period} 差错 ${count} 次，取消${periodWords[step.loses].zh}奖励`,
        `${count} faults in ${period}: the rewards of ${periodWords[step.loses].en} are lost`,
      ),
    };
  }
  return { declaration, status: 'earned', reason: text('有效', 'earned') };
}

function costs(fault: Fault, declaration: Declaration, settings: Settings): boolean {
  if (yearOf(fault.date) > yearOf(declaration.date) && settings.laterYearFault === 'ladder-only') return false;
  if (fault.declaration !== undefined) return fault.declaration === declaration.no;
  return fault.order !== undefined && fault.order === declaration.order && settings.orderFault === 'whole-order';
}

/** Does a step reached in `period` take the rewards of this date? A quarter is lost with the month inside it. */
function covers({ loses, per }: LadderStep, period: string, date: IsoDate): boolean {
  if (loses === 'year') return period.slice(0, 4) === date.slice(0, 4);
  if (loses === 'quarter') return (per === 'quarter' ? period : quarterOf(period)) === quarterOf(date);
  return period === monthOf(date);
}

/** Is the year-end bonus lost, and by which incidents? The bot says so; a person decides (JW-K1). */
export function yearEndBonusLost(
  settlements: readonly {
    readonly month: Month;
    readonly lines: readonly { readonly id: string; readonly warnings: readonly { readonly code: string }[] }[];
  }[],
  year: number,
): { lost: boolean; because: { month: Month; lineId: string }[] } {
  const because = settlements
    .filter(({ month }) => yearOf(month) === year)
    .flatMap(({ month, lines }) =>
      lines
        .filter(({ warnings }) => warnings.some(({ code }) => code === 'YEAR-END-BONUS-LOST'))
        .map(({ id }) => ({ month, lineId: id })),
    );
  return { lost: because.length > 0, because };
}

/** One person's yearly things, as finance sees them side by side. */
export interface YearRow {
  personId: number;
  name: string;
  declarations: number;
  faults: number;
  earnedFen: bigint;
  /** A month of declarations is missing, or contradicts itself. */
  incomplete: boolean;
  /** Paid with December, or with the leaving month. */
  paid: boolean;
  flagged: boolean;
  bonusLost: readonly { month: string; lineId: string }[];
}
