/** Links that open something in the platform's client, as the client understands them. */
import type { Opened } from '#playground/page-api';
import type { StoredMessage } from '#playground/platform/model';
import { sees } from '#playground/platform/page/view';
import { Refusal } from '#playground/platform/refusal';
import type { State } from '#playground/platform/state';

/** @throws Refusal for a link that is none, and alike for a chat that is not there and one that this person is not in */
export function openLink(state: State, link: string, openId: string): Opened {
  const url = URL.canParse(link) ? new URL(link) : undefined;
  const word = (...names: string[]) => names.map((name) => url?.searchParams.get(name)).find(Boolean) ?? '';
  const kind = url && /^applink\.(feishu\.cn|larksuite\.com)$/.test(url.host) ? url.pathname : '';
  if (kind !== '/client/chat/open' && kind !== '/client/thread/open') throw new Refusal(400, '打不开这个链接');
  const chat = state.chats.get(word('openChatId', 'open_chat_id', 'openchatid'));
  if (!chat?.members.includes(openId)) throw new Refusal(404, '你不在这个聊天里，打不开');
  const seen = state.messagesIn(chat.chatId).filter((message) => sees(message, openId));
  const opened = ({ messageId, rootId, threadId }: StoredMessage): Opened => {
    const inThread = threadId !== undefined && rootId !== undefined;
    return { chatId: chat.chatId, messageId, ...(inThread && { rootId }) };
  };
  const threadId = word('open_thread_id', 'openthreadid');
  const [name, thread] = kind === '/client/chat/open' ? ['position', undefined] : ['thread_position', threadId];
  const found = seen.find((message) => {
    if (thread !== undefined && message.threadId !== thread) return false;
    const { inChat, inThread } = state.placeOf(message);
    return String(thread === undefined ? inChat : inThread) === word(name);
  });
  // a place that is not there opens the chat all the same
  return found ? opened(found) : { chatId: chat.chatId };
}
