import { and, type Column, eq, gte, isNotNull, isNull, lt, or, sql } from 'drizzle-orm';
import type { Card } from '#cards/kit';
import type { Db } from './client.ts';
import { sentCards } from './schema.ts';

export interface SentCard {
  key: string;
  messageId: string | null;
  chatId: string | null;
  /** open_id of the only person who may press it; null = everybody in the chat. */
  audience: string | null;
  rev: number;
  subject: string | null;
  /** As it was built, without key and revision on its buttons. */
  card: Card;
  covered: Card | null;
  sentAt: Date;
}

export type KeptCard = Pick<SentCard, 'key' | 'rev' | 'card'>;

/** Cards as they are now, by key; those that are gone are left out. */
export async function keptCards(db: Db, keys: string[]): Promise<Map<string, KeptCard>> {
  if (keys.length === 0) return new Map();
  const rows = await db
    .select({ key: sentCards.key, rev: sentCards.rev, card: sentCards.card })
    .from(sentCards)
    .where(sql`${sentCards.key} = any(${`{${keys.join(',')}}`}::text[])`);
  return new Map(rows.map((row) => [row.key, row as KeptCard]));
}

/** The card of a click, locked until the click has been dealt with: two clicks on one card take turns. */
export async function lockCard(db: Db, key: string): Promise<SentCard | undefined> {
  const [row] = await db.select().from(sentCards).where(eq(sentCards.key, key)).for('update');
  return row && { ...row, card: row.card as Card, covered: row.covered as Card | null };
}

/** A click may arrive before the answer to the send did: the first one tells the message id. */
export async function adoptMessage(db: Db, key: string, messageId: string, chatId: string): Promise<void> {
  await db
    .update(sentCards)
    .set({ messageId, chatId })
    .where(and(eq(sentCards.key, key), isNull(sentCards.messageId)));
}

/** Keys of the cards whose first element has this id, the oldest first: sent between two moments, and not touched since the third. */
export async function cardsMarked(
  db: Db,
  mark: string,
  { from, to, untouchedSince }: { from: Date; to: Date; untouchedSince: Date },
): Promise<string[]> {
  const bears = (card: Column) => sql`${card} #>> '{body,elements,0,element_id}' = ${mark}`;
  const rows = await db
    .select({ key: sentCards.key })
    .from(sentCards)
    .where(
      and(
        ...[gte(sentCards.sentAt, from), lt(sentCards.sentAt, to), lt(sentCards.updatedAt, untouchedSince)],
        isNotNull(sentCards.messageId),
        or(bears(sentCards.card), bears(sentCards.covered)),
      ),
    )
    .orderBy(sentCards.sentAt);
  return rows.map(({ key }) => key);
}

/** The next revision of a card. `covered` remembers what a form lies over. */
export async function replaceCard(
  db: Db,
  key: string,
  { card, covered = null, subject }: { card: Card; covered?: Card | null; subject?: string },
  now: Date,
): Promise<number> {
  const [current] = await db.select({ rev: sentCards.rev }).from(sentCards).where(eq(sentCards.key, key));
  const rev = (current?.rev ?? 0) + 1;
  await db
    .update(sentCards)
    .set({ card, covered, rev, updatedAt: now, ...(subject !== undefined && { subject }) })
    .where(eq(sentCards.key, key));
  return rev;
}

/** The cards that a person has read, by the platform's read event. */
export async function markRead(db: Db, messageIds: string[], reader: string, at: Date): Promise<void> {
  for (const messageId of messageIds)
    await db
      .update(sentCards)
      .set({ readAt: at })
      .where(and(eq(sentCards.messageId, messageId), eq(sentCards.audience, reader), isNull(sentCards.readAt)));
}
