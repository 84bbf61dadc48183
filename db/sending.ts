import { and, eq, inArray, lt, or, type SQL, sql } from 'drizzle-orm';
import type { Db } from './client.ts';
import { keyOfKept, type OutboxJob } from './outbox.ts';
import { rowsOf } from './rows.ts';
import { outbox, people, sendAttempts, sentCards, settings } from './schema.ts';
import { type KeptCard, keptCards } from './sent-cards.ts';

/** How many calls may be made: an app in any second and minute, a lane in any second. */
export interface SendLimits {
  perSecond: number;
  perMinute: number;
  perLaneSecond: number;
}

/** One message that this process may send until its lease ends. */
export interface Claimed {
  id: number;
  lane: string;
  uuid: string;
  job: OutboxJob;
  /** This try included. */
  tries: number;
  createdAt: Date;
  /** The first earlier try whose result is not known; null when there is none. */
  unknownSince: Date | null;
  attemptId: number;
  attemptAt: Date;
  /** The card that the job sends, where the job itself holds none. */
  kept?: KeptCard;
}

export interface Claim {
  messages: Claimed[];
  /** When it is worth asking again (somebody else's lease or wait ends, a window frees); null when nothing waits. */
  nextAt: Date | null;
  /** Until then nobody may send, whatever else is written to the outbox. */
  closedUntil?: Date;
}

/** Every instance uses the same, so that windows are counted by one at a time. */
const CLAIM_LOCK = 7_305_002;
const PAUSE = 'feishu.sending.pausedUntil';
/** A window is counted this much longer than it is: our clock rounds to milliseconds, and the way to the platform varies. */
const SLACK_MS = 15;
/** An unfinished call of another process tells nobody when it ends: look again after this. */
const PEEK_MS = 100;
/** No call lasts longer (a token, an upload and a message, each with its own time limit). */
const LONGEST_CALL_MS = 150_000;
/**
 * No wait of ours reaches further ahead. A moment beyond was written by a clock that has since been put back (or by another machine's
 * that is wrong): it is over, or everything would stand still until the hour comes round again.
 */
const AHEAD_MS = 15 * 60_000;
/** Clocks of several machines may differ by this much. */
const SKEW_MS = 5_000;
/** Room for a single call is not worth a look of its own: what becomes free within this time is had at once. */
const GATHER_MS = 25;

const at = (moment: Date | number): SQL => sql`${new Date(moment).toISOString()}::timestamptz`;

const millis = (value: unknown): number | undefined =>
  value === null || value === undefined ? undefined : Number(value);

/**
 * Leases the next messages: the oldest of each lane that is due, as many as the limits leave room for, at most `max`.
 *
 * An attempt counts from its start until a second (a minute) after its end, whichever process made it: its arrival at the platform lies
 * between the two, so that no window there can hold more than it may. Attempts of a process that died count as ended with its lease.
 *
 * The lease is short: a living process extends it (`extendClaims`), so that what a dead one held is free again soon.
 *
 * @param running what this process is sending: not to be had again, even if the clock was put forward past its lease
 */
export async function claimMessages(
  db: Db,
  {
    now,
    max,
    limits,
    leaseMs,
    running = [],
  }: { now: Date; max: number; limits: SendLimits; leaseMs: number; running?: number[] },
): Promise<Claim> {
  const time = now.getTime();
  return db.transaction(async (tx) => {
    // the lock goes out first, the windows right behind it: they are counted once it is ours
    const locked = tx.execute(sql`select pg_advisory_xact_lock(${CLAIM_LOCK})`).execute();
    const [, windows] = await Promise.all([locked, windowsOf(tx, time, limits)]);
    const freeAt = Math.max(windows.pausedUntil, windows.freeAt);
    const room = freeAt > time ? 0 : Math.min(max, windows.room);
    const heads = room > 0 ? await dueHeads(tx, time, room, limits, running) : [];
    if (heads.length === 0) {
      if (freeAt <= time) return { messages: [], nextAt: await nextDue(tx, time, limits) };
      // with the app's window full it does not matter which lane would be next: the look at all of them is spared
      const closedUntil = new Date(freeAt + GATHER_MS);
      return { messages: [], nextAt: (await isAnyPending(tx)) ? closedUntil : null, closedUntil };
    }

    const ids = heads.map(({ id }) => id);
    const leased = tx
      .update(outbox)
      .set({
        leasedUntil: new Date(time + leaseMs),
        tries: sql`${outbox.tries} + 1`,
        unknownSince: sql`coalesce(${outbox.unknownSince}, ${at(now)})`,
      })
      .where(inArray(outbox.id, ids));
    const begun = tx
      .insert(sendAttempts)
      .values(heads.map(({ lane }) => ({ lane, startedAt: now, aliveUntil: new Date(time + leaseMs) })))
      .returning({ id: sendAttempts.id, lane: sendAttempts.lane });
    const [attempts, cards] = await Promise.all([
      begun,
      keptCards(
        tx,
        heads.flatMap(({ job }) => keyOfKept(job as OutboxJob) ?? []),
      ),
      leased,
    ]);
    const attemptOf = new Map(attempts.map(({ id, lane }) => [lane, id]));
    const messages = heads.map((head) => ({
      ...head,
      job: head.job as OutboxJob,
      ...keptFor(head.job as OutboxJob, cards),
      tries: head.tries + 1,
      attemptId: attemptOf.get(head.lane)!,
      attemptAt: now,
    }));
    return { messages, nextAt: now };
  });
}

function keptFor(job: OutboxJob, cards: Map<string, KeptCard>): Pick<Claimed, 'kept'> {
  const kept = cards.get(keyOfKept(job) ?? '');
  return kept ? { kept } : {};
}

/** Attempts that still count, each with when it ended (infinity: not yet). */
const counted = (time: number): SQL => sql`(
  select lane, case
    when finished_at is not null then finished_at
    when alive_until > ${at(time)} then 'infinity'::timestamptz
    else coalesce(alive_until, started_at + make_interval(secs => ${LONGEST_CALL_MS / 1000})) end as ended
  from send_attempts where started_at > ${at(time - LONGEST_CALL_MS - 60_000 - SLACK_MS)} and started_at <= ${at(time + SKEW_MS)}
) counted`;

const second = (time: number): SQL => sql`ended > ${at(time - 1000 - SLACK_MS)}`;
const minute = (time: number): SQL => sql`ended > ${at(time - 60_000 - SLACK_MS)}`;

/**
 * How many calls the app may make now, and from when on it may make one more: when the call that fills a window leaves it (in the past if
 * there is room). Both by all processes' attempts and by the pause that the platform asked for.
 */
async function windowsOf(
  tx: Db,
  time: number,
  limits: SendLimits,
): Promise<{ room: number; freeAt: number; pausedUntil: number }> {
  const [row] = rowsOf<{ in_second: unknown; in_minute: unknown; s: unknown; m: unknown; paused: string | null }>(
    await tx
      .execute(sql`
      select count(*) filter (where ${second(time)}) as in_second, count(*) filter (where ${minute(time)}) as in_minute,
        extract(epoch from max(ended) filter (where n = ${sql.raw(String(limits.perSecond))})) * 1000 as s,
        extract(epoch from max(ended) filter (where n = ${sql.raw(String(limits.perMinute))})) * 1000 as m,
        (select value #>> '{}' from settings where key = ${PAUSE}) as paused
      from (select ended, row_number() over (order by ended desc) as n from ${counted(time)}) ranked`)
      .execute(),
  );
  const { in_second, in_minute, paused } = row!;
  const [s, m] = [millis(row!.s), millis(row!.m)];
  const until = paused ? Date.parse(paused) : 0;
  return {
    room: Math.min(limits.perSecond - Number(in_second), limits.perMinute - Number(in_minute)),
    freeAt: soon(
      time,
      Math.max(s === undefined ? 0 : s + 1000 + SLACK_MS, m === undefined ? 0 : m + 60_000 + SLACK_MS),
    ),
    pausedUntil: until > time + AHEAD_MS ? 0 : until,
  };
}

/** A moment that nobody knows yet (an unfinished call) is asked for again soon. */
const soon = (time: number, moment: number): number => (Number.isFinite(moment) ? moment : time + PEEK_MS);

const busyLanes = (time: number, limits: SendLimits): SQL => sql`
  select lane from ${counted(time)} where ${second(time)}
  group by lane having count(*) >= ${sql.raw(String(limits.perLaneSecond))}`;

/**
 * The oldest pending message of each lane: only when it is done may the next one go. Read once along the index; asking of each waiting
 * message whether there is an earlier one would cost as many look-ups as messages wait.
 */
const heads = sql`(
  select distinct on (lane) id, lane, available_at, leased_until from outbox where state = 'pending' order by lane, id
) head`;

const notAhead = (moment: SQL, time: number): SQL =>
  sql`(${moment} <= ${at(time)} or ${moment} > ${at(time + AHEAD_MS)})`;

/** As a list that is made first: joined to the messages, it would leave the plan to what the server last knew of a table that fills and empties. */
function dueHeads(tx: Db, time: number, room: number, limits: SendLimits, running: number[]) {
  const due = sql`
    select id from ${heads}
    where ${notAhead(sql`available_at`, time)} and (leased_until is null or ${notAhead(sql`leased_until`, time)})
      and lane not in (${busyLanes(time, limits)}) and id <> all(${`{${running.join(',')}}`}::bigint[])
    order by id limit ${room}`;
  return tx
    .select({
      id: outbox.id,
      lane: outbox.lane,
      uuid: outbox.uuid,
      job: outbox.job,
      tries: outbox.tries,
      createdAt: outbox.createdAt,
      unknownSince: outbox.unknownSince,
    })
    .from(outbox)
    .where(and(sql`${outbox.state} = 'pending'`, sql`${outbox.id} = any(array(${due}))`))
    .orderBy(outbox.id)
    .for('update', { skipLocked: true });
}

async function nextDue(tx: Db, time: number, limits: SendLimits): Promise<Date | null> {
  const [row] = rowsOf<{ due: unknown }>(
    await tx.execute(sql`
      with lane_free as (
        select lane, max(ended) + make_interval(secs => ${(1000 + SLACK_MS) / 1000}) as free_at
        from (select lane, ended, row_number() over (partition by lane order by ended desc) as n
              from ${counted(time)}) ranked
        where n = ${sql.raw(String(limits.perLaneSecond))} group by lane)
      select extract(epoch from min(greatest(available_at, leased_until, free_at))) * 1000 as due
      from ${heads}
      left join lane_free using (lane)`),
  );
  let due = millis(row?.due);
  if (due === undefined) return null;
  if (due > time + AHEAD_MS) due = time;
  const next = soon(time, due);
  // never at once: a message that is due but was not had is locked by somebody for a moment
  return new Date(Math.max(next, time + GATHER_MS));
}

async function isAnyPending(tx: Db): Promise<boolean> {
  return rowsOf(await tx.execute(sql`select 1 from outbox where state = 'pending' limit 1`)).length > 0;
}

/** What to remember of one attempt, once its call has ended. */
export type Outcome =
  | { result: 'sent'; messageId?: string; chatId?: string }
  | { result: 'dead'; problem: string }
  /** `unknown`: the platform may have taken it. `job`: what to do instead from now on. `pauseAll`: until when nobody sends. */
  | { result: 'retry'; at: Date; problem: string; unknown: boolean; job?: OutboxJob; pauseAll?: Date };

/** Holds messages for as long again, as their process lives; one that another process has taken over stays with that one. */
export async function extendClaims(db: Db, messages: Claimed[], until: Date): Promise<void> {
  const ids = messages.map(({ id }) => id);
  const attempts = messages.map(({ attemptId }) => attemptId);
  const mine = or(...messages.map(({ id, tries }) => and(eq(outbox.id, id), eq(outbox.tries, tries))));
  await db.transaction(async (tx) => {
    await tx
      .update(outbox)
      .set({ leasedUntil: until })
      .where(and(inArray(outbox.id, ids), eq(outbox.state, 'pending'), mine));
    await tx.update(sendAttempts).set({ aliveUntil: until }).where(inArray(sendAttempts.id, attempts));
  });
}

/** Ends an attempt: its place in the windows, the message's state, and the card's message id. */
export async function settleAttempt(db: Db, message: Claimed, outcome: Outcome, now: Date): Promise<void> {
  if (outcome.result === 'sent') return settleSent(db, message, outcome, now);
  await db.transaction(async (tx) => {
    await tx.update(sendAttempts).set({ finishedAt: now }).where(eq(sendAttempts.id, message.attemptId));
    // a slow process may come back after its lease: what it sent is sent, but its failures no longer count
    const mine = and(eq(outbox.id, message.id), eq(outbox.state, 'pending'), eq(outbox.tries, message.tries));
    switch (outcome.result) {
      case 'dead':
        await tx
          .update(outbox)
          .set({ state: 'dead', leasedUntil: null, problem: outcome.problem, doneAt: now })
          .where(mine);
        return;
      case 'retry':
        await tx
          .update(outbox)
          .set({
            availableAt: outcome.at,
            leasedUntil: null,
            problem: outcome.problem,
            ...(!outcome.unknown && { unknownSince: message.unknownSince }),
            ...(outcome.job && { job: outcome.job }),
          })
          .where(mine);
        if (outcome.pauseAll) await pause(tx, outcome.pauseAll, now);
    }
  });
}

/** The usual end, in one statement: the attempt, the message, the card's message id, the person's private chat. */
async function settleSent(
  db: Db,
  { id, attemptId, job }: Claimed,
  sent: { messageId?: string; chatId?: string },
  now: Date,
): Promise<void> {
  const { messageId = null, chatId = null }: { messageId?: string | null; chatId?: string | null } = sent;
  const told = messageId !== null && (job.do === 'send' || job.do === 'reply') ? job : undefined;
  const person = chatId !== null && told && 'person' in told.to ? told.to.person : null;
  await db.execute(sql`
    with attempt as (update send_attempts set finished_at = ${at(now)} where id = ${attemptId}),
    message as (
      update outbox set state = 'sent', message_id = ${messageId}, leased_until = null, unknown_since = null, problem = null,
        done_at = ${at(now)}
      where id = ${id} and state = 'pending'),
    card as (
      update sent_cards set message_id = ${messageId}, chat_id = coalesce(${chatId}, chat_id), sent_at = ${at(now)}, updated_at = ${at(now)}
      where key = ${told?.cardKey ?? null}),
    chat as (update people set private_chat_id = ${chatId} where open_id = ${person} and private_chat_id is null)
    select 1`);
}

async function pause(tx: Db, until: Date, now: Date): Promise<void> {
  await tx
    .insert(settings)
    .values({ key: PAUSE, value: until.toISOString(), updatedAt: now })
    .onConflictDoUpdate({
      target: settings.key,
      set: { value: sql`to_jsonb(greatest(${settings.value} #>> '{}', ${until.toISOString()}))`, updatedAt: now },
    });
}

/** Gives a message back unfinished, its result unknown, so that another process goes on with it at once (and with the same uuid). */
export async function releaseClaim(db: Db, message: Claimed, now: Date): Promise<void> {
  await db
    .update(outbox)
    .set({ leasedUntil: null, availableAt: now })
    .where(and(eq(outbox.id, message.id), eq(outbox.state, 'pending'), eq(outbox.tries, message.tries)));
}

/** Before a message is sent a second time on purpose: a new idempotency key and words that say so, stored before the call. */
export async function renewUuid(db: Db, message: Claimed, uuid: string, job: OutboxJob, now: Date): Promise<void> {
  await db.update(outbox).set({ uuid, job, unknownSince: now }).where(eq(outbox.id, message.id));
}

/** The card as it was sent; undefined when nobody ever sent one under this key. */
export async function findSentCard(db: Db, key: string) {
  const [card] = await db
    .select({ messageId: sentCards.messageId, chatId: sentCards.chatId, sentAt: sentCards.sentAt })
    .from(sentCards)
    .where(eq(sentCards.key, key));
  return card;
}

/** Whether the message that shows this card is still waiting to be sent. */
export async function isCardPending(db: Db, key: string, before: number): Promise<boolean> {
  const [row] = await db
    .select({ id: outbox.id })
    .from(outbox)
    .where(
      and(
        eq(outbox.state, 'pending'),
        lt(outbox.id, before),
        sql`${outbox.job} ->> 'do' in ('send', 'reply') and ${outbox.job} ->> 'cardKey' = ${key}`,
      ),
    )
    .limit(1);
  return row !== undefined;
}

/** The private chat with a person, once one of our messages or theirs has told it. */
export async function privateChatOf(db: Db, openId: string): Promise<string | undefined> {
  const [person] = await db.select({ chatId: people.privateChatId }).from(people).where(eq(people.openId, openId));
  return person?.chatId ?? undefined;
}

/** Which of these platform messages are known to be others of ours. */
export async function knownMessages(db: Db, messageIds: string[]): Promise<Set<string>> {
  if (messageIds.length === 0) return new Set();
  const [rows, cards] = await Promise.all([
    db.select({ id: outbox.messageId }).from(outbox).where(inArray(outbox.messageId, messageIds)),
    db.select({ id: sentCards.messageId }).from(sentCards).where(inArray(sentCards.messageId, messageIds)),
  ]);
  return new Set([...rows, ...cards].map(({ id }) => id!));
}

/** How many messages wait, how long the oldest has, and how many were given up: for health and metrics. */
export async function outboxState(db: Db, now: Date): Promise<{ pending: number; oldestMs: number; dead: number }> {
  const [row] = await db
    .select({
      pending: sql<number>`count(*) filter (where ${outbox.state} = 'pending')`.mapWith(Number),
      dead: sql<number>`count(*) filter (where ${outbox.state} = 'dead')`.mapWith(Number),
      oldest: sql<string | null>`min(${outbox.createdAt}) filter (where ${outbox.state} = 'pending')`,
    })
    .from(outbox)
    .where(sql`${outbox.state} <> 'sent'`);
  const { pending, dead, oldest } = row!;
  return { pending, dead, oldestMs: oldest ? now.getTime() - new Date(oldest).getTime() : 0 };
}
