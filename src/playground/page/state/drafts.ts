import type { Chat } from '#playground/page-api';
import { botChatId, isBotChat } from './chats.ts';
import { Store } from './store.ts';

/** What is being written in a chat, and whom the picked @names mean. */
export interface Draft {
  text: string;
  picked: Record<string, string>;
}

export const emptyDraft: Draft = { text: '', picked: {} };

/** Drafts by person and chat; they survive looking at another chat. */
export const drafts = new Store<Record<string, Draft>>({});

/** Key of a draft. The private chat with the bot goes by `bot`, whether it was opened before or not. */
export const draftKey = (as: string, chat: Chat | typeof botChatId, threadId = '') =>
  `${as} ${chat === botChatId || isBotChat(chat) ? botChatId : chat.chatId} ${threadId}`;

export function setDraft(key: string, draft: Draft): void {
  drafts.update((all) => ({ ...all, [key]: draft }));
}

/** Text as the contract wants it: picked names become `<at id="…"></at>`, longest names first so that none is cut short. */
export function spoken({ text, picked }: Draft): string {
  const names = Object.keys(picked).sort((a, b) => b.length - a.length);
  if (names.length === 0) return text.trim();
  const pattern = new RegExp(`@(${names.map(escaped).join('|')})`, 'g');
  return text.replace(pattern, (_, name: string) => `<at id="${picked[name]}"></at>`).trim();
}

/** The other way round: a text with `<at>` tags, or with the bot's plain @name, as a draft. */
export function draftOf(
  text: string,
  nameOf: (openId: string) => string,
  bot: { openId: string; name: string },
): Draft {
  const picked: Record<string, string> = {};
  const shown = text.replace(/<at\s+(?:user_)?id="([^"]+)">[^<]*<\/at>/g, (_, openId: string) => {
    const name = nameOf(openId);
    picked[name] = openId;
    return `@${name}`;
  });
  if (shown.includes(`@${bot.name}`)) picked[bot.name] = bot.openId;
  return { text: shown, picked };
}

const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
