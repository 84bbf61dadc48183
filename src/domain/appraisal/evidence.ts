import { say, type Text } from '#domain/text';
import type { Measure, SheetCriterion } from './criteria.ts';
import { type Band, type Basis, pointsText } from './score.ts';

/** What the records say about a person's month. */
export interface MonthEvidence {
  /** Orders whose promised day lies in the month. */
  due: number;
  delivered: number;
  onTime: number;
  /** Numbers of those that were late or are still open, at most a few. */
  late: string[];
  /** Days of the month on which progress was logged. */
  loggedDays: number;
  incidents: { date: string; clause: string; label: { zh: string; en: string }; charged: boolean; disputed: boolean }[];
  conduct?: { met: boolean; reason: string };
  compliance?: { met: boolean; reason: string };
}

export interface CriterionEvidence extends Basis {
  lines: Text[];
  band: Band;
}

const clamp = (tenths: number): number => Math.min(1000, Math.max(0, Math.round(tenths)));
const countOf: Record<Measure, (e: MonthEvidence) => { done: number; due: number }> = {
  completion: ({ delivered, due }) => ({ done: delivered, due }),
  'on-time': ({ onTime, delivered }) => ({ done: onTime, due: delivered }),
};

/**
 * The facts beside a criterion and the band that they suggest: around what the records say where they decide it, else from the usual
 * 75–95, lower by 5 for each charged incident and by 10 where conduct or compliance was denied.
 */
export function evidenceFor(criterion: SheetCriterion, evidence: MonthEvidence): CriterionEvidence {
  const lines: Text[] = [];
  const count = criterion.measure && countOf[criterion.measure](evidence);
  const charged = evidence.incidents.filter((incident) => incident.charged);
  let band: Band = { from: 750, to: 950 };
  if (criterion.measure) {
    lines.push(
      say(
        `到期 ${evidence.due} 单，已交 ${evidence.delivered} 单，其中准时 ${evidence.onTime} 单`,
        `${evidence.due} orders due, ${evidence.delivered} delivered, ${evidence.onTime} of them on time`,
      ),
    );
    if (evidence.late.length > 0)
      lines.push(say(`延误或未交：${evidence.late.join('、')}`, `late or open: ${evidence.late.join(', ')}`));
  }
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
    if (!criterion.measure)
      lines.push(
        say(`本月有 ${evidence.loggedDays} 天登记了进度`, `progress was logged on ${evidence.loggedDays} days`),
      );
  }
  band = { from: clamp(band.from), to: clamp(Math.max(band.to, 100)) };
  return { lines, band, ...(count && criterion.from !== 'score' && count) };
}

export const bandText = ({ from, to }: Band): string => `${pointsText(from)}–${pointsText(to)}`;
