import { recordAudit } from '#db/audit';
import { forgetLeaversBefore } from '#db/people';
import { addMonths, firstDayOf, monthOf } from '#domain/calendar/dates';
import type { DueTask } from './due.ts';

/**
 * After so many months the roster forgets who a leaver was. Records are kept as they are: pay records by law, and they name people by
 * number; what was locked or audited under a name keeps it. 0 months: never.
 */
export const forgetLeavers = (months: number): DueTask => ({
  name: 'forget-leavers',
  async run({ db, now, today }) {
    if (months === 0) return;
    const before = firstDayOf(addMonths(monthOf(today), -months));
    await db.transaction(async (tx) => {
      for (const id of await forgetLeaversBefore(tx, before, now))
        await recordAudit(tx, {
          at: now,
          actor: 'schedule',
          via: 'schedule',
          command: 'forget leaver',
          subject: `person:${id}`,
          outcome: 'done',
        });
    });
  },
});
