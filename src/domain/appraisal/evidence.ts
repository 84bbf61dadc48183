import { say, type Text } from '#domain/text';
import type { Measure, SheetCriterion } from './criteria.ts';
import { type Band, type Basis, pointsText } from './score.ts';

/** What the records say about a person's month. */
export interface MonthEvidence {
  /** Orders whose promised day lies in the month. */
  due: number;
  delivered: number;
  onTime: number;
  /** On or before the first promise, before anybody moved it. */
  onTimeFirst: number;
  /** Numbers of those that were late or are still open, at most a few. */
  late: string[];
  /** KPI-7: of the orders due, those without a correction that the merchandiser caused; and some of the others. */
  accurate: number;
  inaccurate: string[];
  /** Days of the month on which progress was logged. */
  loggedDays: number;
  /** KPI-3, KPI-4 (O12): complaints of the month, those whose answer was due, those answered in time, and what customers said of it. */
  claims: { total: number; due: number; inTime: number; satisfaction: string | undefined; late: string[] };
  /** KPI-4 (O8): failed checks of the month, and those that have been put right and signed. */
  failedChecks: { total: number; corrected: number };
  /** KPI-3 (O5): what customers said about samples in the month. */
  verdicts: { approved: number; rejected: number };
  /** KPI-6 (O8): inspections of the month, and those whose report is filed. */
  reports: { due: number; filed: number };
  incidents: { date: string; clause: string; label: { zh: string; en: string }; charged: boolean; disputed: boolean }[];
  conduct?: { met: boolean; reason: string };
  compliance?: { met: boolean; reason: string };
}

export interface CriterionEvidence extends Basis {
  lines: Text[];
  band: Band;
}

const clamp = (tenths: number): number => Math.min(1000, Math.max(0, Math.round(tenths)));

/** What is counted for a criterion; nothing for one that only the manager can judge. */
const countOf: Partial<Record<Measure, (e: MonthEvidence) => { done: number; due: number }>> = {
  completion: ({ delivered, due }) => ({ done: delivered, due }),
  'on-time': ({ onTime, delivered }) => ({ done: onTime, due: delivered }),
  problems: ({ claims, failedChecks }) => ({
    done: claims.inTime + failedChecks.corrected,
    due: claims.due + failedChecks.total,
  }),
  reports: ({ reports }) => ({ done: reports.filed, due: reports.due }),
  accuracy: ({ accurate, due }) => ({ done: accurate, due }),
};

const named = (zh: string, en: string, list: string[]): Text[] =>
  list.length > 0 ? [say(`${zh}：${list.join('、')}`, `${en}: ${list.join(', ')}`)] : [];

const ordersSaid = ({ due, delivered, onTime, onTimeFirst, late }: MonthEvidence): Text[] => [
  say(
    `到期 ${due} 单，已交 ${delivered} 单，其中准时 ${onTime} 单（按最初承诺 ${onTimeFirst} 单）`,
    `${due} orders due, ${delivered} delivered, ${onTime} of them on time (${onTimeFirst} by the first promise)`,
  ),
  ...named('延误或未交', 'late or open', late),
];

const claimsSaid = ({ claims: { total, due, inTime, late } }: MonthEvidence): Text[] => [
  say(
    `投诉 ${total} 件，应答复 ${due} 件，按期答复 ${inTime} 件`,
    `${total} complaints, ${due} to be answered, ${inTime} in time`,
  ),
  ...named('没按期答复', 'not answered in time', late),
];

/** What the records say, in words, beside a criterion. */
const wordsOf: Record<Measure, (e: MonthEvidence) => Text[]> = {
  completion: ordersSaid,
  'on-time': ordersSaid,
  satisfaction: (e) => [
    ...claimsSaid(e),
    e.claims.satisfaction === undefined
      ? say('客户没有给出满意度', 'no customer said how satisfied they were')
      : say(`客户满意度平均 ${e.claims.satisfaction}（1–5）`, `customers’ satisfaction ${e.claims.satisfaction} of 5`),
    say(
      `样品：客户确认 ${e.verdicts.approved} 个，不满意 ${e.verdicts.rejected} 个`,
      `samples: ${e.verdicts.approved} approved, ${e.verdicts.rejected} rejected by customers`,
    ),
  ],
  problems: (e) => [
    ...claimsSaid(e),
    say(
      `不合格验货 ${e.failedChecks.total} 次，已整改签字 ${e.failedChecks.corrected} 次`,
      `${e.failedChecks.total} failed checks, ${e.failedChecks.corrected} put right and signed`,
    ),
  ],
  reports: ({ reports: { due, filed }, loggedDays }) => [
    say(`验货 ${due} 次，报告已归档 ${filed} 份`, `${due} checks, ${filed} reports filed`),
    say(`本月有 ${loggedDays} 天登记了进度`, `progress was logged on ${loggedDays} days`),
  ],
  accuracy: ({ due, accurate, inaccurate }) => [
    say(
      `到期 ${due} 单，其中 ${accurate} 单没有跟单原因的更正`,
      `${due} orders due, ${accurate} without a correction caused by the merchandiser`,
    ),
    ...named('有跟单原因更正的', 'corrected by own fault', inaccurate),
  ],
};

/**
 * The facts beside a criterion and the band that they suggest: around what the records say where they decide it, else from the usual
 * 75–95, lower by 5 for each charged incident and by 10 where conduct or compliance was denied.
 */
export function evidenceFor(criterion: SheetCriterion, evidence: MonthEvidence): CriterionEvidence {
  const { measure } = criterion;
  const lines: Text[] = measure ? [...wordsOf[measure](evidence)] : [];
  const count = measure && countOf[measure]?.(evidence);
  const charged = evidence.incidents.filter((incident) => incident.charged);
  let band: Band = { from: 750, to: 950 };
  if (count && count.due > 0) {
    const points = (1000 * count.done) / count.due;
    band =
      criterion.from === 'ratio' ? { from: points - 50, to: points + 50 } : { from: points - 150, to: points + 50 };
  } else if (count && criterion.from === 'ratio') {
    lines.push(
      say('本月没有应完成事项：不打分就不计入，权重分摊到其他项', 'nothing was due: left out unless you score it'),
    );
  }
  if (criterion.from !== 'ratio') {
    for (const { date, clause, label, disputed } of evidence.incidents.slice(0, 5))
      lines.push(
        say(
          `${date.slice(5)} ${clause} ${label.zh}${disputed ? '（有异议）' : ''}`,
          `${date.slice(5)} ${clause} ${label.en}${disputed ? ' (disputed)' : ''}`,
        ),
      );
    if (evidence.incidents.length > 5)
      lines.push(say(`……共 ${evidence.incidents.length} 条`, `… ${evidence.incidents.length} in all`));
    const denied = [evidence.conduct, evidence.compliance].filter((flag) => flag?.met === false);
    for (const flag of denied)
      lines.push(say(`本月评为「否」：${flag!.reason}`, `said no this month: ${flag!.reason}`));
    const minus = 50 * charged.length + 100 * denied.length;
    band = { from: band.from - minus, to: band.to - minus };
    if (!measure)
      lines.push(
        say(`本月有 ${evidence.loggedDays} 天登记了进度`, `progress was logged on ${evidence.loggedDays} days`),
      );
  }
  band = { from: clamp(band.from), to: clamp(Math.max(band.to, 100)) };
  return { lines, band, ...(count && criterion.from !== 'score' && count) };
}

export const bandText = ({ from, to }: Band): string => `${pointsText(from)}–${pointsText(to)}`;
