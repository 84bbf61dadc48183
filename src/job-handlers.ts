import { sendCard } from '#bot/deliver';
import type { Surroundings } from '#bot/run';
import { SEEK_MESSAGES } from '#bot/seek';
import { noticeCard } from '#cards/notice-card';
import { businessDay } from '#domain/calendar/business-day';
import { say } from '#domain/text';
import type { FeishuApi } from '#feishu/api';
import { fetchDirectory } from '#feishu/directory';
import { findLinks } from '#feishu/message-link';
import { storeDirectory } from '#usecases/directory';
import { EXPORT_ORDERS, exportOrders } from '#usecases/export-orders';
import { importAttendance } from '#usecases/import-attendance';
import { importFile } from '#usecases/import-file';
import type { Draftings } from '#usecases/pay/drafting';
import { payJobs } from '#usecases/pay/jobs';
import { attendanceFrom } from './attendance.ts';
import type { JobHandler } from './jobs.ts';
import { seekMessages } from './seek-messages.ts';

interface Helpers {
  api: FeishuApi;
  zone: string;
  /** `lark` for the international platform. */
  brand: string;
  surroundings(): Surroundings;
  draftings: Draftings;
}

/** What each kind of job does. */
export function jobHandlers({ api, zone, brand, surroundings, draftings }: Helpers): Record<string, JobHandler> {
  return {
    [SEEK_MESSAGES]: seekMessages({ find: (messageIds) => findLinks(api, brand, messageIds), surroundings }),
    ...payJobs({ zone, draftings }),
    'import-file': (ctx) =>
      importFile(
        { zone, fetch: async (messageId, key) => (await api.downloadResource(messageId, key, 'file')).bytes },
        ctx,
      ),
    [EXPORT_ORDERS]: (ctx) => exportOrders({ zone }, ctx),
    'import-attendance': (ctx) => importAttendance({ fetchAttendance: attendanceFrom(api) }, ctx),
    async 'sync-people'({ db, by, now, complete }) {
      const entries = await fetchDirectory(api, zone);
      const { added, changed } = await storeDirectory(db, entries, { now: now(), today: businessDay(now(), zone) });
      const said = noticeCard(
        say(
          `已从通讯录同步 ${entries.length} 人：新增 ${added}，更新 ${changed}。`,
          `${entries.length} people synced from the directory: ${added} added, ${changed} changed.`,
        ),
        'success',
      );
      await db.transaction(async (tx) => {
        await sendCard(tx, { to: { person: by.openId } }, said, { now: now() });
        await complete(tx, said);
      });
    },
  };
}
