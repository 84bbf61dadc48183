import { createHash } from 'node:crypto';
import { asc, desc, eq, sql } from 'drizzle-orm';
import { asked } from './asked.ts';
import type { Db } from './client.ts';
import { audit, auditSeals } from './schema.ts';

export interface AuditEntry {
  at: Date;
  actor: string;
  via: string;
  command: string;
  subject: string;
  outcome: 'done' | 'refused';
  eventId?: string | undefined;
  messageId?: string | undefined;
  before?: unknown;
  after?: unknown;
}

export function recordAudit(db: Db, entry: AuditEntry): Promise<unknown> {
  const { at, actor, via, command, subject, outcome, eventId = null, messageId = null, before, after } = entry;
  return asked(db, RECORD, [
    at.toISOString(),
    actor,
    via,
    command,
    subject,
    outcome,
    eventId,
    messageId,
    plainJson(before),
    plainJson(after),
  ]);
}

const RECORD = `
  insert into audit (at, actor, via, command, subject, outcome, event_id, message_id, before, after)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9::text::jsonb, $10::text::jsonb)`;

/** JSON has no bigint: amounts are kept as digits. */
const plainJson = (value: unknown): string | null =>
  value === undefined || value === null
    ? null
    : JSON.stringify(value, (_, inner) => (typeof inner === 'bigint' ? inner.toString() : inner));

type AuditRow = typeof audit.$inferSelect;

/** The hash of a row and everything before it: keys in a fixed order, so that the same row always gives the same hash. */
function sealOf(previous: string, row: AuditRow): string {
  const { id, at, actor, via, command, subject, outcome, eventId, messageId, before, after } = row;
  const text = canonical([
    id,
    at.toISOString(),
    actor,
    via,
    command,
    subject,
    outcome,
    eventId,
    messageId,
    before,
    after,
  ]);
  return createHash('sha256').update(previous).update(text).digest('hex');
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value && typeof value === 'object')
    return `{${Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`)
      .join(',')}}`;
  return JSON.stringify(value ?? null);
}

const GENESIS = '0'.repeat(64);
/** One sealer at a time, whatever the instance. */
const SEAL_LOCK = 7_305_003;

/** How far behind the newest sealed row a transaction may commit and still be found; keeps the look-up small. */
const LATE_COMMITS = 5_000;

/**
 * Chains the audit rows that were committed since the last call. Done after the commit, not in it: a chain written by every transaction
 * would make them all wait for each other. Rows are sealed in the order in which they became visible, so a late commit leaves no gap.
 *
 * @returns how many rows were sealed
 */
export async function sealAudit(db: Db, batch = 500): Promise<number> {
  return db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${SEAL_LOCK})`);
    const rows = await tx
      .select()
      .from(audit)
      .where(
        sql`${audit.id} > (select coalesce(max(${auditSeals.auditId}), 0) from ${auditSeals}) - ${LATE_COMMITS}
          and not exists (select 1 from ${auditSeals} where ${auditSeals.auditId} = ${audit.id})`,
      )
      .orderBy(asc(audit.id))
      .limit(batch);
    if (rows.length === 0) return 0;
    const [head] = await tx.select().from(auditSeals).orderBy(desc(auditSeals.seq)).limit(1);
    let { seq, hash } = head ?? { seq: 0, hash: GENESIS };
    const seals = rows.map((row) => {
      seq += 1;
      hash = sealOf(hash, row);
      return { seq, audit_id: row.id, hash };
    });
    await asked(tx, SEAL, [JSON.stringify(seals)]);
    return rows.length;
  });
}

/** One text however many they are, so that it is prepared. */
const SEAL = `
  insert into audit_seals (seq, audit_id, hash)
  select seq, audit_id, hash from jsonb_to_recordset($1::text::jsonb) as s(seq bigint, audit_id bigint, hash text)`;

/** The hash of one seal; undefined when there is none of that number. */
export async function sealHash(db: Db, seq: number): Promise<string | undefined> {
  const [seal] = await db.select({ hash: auditSeals.hash }).from(auditSeals).where(eq(auditSeals.seq, seq));
  return seal?.hash;
}

/** The end of the chain: published outside the database, it also shows a cut tail and a rewritten chain. */
export async function auditHead(db: Db): Promise<{ count: number; hash: string }> {
  const [head] = await db.select().from(auditSeals).orderBy(desc(auditSeals.seq)).limit(1);
  return { count: head?.seq ?? 0, hash: head?.hash ?? GENESIS };
}

/**
 * Recomputes the whole chain.
 *
 * @param anchors heads that were published earlier
 * @returns what does not fit, in words; empty when all is well
 */
export async function verifyAudit(db: Db, anchors: { count: number; hash: string }[] = []): Promise<string[]> {
  const problems: string[] = [];
  const wanted = new Map(anchors.map(({ count, hash }) => [count, hash]));
  let previous = GENESIS;
  let expected = 0;
  for (;;) {
    const page = await db
      .select({ seal: auditSeals, row: audit })
      .from(auditSeals)
      .leftJoin(audit, eq(audit.id, auditSeals.auditId))
      .where(sql`${auditSeals.seq} > ${expected}`)
      .orderBy(asc(auditSeals.seq))
      .limit(1000);
    if (page.length === 0) break;
    for (const { seal, row } of page) {
      expected += 1;
      if (seal.seq !== expected) return [...problems, `seal ${expected} is missing`];
      if (!row) return [...problems, `audit row ${seal.auditId} (seal ${seal.seq}) is missing`];
      if (sealOf(previous, row) !== seal.hash)
        return [...problems, `audit row ${row.id} (seal ${seal.seq}) does not match its seal`];
      if ((wanted.get(seal.seq) ?? seal.hash) !== seal.hash)
        return [...problems, `the chain was rewritten before seal ${seal.seq}`];
      previous = seal.hash;
    }
  }
  const beyond = anchors.filter(({ count }) => count > expected);
  if (beyond.length > 0)
    problems.push(
      `the chain ends at ${expected}, but ${Math.max(...beyond.map(({ count }) => count))} seals were published`,
    );
  const [unsealed] = await db
    .select({ id: audit.id })
    .from(audit)
    .where(sql`${audit.id} <= (select coalesce(max(${auditSeals.auditId}), 0) from ${auditSeals}) - ${LATE_COMMITS}
      and not exists (select 1 from ${auditSeals} where ${auditSeals.auditId} = ${audit.id})`)
    .limit(1);
  if (unsealed) problems.push(`audit row ${unsealed.id} was never sealed`);
  return problems;
}
