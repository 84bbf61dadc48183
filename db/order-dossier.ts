import { type SQL, sql } from 'drizzle-orm';
import type { HolidayNotice, Notices } from '#domain/calendar/notice';
import type { Answered, CompanyRules } from '#domain/order/gates';
import { defaultRules } from '#domain/order/gates';
import type { OrderLine } from '#domain/order/lines';
import type { Order, Progress } from '#domain/order/order';
import { type PlannedStage, type StageState, stageStates, standingOf } from '#domain/order/progress';
import { defaultWatch, type WatchSettings } from '#domain/order/risk';
import { deliveryStage } from '#domain/order/stages';
import { fromStored } from '#domain/records/fields';
import type { RecordHead } from '#domain/records/kind';
import { kindOf } from '#domain/records/kinds';
import type { DocumentRules } from '#domain/records/kinds/doc';
import { asked } from './asked.ts';
import { writtenOnce } from './built-once.ts';
import { beforeKnown } from './calendar.ts';
import type { Db } from './client.ts';
import { COMPANY_RULES } from './company-rules.ts';
import { DOCUMENTS_KEY } from './document-rules.ts';
import type { NewProgress } from './order-progress.ts';
import { entryStands } from './order-progress.ts';

/** Key of the setting that holds a company's own `WatchSettings`. */
export const WATCH_KEY = 'order.watch';

/** Everything that an order's card, its gates and its checks ask for. */
export interface Dossier {
  plan: (PlannedStage & { actual: string | null; done: number | null })[];
  lines: OrderLine[];
  /** The entries that stand, newest first, at most 2,000. */
  log: Progress[];
  /** Where the stages stand by them, where that was found out before. */
  states?: StageState[];
  records: RecordHead[];
  answers: Answered[];
  rules: CompanyRules;
  /** The documents that an administrator asked for, by template. */
  documents: DocumentRules;
  /** From when on the company watches an order, and its holidays. */
  watch: WatchSettings;
  notices: Notices;
  /** Newest first, at most 100. */
  files: { kind: 'image' | 'file'; name: string }[];
  /** Of everybody who follows the order, owns a stage or wrote one of the newest entries, by person id. */
  names: Map<number, string>;
  /** The number that the next entry of the log gets; only in a reading for a change. */
  nextEntry: number | undefined;
}

type Nullable<T> = T | null;
/** One row of each part, as the statement below writes it; moments as milliseconds. */
interface Rows {
  plan: [
    string,
    Nullable<number>,
    Nullable<string>,
    boolean,
    boolean,
    Nullable<number>,
    Nullable<string>,
    Nullable<number>,
  ];
  lines: [string, string, number];
  log: [
    ...[number, Nullable<string>, Nullable<number>, Nullable<number>, string, string],
    ...[Nullable<number>, Nullable<number>, boolean, string, number, number, number, string, boolean, number],
    Nullable<number>,
  ];
  records: [
    ...[number, string, Nullable<number>, number, string, boolean, Record<string, unknown>, number],
    ...[string, Nullable<string>, number, number, number],
  ];
  answers: [string, string, Nullable<boolean>];
  files: ['image' | 'file', string];
  names: [number, string];
}
type Row = { [Part in keyof Rows]: Rows[Part][] | null } & {
  rules: Partial<CompanyRules> | null;
  documents: DocumentRules | null;
  watch: Partial<WatchSettings> | null;
  notices: HolidayNotice[] | null;
  next_entry: number | string | null;
};

/**
 * The whole file of one order in one reading: nine of them would cost nine trips and nine plans. Lock the order before, in a statement of
 * its own, when it is to be changed: a reading that waits for a lock shows what was there before the wait.
 *
 * @param toChange also takes the number of the next entry, so that what tells of the entry need not wait for it
 * @returns undefined when there is no such order
 */
export async function orderDossier(db: Db, orderNo: string, { toChange = false } = {}): Promise<Dossier | undefined> {
  const [row] = await (toChange ? readingToChange : reading)(db, { no: orderNo });
  return row && read(row);
}

const readingWith = (nextEntry: SQL) =>
  writtenOnce<Row>(sql`
    select
      (select json_agg(json_build_array(stage, owner_id, planned, fixed, counted, before, actual, done) order by position)
        from order_stages where order_id = o.id) as plan,
      (select json_agg(json_build_array(colour, size, qty) order by position) from order_lines where order_id = o.id) as lines,
      (select json_agg(json_build_array(id, stage, qty, added, colour, size, machines, pieces, finished, note, by,
          (extract(epoch from said_at) * 1000)::bigint, (extract(epoch from recorded_at) * 1000)::bigint, day, late,
          (extract(epoch from counts) * 1000)::bigint, replaces) order by counts desc, id desc)
        from (select *, coalesce(for_day, said_at::date) as day, coalesce(counts_at, said_at) as counts
          from order_progress where order_id = o.id and ${entryStands} order by counts desc, id desc limit 2000) entries) as log,
      (select json_agg(json_build_array(id, kind, order_id, responsible_id, state, open, data, files, day, due, created_by,
          (extract(epoch from created_at) * 1000)::bigint, (extract(epoch from updated_at) * 1000)::bigint) order by id)
        from records where order_id = o.id and not undone) as records,
      (select json_agg(json_build_array(a.kind, a.subject, d.approved) order by a.id)
        from approvals a left join approval_decisions d on d.approval_id = a.id where a.order_id = o.id) as answers,
      (select value from settings where key = ${COMPANY_RULES}) as rules,
      (select value from settings where key = ${DOCUMENTS_KEY}) as documents,
      (select value from settings where key = ${WATCH_KEY}) as watch,
      (select json_agg(notice) from (select distinct on (year) notice from holiday_notices order by year, id desc) entered) as notices,
      (select json_agg(json_build_array(kind, name) order by id desc)
        from (select id, kind, name from order_files where order_id = o.id order by id desc limit 100) files) as files,
      (select json_agg(json_build_array(id, name)) from people where id = o.merchandiser_id
        or id in (select owner_id from order_stages where order_id = o.id)
        or id in (select distinct by from order_progress where order_id = o.id)) as names,
      ${nextEntry} as next_entry
    from orders o where o.no = ${sql.placeholder('no')}`);
const reading = readingWith(sql`null`);
const readingToChange = readingWith(sql`nextval(pg_get_serial_sequence('order_progress', 'id'))`);

function read({
  plan,
  lines,
  log,
  records,
  answers,
  rules,
  documents,
  watch,
  notices,
  files,
  names,
  next_entry,
}: Row): Dossier {
  return {
    plan: (plan ?? []).map(([stage, ownerId, planned, fixed, counted, before, actual, done]) => {
      return { stage, ownerId, planned, fixed, counted, before, actual, done };
    }),
    lines: (lines ?? []).map(([colour, size, qty]) => ({ colour, size, qty })),
    log: (log ?? []).map(readEntry),
    records: (records ?? []).map(readRecord),
    answers: newestAnswers(answers ?? []),
    rules: { ...defaultRules, ...rules },
    documents: documents ?? {},
    watch: { ...defaultWatch, ...watch },
    notices: beforeKnown(notices ?? []),
    files: (files ?? []).map(([kind, name]) => ({ kind, name })),
    names: new Map(names),
    nextEntry: next_entry === null ? undefined : Number(next_entry),
  };
}

function readEntry(row: Rows['log']): Progress {
  const [id, stage, qty, added, colour, size, machines, pieces, finished, note, by, said, recorded] = row;
  const [forDay, late, counts, replaces] = row.slice(13) as [string, boolean, number, number | null];
  // written out: what is spread into an object is put in one by one, which took longer than all else here
  return {
    id,
    stage,
    qty,
    added,
    colour,
    size,
    machines,
    pieces,
    finished,
    note,
    by,
    saidAt: new Date(said),
    recordedAt: new Date(recorded),
    forDay,
    late,
    countsAt: new Date(counts),
    replaces,
  };
}

function readRecord(row: Rows['records']): RecordHead {
  const [id, kind, orderId, responsibleId, state, open, data, files, day, due, createdBy, created, updated] = row;
  return {
    ...{ id, kind, orderId, responsibleId, state, open, files, day, due, createdBy },
    values: fromStored(kindOf(kind).fields, data),
    createdAt: new Date(created),
    updatedAt: new Date(updated),
  };
}

function newestAnswers(asked: Rows['answers'][]): Answered[] {
  const newest = new Map<string, Answered>();
  for (const [kind, subject, approved] of asked)
    newest.set(`${kind} ${subject}`, {
      kind,
      subject,
      decided: approved === null ? 'asked' : approved ? 'approved' : 'refused',
    });
  return [...newest.values()];
}

/** The stages of the order as they are, from plan and log. */
export const statesIn = (
  order: { qty: number },
  { plan, log, states }: Pick<Dossier, 'plan' | 'log' | 'states'>,
): StageState[] => states ?? stageStates(order, plan, log);

const newestFirst = (a: Progress, b: Progress): number => b.countsAt.getTime() - a.countsAt.getTime() || b.id - a.id;

/**
 * Appends an entry to the log of a locked order and brings what is derived from it up to date, in one statement.
 *
 * @returns order and dossier as they are then; `written` resolves when it is so in the database
 */
export function recordProgress(
  db: Db,
  order: Order,
  dossier: Dossier,
  entry: NewProgress & Omit<Progress, 'id' | 'replaces'>,
): { id: number; order: Order; dossier: Dossier; written: Promise<unknown> } {
  const id = dossier.nextEntry!;
  const added: Progress = { ...entry, id, replaces: null };
  const log = [...dossier.log, added].sort(newestFirst);
  const states = statesIn(order, { plan: dossier.plan, log });
  const { delivered, ...standing } = standingOf(states, log, deliveryStage(states.map(({ stage }) => stage)));
  const plan = dossier.plan.map((stage, i) => ({
    ...stage,
    actual: states[i]!.actual ?? null,
    done: states[i]!.done ?? null,
  }));
  const moved = plan.filter(({ actual, done }, i) => {
    const was = dossier.plan[i]!;
    return was.actual !== actual || was.done !== done;
  });
  const at = (moment: Date) => moment.toISOString();
  const lastProgressAt =
    order.lastProgressAt && order.lastProgressAt > entry.saidAt ? order.lastProgressAt : entry.saidAt;
  const row = [
    ...[id, order.id, entry.stage, entry.qty, entry.added, entry.colour, entry.size, entry.machines, entry.pieces],
    ...[entry.finished, entry.note, entry.by, at(entry.saidAt), entry.forDay, entry.late, at(entry.countsAt)],
    ...[at(entry.recordedAt), entry.eventId, entry.messageId ?? null, entry.commandIndex ?? 0],
  ];
  const stands = [
    ...[standing.stage, at(lastProgressAt), standing.nextStage, standing.nextDue, standing.paceStage],
    ...[standing.paceDone, standing.paceFrom, standing.paceDue, delivered],
  ];
  return {
    id,
    written: asked(db, RECORD, [...row, ...stands, JSON.stringify(moved)]),
    order: { ...order, ...standing, actualDelivery: delivered, lastProgressAt },
    dossier: { ...dossier, log, plan, states, nextEntry: undefined },
  };
}

/** The row, where the order stands by it, and the stages that moved as JSON. */
const RECORD = `
  with added as (
    insert into order_progress (id, order_id, stage, qty, added, colour, size, machines, pieces, finished, note, by, said_at, for_day, late,
      counts_at, recorded_at, event_id, message_id, command_index) overriding system value
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)),
  moved as (
    update order_stages s set actual = m.actual, done = m.done
    from jsonb_to_recordset($30::text::jsonb) as m(stage text, actual date, done int)
    where s.order_id = $2 and s.stage = m.stage)
  update orders set rev = rev + 1, stage = $21, last_progress_at = $22, next_stage = $23, next_due = $24, pace_stage = $25, pace_done = $26,
    pace_from = $27, pace_due = $28, actual_delivery = $29
  where id = $2`;
