import { createHash, randomUUID } from 'node:crypto';
import { eq, inArray, sql } from 'drizzle-orm';
import { asked } from './asked.ts';
import type { Db } from './client.ts';
import { blobs, outbox } from './schema.ts';

/** Who gets a message. A lane is one chat: a person's private chat is always named by the person. */
export type Recipient = { person: string } | { chat: string };

/** What the sender does with one row. Every field is ours; the platform's names appear only in `src/feishu`. */
export type OutboxJob =
  | { do: 'send'; to: Recipient; content: OutboxContent; cardKey?: string }
  | { do: 'reply'; to: Recipient; messageId: string; inThread: boolean; content: OutboxContent; cardKey?: string }
  /** Replaces a card that was sent; by our key, since its message id may not be known yet. */
  | { do: 'update-card'; cardKey: string; card: object }
  | { do: 'recall'; messageId: string };

export type OutboxContent =
  /** `card` absent: the one that `sent_cards` keeps under the job's key, as it is when it is sent. */
  | { type: 'card'; card?: object }
  | { type: 'text'; text: string }
  /** Uploaded by the sender first; `blob` is the id in `blobs`. */
  | { type: 'file'; blob: number; name: string };

/** The key of the card that a job sends and does not hold itself. */
export const keyOfKept = (job: OutboxJob): string | undefined =>
  (job.do === 'send' || job.do === 'reply') && job.content.type === 'card' && !job.content.card
    ? job.cardKey
    : undefined;

export const laneOf = (to: Recipient): string => ('person' in to ? `person:${to.person}` : `chat:${to.chat}`);

/** Longest idempotency key that the platform takes is 50 characters. */
const uuidOf = (logicalKey: string): string => createHash('sha256').update(logicalKey).digest('hex').slice(0, 40);

/**
 * Writes a message to the outbox; call it with the transaction of the change that the message tells of.
 *
 * @param logicalKey the same for the same logical message, however often the step that writes it is repeated
 */
export function post(db: Db, lane: string, job: OutboxJob, now: Date, logicalKey?: string): Promise<unknown> {
  return asked(db, POST, valuesOf(lane, job, now, logicalKey));
}

const POST = `
  insert into outbox (lane, uuid, job, available_at, created_at) values ($1, $2, $3::text::jsonb, $4::timestamptz, $4::timestamptz)
  on conflict (uuid) do nothing`;

const valuesOf = (lane: string, job: OutboxJob, now: Date, logicalKey?: string): string[] => [
  lane,
  logicalKey === undefined ? randomUUID() : uuidOf(logicalKey),
  JSON.stringify(job),
  now.toISOString(),
];

/** A card that is about to be sent. */
export interface CardToKeep {
  key: string;
  /** open_id of the only person who may press it; null = everybody in the chat. */
  audience: string | null;
  chatId: string | null;
  subject: string | null;
  /** The card itself, without key and revision on its buttons. */
  json: string;
}

/** Writes a card to the outbox and keeps it, so that a click on it can be checked against what it really offered; otherwise as `post`. */
export function postCard(
  db: Db,
  lane: string,
  job: OutboxJob,
  { key, audience, chatId, subject, json }: CardToKeep,
  now: Date,
  logicalKey?: string,
): Promise<unknown> {
  return asked(db, POST_CARD, [...valuesOf(lane, job, now, logicalKey), key, audience, chatId, subject, json]);
}

/** Both rows in one statement, since every answer is one. */
const POST_CARD = `
  with kept as (
    insert into sent_cards (key, audience, chat_id, subject, card, rev, sent_at, updated_at)
    values ($5, $6, $7, $8, $9::text::json, 0, $4::timestamptz, $4::timestamptz))
  ${POST}`;

/** Keeps the bytes of a file until it has been sent. */
export async function keepBlob(db: Db, name: string, bytes: Uint8Array, now: Date): Promise<number> {
  const [row] = await db.insert(blobs).values({ name, bytes, createdAt: now }).returning({ id: blobs.id });
  return row!.id;
}

export async function readBlob(db: Db, id: number): Promise<{ name: string; bytes: Uint8Array } | undefined> {
  const [blob] = await db.select({ name: blobs.name, bytes: blobs.bytes }).from(blobs).where(eq(blobs.id, id));
  return blob;
}

/** The messages that could not be delivered, oldest first. */
export function deadLetters(db: Db, limit = 100) {
  return db
    .select({
      id: outbox.id,
      lane: outbox.lane,
      tries: outbox.tries,
      problem: outbox.problem,
      createdAt: outbox.createdAt,
    })
    .from(outbox)
    .where(sql`${outbox.state} = 'dead'`)
    .orderBy(outbox.id)
    .limit(limit);
}

/** Puts dead letters back into the queue, under a new idempotency key; returns how many there were. */
export async function requeue(db: Db, ids: number[], now: Date): Promise<number> {
  const back = await db
    .update(outbox)
    .set({
      state: 'pending',
      tries: 0,
      availableAt: now,
      leasedUntil: null,
      unknownSince: null,
      problem: null,
      uuid: sql`md5(${outbox.uuid} || ${now.toISOString()})`,
    })
    .where(sql`${inArray(outbox.id, ids)} and ${outbox.state} = 'dead'`)
    .returning({ id: outbox.id });
  return back.length;
}
