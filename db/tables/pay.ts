import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import { fen, moment, serial } from '../columns.ts';
import { person, said as saidBy } from './references.ts';

/**
 * Pay. Append-only, with a trigger that refuses UPDATE and DELETE: everything except `pay_drafts` (rebuilt by each run until the month is
 * locked). `inputs` and `result` hold canonical JSON as text, so that the same settlement is the same bytes.
 */

/** Who said it, also in which chat: a payslip's line leads back to the message. */
const said = () => ({ ...saidBy(), chatId: text() });

/** Facts that finance enters or imports: the newest row of a key counts; an empty value takes the fact back. */
export const payFacts = pgTable(
  'pay_facts',
  {
    id: serial(),
    personId: person(),
    month: text().notNull(),
    /** See `src/domain/pay/manual-facts.ts`: `sales`, `sample.衬衫`, `declaration.2231…`. */
    key: text().notNull(),
    value: text().notNull(),
    reason: text().notNull().default(''),
    /** File name and line, when it came in a file. */
    origin: text().notNull().default(''),
    /** The month was locked already: the fact becomes a correction. */
    late: boolean().notNull().default(false),
    replaces: bigint({ mode: 'number' }),
    ...said(),
  },
  (t) => [
    foreignKey({ columns: [t.replaces], foreignColumns: [t.id] }),
    unique('pay_facts_once').on(t.eventId, t.commandIndex, t.personId, t.month, t.key),
    uniqueIndex('pay_facts_replaced_once').on(t.replaces).where(sql`replaces is not null`),
    index('pay_facts_person').on(t.personId, t.month, t.key, t.id),
    index('pay_facts_month').on(t.month, t.personId),
  ],
);

/** What the company decided where the documents leave it open, by month; the newest row whose month has begun counts. */
export const paySettings = pgTable(
  'pay_settings',
  { id: serial(), name: text().notNull(), value: text().notNull(), fromMonth: text().notNull(), ...said() },
  (t) => [index('pay_settings_name').on(t.name, t.fromMonth, t.id)],
);

/** What a take-home estimate needs to know of a person, by month; the newest row whose month has begun counts. No settlement looks at it. */
export const payPersonal = pgTable(
  'pay_personal',
  {
    id: serial(),
    personId: person(),
    name: text({ enum: ['insuranceBase', 'fundBase', 'special', 'basic', 'bonusTax'] }).notNull(),
    value: text().notNull(),
    fromMonth: text().notNull(),
    ...said(),
  },
  (t) => [index('pay_personal_person').on(t.personId, t.name, t.fromMonth, t.id)],
);

/** Texts of schemes as they were sent, by the SHA-256 of their bytes. */
export const schemeTexts = pgTable('scheme_texts', {
  hash: text().primaryKey(),
  scheme: text().notNull(),
  text: text().notNull(),
  storedAt: moment().notNull(),
});

/** G4. A text that is to rule from a month on. It does once a second person has signed. */
export const schemeProposals = pgTable(
  'scheme_proposals',
  {
    id: serial(),
    scheme: text().notNull(),
    hash: text()
      .notNull()
      .references(() => schemeTexts.hash),
    fromMonth: text().notNull(),
    ...said(),
  },
  (t) => [index('scheme_proposals_scheme').on(t.scheme, t.id)],
);

export const schemeAdoptions = pgTable('scheme_adoptions', {
  proposalId: bigint({ mode: 'number' })
    .primaryKey()
    .references(() => schemeProposals.id),
  by: person(),
  at: moment().notNull(),
  eventId: text().notNull(),
});

/** What a person was told the month would pay, on a day. */
export const payEstimates = pgTable(
  'pay_estimates',
  {
    id: serial(),
    personId: person(),
    month: text().notNull(),
    totalFen: fen().notNull(),
    /** Some lines could not be computed yet. */
    partial: boolean().notNull(),
    inputs: text().notNull(),
    result: text().notNull(),
    at: moment().notNull(),
    eventId: text().notNull(),
  },
  (t) => [index('pay_estimates_person').on(t.personId, t.month, t.id)],
);

/** The settlement of a month for the company. One per month and kind. */
export const payRuns = pgTable(
  'pay_runs',
  { id: serial(), month: text().notNull(), kind: text().notNull().default('regular'), createdAt: moment().notNull() },
  (t) => [unique('pay_runs_once').on(t.month, t.kind)],
);

/** What happened to a run. `attempt` counts how often it was started; what follows belongs to that attempt. */
export const payRunSteps = pgTable(
  'pay_run_steps',
  {
    id: serial(),
    runId: bigint({ mode: 'number' })
      .notNull()
      .references(() => payRuns.id),
    attempt: integer().notNull(),
    kind: text({ enum: ['started', 'drafted', 'checked', 'approved', 'locked', 'payslips', 'paid'] }).notNull(),
    by: person(),
    at: moment().notNull(),
    /** Digest of all drafts that the step speaks of. */
    digest: text(),
    data: jsonb(),
    eventId: text().notNull(),
  },
  (t) => [unique('pay_run_steps_once').on(t.runId, t.attempt, t.kind)],
);

/** The settlements of a run that is not locked. Rebuilt by each attempt, so that it can be stopped anywhere. */
export const payDrafts = pgTable(
  'pay_drafts',
  {
    runId: bigint({ mode: 'number' })
      .notNull()
      .references(() => payRuns.id),
    personId: person(),
    kind: text({ enum: ['regular', 'after-leaving'] }).notNull(),
    scheme: text(),
    version: text(),
    schemeHash: text(),
    inputs: text().notNull(),
    result: text(),
    /** Of inputs, scheme and result together. */
    hash: text().notNull(),
    totalFen: fen(),
    carriedFen: fen(),
    damagesFen: fen(),
    /** What keeps it from being computed, or from being approved. */
    problems: jsonb().notNull().default([]),
    blocks: jsonb().notNull().default([]),
    warnings: jsonb().notNull().default([]),
    /** Finance entered facts or there are corrections: its payee does not approve. */
    touched: boolean().notNull().default(false),
  },
  (t) => [primaryKey({ columns: [t.runId, t.personId, t.kind] })],
);

/** A settled month of a person, locked: what went in, by which rules, what came out. */
export const settlements = pgTable(
  'settlements',
  {
    id: serial(),
    runId: bigint({ mode: 'number' })
      .notNull()
      .references(() => payRuns.id),
    personId: person(),
    month: text().notNull(),
    kind: text({ enum: ['regular', 'after-leaving'] }).notNull(),
    scheme: text().notNull(),
    version: text().notNull(),
    schemeHash: text()
      .notNull()
      .references(() => schemeTexts.hash),
    inputs: text().notNull(),
    result: text().notNull(),
    hash: text().notNull(),
    totalFen: fen().notNull(),
    /** What next month takes over: still owed, and damages beyond the cap. */
    carriedFen: fen().notNull(),
    damagesFen: fen().notNull(),
    lockedAt: moment().notNull(),
  },
  (t) => [
    unique('settlements_once').on(t.personId, t.month, t.kind),
    index('settlements_run').on(t.runId, t.personId),
    index('settlements_month').on(t.month, t.personId),
  ],
);

/** Double entry: what a settlement pays and from where. The postings of each settlement add up to 0, checked by a trigger. */
export const payPostings = pgTable(
  'pay_postings',
  {
    id: serial(),
    runId: bigint({ mode: 'number' })
      .notNull()
      .references(() => payRuns.id),
    settlementId: bigint({ mode: 'number' })
      .notNull()
      .references(() => settlements.id),
    account: text().notNull(),
    amountFen: fen().notNull(),
  },
  (t) => [unique('pay_postings_once').on(t.settlementId, t.account), index('pay_postings_run').on(t.runId)],
);

/** A locked month computed again after its facts changed: the difference is paid with `intoMonth`. */
export const payCorrections = pgTable(
  'pay_corrections',
  {
    id: serial(),
    settlementId: bigint({ mode: 'number' })
      .notNull()
      .references(() => settlements.id),
    personId: person(),
    month: text().notNull(),
    intoMonth: text().notNull(),
    /** What the month pays now less what it paid before, earlier corrections included. */
    amountFen: fen().notNull(),
    /** By how much the damages that wait for later months change. */
    damagesFen: fen().notNull(),
    reason: text().notNull(),
    inputs: text().notNull(),
    result: text().notNull(),
    seq: integer().notNull(),
    ...said(),
  },
  (t) => [
    unique('pay_corrections_seq').on(t.settlementId, t.seq),
    index('pay_corrections_into').on(t.intoMonth, t.personId),
  ],
);

/** The payslip that was sent, and the card that shows whether it was read. */
export const payslips = pgTable('payslips', {
  settlementId: bigint({ mode: 'number' })
    .primaryKey()
    .references(() => settlements.id),
  cardKey: text().notNull(),
  sentAt: moment().notNull(),
});

/** What its owner said to a payslip, once. */
export const payslipAnswers = pgTable('payslip_answers', {
  settlementId: bigint({ mode: 'number' })
    .primaryKey()
    .references(() => settlements.id),
  answer: text({ enum: ['confirmed', 'objected'] }).notNull(),
  words: text().notNull().default(''),
  ...said(),
});

/** Who asked for whose pay, when; never how much. */
export const payAsks = pgTable(
  'pay_asks',
  { id: serial(), by: person(), about: text().notNull(), what: text().notNull(), at: moment().notNull() },
  (t) => [index('pay_asks_by').on(t.by, t.at)],
);
