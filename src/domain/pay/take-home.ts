import { addMonths, type IsoDate, lastDayOf, type Month, monthNumber, yearOf } from '#domain/calendar/dates';
import { type Fen, larger, sumFen } from '#domain/money';
import { type Contribution, contributionOf } from '#domain/pay/contributions';
import type { SchemeVersion } from '#domain/pay/scheme';
import type { Settlement } from '#domain/pay/settle';
import {
  type BasicDeduction,
  type BonusComparison,
  bonusTaxApart,
  type TaxMonth,
  TaxTableGap,
  withholdCumulatively,
} from '#domain/pay/tax';
import { type Text, text } from '#domain/pay/text';

/**
 * An estimate of what reaches the bank account. It never changes a settlement, and everything that it assumes is a note: no declaration is
 * made by it, and the withholding agent's figures count.
 */

/** What is known of a person in a month. */
export interface TakeHomeTerms {
  readonly insuranceBaseFen: Fen | undefined;
  readonly fundBaseFen: Fen | undefined;
  /** Special additional deductions a month, as the employee declared them. */
  readonly specialFen: Fen;
  readonly basic: BasicDeduction;
  /** How a one-off bonus is taxed; undefined until the employee has chosen. */
  readonly bonusTax: 'apart' | 'merged' | undefined;
}

export interface MonthOfPay {
  readonly month: Month;
  readonly settlement: Settlement;
  readonly version: SchemeVersion;
  readonly terms: TakeHomeTerms;
  readonly rules: readonly Contribution[];
}

export interface ContributionLine {
  readonly scheme: Contribution['scheme'];
  readonly rate: string;
  readonly baseFen: Fen;
  readonly amountFen: Fen;
}

export interface TakeHomeEstimate {
  readonly paidIn: Month;
  /** Taxable wage of the month, without a bonus that is taxed apart. */
  readonly wageFen: Fen;
  readonly bonusFen: Fen;
  readonly contributions: readonly ContributionLine[];
  readonly specialFen: Fen;
  readonly taxFen: Fen;
  /** Tax on the bonus alone, when it is taxed apart. */
  readonly bonusTaxFen: Fen;
  /** Both ways, where there is a bonus; a person chooses. */
  readonly bonus: (BonusComparison & { readonly chosen: 'apart' | 'merged' | undefined }) | undefined;
  /** Damages, fines and what is carried between months: taken after tax. */
  readonly afterTaxFen: Fen;
  readonly netFen: Fen;
  readonly notes: readonly Text[];
}

/** The month in which a month's pay reaches people: tax months are months of payment. */
export const paymentMonth = (month: Month, paidIn: 'same-month' | 'next-month'): Month =>
  paidIn === 'same-month' ? month : addMonths(month, 1);

/** Clauses of rewards that are paid once a year. */
function yearlyClauses(version: SchemeVersion): ReadonlySet<string> {
  return new Set(
    version.lines.flatMap((rule) =>
      rule.kind === 'yearly-reward'
        ? [rule.clause, ...rule.faults.map(({ clause }) => clause), ...rule.ladder.map(({ clause }) => clause)]
        : [],
    ),
  );
}

const afterTax = new Set(['damages', 'fine', 'carry']);

function partsOf({ settlement, version }: MonthOfPay): { wageFen: Fen; rewardFen: Fen; afterTaxFen: Fen } {
  const yearly = yearlyClauses(version);
  const sum = (which: (line: Settlement['lines'][number]) => boolean) =>
    sumFen(settlement.lines.filter(which).map(({ amountFen }) => amountFen));
  return {
    rewardFen: sum(({ clause }) => yearly.has(clause)),
    afterTaxFen: sum(({ clause, nature }) => !yearly.has(clause) && afterTax.has(nature)),
    wageFen: sum(({ clause, nature }) => !yearly.has(clause) && !afterTax.has(nature)),
  };
}

/** What each scheme takes of a month; a scheme whose base nobody has recorded is left out. */
export function contributionLines({ rules, terms }: Pick<MonthOfPay, 'rules' | 'terms'>): ContributionLine[] {
  return rules.flatMap((rule) => {
    const base = rule.scheme === 'fund' ? terms.fundBaseFen : terms.insuranceBaseFen;
    return base === undefined ? [] : [{ scheme: rule.scheme, rate: rule.rate.text, ...contributionOf(rule, base) }];
  });
}

const contributionsFen = (month: Pick<MonthOfPay, 'rules' | 'terms'>): Fen =>
  sumFen(contributionLines(month).map(({ amountFen }) => amountFen));

function taxMonth(month: MonthOfPay, paidIn: Month, bonusFen: Fen): TaxMonth {
  const { wageFen } = partsOf(month);
  return {
    paidIn,
    incomeFen: wageFen + bonusFen,
    contributionsFen: contributionsFen(month),
    specialFen: month.terms.specialFen,
  };
}

/**
 * The take-home pay of a month. `earlier` are months of the same employer, in order; those paid in another calendar year do not count.
 * `bonusFen` is a one-off year-end bonus beside the settlement; rewards that the scheme pays once a year are one as well.
 * `hiredOn` says from which month of the year figures should exist.
 */
export function estimateTakeHome(
  month: MonthOfPay,
  earlier: readonly MonthOfPay[],
  {
    paidIn,
    bonusFen = 0n,
    hiredOn,
  }: { paidIn: 'same-month' | 'next-month'; bonusFen?: Fen; hiredOn?: IsoDate | undefined },
): TakeHomeEstimate {
  const paid = paymentMonth(month.month, paidIn);
  const year = yearOf(paid);
  const before = earlier.filter(
    (each) => yearOf(paymentMonth(each.month, paidIn)) === year && each.month < month.month,
  );
  const { wageFen, rewardFen, afterTaxFen } = partsOf(month);
  const oneOff = rewardFen + bonusFen;
  // a bonus of an earlier month of the year stays with the choice that counted then
  const history = before.map((each) =>
    taxMonth(
      each,
      paymentMonth(each.month, paidIn),
      each.terms.bonusTax === 'merged' || partsOf(each).rewardFen < 0n ? partsOf(each).rewardFen : 0n,
    ),
  );
  const basic = month.terms.basic;
  const withheld = (extra: Fen) =>
    withholdCumulatively([...history, taxMonth(month, paid, extra)], basic).at(-1)!.taxFen;

  const apart = oneOff > 0n ? apartTax(oneOff, paid) : undefined;
  const taxWithoutFen = withheld(0n);
  const taxMergedFen = withheld(oneOff);
  const chosen = month.terms.bonusTax;
  const merged = apart === undefined || chosen === 'merged';
  const mergedFen = taxMergedFen - taxWithoutFen;
  const bonus =
    apart === undefined
      ? undefined
      : {
          apartFen: apart,
          mergedFen,
          better:
            apart === mergedFen ? ('equal' as const) : apart < mergedFen ? ('apart' as const) : ('merged' as const),
          chosen,
        };
  const contributions = contributionLines(month);
  const taxFen = merged ? taxMergedFen : taxWithoutFen;
  const bonusTaxFen = merged ? 0n : apart!;
  const exact =
    wageFen + oneOff - sumFen(contributions.map(({ amountFen }) => amountFen)) - taxFen - bonusTaxFen + afterTaxFen;
  return {
    paidIn: paid,
    wageFen,
    bonusFen: oneOff,
    contributions,
    specialFen: month.terms.specialFen,
    taxFen,
    bonusTaxFen,
    bonus,
    afterTaxFen,
    netFen: larger(0n, exact),
    notes: notesOf(month, { before, paid, paidIn, hiredOn, oneOff, apart, chosen, below: exact < 0n }),
  };
}

/** Undefined once the rule of taxing a bonus apart has ended. */
function apartTax(bonusFen: Fen, paid: Month): Fen | undefined {
  try {
    return bonusTaxApart(bonusFen, lastDayOf(paid));
  } catch (error) {
    if (error instanceof TaxTableGap) return undefined;
    throw error;
  }
}

function notesOf(
  month: MonthOfPay,
  {
    before,
    paid,
    paidIn,
    hiredOn,
    oneOff,
    apart,
    chosen,
    below,
  }: {
    before: readonly MonthOfPay[];
    paid: Month;
    paidIn: 'same-month' | 'next-month';
    hiredOn: IsoDate | undefined;
    oneOff: Fen;
    apart: Fen | undefined;
    chosen: 'apart' | 'merged' | undefined;
    below: boolean;
  },
): Text[] {
  const { rules, terms } = month;
  const first = hiredOn === undefined ? undefined : paymentMonth(hiredOn.slice(0, 7), paidIn);
  const due = monthNumber(paid) - (first !== undefined && yearOf(first) === yearOf(paid) ? monthNumber(first) - 1 : 0);
  const missing = due - 1 - before.length;
  const noBase = rules.filter(({ scheme }) =>
    scheme === 'fund' ? terms.fundBaseFen === undefined : terms.insuranceBaseFen === undefined,
  );
  return [
    text(
      '本结果为估算，社保、公积金、个税以主管部门及扣缴申报为准。',
      'An estimate; insurance, housing fund and tax are what the authorities and the withholding say.',
    ),
    ...(missing > 0
      ? [
          text(
            `个税为估算：缺少本年 ${missing} 个月的累计数据。`,
            `The tax lacks the figures of ${missing} months of the year.`,
          ),
        ]
      : []),
    ...(rules.length === 0
      ? [
          text(
            '公司没有设置缴费比例，没有扣社保公积金。',
            'The company has set no contributions, so none are taken off.',
          ),
        ]
      : noBase.length > 0
        ? [
            text(
              '缴费基数没有登记，没有扣这部分社保公积金。',
              'The base of contributions is not recorded, so these are not taken off.',
            ),
          ]
        : []),
    ...(apart !== undefined && chosen === undefined
      ? [
          text(
            '年终奖还没有选择计税方式，暂按单独计税。',
            'Nobody has chosen how the bonus is taxed; it is taxed apart here.',
          ),
        ]
      : []),
    ...(oneOff > 0n && apart === undefined
      ? [
          text(
            `${paid} 没有年终奖单独计税的办法，按并入当月计算。`,
            `In ${paid} there is no rule for taxing a bonus apart; it is part of the wage.`,
          ),
        ]
      : []),
    ...(below
      ? [
          text(
            '扣完不足 0 元，按 0 显示，请人工处理。',
            'Less than 0 would remain; shown as 0, for a person to settle.',
          ),
        ]
      : []),
  ];
}
