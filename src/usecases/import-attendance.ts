import { and, isNotNull, isNull } from 'drizzle-orm';
import { sendCard } from '#bot/deliver';
import type { Card } from '#cards/kit';
import { noticeCard } from '#cards/notice-card';
import { recordAudit } from '#db/audit';
import type { Db } from '#db/client';
import { people } from '#db/schema';
import type { Month } from '#domain/calendar/dates';
import { UserError } from '#domain/errors';
import type { MonthValues } from '#domain/hours/hours';
import type { Person } from '#domain/people/person';
import { inLocale, join, say, type Text } from '#domain/text';
import { storeHours } from './hours.ts';

/** What the attendance service knows of a person's month; hours as decimal text. Absent: it does not say. */
export interface AttendanceRow {
  /** The platform's user_id. */
  userId: string;
  required?: string;
  attended?: string;
  overtime?: string;
  overtimeRestDay?: string;
  overtimeHoliday?: string;
  nights?: string;
}

/** Asks the platform for a month of attendance; people whom it does not know are left out of the answer. */
export type FetchAttendance = (userIds: string[], month: Month) => Promise<AttendanceRow[]>;

/** The platform takes so many people in one question. */
const AT_ONCE = 50;

/**
 * Imports a month from the attendance service as a job. Everybody's own values are stored on their own: one impossible month of one person
 * does not keep the others, and is named. Repeating it changes nothing.
 */
export async function importAttendance(
  { fetchAttendance }: { fetchAttendance: FetchAttendance },
  {
    db,
    job,
    by,
    now,
    complete,
  }: {
    db: Db;
    job: { id: number; args: unknown; cardKey: string | null };
    by: Person;
    now(): Date;
    complete(tx: Db, card: Card): Promise<void>;
  },
): Promise<void> {
  const { month, eventId } = job.args as { month: Month; eventId: string };
  const known = await db
    .select({ id: people.id, userId: people.userId, name: people.name, openId: people.openId })
    .from(people)
    .where(and(isNotNull(people.userId), isNull(people.leftOn)))
    .orderBy(people.id);
  const without = await db.$count(people, and(isNull(people.userId), isNull(people.leftOn)));
  const rows: AttendanceRow[] = [];
  for (let at = 0; at < known.length; at += AT_ONCE)
    rows.push(
      ...(await fetchAttendance(
        known.slice(at, at + AT_ONCE).map(({ userId }) => userId!),
        month,
      )),
    );
  const problems: Text[] = [];
  let changed = 0;
  let found = 0;
  for (const person of known) {
    const row = rows.find(({ userId }) => userId === person.userId);
    if (!row || person.id === by.id) continue;
    found += 1;
    const { userId: _, ...given } = row;
    const values: MonthValues = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
    try {
      changed += await db.transaction(async (tx) => {
        const stored = await storeHours(
          tx,
          person,
          month,
          { values },
          {
            by: by.id,
            via: 'attendance',
            origin: '',
            saidAt: now(),
            recordedAt: now(),
            eventId: `${eventId}:job:${job.id}`,
            messageId: null,
            commandIndex: 0,
          },
        );
        if (stored > 0)
          await recordAudit(tx, {
            at: now(),
            actor: by.openId,
            via: 'schedule',
            command: 'hours import',
            subject: `hours:${person.id}:${month}`,
            outcome: 'done',
            eventId,
            after: values,
          });
        return stored;
      });
    } catch (error) {
      if (!(error instanceof UserError) || error.code === 'month.locked') throw error;
      problems.push(error.problem);
    }
  }
  const said = join(
    [
      say(
        `${month} 的考勤已取：${found} 人有记录，更新 ${changed} 项。`,
        `Attendance of ${month}: ${found} people have records, ${changed} values changed.`,
      ),
      ...(without > 0
        ? [say(`${without} 人还没有 user_id，没有取。`, `${without} people have no user_id yet and were left out.`)]
        : []),
      ...problems.slice(0, 20),
      ...(problems.length > 20 ? [say(`……还有 ${problems.length - 20} 人`, `… and ${problems.length - 20} more`)] : []),
    ],
    '\n',
  );
  await db.transaction(async (tx) => {
    const card = attendanceCard(said, problems.length > 0);
    await complete(tx, card);
    if (job.cardKey === null)
      await sendCard(tx, { to: { person: by.openId } }, card, { now: now(), logicalKey: `attendance:${job.id}` });
  });
}

/** Names and hours are personal: the preview says only that it is done. */
function attendanceCard(said: Text, hasProblems: boolean): Card {
  const notice = noticeCard(said, hasProblems ? 'warning' : 'success');
  return {
    ...notice,
    config: {
      ...notice.config,
      enable_forward: false,
      summary: { content: inLocale(say('考勤已取', 'Attendance fetched'), 'zh') },
    },
  };
}
