import { eq, inArray, sql } from 'drizzle-orm';
import type { Db } from './client.ts';
import { messageLinks, people } from './schema.ts';

export interface MessageLink {
  messageId: string;
  /** Where it was said; null when the platform does not tell. */
  chatId: string | null;
  /** Opens the message itself; null when the platform tells no place. */
  link: string | null;
}

export interface KnownLink extends MessageLink {
  /** open_id of the person in whose private chat with the bot it was said. */
  privateTo: string | null;
  askedAt: Date;
}

/** What the platform has said of these messages, by message id. */
export async function knownLinks(db: Db, messageIds: readonly string[]): Promise<Map<string, KnownLink>> {
  if (messageIds.length === 0) return new Map();
  const rows = await db
    .select({
      messageId: messageLinks.messageId,
      chatId: messageLinks.chatId,
      link: messageLinks.link,
      privateTo: people.openId,
      askedAt: messageLinks.askedAt,
    })
    .from(messageLinks)
    .leftJoin(people, eq(people.privateChatId, messageLinks.chatId))
    .where(inArray(messageLinks.messageId, [...messageIds]));
  return new Map(rows.map((row) => [row.messageId, row]));
}

export async function keepLinks(db: Db, links: readonly MessageLink[], now: Date): Promise<void> {
  if (links.length === 0) return;
  await db
    .insert(messageLinks)
    .values(links.map((link) => ({ ...link, askedAt: now })))
    .onConflictDoUpdate({
      target: messageLinks.messageId,
      set: { chatId: sql`excluded.chat_id`, link: sql`excluded.link`, askedAt: sql`excluded.asked_at` },
    });
}
