import type { IsoDate } from '../calendar/dates.ts';
import type { Notices } from '../calendar/notice.ts';
import { knownNotices } from '../calendar/notices/known.ts';
import { moveWorkdays, workdaysUntil } from './planning-days.ts';
import type { TemplateStep } from './stages.ts';

/**
 * O2. The time-and-action calendar: each stage's planned day, counted back from the delivery date over working days.
 * When the time from the order to the delivery is shorter than the template asks for, all stages move together in proportion,
 * so that none is planned before the order existed.
 */
export function plannedDates(
  steps: readonly TemplateStep[],
  { from, delivery, notices = knownNotices }: { from: IsoDate; delivery: IsoDate; notices?: Notices },
): { stage: string; planned: IsoDate }[] {
  const longest = Math.max(0, ...steps.map(({ before }) => before ?? 0));
  const available = Math.max(0, workdaysUntil(from, delivery, notices));
  const squeezed = (before: number) =>
    before > 0 && longest > available ? Math.floor((before * available) / longest) : before;
  return steps.map(({ stage, before }) => {
    if (before === null) return { stage, planned: from };
    const day = before === 0 ? delivery : moveWorkdays(delivery, -squeezed(before), notices);
    return { stage, planned: before > 0 && day < from ? from : day };
  });
}
