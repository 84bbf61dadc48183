/**
 * A second, independent computation of the four schemes, straight from the clauses and in plain integers. It shares no
 * code with the engine: amounts are fen, hours are quarters of an hour, scores are tenths, dates are text.
 */

/** Nearest integer, halves away from zero. */
export function nearest(top: bigint, bottom: bigint): bigint {
  const negative = top < 0n;
  const size = negative ? -top : top;
  const whole = size / bottom;
  const up = (size % bottom) * 2n >= bottom;
  const result = up ? whole + 1n : whole;
  return negative ? -result : result;
}

export interface Employment {
  /** First and last day employed inside the month, 1 to `days`. */
  firstDay: number;
  lastDay: number;
  days: number;
}

function fixedPart(monthly: bigint, { firstDay, lastDay, days }: Employment): bigint {
  return nearest(monthly * BigInt(lastDay - firstDay + 1), BigInt(days));
}

export interface JwMonth extends Employment {
  fee: bigint;
  requiredQuarters: bigint;
  attendedQuarters: bigint;
  overtimeQuarters: bigint;
  nights: bigint;
  nightRate: bigint;
  pieces: readonly { pieces: bigint; price: bigint }[];
  incidents: readonly { clause: string; loss: bigint; chosen: bigint; withdrawn: boolean }[];
  compliant: boolean;
  goodConduct: boolean;
  owed: bigint;
}

type Amounts = Record<string, bigint>;

function withFloor(amounts: Amounts): Amounts {
  let total = 0n;
  for (const amount of Object.values(amounts)) total += amount;
  if (total < 0n) amounts['CARRY-OUT'] = -total;
  return amounts;
}

/** `enforced`: the legal guard takes no fines, and of damages no more than a fifth of what was earned and no more than there is. */
export function jw(month: JwMonth, enforced = false): Amounts {
  const amounts: Amounts = {};
  amounts['JW-P1.1'] = fixedPart(70000n, month);
  amounts['JW-P1.2'] = nearest(month.fee * 50n, 10000n);
  amounts['JW-P1.3'] = 0n;
  for (const { pieces, price } of month.pieces) amounts['JW-P1.3'] += pieces * price;
  const short = month.requiredQuarters > month.attendedQuarters ? month.requiredQuarters - month.attendedQuarters : 0n;
  amounts['JW-P1.4'] = -50n * short;
  amounts['JW-P2.1'] = month.compliant ? 50n * month.overtimeQuarters : 0n;
  amounts['JW-P4'] = month.nights * month.nightRate;
  let own = 0n;
  let loss = 0n;
  for (const incident of month.incidents) {
    if (incident.withdrawn) continue;
    let cost = 10000n;
    if (incident.clause === 'JW-K3') cost = incident.chosen;
    if (incident.clause === 'JW-K1') {
      if (incident.loss <= 300000n) cost = nearest(incident.loss * 5n, 100n);
      else if (incident.loss <= 1000000n) cost = nearest(incident.loss, 10n);
      else cost = 100000n;
    }
    own += cost;
    loss += incident.loss;
    const taken = enforced && incident.clause !== 'JW-K1' ? 0n : cost;
    amounts[incident.clause] = (amounts[incident.clause] ?? 0n) - taken;
  }
  const attended = month.attendedQuarters < month.requiredQuarters ? month.attendedQuarters : month.requiredQuarters;
  const deserved = own <= 20000n && loss <= 100000n && month.goodConduct;
  amounts['JW-P3'] = deserved ? nearest(25000n * attended, month.requiredQuarters) : 0n;
  if (month.owed > 0n) amounts['CARRY-IN'] = -month.owed;
  if (enforced) {
    const damages = -(amounts['JW-K1'] ?? 0n);
    const earned = ['JW-P1.1', 'JW-P1.2', 'JW-P1.3', 'JW-P2.1', 'JW-P3', 'JW-P4'].reduce(
      (sum, clause) => sum + amounts[clause]!,
      0n,
    );
    const there = earned + amounts['JW-P1.4']! - month.owed;
    const fifth = earned / 5n;
    const most = there < 0n ? 0n : there < fifth ? there : fifth;
    if (damages > most) amounts['DAMAGES-OUT'] = damages - most;
  }
  return withFloor(amounts);
}

export interface LbMonth extends Employment {
  wage: bigint;
  sales: readonly bigint[];
  scoreTenths: bigint;
}

export function lb(month: LbMonth): Amounts {
  let sales = 0n;
  for (const part of month.sales) sales += part;
  // 0.5 ‰ is 5 of 10,000; tenths of a point in percent are thousandths.
  return withFloor({
    'LB-P2': fixedPart(month.wage, month),
    'LB-P1': nearest(sales * 5n * month.scoreTenths, 10_000_000n),
  });
}

export interface KpiMonth extends Employment {
  wage: bigint;
  base: bigint;
  /** KPI-1 … KPI-7 in order; a ratio, a score in tenths, or both. */
  results: readonly { done: bigint; due: bigint; scoreTenths: bigint }[];
}

const kpiWeights = [20n, 20n, 15n, 15n, 10n, 10n, 10n];
const kpiKinds = ['ratio', 'ratio', 'score', 'both', 'score', 'both', 'ratio'];

export function kpi(month: KpiMonth): Amounts {
  // Points of one criterion in `unit`ths of a point, over a common denominator of all counts.
  let common = 20n;
  for (const { due } of month.results) if (due > 0n) common *= due;
  let points = 0n;
  let weights = 0n;
  month.results.forEach(({ done, due, scoreTenths }, at) => {
    const weight = kpiWeights[at]!;
    const kind = kpiKinds[at]!;
    if (kind === 'ratio' && due === 0n) return;
    const byScore = (scoreTenths * common) / 10n;
    const byRatio = due === 0n ? byScore : (100n * done * common) / due;
    const own = kind === 'ratio' ? byRatio : kind === 'score' ? byScore : (byRatio + byScore) / 2n;
    points += weight * own;
    weights += weight;
  });
  return withFloor({
    'KPI-P1.base': fixedPart(month.wage, month),
    'KPI-P1.performance': nearest(month.base * points, weights * common * 100n),
  });
}

export interface FtYear {
  wage: bigint;
  /** "2026-05-03" or earlier than everything. */
  probationUntil: string;
  declarations: readonly { no: string; date: string; order: string }[];
  faults: readonly { date: string; declaration: string | undefined; order: string | undefined; withdrawn: boolean }[];
}

const quarter = (date: string) =>
  ['01', '02', '03'].includes(date.slice(5, 7))
    ? 1
    : ['04', '05', '06'].includes(date.slice(5, 7))
      ? 2
      : ['07', '08', '09'].includes(date.slice(5, 7))
        ? 3
        : 4;

/** The whole year as December pays it: the base wage and what is left of the rewards. */
export function ftDecember(year: FtYear): bigint {
  const faults = year.faults.filter(({ withdrawn }) => !withdrawn);
  const byMonth = new Map<string, number>();
  for (const { date } of faults) byMonth.set(date.slice(0, 7), (byMonth.get(date.slice(0, 7)) ?? 0) + 1);
  const inQuarter = [0, 0, 0, 0, 0];
  const lostQuarters = new Set<number>();
  for (const [month, count] of byMonth) {
    inQuarter[quarter(month)]! += count;
    if (count >= 3) lostQuarters.add(quarter(month));
  }
  if (inQuarter.some((count) => count >= 5)) return year.wage;
  let total = year.wage;
  for (const { no, date, order } of year.declarations) {
    if (date <= year.probationUntil) continue;
    if (faults.some((fault) => (fault.declaration ? fault.declaration === no : fault.order === order))) continue;
    if ((byMonth.get(date.slice(0, 7)) ?? 0) >= 2 || lostQuarters.has(quarter(date))) continue;
    total += 3000n;
  }
  return total;
}
