import { and, asc, gte, inArray, lte } from 'drizzle-orm';
import type { Month } from '#domain/calendar/dates';
import type { Db } from './client.ts';
import { settlements } from './tables/pay.ts';

export type PastSettlement = Pick<
  typeof settlements.$inferSelect,
  'personId' | 'month' | 'kind' | 'totalFen' | 'result'
>;

/** Locked settlements of these people in a span of months, oldest first. */
export async function settlementsBetween(
  db: Db,
  personIds: readonly number[],
  { from, to }: { from: Month; to: Month },
): Promise<PastSettlement[]> {
  if (personIds.length === 0) return [];
  return db
    .select({
      personId: settlements.personId,
      month: settlements.month,
      kind: settlements.kind,
      totalFen: settlements.totalFen,
      result: settlements.result,
    })
    .from(settlements)
    .where(and(inArray(settlements.personId, [...personIds]), gte(settlements.month, from), lte(settlements.month, to)))
    .orderBy(asc(settlements.month), asc(settlements.personId), asc(settlements.kind));
}
