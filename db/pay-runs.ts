import { and, asc, desc, eq, inArray, lt, lte, sql } from 'drizzle-orm';
import type { Month } from '#domain/calendar/dates';
import type { Warning } from '#domain/pay/context';
import type { PayProblem } from '#domain/pay/problem';
import type { Run, RunStep } from '#domain/pay/run';
import { among } from './among.ts';
import type { Db } from './client.ts';
import { holdRecord, shareRecord } from './hold-record.ts';
import { rowsOf } from './rows.ts';
import { jobs } from './schema.ts';
import {
  payCorrections,
  payDrafts,
  payEstimates,
  payFacts,
  payPostings,
  payRunSteps,
  payRuns,
  settlements,
} from './tables/pay.ts';

export type DraftRow = typeof payDrafts.$inferSelect;
export type SettlementRow = typeof settlements.$inferSelect;
export type CorrectionRow = typeof payCorrections.$inferSelect;

/** The run, shared with the other batches of the same drafting; whoever starts, approves or locks it waits for them. */
export async function shareRun(tx: Db, runId: number): Promise<Run> {
  await shareRecord(tx, 'pay-run', runId);
  const [run] = await tx.select({ id: payRuns.id, month: payRuns.month }).from(payRuns).where(eq(payRuns.id, runId));
  return { ...run!, steps: await stepsOf(tx, runId) };
}

/** The one run of a month, made when it is not there yet, and held until the transaction ends. */
export async function holdRun(tx: Db, month: Month, now: Date): Promise<Run> {
  await tx.insert(payRuns).values({ month, createdAt: now }).onConflictDoNothing();
  const [run] = await tx
    .select({ id: payRuns.id })
    .from(payRuns)
    .where(and(eq(payRuns.month, month), eq(payRuns.kind, 'regular')));
  return lockRun(tx, run!.id);
}

export async function findRun(db: Db, month: Month): Promise<Run | undefined> {
  const [run] = await db
    .select({ id: payRuns.id, month: payRuns.month })
    .from(payRuns)
    .where(and(eq(payRuns.month, month), eq(payRuns.kind, 'regular')));
  return run && { ...run, steps: await stepsOf(db, run.id) };
}

export async function lockRun(tx: Db, runId: number): Promise<Run> {
  await holdRecord(tx, 'pay-run', runId);
  const [run] = await tx.select({ id: payRuns.id, month: payRuns.month }).from(payRuns).where(eq(payRuns.id, runId));
  return { ...run!, steps: await stepsOf(tx, runId) };
}

async function stepsOf(db: Db, runId: number): Promise<RunStep[]> {
  return db
    .select({
      attempt: payRunSteps.attempt,
      kind: payRunSteps.kind,
      by: payRunSteps.by,
      at: payRunSteps.at,
      digest: payRunSteps.digest,
    })
    .from(payRunSteps)
    .where(eq(payRunSteps.runId, runId))
    .orderBy(asc(payRunSteps.id));
}

/** @returns false when this step of the attempt was made before */
export async function addRunStep(tx: Db, step: Omit<typeof payRunSteps.$inferInsert, 'id'>): Promise<boolean> {
  const added = await tx.insert(payRunSteps).values(step).onConflictDoNothing().returning({ id: payRunSteps.id });
  return added.length > 0;
}

/** Whether a job of this run waits or works. */
export async function hasOpenJob(db: Db, kinds: string[], month: Month): Promise<boolean> {
  const count = await db.$count(
    jobs,
    and(
      inArray(jobs.kind, kinds),
      sql`${jobs.state} in ('waiting', 'running')`,
      sql`${jobs.args} ->> 'month' = ${month}`,
    ),
  );
  return count > 0;
}

/** Months with a run that is not locked, before this one. */
export async function unlockedRunsBefore(db: Db, month: Month): Promise<Month[]> {
  const rows = await db
    .select({ month: payRuns.month })
    .from(payRuns)
    .where(
      and(
        lt(payRuns.month, month),
        sql`not exists (select 1 from ${payRunSteps} where ${payRunSteps.runId} = ${payRuns.id} and ${payRunSteps.kind} = 'locked')`,
      ),
    )
    .orderBy(asc(payRuns.month));
  return rows.map((row) => row.month);
}

/** The first month that is locked already and later than this one. */
export async function lockedAfter(db: Db, month: Month): Promise<Month | undefined> {
  const [row] = await db
    .select({ month: settlements.month })
    .from(settlements)
    .where(sql`${settlements.month} > ${month}`)
    .orderBy(asc(settlements.month))
    .limit(1);
  return row?.month;
}

/**
 * Drafts by column, a line each: neither side escapes or parses anything, and a column travels as one parameter. An empty line is null.
 */
export type DraftColumns = Record<Exclude<keyof DraftRow, 'runId'>, string>;

/** Replaces the drafts of these people, in one statement; a draft of somebody who is no longer in the run is removed by `clearDrafts`. */
export async function putDrafts(tx: Db, runId: number, drafts: DraftColumns): Promise<void> {
  const lines = (name: keyof DraftColumns) =>
    sql`unnest(string_to_array(${drafts[name]}, ${sql.raw(String.raw`E'\n'`)}, ''))`;
  await tx.execute(sql`insert into pay_drafts (run_id, person_id, kind, scheme, version, scheme_hash, inputs, result, hash, total_fen, carried_fen, damages_fen, problems, blocks, warnings, touched)
    select ${runId}::bigint, ${lines('personId')}::bigint, ${lines('kind')}, ${lines('scheme')}, ${lines('version')}, ${lines('schemeHash')},
      ${lines('inputs')}, ${lines('result')}, ${lines('hash')}, ${lines('totalFen')}::bigint, ${lines('carriedFen')}::bigint,
      ${lines('damagesFen')}::bigint, ${lines('problems')}::jsonb, ${lines('blocks')}::jsonb, ${lines('warnings')}::jsonb, ${lines('touched')}::boolean
    on conflict (run_id, person_id, kind) do update set scheme = excluded.scheme, version = excluded.version, scheme_hash = excluded.scheme_hash,
      inputs = excluded.inputs, result = excluded.result, hash = excluded.hash, total_fen = excluded.total_fen, carried_fen = excluded.carried_fen,
      damages_fen = excluded.damages_fen, problems = excluded.problems, blocks = excluded.blocks, warnings = excluded.warnings, touched = excluded.touched`);
}

export async function clearDrafts(
  tx: Db,
  runId: number,
  keep: readonly { personId: number; kind: string }[],
): Promise<void> {
  const kept = JSON.stringify(keep.map(({ personId, kind }) => `${personId}:${kind}`));
  await tx.execute(
    sql`delete from pay_drafts where run_id = ${runId}
      and not exists (select 1 from jsonb_array_elements_text(${kept}::jsonb) as kept(id) where kept.id = person_id || ':' || kind)`,
  );
}

/**
 * The digest of a run: of all its drafts in their order. Equal digests are equal settlements, to the byte. Made by the server, so that nothing of
 * a hundred thousand drafts is read for it.
 */
export async function digestOfDrafts(db: Db, runId: number): Promise<string> {
  const [row] = rowsOf<{ digest: string }>(
    await db.execute(sql`select encode(sha256(convert_to(coalesce(
        string_agg(person_id || ':' || kind || ':' || hash || chr(10), '' order by person_id, kind), ''), 'UTF8')), 'hex') as digest
      from pay_drafts where run_id = ${runId}`),
  );
  return row!.digest;
}

/** Drafts of a run in a fixed order, without their long texts. */
export async function draftHeads(db: Db, runId: number) {
  return db
    .select({
      personId: payDrafts.personId,
      kind: payDrafts.kind,
      problems: payDrafts.problems,
      blocks: payDrafts.blocks,
      touched: payDrafts.touched,
    })
    .from(payDrafts)
    .where(eq(payDrafts.runId, runId))
    .orderBy(asc(payDrafts.personId), asc(payDrafts.kind));
}

/** What the card of a run says of its drafts, of a hundred thousand as of ten: amounts by person, and what stands against some. */
export async function draftSummary(db: Db, runId: number) {
  const [row] = rowsOf<{ amounts: string; found: string; touched: string }>(
    await db.execute(sql`select coalesce(json_agg(json_build_array(person_id, total_fen::text) order by person_id, kind), '[]')::text as amounts,
        coalesce(json_agg(json_build_array(person_id, problems, blocks) order by person_id, kind)
          filter (where problems <> '[]' or blocks <> '[]'), '[]')::text as found,
        coalesce(json_agg(person_id order by person_id, kind) filter (where touched), '[]')::text as touched
      from pay_drafts where run_id = ${runId}`),
  );
  return {
    amounts: JSON.parse(row!.amounts) as [personId: number, totalFen: string | null][],
    found: JSON.parse(row!.found) as [personId: number, problems: PayProblem[], blocks: Warning[]][],
    touched: JSON.parse(row!.touched) as number[],
  };
}

/** Drafts with warnings that are not for everybody: how many there are, and the first of them. */
export async function warnedDrafts(db: Db, runId: number, limit: number) {
  const warned = and(eq(payDrafts.runId, runId), sql`jsonb_path_exists(${payDrafts.warnings}, '$[*].audience')`);
  const first = await db
    .select({ personId: payDrafts.personId, warnings: payDrafts.warnings })
    .from(payDrafts)
    .where(warned)
    .orderBy(asc(payDrafts.personId), asc(payDrafts.kind))
    .limit(limit);
  return { count: first.length < limit ? first.length : await db.$count(payDrafts, warned), first };
}

/** Whole drafts, of everybody or of these people. */
export async function draftsOf(db: Db, runId: number, personIds?: readonly number[]): Promise<DraftRow[]> {
  return db
    .select()
    .from(payDrafts)
    .where(and(eq(payDrafts.runId, runId), personIds ? among(payDrafts.personId, personIds) : undefined))
    .orderBy(asc(payDrafts.personId), asc(payDrafts.kind));
}

/** Hashes of the schemes that a run's drafts were computed by. */
export async function draftSchemes(db: Db, runId: number): Promise<string[]> {
  const rows = await db
    .selectDistinct({ hash: payDrafts.schemeHash })
    .from(payDrafts)
    .where(eq(payDrafts.runId, runId));
  return rows.flatMap(({ hash }) => hash ?? []);
}

/** Copies the drafts of a run into the ledger, in one statement. */
export async function settleDrafts(tx: Db, runId: number, month: Month, now: Date): Promise<void> {
  await tx.execute(sql`insert into settlements (run_id, person_id, month, kind, scheme, version, scheme_hash, inputs, result, hash, total_fen, carried_fen, damages_fen, locked_at)
    select run_id, person_id, ${month}, kind, scheme, version, scheme_hash, inputs, result, hash, total_fen, carried_fen, damages_fen, ${now.toISOString()}::timestamptz
    from pay_drafts where run_id = ${runId} order by person_id, kind`);
}

/** Postings of whole settlements: the trigger checks each statement, so a settlement's postings stay together. */
export async function addPostings(tx: Db, groups: readonly (typeof payPostings.$inferInsert)[][]): Promise<void> {
  let batch: (typeof payPostings.$inferInsert)[] = [];
  for (const group of groups) {
    batch.push(...group);
    if (batch.length >= 2000) {
      await tx.insert(payPostings).values(batch);
      batch = [];
    }
  }
  if (batch.length > 0) await tx.insert(payPostings).values(batch);
}

export async function postingSums(db: Db): Promise<{ runId: number; sum: bigint }[]> {
  const rows = await db
    .select({ runId: payPostings.runId, sum: sql<string>`sum(${payPostings.amountFen})::text` })
    .from(payPostings)
    .groupBy(payPostings.runId);
  return rows.map(({ runId, sum }) => ({ runId, sum: BigInt(sum) }));
}

export async function settlementsOfMonth(db: Db, month: Month): Promise<SettlementRow[]> {
  return db
    .select()
    .from(settlements)
    .where(eq(settlements.month, month))
    .orderBy(asc(settlements.personId), asc(settlements.kind));
}

/** The settlement of a person's month: the regular one, else the one after leaving. */
export async function settlementOf(db: Db, personId: number, month: Month): Promise<SettlementRow | undefined> {
  const [row] = await db
    .select()
    .from(settlements)
    .where(and(eq(settlements.personId, personId), eq(settlements.month, month)))
    .orderBy(desc(settlements.kind))
    .limit(1);
  return row;
}

/** A page of all settlements, in the order in which they were locked. */
export async function settlementsAfter(db: Db, id: number, limit: number, runId?: number): Promise<SettlementRow[]> {
  return db
    .select()
    .from(settlements)
    .where(and(sql`${settlements.id} > ${id}`, runId === undefined ? undefined : eq(settlements.runId, runId)))
    .orderBy(asc(settlements.id))
    .limit(limit);
}

/** The newest settlement of each person before a month, without its texts. */
export async function lastSettlements(db: Db, personIds: readonly number[], before: Month) {
  if (personIds.length === 0) return [];
  return db
    .selectDistinctOn([settlements.personId], {
      personId: settlements.personId,
      month: settlements.month,
      totalFen: settlements.totalFen,
      carriedFen: settlements.carriedFen,
      damagesFen: settlements.damagesFen,
    })
    .from(settlements)
    .where(and(among(settlements.personId, personIds), lt(settlements.month, before)))
    .orderBy(asc(settlements.personId), desc(settlements.month), asc(settlements.kind));
}

/** Years of which a person's December is settled: their yearly rewards are paid. */
export async function paidYears(db: Db, personIds: readonly number[]): Promise<{ personId: number; year: string }[]> {
  if (personIds.length === 0) return [];
  const rows = await db
    .select({ personId: settlements.personId, month: settlements.month })
    .from(settlements)
    .where(and(among(settlements.personId, personIds), sql`right(${settlements.month}, 2) = '12'`));
  return rows.map(({ personId, month }) => ({ personId, year: month.slice(0, 4) }));
}

export async function correctionsInto(db: Db, month: Month, personIds?: readonly number[]): Promise<CorrectionRow[]> {
  if (personIds?.length === 0) return [];
  return db
    .select()
    .from(payCorrections)
    .where(and(eq(payCorrections.intoMonth, month), personIds ? among(payCorrections.personId, personIds) : undefined))
    .orderBy(asc(payCorrections.id));
}

/** Corrections of settlements, oldest first. */
export async function correctionsOf(db: Db, settlementIds: readonly number[]): Promise<CorrectionRow[]> {
  if (settlementIds.length === 0) return [];
  return db
    .select()
    .from(payCorrections)
    .where(among(payCorrections.settlementId, settlementIds))
    .orderBy(asc(payCorrections.id));
}

export async function addCorrection(tx: Db, row: Omit<typeof payCorrections.$inferInsert, 'id'>): Promise<void> {
  await tx.insert(payCorrections).values(row);
}

export async function addEstimate(tx: Db, row: Omit<typeof payEstimates.$inferInsert, 'id'>): Promise<void> {
  await tx.insert(payEstimates).values(row);
}

/** The estimates that a person was shown for a month, newest first. */
export async function estimatesOf(db: Db, personId: number, month: Month, limit = 5) {
  return db
    .select()
    .from(payEstimates)
    .where(and(eq(payEstimates.personId, personId), eq(payEstimates.month, month)))
    .orderBy(desc(payEstimates.id))
    .limit(limit);
}

/** Locked months up to a month, newest first. */
export async function settledMonths(db: Db, upTo: Month, limit: number): Promise<Month[]> {
  const rows = await db
    .selectDistinct({ month: settlements.month })
    .from(settlements)
    .where(lte(settlements.month, upTo))
    .orderBy(desc(settlements.month))
    .limit(limit);
  return rows.map(({ month }) => month);
}

/** Facts of locked months that were entered after the lock and are in no correction yet, by month. */
export async function lateFacts(db: Db): Promise<{ month: Month; count: number }[]> {
  return db
    .select({ month: payFacts.month, count: sql<number>`count(distinct ${payFacts.personId})::int` })
    .from(payFacts)
    .where(
      and(
        eq(payFacts.late, true),
        sql`not exists (select 1 from ${payCorrections} where ${payCorrections.personId} = ${payFacts.personId}
          and ${payCorrections.month} = ${payFacts.month} and ${payCorrections.recordedAt} >= ${payFacts.recordedAt})`,
      ),
    )
    .groupBy(payFacts.month)
    .orderBy(asc(payFacts.month));
}

/** Those who store corrections of a month take turns. */
export async function holdCorrections(tx: Db, month: Month): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${`pay-corrections:${month}`}))`);
}
