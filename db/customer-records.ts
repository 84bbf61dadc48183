import { type SQL, sql } from 'drizzle-orm';
import type { IsoDate } from '#domain/calendar/dates';
import type { Fen } from '#domain/money';
import type { Db } from './client.ts';
import { rowsOf } from './rows.ts';

/** O15. What hangs on a customer's orders, and samples and complaints that have no order yet. */

const ofCustomer = (name: string): SQL => sql`not r.undone and coalesce(o.customer, r.data->>'customer') = ${name}`;

export interface CustomerClaims {
  total: number;
  open: number;
  /** Mean of 1 to 5, one decimal. */
  satisfaction: string | undefined;
}

export async function claimsOfCustomer(db: Db, name: string): Promise<CustomerClaims> {
  const [row] = rowsOf<Record<string, unknown>>(
    await db.execute(sql`select count(*)::int as total, (count(*) filter (where r.open))::int as open,
        round(avg((r.data->>'satisfaction')::numeric), 1)::text as satisfaction
      from records r left join orders o on o.id = r.order_id where r.kind = 'claim' and ${ofCustomer(name)}`),
  );
  return {
    total: Number(row!.total),
    open: Number(row!.open),
    satisfaction: (row!.satisfaction as string | null) ?? undefined,
  };
}

export interface CustomerSamples {
  total: number;
  open: number;
  approved: number;
  rejected: number;
}

/** A verdict counts as it stands now: a sample that was rejected and then approved is approved. */
export async function samplesOfCustomer(db: Db, name: string): Promise<CustomerSamples> {
  const [row] = rowsOf<Record<string, unknown>>(
    await db.execute(sql`select count(*)::int as total, (count(*) filter (where r.open))::int as open,
        (count(*) filter (where r.state = 'approved'))::int as approved,
        (count(*) filter (where r.state = 'rejected'))::int as rejected
      from records r left join orders o on o.id = r.order_id where r.kind = 'sample' and ${ofCustomer(name)}`),
  );
  return {
    total: Number(row!.total),
    open: Number(row!.open),
    approved: Number(row!.approved),
    rejected: Number(row!.rejected),
  };
}

export interface CustomerRecord {
  id: number;
  kind: 'sample' | 'claim';
  state: string;
  orderNo: string | null;
  day: IsoDate;
  /** What it is about, and what the customer said or got. */
  what: string;
  said: string;
}

/** The newest samples and complaints: what is open first. */
export async function latestOfCustomer(db: Db, name: string, limit = 8): Promise<CustomerRecord[]> {
  const rows = rowsOf<Record<string, unknown>>(
    await db.execute(sql`select r.id, r.kind, r.state, o.no as order_no, r.day::text as day,
        coalesce(r.data->>'item', r.data->>'what', '') as what,
        coalesce(r.data->>'verdict', r.data->>'outcome', r.data->>'answer', '') as said
      from records r left join orders o on o.id = r.order_id
      where r.kind in ('sample', 'claim') and ${ofCustomer(name)}
      order by r.open desc, r.day desc, r.id desc limit ${limit}`),
  );
  return rows.map((row) => ({
    id: Number(row.id),
    kind: row.kind as CustomerRecord['kind'],
    state: String(row.state),
    orderNo: (row.order_no as string | null) ?? null,
    day: String(row.day),
    what: String(row.what),
    said: String(row.said),
  }));
}

export interface CustomerMoney {
  currency: string;
  receivedFen: Fen;
  /** Expected and not settled; and how much of it is past its day. */
  outstandingFen: Fen;
  overdueFen: Fen;
}

/** What came in from a customer and what has not, by currency; tax refunds and what goes out are not the customer's. */
export async function moneyOfCustomer(
  db: Db,
  name: string,
  { today, responsibleIds }: { today: IsoDate; responsibleIds?: number[] | undefined },
): Promise<CustomerMoney[]> {
  const whose = responsibleIds ? sql`and r.responsible_id = any(${`{${responsibleIds.join(',')}}`}::bigint[])` : sql``;
  const rows = rowsOf<Record<string, unknown>>(
    await db.execute(sql`select coalesce(r.data->>'currency', o.currency) as currency,
        coalesce(sum((r.data->>'amount')::numeric) filter (where r.state = 'settled'), 0)::text as received,
        coalesce(sum((r.data->>'amount')::numeric) filter (where r.state = 'expected'), 0)::text as outstanding,
        coalesce(sum((r.data->>'amount')::numeric) filter (where r.state = 'expected' and r.due < ${today}::date), 0)::text as overdue
      from records r join orders o on o.id = r.order_id
      where r.kind = 'money' and r.data->>'type' in ('deposit', 'balance', 'receivable') and ${ofCustomer(name)} ${whose}
      group by 1 order by 1`),
  );
  return rows.map((row) => ({
    currency: String(row.currency),
    receivedFen: BigInt(String(row.received)),
    outstandingFen: BigInt(String(row.outstanding)),
    overdueFen: BigInt(String(row.overdue)),
  }));
}
