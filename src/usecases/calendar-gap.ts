import { sendCard } from '#bot/deliver';
import { asks } from '#cards/kit';
import { noticeCard } from '#cards/notice-card';
import { doOnce } from '#db/done-once';
import { peopleWithRole } from '#db/reporting-line';
import { monthNumber, yearOf } from '#domain/calendar/dates';
import { say } from '#domain/text';
import type { DueContext } from './due.ts';

/**
 * A year without a notice stops everything that counts working days. Administrators and HR are asked for it in December once, and from
 * January on every day until it is there.
 */
export async function warnOfGap({ db, today, hour, notices, now }: DueContext): Promise<void> {
  const year = yearOf(today);
  const has = (wanted: number) => notices.some((notice) => notice.year === wanted);
  const missing = !has(year) ? year : monthNumber(today) === 12 && !has(year + 1) ? year + 1 : undefined;
  if (missing === undefined || hour < 9) return;
  await db.transaction(async (tx) => {
    const key = missing === year ? `${missing}:${today}` : `${missing}:ahead`;
    if (!(await doOnce(tx, 'calendar.gap', key, now))) return;
    const readers = new Map(
      [...(await peopleWithRole(tx, 'admin')), ...(await peopleWithRole(tx, 'hr'))].map((each) => [each.id, each]),
    );
    const said =
      missing === year
        ? say(
            `${missing} 年放假安排尚未录入，考核和所有按工作日的期限都停着。请管理员马上录入。`,
            `The holiday notice of ${missing} has not been entered: the appraisal and every deadline in working days stand still. Please enter it now.`,
          )
        : say(
            `${missing} 年放假安排尚未录入，请管理员在年底前录入，否则 1 月的考核开不了。`,
            `The holiday notice of ${missing} has not been entered; please enter it this month, or January’s appraisal cannot open.`,
          );
    for (const reader of readers.values()) {
      const actions = reader.roles.includes('admin')
        ? [{ label: say('录入', 'Enter it'), action: asks('calendar add') }]
        : [];
      await sendCard(tx, { to: { person: reader.openId } }, noticeCard(said, 'warning', actions), {
        now,
        logicalKey: `calendar.gap:${key}:${reader.id}`,
      });
    }
  });
}
