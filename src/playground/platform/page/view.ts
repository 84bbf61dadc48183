/** Stored things as the page's contract shows them to one person. */
import type { Chat, Message, Person, SlashCommand } from '#playground/page-api';
import { cardPreview } from '#playground/platform/cards/reading';
import type { StoredChat, StoredMessage } from '#playground/platform/model';
import type { State, User } from '#playground/platform/state';

export function viewPerson(state: State, user: User): Person {
  const department = state.seed.departments.find((one) => one.openDepartmentId === user.departmentIds[0]);
  return {
    openId: user.openId,
    name: user.name,
    title: user.title,
    department: department?.name ?? '',
    avatarColor: user.avatarColor,
    firm: user.firm,
    resigned: user.resigned === true,
  };
}

export const sees = (message: StoredMessage, openId: string): boolean =>
  message.onlyFor === undefined || message.onlyFor === openId;

export function viewMessage(state: State, message: StoredMessage, openId: string): Message {
  const recalled = message.recalledAt !== undefined;
  const content: unknown = recalled ? {} : JSON.parse(message.personal?.[openId] ?? message.content);
  const byBot = message.sender.kind !== 'user';
  return {
    messageId: message.messageId,
    chatId: message.chatId,
    sender: {
      kind: byBot ? 'bot' : 'user',
      openId: message.sender.kind === 'app' ? state.botOpenId : message.sender.id,
      name: message.sender.kind === 'app' ? state.app.botName : state.nameOf(message.sender.id),
    },
    at: isoHere(message.createdAt),
    ...(message.edits > 0 ? { editedAt: isoHere(message.updatedAt) } : {}),
    type: shownTypes.has(message.type) ? (message.type as Message['type']) : 'text',
    content: shownTypes.has(message.type) ? content : { text: `[${message.type}]` },
    mentions: message.mentions,
    ...(message.rootId ? { rootId: message.rootId } : {}),
    ...(message.parentId ? { parentId: message.parentId } : {}),
    ...(message.threadId ? { threadId: message.threadId } : {}),
    recalled,
    ...(message.onlyFor ? { onlyFor: message.onlyFor } : {}),
    readBy: Object.keys(message.readBy),
  };
}

const shownTypes = new Set(['text', 'post', 'image', 'file', 'audio', 'media', 'interactive']);

export function viewChat(state: State, chat: StoredChat, openId: string): Chat {
  const visible = state.messagesIn(chat.chatId).filter((message) => sees(message, openId));
  const last = visible.at(-1);
  const seen = chat.readUpTo[openId] ?? 0;
  return {
    chatId: chat.chatId,
    kind: chat.kind,
    name: chat.name,
    members: chat.members,
    hasBot: chat.hasBot,
    unread: visible.filter(
      (message) => message.seq > seen && message.sender.id !== openId && message.recalledAt === undefined,
    ).length,
    preview: last ? preview(state, last, openId) : '',
    lastAt: last ? isoHere(last.createdAt) : '',
  };
}

/** The chats in which the person is, the one with the youngest message first. */
export function viewChats(state: State, openId: string): Chat[] {
  const lastSeq = (chat: StoredChat): number =>
    state.messagesIn(chat.chatId).findLast((one) => sees(one, openId))?.seq ?? 0;
  return state.chats
    .values()
    .filter((chat) => chat.members.includes(openId) && !chat.dissolved)
    .sort((a, b) => lastSeq(b) - lastSeq(a))
    .map((chat) => viewChat(state, chat, openId));
}

function preview(state: State, message: StoredMessage, openId: string): string {
  const english = localeOf(state, openId) === 'en_us';
  if (message.recalledAt !== undefined) return english ? 'Message recalled' : '消息已撤回';
  const content = JSON.parse(message.personal?.[openId] ?? message.content) as Record<string, unknown>;
  switch (message.type) {
    case 'interactive':
      return cardPreview(content, localeOf(state, openId));
    case 'text':
      return withNames(String(content.text), message);
    case 'post':
      return postText(content) || (english ? '[Post]' : '[富文本]');
    case 'image':
      return english ? '[Image]' : '[图片]';
    default:
      return `${english ? '[File]' : '[文件]'} ${String(content.file_name ?? '')}`.trim();
  }
}

/** Placeholders back to names; the longest key first, because `@_user_1` begins `@_user_10`. */
function withNames(text: string, message: StoredMessage): string {
  const longestFirst = [...message.mentions].sort((a, b) => b.key.length - a.key.length);
  return longestFirst.reduce((shown, mention) => shown.replaceAll(mention.key, `@${mention.name}`), text);
}

function postText(post: Record<string, unknown>): string {
  const body = (Array.isArray(post.content) ? post : Object.values(post)[0]) as
    | { title?: string; content?: unknown[][] }
    | undefined;
  const words = (body?.content ?? []).flat() as { text?: string; user_name?: string; tag?: string }[];
  const line = words.map((word) => word.text ?? (word.tag === 'at' ? `@${word.user_name ?? ''}` : '')).join('');
  return [body?.title, line].filter(Boolean).join(' ');
}

export function viewCommand(command: {
  command: string;
  description: { default_value: string; i18n?: Record<string, string> };
}): SlashCommand {
  const { default_value, i18n = {} } = command.description;
  return {
    command: command.command,
    description: { zh_cn: i18n.zh_cn ?? default_value, en_us: i18n.en_us ?? default_value },
  };
}

export const localeOf = (state: State, openId: string): 'zh_cn' | 'en_us' =>
  state.user(openId)?.locale ?? state.seed.locale ?? 'zh_cn';

/** ISO 8601 with the offset of Asia/Shanghai, where the demo's companies are. */
export function isoHere(ms: number): string {
  return new Date(ms + 8 * 3_600_000).toISOString().replace('Z', '+08:00');
}
