import { firstDayOf, type IsoDate, type Month, monthNumber, yearOf } from '#domain/calendar/dates';
import { type Fen, larger, roundHalfAway } from '#domain/money';
import { type Bracket, bonusTables, type TaxTable, wageTables } from '#domain/pay/data/income-tax';

/**
 * Individual income tax on wages, for the take-home estimate. Tax months are months of payment, at one employer; nothing here is a
 * declaration, and it never changes a settlement.
 */

/** A day for which no tax table is known, e.g. a year-end bonus taxed apart after 2027. */
export class TaxTableGap extends Error {
  override name = 'TaxTableGap';
}

export interface TaxMonth {
  /** The month of payment: June's wage paid in July is a July figure. */
  readonly paidIn: Month;
  readonly incomeFen: Fen;
  /** The employee's social insurance and housing fund. */
  readonly contributionsFen: Fen;
  /** Special additional deductions that the employee declared. */
  readonly specialFen: Fen;
  readonly otherFen?: Fen;
}

export interface WithheldMonth {
  readonly paidIn: Month;
  readonly cumulativeTaxableFen: Fen;
  readonly taxFen: Fen;
}

/**
 * - `employed`: 5,000 yuan for each month paid here (the rule);
 * - `from-january`: first wage job of the year, 5,000 for each month since January (公告 2020 年第 13 号);
 * - `whole-year`: 60,000 from January on, for low incomes of the year before (公告 2020 年第 19 号).
 */
export type BasicDeduction = 'employed' | 'from-january' | 'whole-year';

function tableOn<T extends TaxTable>(tables: readonly T[], date: IsoDate, what: string): T {
  const table = tables.find(({ from, until }) => from <= date && (until === undefined || date <= until));
  if (!table) throw new TaxTableGap(`${date} 没有${what}`);
  return table;
}

function bracketFor(brackets: readonly Bracket[], fen: Fen): Bracket {
  return brackets.find(({ upToFen }) => upToFen === undefined || fen <= upToFen)!;
}

/** Tax on a taxable amount by one row, rounded to the fen; 0 for nothing or less. */
function taxBy(brackets: readonly Bracket[], taxableFen: Fen): Fen {
  if (taxableFen <= 0n) return 0n;
  const { percent, quickDeductionFen } = bracketFor(brackets, taxableFen);
  return roundHalfAway(taxableFen * percent, 100n) - quickDeductionFen;
}

/**
 * Cumulative withholding (累计预扣法) over the months of one calendar year, in order of payment.
 *
 * A negative month withholds 0 and is caught up later. Throws RangeError when months are of different years.
 */
export function withholdCumulatively(months: readonly TaxMonth[], basic: BasicDeduction = 'employed'): WithheldMonth[] {
  const [first] = months;
  if (first && months.some(({ paidIn }) => yearOf(paidIn) !== yearOf(first.paidIn))) {
    throw new RangeError('cumulative withholding starts anew each calendar year');
  }
  let netFen = 0n;
  let withheldFen = 0n;
  return months.map(({ paidIn, incomeFen, contributionsFen, specialFen, otherFen = 0n }, at) => {
    const { brackets, basicMonthlyFen } = tableOn(wageTables, firstDayOf(paidIn), '综合所得预扣率表');
    const count = { employed: at + 1, 'from-january': monthNumber(paidIn), 'whole-year': 12 }[basic];
    netFen += incomeFen - contributionsFen - specialFen - otherFen;
    const cumulativeTaxableFen = netFen - basicMonthlyFen * BigInt(count);
    const taxFen = larger(0n, taxBy(brackets, cumulativeTaxableFen) - withheldFen);
    withheldFen += taxFen;
    return { paidIn, cumulativeTaxableFen, taxFen };
  });
}

/** Tax on a one-off year-end bonus taxed apart. Throws TaxTableGap once the rule has ended. */
export function bonusTaxApart(bonusFen: Fen, paidOn: IsoDate): Fen {
  const { brackets } = tableOn(bonusTables, paidOn, '全年一次性奖金单独计税办法');
  if (bonusFen <= 0n) return 0n;
  const row = brackets.find(({ upToFen }) => upToFen === undefined || bonusFen <= upToFen * 12n)!;
  return roundHalfAway(bonusFen * row.percent, 100n) - row.quickDeductionFen;
}

/** A one-off bonus taxed apart against merged into the year's wages. A person chooses. */
export interface BonusComparison {
  readonly apartFen: Fen;
  readonly mergedFen: Fen;
  readonly better: 'apart' | 'merged' | 'equal';
}
