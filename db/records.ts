import { and, asc, desc, eq, gte, inArray, isNull, lte, sql } from 'drizzle-orm';
import type { Month } from '#domain/calendar/dates';
import { firstDayOf, type IsoDate, lastDayOf } from '#domain/calendar/dates';
import { fromStored, toStored } from '#domain/records/fields';
import { fold } from '#domain/records/fold';
import type { FullEntry, RecordEntry, RecordHead, RecordOfOrder, StoredFile } from '#domain/records/kind';
import { kindOf } from '#domain/records/kinds';
import type { Db } from './client.ts';
import { orders } from './schema.ts';
import { recordEntries, records } from './tables/records.ts';

const head = {
  id: records.id,
  kind: records.kind,
  orderId: records.orderId,
  responsibleId: records.responsibleId,
  state: records.state,
  open: records.open,
  data: records.data,
  files: records.files,
  day: records.day,
  due: records.due,
  createdBy: records.createdBy,
  createdAt: records.createdAt,
  updatedAt: records.updatedAt,
};

type HeadRow = Omit<RecordHead, 'values'> & { data: unknown };

const toHead = ({ data, ...row }: HeadRow): RecordHead => ({
  ...row,
  values: fromStored(kindOf(row.kind).fields, data as Record<string, unknown>),
});

const toRecord = ({ orderNo, ...row }: HeadRow & { orderNo: string | null }): RecordOfOrder => ({
  ...toHead(row),
  orderNo,
});

/** A record as it stands; undefined when there is none or its first entry was taken back. */
export async function findRecord(db: Db, id: number): Promise<RecordOfOrder | undefined> {
  const [row] = await db
    .select({ ...head, orderNo: orders.no })
    .from(records)
    .leftJoin(orders, eq(orders.id, records.orderId))
    .where(and(eq(records.id, id), eq(records.undone, false)));
  return row && toRecord(row);
}

/** Holds the record for this transaction: two people who change it at the same moment take turns. */
export async function lockRecord(db: Db, id: number): Promise<void> {
  await db.select({ id: records.id }).from(records).where(eq(records.id, id)).for('update');
}

/** Everything that hangs on an order and stands, oldest first: one read for its card, its gates and its rules. */
export async function recordsOfOrder(db: Db, orderId: number): Promise<RecordHead[]> {
  const rows = await db
    .select(head)
    .from(records)
    .where(and(eq(records.orderId, orderId), eq(records.undone, false)))
    .orderBy(asc(records.id));
  return rows.map(toHead);
}

export interface RecordFilter {
  kind: string;
  orderId?: number;
  open?: boolean;
  state?: string;
  responsibleIds?: number[];
  month?: Month;
}

/** One page: what is due first, then the newest. */
export async function listRecords(
  db: Db,
  filter: RecordFilter,
  { limit, offset }: { limit: number; offset: number },
): Promise<{ records: RecordOfOrder[]; total: number }> {
  const which = and(
    eq(records.kind, filter.kind),
    eq(records.undone, false),
    filter.orderId === undefined ? undefined : eq(records.orderId, filter.orderId),
    filter.open === undefined ? undefined : eq(records.open, filter.open),
    filter.state === undefined ? undefined : eq(records.state, filter.state),
    filter.responsibleIds && inArray(records.responsibleId, filter.responsibleIds),
    filter.month === undefined ? undefined : inMonth(filter.month),
  );
  const rows = await db
    .select({ ...head, orderNo: orders.no })
    .from(records)
    .leftJoin(orders, eq(orders.id, records.orderId))
    .where(which)
    .orderBy(desc(records.open), sql`${records.due} asc nulls last`, desc(records.id))
    .limit(limit)
    .offset(offset);
  return { records: rows.map(toRecord), total: await db.$count(records, which) };
}

const inMonth = (month: Month) => and(gte(records.day, firstDayOf(month)), lte(records.day, lastDayOf(month)));

/** How many standing records of a kind belong to a month, by who follows them. */
export async function countByPerson(
  db: Db,
  kind: string,
  month: Month,
): Promise<{ personId: number; count: number }[]> {
  return db
    .select({ personId: records.responsibleId, count: sql<number>`count(*)::int` })
    .from(records)
    .where(and(eq(records.kind, kind), eq(records.undone, false), inMonth(month)))
    .groupBy(records.responsibleId)
    .orderBy(sql`count(*) desc`, asc(records.responsibleId));
}

/** Open records of a kind whose day has come (`due` up to `until`), with their orders. */
export async function dueRecords(db: Db, kinds: string[], until: IsoDate): Promise<RecordOfOrder[]> {
  const rows = await db
    .select({ ...head, orderNo: orders.no })
    .from(records)
    .leftJoin(orders, eq(orders.id, records.orderId))
    .where(
      and(inArray(records.kind, kinds), eq(records.open, true), eq(records.undone, false), lte(records.due, until)),
    )
    .orderBy(asc(records.due), asc(records.id));
  return rows.map(toRecord);
}

const entryColumns = {
  id: recordEntries.id,
  state: recordEntries.state,
  data: recordEntries.data,
  files: recordEntries.files,
  note: recordEntries.note,
  by: recordEntries.by,
  saidAt: recordEntries.saidAt,
  recordedAt: recordEntries.recordedAt,
  eventId: recordEntries.eventId,
  commandIndex: recordEntries.commandIndex,
};

const stands = and(
  isNull(recordEntries.undoes),
  sql`not exists (select 1 from record_entries as u where u.undoes = ${recordEntries.id})`,
);

/** What was said about a record and still stands, oldest first. */
export async function entriesOf(db: Db, recordId: number, kind: string): Promise<FullEntry[]> {
  const rows = await db
    .select(entryColumns)
    .from(recordEntries)
    .where(and(eq(recordEntries.recordId, recordId), stands))
    .orderBy(asc(recordEntries.saidAt), asc(recordEntries.id));
  return rows.map(({ data, files, ...row }) => ({
    ...row,
    values: fromStored(kindOf(kind).fields, data as Record<string, unknown>),
    files: files as StoredFile[],
  }));
}

export const forFolding = (entries: readonly FullEntry[]): RecordEntry[] =>
  entries.map(({ files, ...entry }) => ({ ...entry, files: files.length }));

export interface NewEntry {
  state: string | null;
  values: Record<string, unknown>;
  files: StoredFile[];
  note: string;
  by: number;
  saidAt: Date;
  recordedAt: Date;
  eventId: string;
  messageId: string | null;
  commandIndex: number;
}

/** What follows from the entries beside state and values. */
export interface Derived {
  open: boolean;
  day: IsoDate;
  due: IsoDate | null;
  uniqueKey: string | null;
}

/** @returns undefined when another standing record has the same unique key */
export async function insertRecord(
  db: Db,
  record: { kind: string; orderId: number | null; responsibleId: number } & Derived,
  entry: NewEntry & { state: string },
): Promise<number | undefined> {
  const [row] = await db
    .insert(records)
    .values({
      ...record,
      state: entry.state,
      data: toStored(entry.values),
      files: entry.files.length,
      createdBy: entry.by,
      createdAt: entry.saidAt,
      updatedAt: entry.saidAt,
    })
    .onConflictDoNothing()
    .returning({ id: records.id });
  if (!row) return undefined;
  await appendEntry(db, row.id, entry);
  return row.id;
}

export async function appendEntry(
  db: Db,
  recordId: number,
  { values, ...entry }: NewEntry,
  undoes?: number,
): Promise<number> {
  const [row] = await db
    .insert(recordEntries)
    .values({ recordId, data: toStored(values), ...entry, ...(undoes !== undefined && { undoes }) })
    .returning({ id: recordEntries.id });
  return row!.id;
}

/** Brings the record up to date with its entries; without any left it is taken back. `derive` says what follows from the sum. */
export async function settleRecord(
  db: Db,
  record: { id: number; kind: string },
  derive: (folded: { state: string; values: Record<string, unknown> }) => Derived,
): Promise<void> {
  const folded = fold(forFolding(await entriesOf(db, record.id, record.kind)));
  await db
    .update(records)
    .set(
      folded
        ? {
            ...derive(folded),
            state: folded.state,
            data: toStored(folded.values),
            files: folded.files,
            updatedAt: folded.updatedAt,
          }
        : { undone: true, open: false },
    )
    .where(eq(records.id, record.id));
}

/** The standing record of a kind with this unique key. */
export async function recordWithKey(db: Db, kind: string, uniqueKey: string): Promise<RecordOfOrder | undefined> {
  const [row] = await db
    .select({ ...head, orderNo: orders.no })
    .from(records)
    .leftJoin(orders, eq(orders.id, records.orderId))
    .where(and(eq(records.kind, kind), eq(records.uniqueKey, uniqueKey), eq(records.undone, false)));
  return row && toRecord(row);
}

export interface OwnRecordEntry {
  id: number;
  recordId: number;
  recordedAt: Date;
}

/** The last thing that a person said about a record and that still stands. */
export async function lastRecordEntryBy(db: Db, personId: number): Promise<OwnRecordEntry | undefined> {
  const [row] = await db
    .select({ id: recordEntries.id, recordId: recordEntries.recordId, recordedAt: recordEntries.recordedAt })
    .from(recordEntries)
    .where(and(eq(recordEntries.by, personId), stands))
    .orderBy(desc(recordEntries.recordedAt), desc(recordEntries.id))
    .limit(1);
  return row;
}

/** The standing documents of several orders. */
export async function documentsOf(db: Db, orderIds: number[]): Promise<RecordOfOrder[]> {
  if (orderIds.length === 0) return [];
  const rows = await db
    .select({ ...head, orderNo: orders.no })
    .from(records)
    .leftJoin(orders, eq(orders.id, records.orderId))
    .where(and(inArray(records.orderId, orderIds), eq(records.kind, 'doc'), eq(records.undone, false)))
    .orderBy(asc(records.id));
  return rows.map(toRecord);
}
