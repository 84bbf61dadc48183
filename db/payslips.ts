import { and, asc, eq, gte, sql } from 'drizzle-orm';
import type { Db } from './client.ts';
import { sentCards } from './schema.ts';
import { payAsks, payslipAnswers, payslips, settlements } from './tables/pay.ts';

export interface PayslipState {
  settlementId: number;
  personId: number;
  month: string;
  sentAt: Date | null;
  readAt: Date | null;
  answer: 'confirmed' | 'objected' | null;
  words: string | null;
}

const columns = {
  settlementId: settlements.id,
  personId: settlements.personId,
  month: settlements.month,
  sentAt: payslips.sentAt,
  readAt: sentCards.readAt,
  answer: payslipAnswers.answer,
  words: payslipAnswers.words,
};

/** The payslips of a month: sent, read, answered. */
export async function payslipStates(
  db: Db,
  which: { month: string } | { settlementId: number },
): Promise<PayslipState[]> {
  return db
    .select(columns)
    .from(settlements)
    .leftJoin(payslips, eq(payslips.settlementId, settlements.id))
    .leftJoin(sentCards, eq(sentCards.key, payslips.cardKey))
    .leftJoin(payslipAnswers, eq(payslipAnswers.settlementId, settlements.id))
    .where('month' in which ? eq(settlements.month, which.month) : eq(settlements.id, which.settlementId))
    .orderBy(asc(settlements.personId), asc(settlements.kind));
}

/** @returns false when this payslip was sent before */
export async function notePayslip(tx: Db, settlementId: number, cardKey: string, now: Date): Promise<boolean> {
  const added = await tx
    .insert(payslips)
    .values({ settlementId, cardKey, sentAt: now })
    .onConflictDoNothing()
    .returning({ id: payslips.settlementId });
  return added.length > 0;
}

/** @returns false when it was answered before */
export async function answerPayslip(tx: Db, row: typeof payslipAnswers.$inferInsert): Promise<boolean> {
  const added = await tx
    .insert(payslipAnswers)
    .values(row)
    .onConflictDoNothing()
    .returning({ id: payslipAnswers.settlementId });
  return added.length > 0;
}

/** Notes that somebody asked for pay, and returns how often they did since `since`, this time included. */
export async function notePayAsk(
  tx: Db,
  ask: { by: number; about: string; what: string; at: Date },
  since: Date,
): Promise<number> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${`pay-asks:${ask.by}`}))`);
  await tx.insert(payAsks).values(ask);
  return tx.$count(payAsks, and(eq(payAsks.by, ask.by), gte(payAsks.at, since)));
}

export const asksOf = (db: Db) => db.select().from(payAsks).orderBy(sql`${payAsks.id}`);
