import { and, asc, desc, eq, isNull, lte, sql } from 'drizzle-orm';
import type { Approval, Decided, Question } from '#domain/approval';
import type { Answered } from '#domain/order/gates';
import type { Person } from '#domain/people/person';
import type { Db } from './client.ts';
import { holdRecord } from './hold-record.ts';
import { peopleByIds } from './people.ts';
import { orders, people } from './schema.ts';
import { approvalDecisions, approvals } from './tables/records.ts';

const columns = {
  id: approvals.id,
  kind: approvals.kind,
  subject: approvals.subject,
  orderNo: orders.no,
  question: approvals.question,
  askedBy: approvals.askedBy,
  askedOf: approvals.askedOf,
  askedAt: approvals.askedAt,
  approved: approvalDecisions.approved,
  reason: approvalDecisions.reason,
  by: approvalDecisions.by,
  at: approvalDecisions.at,
};

const select = (db: Db) =>
  db
    .select(columns)
    .from(approvals)
    .leftJoin(approvalDecisions, eq(approvalDecisions.approvalId, approvals.id))
    .leftJoin(orders, eq(orders.id, approvals.orderId));

type Row = Awaited<ReturnType<typeof select>>[number];

const toApproval = ({ approved, reason, by, at, question, ...row }: Row): Approval => ({
  ...row,
  question: question as Question,
  decision: approved === null ? undefined : { approved, reason: reason!, by: by!, at: at! },
});

const decidedOf = ({ decision }: Approval): Decided =>
  decision === undefined ? 'asked' : decision.approved ? 'approved' : 'refused';

export async function askFor(
  db: Db,
  approval: Omit<typeof approvals.$inferInsert, 'id' | 'question'> & { question: Question },
): Promise<number> {
  const [row] = await db.insert(approvals).values(approval).returning({ id: approvals.id });
  return row!.id;
}

export async function findApproval(db: Db, id: number): Promise<Approval | undefined> {
  const [row] = await select(db).where(eq(approvals.id, id));
  return row && toApproval(row);
}

/** @returns false when it has been answered already */
export async function decide(db: Db, decision: typeof approvalDecisions.$inferInsert): Promise<boolean> {
  const added = await db
    .insert(approvalDecisions)
    .values(decision)
    .onConflictDoNothing()
    .returning({ id: approvalDecisions.approvalId });
  return added.length > 0;
}

/** The newest question of each kind about a subject: asked, approved or refused. */
export async function answersAbout(db: Db, subject: string): Promise<ReadonlyMap<string, Decided>> {
  const rows = await select(db).where(eq(approvals.subject, subject)).orderBy(asc(approvals.id));
  return new Map(rows.map(toApproval).map((approval) => [approval.kind, decidedOf(approval)]));
}

/** The newest answers about an order and the records that hang on it. */
export async function answersOfOrder(db: Db, orderId: number): Promise<Answered[]> {
  const rows = await select(db).where(eq(approvals.orderId, orderId)).orderBy(asc(approvals.id));
  const newest = new Map(
    rows
      .map(toApproval)
      .map((approval) => [
        `${approval.kind} ${approval.subject}`,
        { kind: approval.kind, subject: approval.subject, decided: decidedOf(approval) },
      ]),
  );
  return [...newest.values()];
}

/** Everything asked about a subject, newest first. */
export async function approvalsAbout(db: Db, subject: string): Promise<Approval[]> {
  const rows = await select(db).where(eq(approvals.subject, subject)).orderBy(desc(approvals.id)).limit(10);
  return rows.map(toApproval);
}

/** Unanswered questions, oldest first; `before` narrows to those asked by then. */
export async function openApprovals(
  db: Db,
  { before, limit = 50 }: { before?: Date; limit?: number } = {},
): Promise<Approval[]> {
  const rows = await select(db)
    .where(and(isNull(approvalDecisions.approvalId), before && lte(approvals.askedAt, before)))
    .orderBy(asc(approvals.id))
    .limit(limit);
  return rows.map(toApproval);
}

/** Holds the question until the transaction ends, so that two answers take turns. */
export async function lockApproval(db: Db, id: number): Promise<void> {
  await holdRecord(db, 'approval', id);
}

/** The general managers, also those who have left: their deputies may answer. Longest on the roster first. */
export async function generalManagers(db: Db): Promise<Person[]> {
  const rows = await db
    .select({ id: people.id })
    .from(people)
    .where(sql`'general_manager' = any(${people.roles})`)
    .orderBy(asc(people.id))
    .limit(10);
  const byId = await peopleByIds(
    db,
    rows.map(({ id }) => id),
  );
  return rows.map(({ id }) => byId.get(id)!);
}
