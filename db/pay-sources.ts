import { and, asc, desc, eq, gte, inArray, isNotNull, lt, lte, ne, or, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { IsoDate, Month } from '#domain/calendar/dates';
import type { Db } from './client.ts';
import { orderProgress, orders, people, personTerms } from './schema.ts';
import { incidentSteps, incidents } from './tables/appraisal.ts';

/** What settlements read from other subjects' tables: one statement for everybody of a month. */

/** Pay terms that count in a month, with who recorded them. */
export async function termsOfMonth(db: Db, month: Month, personIds?: readonly number[]) {
  return db
    .selectDistinctOn([personTerms.personId], {
      personId: personTerms.personId,
      fromMonth: personTerms.fromMonth,
      scheme: personTerms.scheme,
      positionWageFen: personTerms.positionWageFen,
      performanceBaseFen: personTerms.performanceBaseFen,
      recordedBy: personTerms.recordedBy,
      recordedAt: personTerms.recordedAt,
    })
    .from(personTerms)
    .where(
      and(lte(personTerms.fromMonth, month), personIds ? inArray(personTerms.personId, [...personIds]) : undefined),
    )
    .orderBy(asc(personTerms.personId), desc(personTerms.fromMonth), desc(personTerms.id));
}

/** People who were employed in a month, or these people whether or not. */
export async function peopleOfMonth(
  db: Db,
  { first, last, personIds }: { first: IsoDate; last: IsoDate; personIds?: readonly number[] },
) {
  return db
    .select({
      id: people.id,
      openId: people.openId,
      name: people.name,
      managerId: people.managerId,
      hiredOn: people.hiredOn,
      leftOn: people.leftOn,
      probationUntil: people.probationUntil,
    })
    .from(people)
    .where(
      personIds
        ? inArray(people.id, [...personIds])
        : and(
            sql`(${people.hiredOn} is null or ${people.hiredOn} <= ${last})`,
            sql`(${people.leftOn} is null or ${people.leftOn} >= ${first})`,
          ),
    )
    .orderBy(asc(people.id));
}

const speaker = alias(people, 'speaker');
const undoing = alias(orderProgress, 'undoing');

export interface ShippedEntry {
  personId: number;
  orderId: number;
  no: string;
  chatId: string | null;
  qty: number;
  currency: string;
  unitPriceFen: bigint | null;
  amountFen: bigint | null;
  processingFeeFen: bigint | null;
  /** How much has left altogether, by this entry. */
  shipped: number;
  saidAt: Date;
  messageId: string | null;
  author: string;
}

/**
 * Entries that say how much of an order has been shipped, of every order that shipped something within the span, from its first one on:
 * what a part is worth depends on the parts before it. Oldest first.
 */
export async function shippedEntries(
  db: Db,
  personIds: readonly number[],
  { from, to }: { from: Date; to: Date },
): Promise<ShippedEntry[]> {
  if (personIds.length === 0) return [];
  const within = db
    .select({ orderId: orderProgress.orderId })
    .from(orderProgress)
    .where(and(eq(orderProgress.stage, 'shipped'), gte(orderProgress.saidAt, from), lt(orderProgress.saidAt, to)));
  const rows = await db
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
      shipped: orderProgress.qty,
      saidAt: orderProgress.saidAt,
      messageId: orderProgress.messageId,
      author: speaker.openId,
    })
    .from(orderProgress)
    .innerJoin(orders, eq(orders.id, orderProgress.orderId))
    .innerJoin(speaker, eq(speaker.id, orderProgress.by))
    .leftJoin(undoing, eq(undoing.undoes, orderProgress.id))
    .where(
      and(
        inArray(orders.merchandiserId, [...personIds]),
        ne(orders.status, 'cancelled'),
        eq(orderProgress.stage, 'shipped'),
        isNotNull(orderProgress.qty),
        sql`${undoing.id} is null`,
        lt(orderProgress.saidAt, to),
        inArray(orderProgress.orderId, within),
      ),
    )
    .orderBy(asc(orders.id), asc(orderProgress.saidAt), asc(orderProgress.id));
  return rows.map((row) => ({ ...row, shipped: row.shipped! }));
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
        inArray(orders.merchandiserId, [...personIds]),
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

/** How much of each order had left before a moment. */
export async function shippedSoFar(db: Db, orderIds: readonly number[]): Promise<Map<number, number>> {
  if (orderIds.length === 0) return new Map();
  const rows = await db
    .selectDistinctOn([orderProgress.orderId], { orderId: orderProgress.orderId, qty: orderProgress.qty })
    .from(orderProgress)
    .leftJoin(undoing, eq(undoing.undoes, orderProgress.id))
    .where(
      and(
        inArray(orderProgress.orderId, [...orderIds]),
        eq(orderProgress.stage, 'shipped'),
        isNotNull(orderProgress.qty),
        sql`${undoing.id} is null`,
      ),
    )
    .orderBy(asc(orderProgress.orderId), desc(orderProgress.saidAt), desc(orderProgress.id));
  return new Map(rows.map(({ orderId, qty }) => [orderId, qty!]));
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
        inArray(incidents.personId, [...personIds]),
        or(eq(incidents.month, month), and(gte(incidents.date, from), lte(incidents.date, to))),
      ),
    )
    .orderBy(asc(incidents.personId), asc(incidents.date), asc(incidents.id));
  return rows.map(({ disputed, decided, ...row }) => ({
    ...row,
    status: decided ?? disputed ?? ('recorded' as const),
  }));
}
