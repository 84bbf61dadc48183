import type { Month } from '#domain/calendar/dates';
import type { Notices } from '#domain/calendar/notice';
import { knownNotices } from '#domain/calendar/notices/known';
import { type Fen, formatYuan, sumFen, yuanText } from '#domain/money';
import type { ComputedLine, FactUse, Line, LineDraft, MissedPay, PayContext, Warning } from '#domain/pay/context';
import type { MinimumWage } from '#domain/pay/data/minimum-wages';
import type { Facts, Incident } from '#domain/pay/facts';
import { guardDamages, guardFine, guardMinimumWage, otherWarnings, overtimeWarnings } from '#domain/pay/guard';
import { unknownClause } from '#domain/pay/incidents';
import { type PayProblem, PayProblemFound, SettlementError } from '#domain/pay/problem';
import { chargesIncidents, kindOf, type Rule } from '#domain/pay/rule';
import { inOrder, type SchemeVersion, settingsFor } from '#domain/pay/scheme';
import { type Text, text } from '#domain/pay/text';

/** A settlement is its lines and nothing else: the total is their sum, and the payslip can be added up by hand. */
export interface Settlement {
  readonly person: { readonly id: string; readonly name: string };
  readonly month: Month;
  readonly scheme: string;
  /** The month from which the version applies. */
  readonly version: Month;
  readonly lines: readonly Line[];
  readonly totalFen: Fen;
  /** Warnings about the month as a whole; those about a line stand on the line. */
  readonly warnings: readonly Warning[];
}

export interface SettleOptions {
  /** Settings that replace those of the facts, which replace those of the scheme version. */
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly notices?: Notices;
  /** Lunar new year dates beyond the built-in table, by year. */
  readonly lunar?: Readonly<Record<number, string>>;
  readonly minimumWages?: readonly MinimumWage[];
}

/** What the rules of a version look at for these facts. Throws SchemeError for a setting that does not exist. */
export function payContext(facts: Facts, version: SchemeVersion, options: SettleOptions): PayContext {
  return {
    facts,
    month: facts.month,
    settings: settingsFor(version, facts.settings, options.settings),
    notices: options.notices ?? knownNotices,
    lunar: options.lunar ?? {},
    criteria: facts.criteria ?? version.criteria,
    lines: [],
  };
}

/**
 * Settles one person's month. Same facts, version and options: same bytes.
 *
 * Throws SettlementError with every missing or impossible fact at once, CalendarGap when a year's notice is needed and
 * not entered, and SchemeError for a setting that does not exist.
 */
export function settle(facts: Facts, version: SchemeVersion, options: SettleOptions = {}): Settlement {
  const context = computed(facts, version, options);
  const lines = [...context.lines, ...broughtForward(facts)];
  const damages = guardDamages(lines, context, options.minimumWages);
  if (damages.line) lines.push(damages.line);
  const minimum = guardMinimumWage(lines, context, options.minimumWages);
  if (minimum.line) lines.push(minimum.line);
  const out = carryOut(lines);
  if (out) lines.push(out);
  const legal =
    context.settings.guard === 'off'
      ? []
      : [...overtimeWarnings(lines, context), ...otherWarnings(lines, context, version.hours)];
  // in the order in which it is kept, like its lines, facts and warnings
  return {
    lines: lines.map(shown),
    month: facts.month,
    person: facts.person,
    scheme: version.scheme,
    totalFen: sumFen(lines.map(({ amountFen }) => amountFen)),
    version: version.from,
    warnings: [...damages.warnings, ...minimum.warnings, ...legal],
  };
}

/** A line without what only other rules and the guard look at, in the order in which it is kept. */
const shown = ({
  amountFen,
  clause,
  facts,
  formula,
  id,
  label,
  nature,
  quote,
  sheet,
  warnings,
}: ComputedLine): Line => ({ amountFen, clause, facts, formula, id, label, nature, quote, sheet, warnings });

/** The rules' own lines, computed in the order in which they depend on each other, put back into the scheme's order. */
function computed(facts: Facts, version: SchemeVersion, options: SettleOptions): PayContext {
  const context = payContext(facts, version, options);
  const problems: PayProblem[] = [];
  const collect = (work: () => void) => {
    try {
      work();
    } catch (error) {
      if (!(error instanceof PayProblemFound)) throw error;
      for (const each of error.problems) if (!problems.some(({ at }) => at === each.at)) problems.push(each);
    }
  };
  const incidents = facts.incidents ?? [];
  const charged = incidents.length === 0 ? [] : version.lines.filter(chargesIncidents).map(({ clause }) => clause);
  for (const incident of incidents as Incident[]) {
    collect(() => {
      if (!charged.includes(incident.clause)) throw unknownClause(incident);
    });
  }
  let sofar = context;
  for (const rule of inOrder(version.lines)) {
    collect(() => {
      const drafts = kindOf(rule).lines(rule, sofar);
      const more = drafts.map((draft) => guardFine(finished(draft, rule), sofar));
      sofar = withLines(sofar, [...sofar.lines, ...more]);
    });
  }
  if (problems.length > 0) throw new SettlementError(`${facts.person.name} ${facts.month}`, problems);
  const { lines } = sofar;
  return withLines(
    context,
    version.lines.flatMap(({ clause }) => lines.filter((line) => line.rule === clause)),
  );
}

/** Written out: a copy of which one member is another is slow to make and slow to read, and this is one for each rule of each person. */
const withLines = (
  { facts, month, settings, notices, lunar, criteria }: PayContext,
  lines: readonly ComputedLine[],
): PayContext => ({ facts, month, settings, notices, lunar, criteria, lines });

function finished(draft: LineDraft, rule: Rule): ComputedLine {
  return {
    id: draft.id ?? rule.clause,
    clause: draft.clause ?? rule.clause,
    label: draft.label ?? rule.label,
    nature: draft.nature ?? rule.nature,
    amountFen: draft.amountFen,
    chargedFen: draft.amountFen,
    formula: draft.formula,
    sheet: draft.sheet,
    facts: unique(draft.facts ?? []),
    warnings: draft.warnings ?? [],
    quote: draft.quote ?? rule.text,
    kind: rule.kind,
    rule: rule.clause,
    special: draft.special ?? false,
  };
}

function unique(facts: readonly FactUse[]): FactUse[] {
  return facts.length < 2 ? [...facts] : [...new Map(facts.map((fact) => [fact.path, fact])).values()];
}

function extraLine(
  clause: string,
  label: Text,
  nature: Line['nature'],
  amountFen: Fen,
  formula: Text,
  facts: FactUse[] = [],
): ComputedLine {
  const sheet = facts[0] ? `${amountFen < 0n ? '-' : ''}{${facts[0].path}}` : yuanText(amountFen);
  return {
    id: clause,
    clause,
    label,
    nature,
    amountFen,
    chargedFen: amountFen,
    formula,
    sheet,
    facts,
    warnings: [],
    quote: '',
  };
}

/** What earlier months left: an amount still owed, damages beyond the cap, and corrections of locked months. */
function broughtForward(facts: Facts): ComputedLine[] {
  const lines: ComputedLine[] = [];
  const owed = (path: 'carriedIn' | 'damagesBalance', clause: string, label: Text, nature: Line['nature']) => {
    const fact = facts[path];
    if (!fact || fact.value === 0n) return;
    const use: FactUse = { path, label, value: yuanText(fact.value), sources: fact.source ? [fact.source] : [] };
    const shown = `−${formatYuan(fact.value)}`;
    lines.push(extraLine(clause, label, nature, -fact.value, text(shown, shown), [use]));
  };
  owed('carriedIn', 'CARRY-IN', text('上月结转未扣金额', 'carried in from earlier months'), 'carry');
  owed('damagesBalance', 'DAMAGES-IN', text('以前月份未扣完的赔偿', 'damages left from earlier months'), 'damages');
  facts.corrections.forEach(({ month, amount, reason, source }, at) => {
    const use: FactUse = {
      path: `corrections.${at + 1}`,
      label: text(`${month} 更正`, `correction of ${month}`),
      value: yuanText(amount),
      sources: source ? [source] : [],
    };
    const line = extraLine(
      'CORRECTION',
      text(`更正 ${month}`, `correction of ${month}`),
      'correction',
      amount,
      text(`${reason}：${formatYuan(amount)}`, `${reason}: ${formatYuan(amount)}`),
      [use],
    );
    lines.push({ ...line, id: `CORRECTION/${at + 1}`, sheet: `{${use.path}}` });
  });
  return lines;
}

/** A negative month is floored at 0; the rest is a line of its own, and comes back as CARRY-IN next month. */
function carryOut(lines: readonly ComputedLine[]): ComputedLine | undefined {
  const total = sumFen(lines.map(({ amountFen }) => amountFen));
  if (total >= 0n) return undefined;
  const shown = formatYuan(-total);
  const line = extraLine(
    'CARRY-OUT',
    text('不足扣减，结转下月', 'carried to the next month'),
    'carry',
    -total,
    text(
      `各项合计 −${shown}，本月按 0 发放，${shown} 结转下月`,
      `the lines add up to −${shown}; 0 is paid, ${shown} is carried`,
    ),
  );
  return { ...line, sheet: `MAX(0,-(${lines.map(({ id }) => `{line:${id}}`).join('+')}))` };
}

/** What keeps the month from being computed, fact by fact; empty when it can be settled. */
export function problemsOf(facts: Facts, version: SchemeVersion, options: SettleOptions = {}): readonly PayProblem[] {
  try {
    settle(facts, version, options);
    return [];
  } catch (error) {
    if (error instanceof SettlementError) return error.problems;
    throw error;
  }
}

/** What next month's facts take over from this settlement, in fen. */
export function carriedForward(settlement: Settlement): { carriedInFen: Fen; damagesBalanceFen: Fen } {
  const amountOf = (clause: string) =>
    sumFen(settlement.lines.filter((line) => line.clause === clause).map(({ amountFen }) => amountFen));
  return { carriedInFen: amountOf('CARRY-OUT'), damagesBalanceFen: amountOf('DAMAGES-OUT') };
}

/** Every warning of the settlement, those of its lines first, each with the clause it stands on. */
export function allWarnings(settlement: Settlement): (Warning & { readonly clause?: string })[] {
  return [
    ...settlement.lines.flatMap(({ clause, warnings }) => warnings.map((each) => ({ ...each, clause }))),
    ...settlement.warnings,
  ];
}

/** What keeps the month from being approved: open disputes and unfinished scores. */
export function approvalBlocks(settlement: Settlement): Warning[] {
  return allWarnings(settlement).filter(({ level }) => level === 'blocks');
}

/**
 * The spreadsheet formula of a line, without "=". `cell` gives the cell of a fact path or, for "line:ID", of another
 * line's amount. Amounts are in yuan.
 */
export function spreadsheetFormula(line: Pick<Line, 'sheet'>, cell: (path: string) => string): string {
  return line.sheet.replace(/\{([^{}]+)\}/g, (_, path: string) => cell(path));
}

/** "Why not more": money missed by the nearest unmet conditions, the largest first. */
export function whyNotMore(facts: Facts, version: SchemeVersion, options: SettleOptions = {}): MissedPay[] {
  const context = computed(facts, version, options);
  return version.lines
    .flatMap((rule) => kindOf(rule).whyNotMore?.(rule, context) ?? [])
    .sort((a, b) => (a.worthFen > b.worthFen ? -1 : a.worthFen < b.worthFen ? 1 : a.clause < b.clause ? -1 : 1));
}
