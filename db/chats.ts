import type { Db } from './client.ts';
import { chats } from './schema.ts';

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
