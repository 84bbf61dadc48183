import { createHash, randomBytes } from 'node:crypto';
import { onTheirWay } from '#db/asked';
import { type AuditEntry, recordAudit } from '#db/audit';
import type { Db } from '#db/client';
import { type Taken, takeIn } from '#db/inbox';
import { UserError } from '#domain/errors';
import type { Answer, Incoming } from './incoming.ts';
import { faultOf, type Log } from './log.ts';

/** Passing faults of the database: the whole transaction may be tried again at once. */
const RETRY_AT_ONCE = new Set(['40001', '40P01']);
const TRIES = 3;

export interface Intake {
  db: Db;
  now(): Date;
  log: Log;
  /** Called after each transaction that may have written messages, jobs or audit rows. */
  committed?(): void;
}

/** What is done with an event that is new, and what is said when it cannot be done. */
export interface Handling<Known = void> {
  /** The whole work in one statement with the inbox row, where nothing follows from it; false when the event was taken before. */
  atOnce?(taken: Taken): Promise<boolean>;
  /** What `work` asks the database first: sent together with the inbox row, which spares a trip. Changes nothing. */
  ask?(tx: Db): Promise<Known>;
  /**
   * In one transaction with the inbox row. A `UserError` undoes it all.
   *
   * @param under takes writes under way that nothing waits for: the commit goes out behind them
   */
  work(tx: Db, known: Known, under: Promise<unknown>[]): Promise<Answer>;
  /** Says what was wrong; in a transaction of its own, with the inbox row. */
  refuse(tx: Db, error: UserError): Promise<Answer>;
  /** Says that it was our fault; likewise. */
  fail(tx: Db, errorNo: string): Promise<Answer>;
  /** For an event that was dealt with before. */
  again?(): Promise<Answer>;
}

/**
 * Each event has one effect: its inbox row and all that it changes are one transaction, and a redelivery finds the row.
 *
 * @throws only when nothing could be stored, so that the platform delivers again
 */
export async function once<Known = void>(
  { db, now, log, committed }: Intake,
  incoming: Incoming,
  handling: Handling<Known>,
): Promise<Answer> {
  const taken: Taken = {
    eventId: incoming.eventId,
    kind: incoming.kind,
    fingerprint: fingerprintOf(incoming),
    happenedAt: incoming.at,
    ...(incoming.kind === 'message' && { messageId: incoming.messageId }),
  };
  const known = async (tx: Db, state: 'known' | 'altered'): Promise<Answer> => {
    if (state === 'altered') {
      log.warn({ eventId: taken.eventId, kind: taken.kind }, 'an event came again with other content: refused');
      const entry: AuditEntry = {
        at: now(),
        actor: 'platform',
        via: taken.kind,
        command: 'inbox',
        subject: `event:${taken.eventId}`,
        outcome: 'refused',
        eventId: taken.eventId,
        messageId: taken.messageId,
      };
      await recordAudit(tx, entry);
    }
    return (await handling.again?.()) ?? {};
  };
  const inTransaction = async (work: (tx: Db, under: Promise<unknown>[]) => Promise<Answer>): Promise<Answer> => {
    const under: Promise<unknown>[] = [];
    const answer = await db.transaction(async (tx) => {
      const said = await work(tx, under);
      if (under.length > 0) await onTheirWay(under);
      return said;
    });
    // one that failed has undone it all
    await Promise.all(under);
    committed?.();
    return answer;
  };
  const attempt = async () => {
    if (await handling.atOnce?.(taken)) return {};
    return inTransaction(async (tx, under) => {
      const [state, asked] = await Promise.all([takeIn(tx, taken, 'done', now()), handling.ask?.(tx)]);
      return state === 'new' ? handling.work(tx, asked as Known, under) : known(tx, state);
    });
  };
  const refused = (error: UserError) =>
    inTransaction(async (tx) => {
      const state = await takeIn(tx, taken, 'refused', now());
      return state === 'new' ? handling.refuse(tx, error) : known(tx, state);
    });

  for (let tries = 1; ; tries++) {
    try {
      return await attempt();
    } catch (error) {
      if (error instanceof UserError) {
        log.info({ eventId: taken.eventId, code: error.code }, 'refused');
        return refused(error);
      }
      const code = databaseCode(error);
      if (code && RETRY_AT_ONCE.has(code) && tries < TRIES) continue;
      if (isUnavailable(error)) throw error;
      const errorNo = randomBytes(2).toString('hex').toUpperCase();
      log.error({ eventId: taken.eventId, errorNo, fault: faultOf(error) }, 'an event could not be carried out');
      return inTransaction(async (tx) => {
        const state = await takeIn(tx, taken, 'failed', now(), { payload: incoming, errorNo });
        return state === 'new' ? handling.fail(tx, errorNo) : known(tx, state);
      });
    }
  }
}

/** Keys in a fixed order: an event that was kept in the database comes back with another one. */
const fingerprintOf = ({ eventId: _, at: __, ...said }: Incoming): string =>
  createHash('sha256').update(JSON.stringify(said, sortedKeys)).digest('hex');

const sortedKeys = (_: string, value: unknown): unknown =>
  value && typeof value === 'object' && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;

/** SQLSTATE of a database error, however deep the driver and drizzle wrapped it. Each has a digit; the system's EPIPE has none. */
export function databaseCode(error: unknown): string | undefined {
  for (let e = error as { code?: unknown; cause?: unknown } | undefined; e; e = e.cause as typeof e)
    if (typeof e.code === 'string' && /^(?=.*\d)[0-9A-Z]{5}$/.test(e.code)) return e.code;
  return undefined;
}

/** The database is away, full, read-only or overloaded: nothing wrong with the event, so it is delivered again later. */
export function isUnavailable(error: unknown): boolean {
  const code = databaseCode(error);
  if (code) return /^(08|53|57|58|25006|55P03|40)/.test(code);
  for (let e = error as { code?: unknown; cause?: unknown } | undefined; e; e = e.cause as typeof e)
    if (typeof e.code === 'string' && /^(CONNECT|CONNECTION_|ECONN|ETIMEDOUT|EPIPE|ENOTFOUND)/.test(e.code))
      return true;
  return false;
}
