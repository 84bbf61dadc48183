import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import { moment, serial } from '../columns.ts';
import { orders, people } from '../schema.ts';
import { ofOrder, person } from './references.ts';

/**
 * What belongs to an order beside its own row. Append-only, with a trigger that refuses UPDATE and DELETE: `order_changes`,
 * `order_files`, `order_watch_acts`. The others hold the present state; how it came about is in `order_changes` and `audit`.
 */

/** O1. How many of which colour and size; a change is logged with the old and the new lines. */
export const orderLines = pgTable(
  'order_lines',
  {
    orderId: ofOrder(),
    position: integer().notNull(),
    colour: text().notNull(),
    size: text().notNull(),
    qty: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.orderId, t.colour, t.size] })],
);

/** O2. An order's stages in their order: who answers for it, planned, actual and how much is done. */
export const orderStages = pgTable(
  'order_stages',
  {
    orderId: ofOrder(),
    stage: text().notNull(),
    position: integer().notNull(),
    ownerId: bigint({ mode: 'number' }).references(() => people.id),
    planned: date(),
    /** Set by a person: not moved when the delivery date moves. */
    fixed: boolean().notNull().default(false),
    counted: boolean().notNull().default(false),
    /** Working days before the delivery, by the template as it was; null: the day of the order. */
    before: integer(),
    actual: date(),
    done: integer(),
  },
  (t) => [primaryKey({ columns: [t.orderId, t.stage] }), index('order_stages_owner').on(t.ownerId, t.planned)],
);

/** O2. A company's own templates; the four that come along live in the code and may be overridden here. */
export const stageTemplates = pgTable('stage_templates', {
  code: text().primaryKey(),
  label: text().notNull(),
  /** `StageTemplate['steps']`. */
  steps: jsonb().notNull(),
  updatedBy: person(),
  updatedAt: moment().notNull(),
});

/** O13. What was changed, from what to what, why, through which message. Append-only. */
export const orderChanges = pgTable(
  'order_changes',
  {
    id: serial(),
    orderId: ofOrder(),
    field: text().notNull(),
    before: text(),
    after: text(),
    reason: text().notNull().default(''),
    /** Whose doing it was: a correction that the merchandiser caused counts for KPI-7. */
    cause: text({ enum: ['customer', 'factory', 'own', 'other'] })
      .notNull()
      .default('other'),
    by: person(),
    saidAt: moment().notNull(),
    recordedAt: moment().notNull(),
    eventId: text(),
    messageId: text(),
  },
  (t) => [index('order_changes_order').on(t.orderId, t.id), index('order_changes_when').on(t.field, t.saidAt)],
);

/** O1. Photos and files filed with an order. Append-only. */
export const orderFiles = pgTable(
  'order_files',
  {
    id: serial(),
    orderId: ofOrder(),
    kind: text({ enum: ['image', 'file'] }).notNull(),
    key: text().notNull(),
    name: text().notNull(),
    note: text().notNull().default(''),
    messageId: text().notNull(),
    chatId: text(),
    by: person(),
    at: moment().notNull(),
  },
  (t) => [unique('order_files_once').on(t.orderId, t.messageId, t.key), index('order_files_order').on(t.orderId, t.id)],
);

/** A group's default order or customer, and its one switch for the digest. */
export const chatOrders = pgTable('chat_orders', {
  chatId: text().primaryKey(),
  orderId: bigint({ mode: 'number' }).references(() => orders.id),
  customer: text(),
  digest: boolean().notNull().default(true),
  updatedBy: person(),
  updatedAt: moment().notNull(),
});

/** O14. Which reports go by themselves, to which group or person (`chat:oc_…`, `person:12`); no row: switched off. */
export const orderReportSwitches = pgTable(
  'order_report_switches',
  {
    target: text().notNull(),
    period: text({ enum: ['day', 'week', 'month'] }).notNull(),
    /** The day on which it was switched on: what ended before is not sent. */
    since: date().notNull(),
    updatedBy: person(),
    updatedAt: moment().notNull(),
  },
  (t) => [primaryKey({ columns: [t.target, t.period] })],
);

/** O4. What somebody did about a reminder: put it off, or dealt with it. Append-only. */
export const orderWatchActs = pgTable(
  'order_watch_acts',
  {
    id: serial(),
    orderId: ofOrder(),
    act: text({ enum: ['snoozed', 'handled'] }).notNull(),
    until: date().notNull(),
    note: text().notNull().default(''),
    by: person(),
    at: moment().notNull(),
  },
  (t) => [index('order_watch_acts_order').on(t.orderId, t.id)],
);

/** An order on its way from one person to another: it changes hands when both have signed. */
export const orderHandovers = pgTable(
  'order_handovers',
  {
    id: serial(),
    orderId: ofOrder(),
    fromId: person(),
    toId: person(),
    note: text().notNull().default(''),
    requestedBy: person(),
    requestedAt: moment().notNull(),
    /** Signed by or for the one who gives. */
    givenBy: bigint({ mode: 'number' }).references(() => people.id),
    givenAt: moment(),
    takenAt: moment(),
    /** Withdrawn or refused. */
    endedAt: moment(),
  },
  (t) => [
    uniqueIndex('order_handovers_one')
      .on(t.orderId)
      .where(sql`ended_at is null and (given_at is null or taken_at is null)`),
    index('order_handovers_to').on(t.toId),
  ],
);

/** O15. A customer's file; orders name the customer by this very name. */
export const customers = pgTable('customers', {
  id: serial(),
  name: text().notNull().unique(),
  country: text(),
  preferences: text().notNull().default(''),
  search: text().notNull().default(''),
  updatedBy: person(),
  updatedAt: moment().notNull(),
});

export const customerContacts = pgTable(
  'customer_contacts',
  {
    id: serial(),
    customerId: bigint({ mode: 'number' })
      .notNull()
      .references(() => customers.id),
    name: text().notNull(),
    details: text().notNull().default(''),
    updatedAt: moment().notNull(),
  },
  (t) => [unique('customer_contacts_once').on(t.customerId, t.name)],
);

/** A change beyond what its author may promise: waits for somebody above. `args` are the arguments of the change. */
export const orderRequests = pgTable(
  'order_requests',
  {
    id: serial(),
    orderId: ofOrder(),
    /** `ChangeArgs`, as they were said. */
    args: jsonb().notNull(),
    why: text().notNull(),
    by: person(),
    at: moment().notNull(),
    decision: text({ enum: ['allowed', 'refused'] }),
    decidedBy: bigint({ mode: 'number' }).references(() => people.id),
    decidedAt: moment(),
  },
  (t) => [index('order_requests_order').on(t.orderId, t.id)],
);

/** Rows of a file on their way in: nothing of them is an order until all of them are. */
export const orderImportRows = pgTable(
  'order_import_rows',
  { batch: text().notNull(), seq: integer().notNull(), row: jsonb().notNull() },
  (t) => [primaryKey({ columns: [t.batch, t.seq] })],
);
