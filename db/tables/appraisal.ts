import { sql } from 'drizzle-orm';
import {
  bigint,
  date,
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
import { orders, people } from '../schema.ts';
import { person, said } from './references.ts';

/**
 * Facts about people: incidents, hours, and the monthly appraisal. Append-only except `appraisal_sheets` (whose state is read from its
 * steps), `appraisal_drafts` and `appraisal_cycles.closed_at`: a correction is a new row.
 */

/** Months that take no change any more. Written by the settlement; read by `demandOpenMonth`. */
export const lockedMonths = pgTable('locked_months', {
  month: text().primaryKey(),
  lockedBy: text().notNull(),
  lockedAt: moment().notNull(),
});

/** Notices of the State Council that an administrator entered; the newest row of a year counts. */
export const holidayNotices = pgTable(
  'holiday_notices',
  { id: serial(), year: integer().notNull(), notice: jsonb().notNull(), ...said() },
  (t) => [index('holiday_notices_year').on(t.year, t.id)],
);

/** Domain section 3. Something that costs or earns money, as it was recorded. */
export const incidents = pgTable(
  'incidents',
  {
    id: serial(),
    personId: person(),
    clause: text().notNull(),
    scheme: text(),
    /** The month that pays for it: the one of `date`, or the next open one when that was locked already. */
    month: text().notNull(),
    date: date().notNull(),
    orderId: bigint({ mode: 'number' }).references(() => orders.id),
    declaration: text(),
    lossFen: fen(),
    amountFen: fen(),
    note: text().notNull(),
    /** Keys of pictures that came with the message. */
    evidence: jsonb().notNull().default([]),
    ...said(),
  },
  (t) => [
    unique('incidents_once').on(t.eventId, t.commandIndex),
    index('incidents_person').on(t.personId, t.month, t.id),
    index('incidents_order').on(t.orderId),
  ],
);

/** What was said about an incident afterwards: the employee's dispute, the decision. Each once. */
export const incidentSteps = pgTable(
  'incident_steps',
  {
    id: serial(),
    incidentId: bigint({ mode: 'number' })
      .notNull()
      .references(() => incidents.id),
    /** Both decisions are one phase: an incident is decided once. */
    phase: text({ enum: ['dispute', 'decision'] }).notNull(),
    kind: text({ enum: ['disputed', 'upheld', 'withdrawn'] }).notNull(),
    reason: text().notNull(),
    ...said(),
  },
  (t) => [unique('incident_steps_once').on(t.incidentId, t.phase)],
);

/** Pictures and documents that were posted later, as a reply to an incident's card. */
export const incidentFiles = pgTable(
  'incident_files',
  {
    id: serial(),
    incidentId: bigint({ mode: 'number' })
      .notNull()
      .references(() => incidents.id),
    type: text({ enum: ['image', 'file'] }).notNull(),
    key: text().notNull(),
    name: text().notNull(),
    ...said(),
  },
  (t) => [unique('incident_files_once').on(t.incidentId, t.messageId, t.key)],
);

/** One value of a person's month; the newest row of a field counts. */
export const hoursEntries = pgTable(
  'hours_entries',
  {
    id: serial(),
    personId: person(),
    month: text().notNull(),
    field: text({
      enum: [
        'required',
        'attended',
        'overtime',
        'overtimeRestDay',
        'overtimeHoliday',
        'nights',
        'compliance',
        'conduct',
      ],
    }).notNull(),
    /** Decimal text, or `yes` / `no`. */
    value: text().notNull(),
    reason: text().notNull().default(''),
    via: text({ enum: ['text', 'form', 'file', 'attendance'] }).notNull(),
    /** Where exactly: file name and line, or what the attendance service said. */
    origin: text().notNull().default(''),
    replaces: bigint({ mode: 'number' }),
    ...said(),
  },
  (t) => [
    foreignKey({ columns: [t.replaces], foreignColumns: [t.id] }),
    unique('hours_entries_once').on(t.eventId, t.commandIndex, t.personId, t.month, t.field),
    uniqueIndex('hours_entries_replaced_once').on(t.replaces).where(sql`replaces is not null`),
    index('hours_entries_person').on(t.personId, t.month, t.field, t.id),
  ],
);

/** A company's own criteria for a scheme from a month on; the newest row whose month has begun counts. */
export const appraisalTemplates = pgTable(
  'appraisal_templates',
  { id: serial(), scheme: text().notNull(), fromMonth: text().notNull(), criteria: jsonb().notNull(), ...said() },
  (t) => [index('appraisal_templates_scheme').on(t.scheme, t.fromMonth, t.id)],
);

/** Days on which somebody is away, and who stands in; a row with `undoes` takes one back. */
export const absences = pgTable(
  'absences',
  {
    id: serial(),
    personId: person(),
    fromDate: date().notNull(),
    toDate: date().notNull(),
    deputyId: bigint({ mode: 'number' }).references(() => people.id),
    undoes: bigint({ mode: 'number' }),
    ...said(),
  },
  (t) => [
    foreignKey({ columns: [t.undoes], foreignColumns: [t.id] }),
    uniqueIndex('absences_undone_once').on(t.undoes).where(sql`undoes is not null`),
    index('absences_person').on(t.personId, t.toDate),
  ],
);

/** One manager's appraisal of one month. `closedAt`: everything approved and handed in, so that no tick looks at it again. */
export const appraisalCycles = pgTable(
  'appraisal_cycles',
  {
    id: serial(),
    month: text().notNull(),
    managerId: person(),
    department: text(),
    openedAt: moment().notNull(),
    closedAt: moment(),
  },
  (t) => [
    unique('appraisal_cycles_once').on(t.month, t.managerId),
    index('appraisal_cycles_open').on(t.month).where(sql`closed_at is null`),
  ],
);

/** One employee's appraisal of one month, with the criteria as they were when it opened. What became of it is in its steps. */
export const appraisalSheets = pgTable(
  'appraisal_sheets',
  {
    id: serial(),
    month: text().notNull(),
    personId: person(),
    /** Who scores; follows the reporting line until there is a score. */
    managerId: person(),
    scheme: text().notNull(),
    criteria: jsonb().notNull(),
    openedAt: moment().notNull(),
  },
  (t) => [
    unique('appraisal_sheets_once').on(t.month, t.personId),
    index('appraisal_sheets_manager').on(t.managerId, t.month),
  ],
);

/** What happened to a sheet, in order. Append-only. `seq` makes two steps at the same moment take turns. */
export const appraisalSteps = pgTable(
  'appraisal_steps',
  {
    id: serial(),
    sheetId: bigint({ mode: 'number' })
      .notNull()
      .references(() => appraisalSheets.id),
    seq: integer().notNull(),
    kind: text({
      enum: ['assigned', 'scored', 'confirmed', 'objected', 'upheld', 'changed', 'unanswered', 'approved'],
    }).notNull(),
    /** Scores with their evidence, for `scored` and `changed`; the old and new manager for `assigned`. */
    data: jsonb(),
    words: text().notNull().default(''),
    /** Null: the clock. */
    by: bigint({ mode: 'number' }).references(() => people.id),
    day: date().notNull(),
    at: moment().notNull(),
    eventId: text().notNull(),
    messageId: text(),
  },
  (t) => [unique('appraisal_steps_seq').on(t.sheetId, t.seq), index('appraisal_steps_sheet').on(t.sheetId, t.id)],
);

/** What a manager typed and has not handed in yet. */
export const appraisalDrafts = pgTable(
  'appraisal_drafts',
  {
    sheetId: bigint({ mode: 'number' })
      .notNull()
      .references(() => appraisalSheets.id),
    by: person(),
    values: jsonb().notNull(),
    savedAt: moment().notNull(),
  },
  (t) => [primaryKey({ columns: [t.sheetId, t.by] })],
);
