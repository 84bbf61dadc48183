import { and, eq, isNull } from 'drizzle-orm';
import type { Db } from './client.ts';
import { chats, people, sentCards } from './schema.ts';

export async function putChat(
  db: Db,
  chat: { chatId: string; kind: 'group' | 'private'; name?: string; active: boolean },
  now: Date,
): Promise<void> {
  await db
    .insert(chats)
    .values({ ...chat, updatedAt: now })
    .onConflictDoUpdate({
      target: chats.chatId,
      set: { active: chat.active, ...(chat.name && { name: chat.name }), updatedAt: now },
    });
}

/** Groups that the bot was taken out of. */
export async function chatsLeft(db: Db): Promise<Set<string>> {
  const rows = await db.select({ chatId: chats.chatId }).from(chats).where(eq(chats.active, false));
  return new Set(rows.map(({ chatId }) => chatId));
}

/** Whether a chat may be this person's private one: it is when we know it, and it cannot be when it is a group that we know. */
export async function mayBePrivateChat(db: Db, openId: string, chatId: string): Promise<boolean> {
  const [person] = await db.select({ chatId: people.privateChatId }).from(people).where(eq(people.openId, openId));
  if (person?.chatId) return person.chatId === chatId;
  const [group] = await db
    .select({ chatId: chats.chatId })
    .from(chats)
    .where(and(eq(chats.chatId, chatId), eq(chats.kind, 'group')));
  const [shared] = await db
    .select({ key: sentCards.key })
    .from(sentCards)
    .where(and(eq(sentCards.chatId, chatId), isNull(sentCards.audience)))
    .limit(1);
  return !group && !shared;
}

/** The bot is out of this chat. */
export async function markChatDead(db: Db, chatId: string, now: Date): Promise<void> {
  await db.update(chats).set({ active: false, updatedAt: now }).where(eq(chats.chatId, chatId));
}
