import type { Month } from '#domain/calendar/dates';
import type { Notices } from '#domain/calendar/notice';
import type { Fen } from '#domain/money';
import type { Criterion } from '#domain/pay/criteria';
import type { Facts, Source } from '#domain/pay/facts';
import type { Settings } from '#domain/pay/settings';
import type { Text } from '#domain/pay/text';

/**
 * What an amount is. Damages are capped by law, fines have no legal basis, time not worked was never earned:
 * the three kinds of minus are never mixed. `carry` moves money between months.
 */
export type Nature = 'earning' | 'time-not-worked' | 'damages' | 'fine' | 'forfeit' | 'carry' | 'correction' | 'top-up';

/** One fact that a line used: a path of the facts format, its value as plain text in yuan, hours, points or pieces. */
export interface FactUse {
  readonly path: string;
  readonly label: Text;
  readonly value: string;
  readonly sources: readonly (Source & { readonly value?: string })[];
}

export interface Warning {
  readonly code: string;
  /** `blocks`: the month cannot be approved while it stands. */
  readonly level: 'info' | 'warning' | 'blocks';
  /** Who is told; absent: everybody who may see the line, the employee included. */
  readonly audience?: 'finance-hr' | 'hr-manager';
  readonly text: Text;
  /** The law or the document that says so. */
  readonly source?: string;
}

/** One line of a settlement. The settlement is its lines and nothing else. */
export interface Line {
  /** Unique in the settlement: the clause, with the incident where the clause has several. */
  readonly id: string;
  readonly clause: string;
  readonly label: Text;
  readonly nature: Nature;
  readonly amountFen: Fen;
  /** The arithmetic with its numbers, for people. */
  readonly formula: Text;
  /**
   * The arithmetic for a spreadsheet, in yuan, without "=": `{path}` stands for the cell of a fact that the line
   * used, `{line:ID}` for the amount of another line. See `spreadsheetFormula`.
   */
  readonly sheet: string;
  readonly facts: readonly FactUse[];
  readonly warnings: readonly Warning[];
  /** The clause in the document's own words. */
  readonly quote: string;
}

/** A line before the clause, label, nature and quote of its rule are filled in; what it says itself wins. */
export interface LineDraft {
  readonly id?: string;
  readonly clause?: string;
  readonly label?: Text;
  readonly quote?: string;
  readonly nature?: Nature;
  readonly amountFen: Fen;
  readonly formula: Text;
  readonly sheet: string;
  readonly facts?: readonly FactUse[];
  readonly warnings?: readonly Warning[];
  readonly special?: boolean;
}

/** What a rule may look at while it computes. */
export interface PayContext {
  readonly facts: Facts;
  readonly month: Month;
  readonly settings: Settings;
  readonly notices: Notices;
  readonly lunar: Readonly<Record<number, string>>;
  readonly criteria: readonly Criterion[];
  /** Lines already computed; a rule sees those of the clauses that it declares in `dependsOn`. */
  readonly lines: readonly ComputedLine[];
}

/** A line on its way into the settlement, with what other rules and the legal guard need to know about it. */
export interface ComputedLine extends Line {
  /** The amount as the document has it, even where the guard stopped a fine. */
  readonly chargedFen: Fen;
  /** The kind of its rule; absent for lines that no rule made. */
  readonly kind?: string;
  /** The clause of its rule, which may make lines under other clauses. */
  readonly rule?: string;
  /** Overtime and shift allowances do not count towards the minimum wage. */
  readonly special?: boolean;
}

/** Money that a person did not get, by the condition that kept it away. */
export interface MissedPay {
  readonly clause: string;
  readonly worthFen: Fen;
  readonly text: Text;
}
