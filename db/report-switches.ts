import { and, asc, eq } from 'drizzle-orm';
import type { IsoDate } from '#domain/calendar/dates';
import type { Db } from './client.ts';
import { orderReportSwitches } from './tables/orders.ts';

export type ReportPeriod = 'day' | 'week' | 'month';

/** `chat:oc_…` or `person:12`. */
export type ReportTarget = `chat:${string}` | `person:${number}`;

/** Which reports go to a group or a person by themselves. */
export async function reportsTo(db: Db, target: ReportTarget): Promise<ReportPeriod[]> {
  const rows = await db
    .select({ period: orderReportSwitches.period })
    .from(orderReportSwitches)
    .where(eq(orderReportSwitches.target, target));
  return rows.map(({ period }) => period);
}

/** Every report that is switched on, and since when. */
export async function reportSwitches(
  db: Db,
): Promise<{ target: ReportTarget; period: ReportPeriod; since: IsoDate }[]> {
  const rows = await db
    .select({
      target: orderReportSwitches.target,
      period: orderReportSwitches.period,
      since: orderReportSwitches.since,
    })
    .from(orderReportSwitches)
    .orderBy(asc(orderReportSwitches.target), asc(orderReportSwitches.period));
  return rows.map((row) => ({ ...row, target: row.target as ReportTarget }));
}

/** Switched on again it counts from that day anew; what is on already stays as it is. */
export async function switchReport(
  db: Db,
  { target, period, on }: { target: ReportTarget; period: ReportPeriod; on: boolean },
  { since, by, now }: { since: IsoDate; by: number; now: Date },
): Promise<void> {
  if (on)
    await db
      .insert(orderReportSwitches)
      .values({ target, period, since, updatedBy: by, updatedAt: now })
      .onConflictDoNothing();
  else
    await db
      .delete(orderReportSwitches)
      .where(and(eq(orderReportSwitches.target, target), eq(orderReportSwitches.period, period)));
}
