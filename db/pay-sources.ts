import { and, asc, desc, eq, gte, inArray, isNotNull, lt, lte, ne, or, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { IsoDate, Month } from '#domain/calendar/dates';
import { among } from './among.ts';
import { readByColumn } from './by-column.ts';
import type { Db } from './client.ts';
import { rowsOf } from './rows.ts';
import { orders, people } from './schema.ts';
import { incidentSteps, incidents } from './tables/appraisal.ts';
import { recordEntries, records } from './tables/records.ts';

/** What settlements read from other subjects' tables: one statement for everybody of a month. */

/**
 * Who is settled in a month, by id: everybody employed then who has a pay scheme, and those who have left but whose locked months were
 * corrected into it.
 */
export async function idsToPay(
  db: Db,
  month: Month,
  { first, last }: { first: IsoDate; last: IsoDate },
): Promise<number[]> {
  const [row] = rowsOf<{ ids: string }>(
    await db.execute(sql`select coalesce(json_agg(own.id order by own.id), '[]')::text as ids from people as own
      where (coalesce(own.hired_on <= ${last}::date, true) and coalesce(own.left_on >= ${first}::date, true)
          or own.id in (select person_id from pay_corrections where into_month = ${month}))
        and (select scheme from person_terms where person_id = own.id and from_month <= ${month}
          order by from_month desc, id desc limit 1) <> ''`),
  );
  return JSON.parse(row!.ids) as number[];
}

/** These people and their pay terms that count in a month, with who recorded them. */
export async function peopleOfMonth(db: Db, personIds: readonly number[], month: Month) {
  const ids = sql`${`{${personIds.join(',')}}`}::bigint[]`;
  const rows = await readByColumn<{
    id: number;
    openId: string;
    name: string;
    hiredOn: IsoDate | null;
    leftOn: IsoDate | null;
    probationUntil: IsoDate | null;
    fromMonth: Month | null;
    scheme: string | null;
    positionWageFen: string | null;
    performanceBaseFen: string | null;
    recordedBy: string;
    recordedAt: string;
  }>(
    db,
    {
      id: sql`id`,
      openId: sql`open_id`,
      name: sql`name`,
      hiredOn: sql`hired_on`,
      leftOn: sql`left_on`,
      probationUntil: sql`probation_until`,
      fromMonth: sql`from_month`,
      scheme: sql`scheme`,
      positionWageFen: sql`position_wage_fen::text`,
      performanceBaseFen: sql`performance_base_fen::text`,
      recordedBy: sql`recorded_by`,
      recordedAt: sql`recorded_at`,
    },
    sql`(select own.id, own.open_id, own.name, own.hired_on, own.left_on, own.probation_until, terms.* from people as own
      left join (select distinct on (person_id) person_id, from_month, scheme, position_wage_fen, performance_base_fen, recorded_by, recorded_at
        from person_terms where person_id = any(${ids}) and from_month <= ${month}
        order by person_id, from_month desc, id desc) as terms on terms.person_id = own.id
      where own.id = any(${ids}) order by own.id) as people`,
  );
  const fen = (text: string | null) => (text === null ? null : BigInt(text));
  return rows.map((row) => ({
    id: row.id,
    openId: row.openId,
    name: row.name,
    hiredOn: row.hiredOn,
    leftOn: row.leftOn,
    probationUntil: row.probationUntil,
    terms:
      row.fromMonth === null
        ? undefined
        : {
            fromMonth: row.fromMonth,
            scheme: row.scheme,
            recordedBy: row.recordedBy,
            recordedAt: new Date(row.recordedAt),
            positionWageFen: fen(row.positionWageFen),
            performanceBaseFen: fen(row.performanceBaseFen),
          },
  }));
}

const speaker = alias(people, 'speaker');
export interface ShippedRecord {
  personId: number;
  orderId: number;
  no: string;
  chatId: string | null;
  /** Ordered pieces. */
  qty: number;
  currency: string;
  unitPriceFen: bigint | null;
  amountFen: bigint | null;
  processingFeeFen: bigint | null;
  day: IsoDate;
  /** What left, or came back (negative). */
  pieces: number;
  saidAt: Date;
  messageId: string | null;
  author: string;
}

/** The entry of a record that said so last: who, when, in which message. */
const lastSaid = (db: Db) =>
  db
    .selectDistinctOn([recordEntries.recordId], {
      recordId: recordEntries.recordId,
      by: recordEntries.by,
      saidAt: recordEntries.saidAt,
      messageId: recordEntries.messageId,
    })
    .from(recordEntries)
    .where(
      sql`${recordEntries.undoes} is null and not exists (select 1 from record_entries as undoing where undoing.undoes = ${recordEntries.id})`,
    )
    .orderBy(asc(recordEntries.recordId), desc(recordEntries.saidAt), desc(recordEntries.id))
    .as('last_said');

/**
 * O10. Every shipment and return up to the end of a month, of the orders of which these people shipped something in it: what a part is worth
 * depends on the parts before it. Oldest first within each order. The person is the merchandiser of that moment.
 */
export async function shippedRecords(
  db: Db,
  personIds: readonly number[],
  { first, last }: { first: IsoDate; last: IsoDate },
): Promise<ShippedRecord[]> {
  if (personIds.length === 0) return [];
  const moved = and(
    eq(records.kind, 'shipment'),
    eq(records.undone, false),
    inArray(records.state, ['shipped', 'returned']),
  );
  const touched = db
    .select({ orderId: records.orderId })
    .from(records)
    .where(and(moved, among(records.responsibleId, personIds), gte(records.day, first), lte(records.day, last)));
  const said = lastSaid(db);
  const rows = await db
    .select({
      personId: records.responsibleId,
      orderId: orders.id,
      no: orders.no,
      chatId: orders.chatId,
      qty: orders.qty,
      currency: orders.currency,
      unitPriceFen: orders.unitPriceFen,
      amountFen: orders.amountFen,
      processingFeeFen: orders.processingFeeFen,
      day: records.day,
      state: records.state,
      data: records.data,
      saidAt: said.saidAt,
      messageId: said.messageId,
      author: speaker.openId,
    })
    .from(records)
    .innerJoin(orders, eq(orders.id, records.orderId))
    .innerJoin(said, eq(said.recordId, records.id))
    .innerJoin(speaker, eq(speaker.id, said.by))
    .where(and(moved, ne(orders.status, 'cancelled'), inArray(records.orderId, touched), lte(records.day, last)))
    .orderBy(asc(orders.id), asc(records.day), asc(records.id));
  return rows.map(({ state, data, ...row }) => ({
    ...row,
    pieces: (state === 'returned' ? -1 : 1) * Number((data as { qty?: number }).qty ?? 0),
  }));
}

/** Export declarations that were recorded, of a span of days. */
export async function declaredRecords(
  db: Db,
  personIds: readonly number[],
  { from, to }: { from: IsoDate; to: IsoDate },
) {
  if (personIds.length === 0) return [];
  const said = lastSaid(db);
  const rows = await db
    .select({
      personId: records.responsibleId,
      no: records.uniqueKey,
      date: records.day,
      order: orders.no,
      chatId: orders.chatId,
      saidAt: said.saidAt,
      messageId: said.messageId,
      author: speaker.openId,
    })
    .from(records)
    .innerJoin(orders, eq(orders.id, records.orderId))
    .innerJoin(said, eq(said.recordId, records.id))
    .innerJoin(speaker, eq(speaker.id, said.by))
    .where(
      and(
        eq(records.kind, 'declare'),
        eq(records.undone, false),
        among(records.responsibleId, personIds),
        gte(records.day, from),
        lte(records.day, to),
        isNotNull(records.uniqueKey),
      ),
    )
    .orderBy(asc(records.day), asc(records.id));
  return rows.map((row) => ({ ...row, no: row.no! }));
}

/** Orders by people: entered within a span, or open with a delivery date in a span of days. */
export async function ordersOfPeople(
  db: Db,
  personIds: readonly number[],
  which: { enteredFrom: Date; enteredTo: Date } | { dueFrom: IsoDate; dueTo: IsoDate },
) {
  if (personIds.length === 0) return [];
  return db
    .select({
      personId: orders.merchandiserId,
      orderId: orders.id,
      no: orders.no,
      chatId: orders.chatId,
      qty: orders.qty,
      currency: orders.currency,
      unitPriceFen: orders.unitPriceFen,
      amountFen: orders.amountFen,
      processingFeeFen: orders.processingFeeFen,
      deliveryDate: orders.deliveryDate,
      createdAt: orders.createdAt,
      author: speaker.openId,
    })
    .from(orders)
    .innerJoin(speaker, eq(speaker.id, orders.createdBy))
    .where(
      and(
        among(orders.merchandiserId, personIds),
        'enteredFrom' in which
          ? and(
              ne(orders.status, 'cancelled'),
              gte(orders.createdAt, which.enteredFrom),
              lt(orders.createdAt, which.enteredTo),
            )
          : and(
              eq(orders.status, 'open'),
              gte(orders.deliveryDate, which.dueFrom),
              lte(orders.deliveryDate, which.dueTo),
            ),
      ),
    )
    .orderBy(asc(orders.id));
}

/** How much of each order has left, less what came back. */
export async function shippedSoFar(db: Db, orderIds: readonly number[]): Promise<Map<number, number>> {
  if (orderIds.length === 0) return new Map();
  const rows = await db
    .select({ orderId: records.orderId, state: records.state, data: records.data })
    .from(records)
    .where(
      and(
        eq(records.kind, 'shipment'),
        eq(records.undone, false),
        inArray(records.state, ['shipped', 'returned']),
        among(records.orderId, orderIds),
      ),
    );
  const sums = new Map<number, number>();
  for (const { orderId, state, data } of rows)
    sums.set(
      orderId!,
      (sums.get(orderId!) ?? 0) + (state === 'returned' ? -1 : 1) * Number((data as { qty?: number }).qty ?? 0),
    );
  return sums;
}

/** Incidents that a month pays for, and those that happened in a span of days, each with what became of it. */
export async function incidentsOfPeople(
  db: Db,
  personIds: readonly number[],
  { month, from, to }: { month: Month; from: IsoDate; to: IsoDate },
) {
  if (personIds.length === 0) return [];
  const dispute = alias(incidentSteps, 'dispute');
  const decision = alias(incidentSteps, 'decision');
  const rows = await db
    .select({
      id: incidents.id,
      personId: incidents.personId,
      clause: incidents.clause,
      month: incidents.month,
      date: incidents.date,
      order: orders.no,
      chatId: orders.chatId,
      declaration: incidents.declaration,
      lossFen: incidents.lossFen,
      amountFen: incidents.amountFen,
      note: incidents.note,
      saidAt: incidents.saidAt,
      messageId: incidents.messageId,
      author: speaker.openId,
      disputed: dispute.kind,
      decided: decision.kind,
    })
    .from(incidents)
    .innerJoin(speaker, eq(speaker.id, incidents.by))
    .leftJoin(orders, eq(orders.id, incidents.orderId))
    .leftJoin(dispute, and(eq(dispute.incidentId, incidents.id), eq(dispute.phase, 'dispute')))
    .leftJoin(decision, and(eq(decision.incidentId, incidents.id), eq(decision.phase, 'decision')))
    .where(
      and(
        among(incidents.personId, personIds),
        or(eq(incidents.month, month), and(gte(incidents.date, from), lte(incidents.date, to))),
      ),
    )
    .orderBy(asc(incidents.personId), asc(incidents.date), asc(incidents.id));
  return rows.map(({ disputed, decided, ...row }) => ({
    ...row,
    status: decided ?? disputed ?? ('recorded' as const),
  }));
}
