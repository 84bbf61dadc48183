import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  date,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  unique,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import { moment, serial } from '../columns.ts';
import { orders } from '../schema.ts';
import { person, said } from './references.ts';

/**
 * What hangs on an order (O5 to O12, declarations) and the approvals that it needs. Append-only, with a trigger that refuses UPDATE and
 * DELETE: `record_entries`, `approvals`, `approval_decisions`. `records` is derived from its entries, so that lists are one read.
 */

/** Where each record stands: the sum of its entries. */
export const records = pgTable(
  'records',
  {
    id: serial(),
    /** Code of a kind in `src/domain/records/kinds.ts`. */
    kind: text().notNull(),
    orderId: bigint({ mode: 'number' }).references(() => orders.id),
    /** Who follows it: the order's merchandiser of that moment, or who recorded it. */
    responsibleId: person(),
    state: text().notNull(),
    open: boolean().notNull(),
    /** Values by field; amounts as digits of fen. */
    data: jsonb().notNull(),
    files: integer().notNull(),
    /** The business day that it belongs to. */
    day: date().notNull(),
    /** While open: by when something has to happen. */
    due: date(),
    /** Unique among the standing records of its kind: a declaration's number, one document of a type in an order. */
    uniqueKey: text(),
    /** Its first entry was taken back. */
    undone: boolean().notNull().default(false),
    createdBy: person(),
    createdAt: moment().notNull(),
    updatedAt: moment().notNull(),
  },
  (t) => [
    uniqueIndex('records_unique_key').on(t.kind, t.uniqueKey).where(sql`unique_key is not null and not undone`),
    index('records_order').on(t.orderId, t.kind, t.id),
    index('records_open').on(t.kind, t.open, t.due, t.id).where(sql`not undone`),
    index('records_responsible').on(t.responsibleId, t.kind, t.open).where(sql`not undone`),
    index('records_day').on(t.kind, t.day).where(sql`not undone`),
    index('records_due').on(t.due).where(sql`open and not undone and due is not null`),
  ],
);

/** One thing that was said about a record: what changed, who, when, through which message. Append-only; `undoes` takes one back. */
export const recordEntries = pgTable(
  'record_entries',
  {
    id: serial(),
    recordId: bigint({ mode: 'number' })
      .notNull()
      .references(() => records.id),
    state: text(),
    data: jsonb().notNull(),
    /** Photos and files of the message: type, key, name, message id. */
    files: jsonb().notNull(),
    note: text().notNull().default(''),
    // `saidAt` orders the entries: a late delivery does not overtake
    ...said(),
    undoes: bigint({ mode: 'number' }),
  },
  (t) => [
    foreignKey({ columns: [t.undoes], foreignColumns: [t.id] }),
    unique('record_entries_once').on(t.eventId, t.commandIndex),
    uniqueIndex('record_entries_undone_once').on(t.undoes).where(sql`undoes is not null`),
    index('record_entries_record').on(t.recordId, t.saidAt, t.id),
    index('record_entries_by').on(t.by, t.recordedAt),
  ],
);

/** G5. Who was asked for what, and why. Append-only; the answer is in `approval_decisions`. */
export const approvals = pgTable(
  'approvals',
  {
    id: serial(),
    /** Code in `src/domain/approval.ts`. */
    kind: text().notNull(),
    /** What it is about: `order:SO-1001`, `record:12`. */
    subject: text().notNull(),
    orderId: bigint({ mode: 'number' }).references(() => orders.id),
    /** What the approver is shown: title, facts, the asker's reason (`Question` in db/approvals.ts). */
    question: jsonb().notNull(),
    askedBy: person(),
    askedOf: person(),
    askedAt: moment().notNull(),
    eventId: text(),
    messageId: text(),
  },
  (t) => [
    index('approvals_subject').on(t.subject, t.kind, t.id),
    index('approvals_order').on(t.orderId, t.id),
    index('approvals_of').on(t.askedOf, t.id),
  ],
);

/** The one answer to an approval. Append-only. */
export const approvalDecisions = pgTable('approval_decisions', {
  approvalId: bigint({ mode: 'number' })
    .primaryKey()
    .references(() => approvals.id),
  approved: boolean().notNull(),
  reason: text().notNull().default(''),
  by: person(),
  at: moment().notNull(),
  eventId: text(),
});
