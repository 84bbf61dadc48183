import { sql } from 'drizzle-orm';
import { firstDayOf, lastDayOf, type Month } from '#domain/calendar/dates';
import type { Db } from './client.ts';
import { rowsOf } from './rows.ts';

export interface ClaimFigures {
  total: number;
  answered: number;
  /** Answered no later than the day by which the customer was to hear. */
  answeredInTime: number;
  averageHours: number | undefined;
  /** Mean of 1 to 5, one decimal. */
  satisfaction: string | undefined;
}

/** O12: the claims of a month (of one person's orders, if given): the basis of KPI-3 and KPI-4. */
export async function claimFigures(db: Db, month: Month, responsibleId?: number): Promise<ClaimFigures> {
  const [row] = rowsOf<{
    total: number;
    answered: number;
    in_time: number;
    hours: number | null;
    satisfaction: string | null;
  }>(
    await db.execute(sql`
    with claims as (
      select r.id, r.day, r.data, r.created_at,
        (select min(e.said_at) from record_entries e
          where e.record_id = r.id and e.state = 'answered' and e.undoes is null
            and not exists (select 1 from record_entries u where u.undoes = e.id)) as answered_at
      from records r
      where r.kind = 'claim' and not r.undone and r.day between ${firstDayOf(month)} and ${lastDayOf(month)}
        and (${responsibleId ?? null}::bigint is null or r.responsible_id = ${responsibleId ?? null}::bigint)
    )
    select count(*)::int as total,
      count(answered_at)::int as answered,
      (count(*) filter (where answered_at is not null and data->>'answeredOn' <= data->>'replyBy'))::int as in_time,
      round(extract(epoch from avg(answered_at - created_at)) / 3600)::int as hours,
      round(avg((data->>'satisfaction')::numeric), 1)::text as satisfaction
    from claims`),
  );
  return {
    total: row!.total,
    answered: row!.answered,
    answeredInTime: row!.in_time,
    averageHours: row!.hours ?? undefined,
    satisfaction: row!.satisfaction ?? undefined,
  };
}
