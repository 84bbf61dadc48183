import type { IsoDate } from '#domain/calendar/dates';
import type { Fen } from '#domain/money';

/** Income tax tables with the dates between which they apply, in fen and whole percents. */

export interface Bracket {
  /** Upper end, included; undefined for the last. */
  readonly upToFen: Fen | undefined;
  readonly percent: bigint;
  readonly quickDeductionFen: Fen;
}

export interface TaxTable {
  readonly from: IsoDate;
  /** Last day; undefined while no end is known. */
  readonly until: IsoDate | undefined;
  readonly brackets: readonly Bracket[];
  readonly source: string;
}

const brackets = (...rows: [yuan: bigint | undefined, percent: bigint, quick: bigint][]): Bracket[] =>
  rows.map(([upTo, percent, quick]) => ({ upToFen: upTo && upTo * 100n, percent, quickDeductionFen: quick * 100n }));

/** Wages, cumulative over the year, and the basic deduction of 5,000 yuan a month. */
export const wageTables: readonly (TaxTable & { readonly basicMonthlyFen: Fen })[] = [
  {
    from: '2019-01-01',
    until: undefined,
    basicMonthlyFen: 5000_00n,
    brackets: brackets(
      [36_000n, 3n, 0n],
      [144_000n, 10n, 2_520n],
      [300_000n, 20n, 16_920n],
      [420_000n, 25n, 31_920n],
      [660_000n, 30n, 52_920n],
      [960_000n, 35n, 85_920n],
      [undefined, 45n, 181_920n],
    ),
    source: '国家税务总局公告 2018 年第 61 号',
  },
];

/** The one-off year-end bonus taxed apart: the row is chosen by a twelfth of the bonus. */
export const bonusTables: readonly TaxTable[] = [
  {
    from: '2019-01-01',
    until: '2027-12-31',
    brackets: brackets(
      [3_000n, 3n, 0n],
      [12_000n, 10n, 210n],
      [25_000n, 20n, 1_410n],
      [35_000n, 25n, 2_660n],
      [55_000n, 30n, 4_410n],
      [80_000n, 35n, 7_160n],
      [undefined, 45n, 15_160n],
    ),
    source: '财税〔2018〕164号；财政部 税务总局公告 2023 年第 30 号',
  },
];
