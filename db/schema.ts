import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  customType,
  date,
  foreignKey,
  index,
  integer,
  json,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import { fen, moment, serial } from './columns.ts';

/**
 * What we remember. Columns are snake_case in the database (drizzle's `casing`).
 *
 * Append-only tables (`audit`, `audit_seals`, `order_progress`, `person_terms`) also carry a trigger that refuses UPDATE and
 * DELETE, see `db/migrations`: a correction is a new row that points at the old one.
 * Moments are `timestamptz`; business days are `date` as `YYYY-MM-DD`; money is whole fen.
 */

const bytes = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => 'bytea' });

/** The roster. Wages live in `person_terms`, so that a list of people never loads them. */
export const people = pgTable(
  'people',
  {
    id: serial(),
    openId: text().notNull().unique(),
    unionId: text(),
    userId: text(),
    name: text().notNull(),
    employeeNo: text().unique(),
    department: text(),
    managerId: bigint({ mode: 'number' }),
    /** Deputy while away; else the manager's manager stands in. */
    deputyId: bigint({ mode: 'number' }),
    roles: text().array().notNull().default(sql`'{}'`),
    hiredOn: date(),
    probationUntil: date(),
    leftOn: date(),
    /** Private chat with the bot, once known. */
    privateChatId: text(),
    updatedAt: moment().notNull(),
  },
  (t) => [
    foreignKey({ columns: [t.managerId], foreignColumns: [t.id] }),
    foreignKey({ columns: [t.deputyId], foreignColumns: [t.id] }),
    index('people_name').on(t.name),
    index('people_manager').on(t.managerId),
  ],
);

/** Pay terms of a person from a month on; the newest row whose month has begun counts. Append-only. */
export const personTerms = pgTable(
  'person_terms',
  {
    id: serial(),
    personId: bigint({ mode: 'number' })
      .notNull()
      .references(() => people.id),
    fromMonth: text().notNull(),
    scheme: text(),
    positionWageFen: fen(),
    performanceBaseFen: fen(),
    recordedBy: text().notNull(),
    recordedAt: moment().notNull(),
  },
  (t) => [index('person_terms_person').on(t.personId, t.fromMonth, t.id)],
);

/** Chats that the bot is or was in. */
export const chats = pgTable('chats', {
  chatId: text().primaryKey(),
  kind: text({ enum: ['group', 'private'] }).notNull(),
  name: text(),
  active: boolean().notNull().default(true),
  updatedAt: moment().notNull(),
});

/** Where messages stand, as the platform said: asked when somebody is shown what they recorded, and asked again once it is forgotten. */
export const messageLinks = pgTable(
  'message_links',
  {
    messageId: text().primaryKey(),
    chatId: text(),
    /** Opens this very message; null when the platform tells no place. */
    link: text(),
    askedAt: moment().notNull(),
  },
  (t) => [index('message_links_asked').on(t.askedAt)],
);

/**
 * Every event that was taken, in the transaction of its effect: a redelivery finds its row and changes nothing.
 * `message_id` is unique as well, because the platform may push one message under two event ids.
 */
export const inbox = pgTable(
  'inbox',
  {
    eventId: text().primaryKey(),
    kind: text().notNull(),
    messageId: text(),
    /** SHA-256 of what the message said: the same id with other content is an alarm, not a redelivery. */
    fingerprint: text().notNull(),
    happenedAt: moment().notNull(),
    receivedAt: moment().notNull(),
    outcome: text({ enum: ['done', 'refused', 'ignored', 'failed', 'again'] }).notNull(),
    /** Only for `failed` and `again` (to be run again): the event itself, and the number that the person was given. */
    payload: jsonb(),
    errorNo: text(),
  },
  (t) => [
    uniqueIndex('inbox_message').on(t.messageId).where(sql`message_id is not null`),
    index('inbox_received').on(t.receivedAt),
    index('inbox_failed').on(t.receivedAt).where(sql`outcome = 'failed'`),
  ],
);

/** Who changed or was refused what, when, through which message. Append-only, sealed by `audit_seals`. */
export const audit = pgTable(
  'audit',
  {
    id: serial(),
    at: moment().notNull(),
    /** open_id, or `console`, `schedule`. */
    actor: text().notNull(),
    via: text().notNull(),
    command: text().notNull(),
    /** `order:SO-1001`, `person:12`, … */
    subject: text().notNull(),
    outcome: text({ enum: ['done', 'refused'] }).notNull(),
    eventId: text(),
    messageId: text(),
    before: jsonb(),
    after: jsonb(),
  },
  (t) => [index('audit_subject').on(t.subject, t.id)],
);

/** The hash chain over `audit`: each seal covers one row and the seal before it. Append-only. */
export const auditSeals = pgTable('audit_seals', {
  seq: bigint({ mode: 'number' }).primaryKey(),
  auditId: bigint({ mode: 'number' })
    .notNull()
    .unique()
    .references(() => audit.id),
  hash: text().notNull(),
});

/** Bytes on their way out (a file of an answer). */
export const blobs = pgTable('blobs', {
  id: serial(),
  name: text().notNull(),
  bytes: bytes().notNull(),
  createdAt: moment().notNull(),
});

/**
 * Messages to send, written in the transaction of the change that they tell of.
 * `lane` is the chat or person: order is kept within a lane. `uuid` is the platform's idempotency key, the same for every try.
 */
export const outbox = pgTable(
  'outbox',
  {
    id: serial(),
    lane: text().notNull(),
    uuid: text().notNull().unique(),
    /** What to do, see `OutboxJob` in db/outbox.ts. */
    job: jsonb().notNull(),
    state: text({ enum: ['pending', 'sent', 'dead'] })
      .notNull()
      .default('pending'),
    tries: integer().notNull().default(0),
    availableAt: moment().notNull(),
    leasedUntil: moment(),
    /** First try whose result is unknown; after the uuid window such a message is looked up before it is sent again. */
    unknownSince: moment(),
    messageId: text(),
    problem: text(),
    createdAt: moment().notNull(),
    doneAt: moment(),
  },
  (t) => [
    index('outbox_pending').on(t.lane, t.id).where(sql`state = 'pending'`),
    index('outbox_dead').on(t.id).where(sql`state = 'dead'`),
    index('outbox_done').on(t.doneAt).where(sql`state = 'sent'`),
  ],
);

/** One row a call to the platform: the sliding windows of its limits are counted here, so that they hold across instances and restarts. */
export const sendAttempts = pgTable(
  'send_attempts',
  {
    id: serial(),
    lane: text().notNull(),
    startedAt: moment().notNull(),
    finishedAt: moment(),
    /** Until when its process is known to live; a call that was not finished by then counts as ended there. */
    aliveUntil: moment(),
  },
  (t) => [index('send_attempts_started').on(t.startedAt), index('send_attempts_lane').on(t.lane, t.startedAt)],
);

/** A card that we sent: who may press it, its newest revision, and the actions that this revision really offers. */
export const sentCards = pgTable(
  'sent_cards',
  {
    key: text().primaryKey(),
    /** Known once the platform has answered, or from the first click. */
    messageId: text(),
    chatId: text(),
    /** open_id of the only person who may press it; null = everybody in the chat, with their own rights. */
    audience: text(),
    rev: integer().notNull(),
    /** What the card is about: `order:SO-1001`. */
    subject: text(),
    /** As text: every answer writes one, and to take it apart and press it would cost more than all else that its row does. */
    card: json().notNull(),
    /** The card that an open form covers, to come back to when the form is closed. */
    covered: json(),
    readAt: moment(),
    sentAt: moment().notNull(),
    updatedAt: moment().notNull(),
  },
  (t) => [
    uniqueIndex('sent_cards_message').on(t.messageId).where(sql`message_id is not null`),
    index('sent_cards_subject').on(t.subject),
    index('sent_cards_sent').on(t.sentAt),
  ],
);

/** O1. The order's master data and, derived from `order_progress`, where it stands. */
export const orders = pgTable(
  'orders',
  {
    id: serial(),
    no: text().notNull().unique(),
    template: text().notNull(),
    customer: text().notNull(),
    contractNo: text(),
    style: text().notNull().default(''),
    product: text().notNull().default(''),
    qty: integer().notNull(),
    unit: text().notNull().default('件'),
    currency: text().notNull().default('CNY'),
    unitPriceFen: fen(),
    amountFen: fen(),
    processingFeeFen: fen(),
    factory: text(),
    /** The customer's wish, our first promise, the promise that stands now, and what came of it: kept apart for ever. */
    requestedDate: date(),
    firstPromised: date(),
    deliveryDate: date().notNull(),
    actualDelivery: date(),
    special: text().notNull().default(''),
    merchandiserId: bigint({ mode: 'number' })
      .notNull()
      .references(() => people.id),
    chatId: text(),
    status: text({ enum: ['open', 'closed', 'cancelled'] })
      .notNull()
      .default('open'),
    /** Stage of the newest progress entry that still stands; null before the first. */
    stage: text(),
    lastProgressAt: moment(),
    /** The first stage that is not finished, and the day it was planned for. Derived, so that a digest needs no log. */
    nextStage: text(),
    nextDue: date(),
    /** The stage whose pace is watched: how much of it is done, since when, until when. Derived. */
    paceStage: text(),
    paceDone: integer(),
    paceFrom: date(),
    paceDue: date(),
    /** No reminders until this day has passed. */
    snoozedUntil: date(),
    /** Everything that it can be found by, in small letters, with pinyin and its initials. */
    search: text().notNull().default(''),
    endedAt: moment(),
    rev: integer().notNull().default(0),
    createdBy: bigint({ mode: 'number' })
      .notNull()
      .references(() => people.id),
    createdAt: moment().notNull(),
  },
  (t) => [
    index('orders_created').on(t.createdAt),
    index('orders_delivered').on(t.actualDelivery).where(sql`actual_delivery is not null`),
    index('orders_chat').on(t.chatId, t.status),
    index('orders_due').on(t.status, t.deliveryDate, t.id),
    index('orders_mine').on(t.merchandiserId, t.status, t.deliveryDate, t.id),
    index('orders_stage').on(t.stage, t.status, t.deliveryDate),
    index('orders_customer').on(t.customer, t.status),
  ],
);

/** O3. One entry of the progress log. Append-only: `undoes` names the entry that this one takes back, `replaces` the one it corrects. */
export const orderProgress = pgTable(
  'order_progress',
  {
    id: serial(),
    orderId: bigint({ mode: 'number' })
      .notNull()
      .references(() => orders.id),
    stage: text(),
    /** How much is done altogether; or `added`: how much more. */
    qty: integer(),
    added: integer(),
    /** Of one colour and size; empty: of the whole order. */
    colour: text().notNull().default(''),
    size: text().notNull().default(''),
    machines: integer(),
    pieces: integer(),
    /** The stage is finished, whatever the quantity. */
    finished: boolean().notNull().default(false),
    note: text().notNull().default(''),
    by: bigint({ mode: 'number' })
      .notNull()
      .references(() => people.id),
    /** When the person said it (the message's own time). */
    saidAt: moment().notNull(),
    /** The day it is about, and whether that was over when it was said. */
    forDay: date(),
    late: boolean().notNull().default(false),
    /** Its place in the log: when it was said, the end of the earlier day it is about, or the place of what it corrects. */
    countsAt: moment(),
    recordedAt: moment().notNull(),
    eventId: text().notNull(),
    messageId: text(),
    commandIndex: integer().notNull().default(0),
    undoes: bigint({ mode: 'number' }),
    /** The entry that this one corrects; the old one stays on record. */
    replaces: bigint({ mode: 'number' }),
  },
  (t) => [
    foreignKey({ columns: [t.undoes], foreignColumns: [t.id] }),
    foreignKey({ columns: [t.replaces], foreignColumns: [t.id] }),
    index('order_progress_replaced').on(t.replaces).where(sql`replaces is not null`),
    unique('order_progress_once').on(t.eventId, t.commandIndex),
    uniqueIndex('order_progress_undone_once').on(t.undoes).where(sql`undoes is not null`),
    index('order_progress_order').on(t.orderId, t.saidAt, t.id),
    index('order_progress_by').on(t.by, t.recordedAt),
  ],
);

/** Small facts about this installation: tenant key, bot's open_id, registered slash commands, anchors. */
export const settings = pgTable('settings', {
  key: text().primaryKey(),
  value: jsonb().notNull(),
  updatedAt: moment().notNull(),
});

/** Work longer than about a second: a row that survives a restart, with a card that shows how far it is. */
export const jobs = pgTable(
  'jobs',
  {
    id: serial(),
    kind: text().notNull(),
    args: jsonb().notNull(),
    by: bigint({ mode: 'number' })
      .notNull()
      .references(() => people.id),
    cardKey: text(),
    state: text({ enum: ['waiting', 'running', 'done', 'failed'] })
      .notNull()
      .default('waiting'),
    /** Where to go on after a restart; the job's own business. */
    progress: jsonb(),
    tries: integer().notNull().default(0),
    leasedUntil: moment(),
    problem: text(),
    createdAt: moment().notNull(),
    doneAt: moment(),
  },
  (t) => [index('jobs_open').on(t.id).where(sql`state in ('waiting', 'running')`)],
);

/** What is due is done once for each key (`remind:2026-11-23:SO-1001`), whoever finds it due first. */
export const doneOnce = pgTable(
  'done_once',
  { job: text().notNull(), key: text().notNull(), at: moment().notNull() },
  (t) => [primaryKey({ columns: [t.job, t.key] })],
);
