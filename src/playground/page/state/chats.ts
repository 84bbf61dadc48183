import type { Chat, World } from '#playground/page-api';

/** Stands for the private chat with the bot while there is none. */
export const botChatId = 'bot';

/** The chats of a person, newest first; the bot's private chat is always among them. */
export function chatsOf(world: World): Chat[] {
  const chats = [...world.chats].sort((a, b) => timeOf(b) - timeOf(a));
  return privateChat(world) ? chats : [...chats, unopened(world)];
}

/** The chat by id; `bot` finds the private chat with the bot, opened or not. */
export function chatById(world: World, chatId: string | undefined): Chat | undefined {
  if (chatId === botChatId) return privateChat(world) ?? unopened(world);
  return world.chats.find((chat) => chat.chatId === chatId);
}

export const isBotChat = (chat: Chat) => chat.kind === 'p2p' && chat.hasBot;

const privateChat = (world: World) => world.chats.find(isBotChat);

const timeOf = (chat: Chat) => Date.parse(chat.lastAt) || 0;

function unopened(world: World): Chat {
  return {
    chatId: botChatId,
    kind: 'p2p',
    name: world.bot.name,
    members: [world.me.openId],
    hasBot: true,
    unread: 0,
    preview: '',
    lastAt: '',
  };
}
