import { datesOf, lastDayOf } from '#domain/calendar/dates';
import {
  absolute,
  compareFractions,
  type Fen,
  type Fraction,
  formatYuan,
  fraction,
  larger,
  multiply,
  multiplyRoundingDown,
  product,
  ratio,
  smaller,
  sumFen,
  sumFractions,
  yuanText,
} from '#domain/money';
import type { ComputedLine, PayContext, Warning } from '#domain/pay/context';
import { type MinimumWage, minimumWageOn } from '#domain/pay/data/minimum-wages';
import { employedSpan } from '#domain/pay/employment';
import { statutoryMultiples } from '#domain/pay/settings';
import { text } from '#domain/pay/text';

/**
 * The legal guard. `off` says nothing, `warn` leaves every amount as the document has it and says what the law says,
 * `enforce` stops fines and limits damages. It never corrects a company's figures.
 */

const law = {
  damages: '工资支付暂行规定（劳部发〔1994〕489号）第 16 条',
  fine: '企业职工奖惩条例已由国务院令第 516 号废止，劳动法、劳动合同法未赋予用人单位罚款权',
  minimum: '最低工资规定（劳动和社会保障部令第 21 号）第 12 条',
  overtime: '劳动法第 44 条；工资支付暂行规定第 13 条',
  overtimeHours: '劳动法第 41 条',
  probation: '劳动合同法第 20 条',
  comprehensive: '劳部发〔1994〕503号第 5、7 条',
  withholding: '工资支付暂行规定第 15 条',
  late: '劳动合同法第 30 条',
  resignation: '劳动合同法第 39 条',
} as const;

/** What an amount of damages may not exceed: 20 % of the month's wage. */
export const damagesShare = fraction('20%');

const difference = (a: Fraction, b: Fraction): Fraction => sumFractions([a, product(b, ratio(-1n, 1n))]);

function warning(code: string, zh: string, en: string, source: string): Warning {
  return { audience: 'finance-hr', code, level: 'warning', source, text: text(zh, en) };
}

/** A fine as the guard leaves it: flagged, or shown as 0 with the reason. */
export function guardFine(line: ComputedLine, { settings }: PayContext): ComputedLine {
  if (line.nature !== 'fine' || settings.guard === 'off' || line.amountFen === 0n) return line;
  const flagged = warning(
    'FINE',
    '该条款属于罚款性质，现行法律未赋予用人单位罚款权，存在被要求返还的风险；建议改为绩效考核或赔偿',
    'this clause is a fine, for which employers have no legal basis; better a performance condition or damages',
    law.fine,
  );
  if (settings.guard === 'warn' || settings.fines === 'deduct')
    return { ...line, warnings: [...line.warnings, flagged] };
  const charged = formatYuan(absolute(line.amountFen));
  return {
    ...line,
    amountFen: 0n,
    formula: text(
      `${line.formula.zh}；无法律依据，不扣（原应扣 ${charged}）`,
      `${line.formula.en}; no legal basis, not deducted (${charged} as written)`,
    ),
    sheet: '0',
    warnings: [...line.warnings, { ...flagged, code: 'FINE-STOPPED' }],
  };
}

/** 应发: the month's earning lines before deductions, never below 0. */
export function wageOf(lines: readonly ComputedLine[]): Fen {
  return larger(0n, sumFen(lines.filter(({ nature }) => nature === 'earning').map(({ amountFen }) => amountFen)));
}

/** The share of the month that the minimum wage is due for: employed days, and hours attended where they are recorded. */
function dueShare(context: PayContext): Fraction {
  const span = employedSpan(context);
  const days = datesOf(context.month);
  const employed = span ? days.filter((day) => day >= span.from && day <= span.to).length : days.length;
  const { required, attended } = context.facts.hours;
  const full = ratio(1n, 1n);
  const presence =
    required && attended && compareFractions(attended.value, required.value) < 0
      ? ratio(
          attended.value.numerator * required.value.denominator,
          attended.value.denominator * required.value.numerator,
        )
      : full;
  return product(ratio(BigInt(employed), BigInt(days.length)), presence);
}

interface LocalMinimum {
  readonly row: Pick<MinimumWage, 'monthlyFen' | 'excludesContributions' | 'source'>;
  /** What must remain of pay for normal hours; the employee's contributions are part of it where they come on top. */
  readonly dueFen: Fen;
  /** They come on top, and nobody has said how much they are: the check is only a first one. */
  readonly contributionsUnknown: boolean;
}

/** The company's own figure, else the built-in one of its region on the last day of the month. */
function localMinimum(context: PayContext, rows?: readonly MinimumWage[]): LocalMinimum | undefined {
  const { region, minimumWage, minimumWageBasis } = context.settings;
  const known =
    minimumWage !== undefined
      ? { monthlyFen: minimumWage, excludesContributions: false, source: '公司设置' }
      : region === undefined
        ? undefined
        : minimumWageOn(region, lastDayOf(context.month), rows);
  if (!known) return undefined;
  const excludesContributions =
    minimumWageBasis === 'region' ? known.excludesContributions : minimumWageBasis === 'net';
  const contributions = context.facts.profile.contributions?.value;
  return {
    row: { ...known, excludesContributions },
    dueFen: multiply(known.monthlyFen, dueShare(context)) + (excludesContributions ? (contributions ?? 0n) : 0n),
    contributionsUnknown: excludesContributions && contributions === undefined,
  };
}

export interface DamagesLimit {
  readonly claimedFen: Fen;
  readonly allowedFen: Fen;
  readonly capFen: Fen;
  /** What stays for later months. */
  readonly restFen: Fen;
}

/**
 * How much of the damages of a month may be taken: at most 20 % of the month's wage, rounded down to the fen, and the
 * rest of the pay may not fall below the local minimum wage where it is known.
 */
export function damagesLimit(
  lines: readonly ComputedLine[],
  context: PayContext,
  rows?: readonly MinimumWage[],
): DamagesLimit {
  const damages = lines.filter(({ nature }) => nature === 'damages');
  const claimedFen = -sumFen(damages.map(({ amountFen }) => amountFen));
  const capFen = multiplyRoundingDown(wageOf(lines), context.settings.damagesCap ?? damagesShare);
  const others = sumFen(lines.filter(({ nature }) => nature !== 'damages').map(({ amountFen }) => amountFen));
  const minimum = localMinimum(context, rows);
  const room = larger(0n, others - (minimum?.dueFen ?? 0n));
  const allowedFen = smaller(claimedFen, smaller(capFen, room));
  return { claimedFen, allowedFen, capFen, restFen: claimedFen - allowedFen };
}

/** The line that gives back damages beyond the limit when the guard enforces; a warning on the charge otherwise. */
export function guardDamages(
  lines: readonly ComputedLine[],
  context: PayContext,
  rows?: readonly MinimumWage[],
): { line?: ComputedLine; warnings: Warning[] } {
  const { claimedFen, allowedFen, capFen, restFen } = damagesLimit(lines, context, rows);
  if (context.settings.guard === 'off' || restFen <= 0n) return { warnings: [] };
  const share = (context.settings.damagesCap ?? damagesShare).text;
  const zh = `本月赔偿 ${formatYuan(claimedFen)}，最多可扣 ${formatYuan(allowedFen)}（当月工资 ${formatYuan(wageOf(lines))} 的 ${share} 为 ${formatYuan(capFen)}，且剩余不低于当地最低工资）`;
  const en = `damages ${formatYuan(claimedFen)}, at most ${formatYuan(allowedFen)} may be deducted (${share} of ${formatYuan(wageOf(lines))} is ${formatYuan(capFen)}, and the rest must reach the minimum wage)`;
  const capped = warning('DAMAGES-CAP', zh, en, law.damages);
  if (context.settings.guard === 'warn') return { warnings: [capped] };
  const line: ComputedLine = {
    id: 'DAMAGES-OUT',
    clause: 'DAMAGES-OUT',
    label: text('超过法定上限的赔偿，转以后月份', 'damages beyond the legal cap, carried to later months'),
    nature: 'carry',
    amountFen: restFen,
    chargedFen: restFen,
    formula: text(`${zh}，${formatYuan(restFen)} 转以后月份`, `${en}; ${formatYuan(restFen)} is carried`),
    sheet: damagesSheet(lines, context, rows),
    facts: [],
    warnings: [capped],
    quote: '',
  };
  return { line, warnings: [] };
}

const cellsOf = (lines: readonly ComputedLine[]): string => lines.map(({ id }) => `{line:${id}}`).join('+') || '0';

/** What of the damages is carried, live: claimed less the smallest of claim, share of the wage and what is left above the minimum. */
function damagesSheet(lines: readonly ComputedLine[], context: PayContext, rows?: readonly MinimumWage[]): string {
  const claimed = `-(${cellsOf(lines.filter(({ nature }) => nature === 'damages'))})`;
  const wage = `MAX(0,${cellsOf(lines.filter(({ nature }) => nature === 'earning'))})`;
  const others = cellsOf(lines.filter(({ nature }) => nature !== 'damages'));
  const { numerator, denominator } = sumFractions([context.settings.damagesCap ?? damagesShare]);
  // rounding down to the fen by way of rounding to the nearest: just under half a fen less, so that whole fen stay where they are
  const cap = `ROUND(${wage}*${numerator}/${denominator}-0.005*${denominator - 1n}/${denominator},2)`;
  const room = `MAX(0,${others}-${yuanText(localMinimum(context, rows)?.dueFen ?? 0n)})`;
  return `${claimed}-MIN(${claimed},${cap},${room})`;
}

/** Pay for normal hours against the local minimum wage: a warning, or a line where the company tops up. */
export function guardMinimumWage(
  lines: readonly ComputedLine[],
  context: PayContext,
  rows?: readonly MinimumWage[],
): { line?: ComputedLine; warnings: Warning[] } {
  const { settings } = context;
  if (settings.guard === 'off') return { warnings: [] };
  const minimum = localMinimum(context, rows);
  if (!minimum) {
    const unchecked: Warning = {
      audience: 'finance-hr',
      code: 'MINIMUM-WAGE-UNCHECKED',
      level: 'info',
      source: law.minimum,
      text: text('所在地最低工资未配置，未作校验', 'the local minimum wage is not configured and was not checked'),
    };
    return { warnings: [unchecked] };
  }
  const forNormalHours = lines.filter(({ nature, special }) => nature === 'earning' && !special);
  const normal = sumFen(forNormalHours.map(({ amountFen }) => amountFen));
  const shortFen = minimum.dueFen - normal;
  if (shortFen <= 0n) return { warnings: [] };
  const note = minimum.contributionsUnknown
    ? '（当地标准不含个人社保公积金，本人缴费未登记，未计入）'
    : minimum.row.excludesContributions
      ? '（含个人社保公积金）'
      : '';
  const zh = `正常工时工资 ${formatYuan(normal)} 低于最低工资 ${formatYuan(minimum.dueFen)}${note}，差 ${formatYuan(shortFen)}；加班费、夜班费不计入`;
  const en = `pay for normal hours ${formatYuan(normal)} is below the minimum wage ${formatYuan(minimum.dueFen)} by ${formatYuan(shortFen)}; overtime and shift pay do not count`;
  const low = warning('MINIMUM-WAGE', zh, en, `${law.minimum}；${minimum.row.source}`);
  if (settings.guard === 'warn' || settings.minimumWageTopUp === 'no') return { warnings: [low] };
  const line: ComputedLine = {
    id: 'MINIMUM-WAGE',
    clause: 'MINIMUM-WAGE',
    label: text('最低工资差额补足', 'top-up to the minimum wage'),
    nature: 'top-up',
    amountFen: shortFen,
    chargedFen: shortFen,
    formula: text(zh, en),
    sheet: `MAX(0,${yuanText(minimum.dueFen)}-(${cellsOf(forNormalHours)}))`,
    facts: [],
    warnings: [low],
    quote: '',
  };
  return { line, warnings: [] };
}

/** Overtime paid below the statutory multiples, more than 36 hours, or not paid at all. Used as data, never corrected. */
export function overtimeWarnings(lines: readonly ComputedLine[], context: PayContext): Warning[] {
  const { overtime, overtimeRestDay, overtimeHoliday } = context.facts.hours;
  const overtimeLines = lines.filter(
    ({ kind, facts }) => kind === 'per-hour' && facts.some(({ path }) => path === 'hours.overtime'),
  );
  if (!overtime || overtime.value.numerator === 0n || overtimeLines.length === 0) return [];
  const monthly =
    context.facts.profile.contractWage?.value ??
    sumFen(lines.filter(({ kind }) => kind === 'fixed').map(({ amountFen }) => amountFen));
  const none = ratio(0n, 1n);
  const rest = overtimeRestDay?.value ?? none;
  const holiday = overtimeHoliday?.value ?? none;
  const multiples = context.settings.overtimeMultiples ?? statutoryMultiples;
  const percents = `${multiples.map(({ text: each }) => each.replace('%', '')).join('/')}%`;
  const [onWorkdays, onRestDays, onHolidays] = multiples;
  // all hours at the rate of working days, and what rest days and holidays have above it
  const weighted = sumFractions([
    product(overtime.value, onWorkdays!),
    product(rest, difference(onRestDays!, onWorkdays!)),
    product(holiday, difference(onHolidays!, onWorkdays!)),
  ]);
  const due = multiply(monthly, weighted, ratio(1n, 174n));
  const paid = sumFen(overtimeLines.map(({ amountFen }) => amountFen));
  const warnings: Warning[] = [];
  if (paid < due) {
    warnings.push(
      warning(
        'OVERTIME-BELOW-LAW',
        `加班 ${overtime.value.text} 小时实付 ${formatYuan(paid)}，按月工资 ${formatYuan(monthly)} ÷ 174 及 ${percents} 至少 ${formatYuan(due)}，差 ${formatYuan(due - paid)}`,
        `${overtime.value.text} overtime hours are paid ${formatYuan(paid)}; by ${formatYuan(monthly)} ÷ 174 at ${percents} at least ${formatYuan(due)}`,
        law.overtime,
      ),
    );
  }
  if (compareFractions(overtime.value, ratio(36n, 1n)) > 0) {
    warnings.push(
      warning(
        'OVERTIME-HOURS',
        `加班 ${overtime.value.text} 小时，超过每月 36 小时`,
        `${overtime.value.text} overtime hours, more than 36`,
        law.overtimeHours,
      ),
    );
  }
  return warnings;
}

/** The remaining checks: probation pay, comprehensive hours without approval, withheld yearly rewards. */
export function otherWarnings(
  lines: readonly ComputedLine[],
  context: PayContext,
  hours: 'standard' | 'comprehensive',
): Warning[] {
  const { profile } = context.facts;
  const warnings: Warning[] = [];
  const inProbation = profile.probationUntil !== undefined && profile.probationUntil >= `${context.month}-01`;
  if (inProbation && profile.contractWage && profile.positionWage) {
    const share = context.settings.probationShare ?? fraction('80%');
    const floor = multiply(profile.contractWage.value, share);
    if (profile.positionWage.value < floor) {
      warnings.push(
        warning(
          'PROBATION-80',
          `试用期工资 ${formatYuan(profile.positionWage.value)} 低于约定工资 ${formatYuan(profile.contractWage.value)} 的 ${share.text}（${formatYuan(floor)}）`,
          `probation pay ${formatYuan(profile.positionWage.value)} is below ${share.text} of the contract wage (${formatYuan(floor)})`,
          law.probation,
        ),
      );
    }
  }
  const { hoursApproval, hoursApprovalUntil } = context.settings;
  const ranOut = hoursApprovalUntil !== undefined && hoursApprovalUntil < lastDayOf(context.month);
  if (hours === 'comprehensive' && (!hoursApproval || ranOut)) {
    warnings.push(
      warning(
        'COMPREHENSIVE-HOURS',
        ranOut
          ? `综合计算工时的批准已于 ${hoursApprovalUntil} 到期，按标准工时对待`
          : '综合计算工时须经劳动行政部门批准；未登记批准文号，按标准工时对待',
        ranOut
          ? `the approval of comprehensive working hours ended on ${hoursApprovalUntil}, so standard hours apply`
          : 'comprehensive working hours need an approval; none is on file, so standard hours apply',
        law.comprehensive,
      ),
    );
  }
  if (lines.some(({ nature, amountFen }) => nature === 'forfeit' && amountFen < 0n)) {
    warnings.push(
      warning(
        'FORFEITED-REWARD',
        '取消已完成订单的奖励可能被认定为克扣工资，请核对依据',
        'cancelling rewards of finished orders may be unlawful withholding',
        law.withholding,
      ),
    );
  }
  if (lines.some((line) => line.warnings.some(({ code }) => code === 'YEARLY-FAULT-LIMIT'))) {
    warnings.push(
      warning(
        'NO-AUTOMATIC-RESIGNATION',
        '「视为自动离职」不是解除劳动合同的法定理由',
        'treating faults as resignation is no lawful ground to end a contract',
        law.resignation,
      ),
    );
  }
  return warnings;
}
