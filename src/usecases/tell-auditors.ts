import { sendCard } from '#bot/deliver';
import { auditHeadCard } from '#cards/audit-head-card';
import { auditHead } from '#db/audit';
import { doOnce, wasDone } from '#db/done-once';
import type { DueTask } from './due.ts';

const FROM_HOUR = 9;

/** Each day the auditors get the head of the audit chain in private: kept in their chats, where nobody who has the database can change it. */
export const tellAuditors = (openIds: readonly string[]): DueTask => ({
  name: 'tell-auditors',
  async run({ db, now, today, hour }) {
    if (hour < FROM_HOUR) return;
    for (const openId of openIds) {
      const key = `${today}:${openId}`;
      if (await wasDone(db, 'audit-head', key)) continue;
      const head = await auditHead(db);
      await db.transaction(async (tx) => {
        if (await doOnce(tx, 'audit-head', key, now))
          await sendCard(tx, { to: { person: openId } }, auditHeadCard({ ...head, today }), { now });
      });
    }
  },
});
