import type { MessageLink } from '#db/message-links';
import type { FeishuApi, MessagePlace } from './api.ts';
import { ApiError } from './api-error.ts';

/**
 * What opens a message in the platform's client. The platform documents no such link; these are the ones that its own command-line tool
 * builds (docs/adr/0020). A client that does not know `position` opens the chat all the same.
 *
 * @param brand `lark` for the international platform; anything else is Feishu
 * @returns null when the platform told no place, or the message was taken back
 */
export function linkTo({ chatId, deleted, appLink, ...at }: MessagePlace, brand: string): string | null {
  if (deleted) return null;
  if (appLink !== undefined && /^https:\/\/applink\.(feishu\.cn|larksuite\.com)\/[^\s()[\]]+$/.test(appLink))
    return appLink;
  const host = brand === 'lark' ? 'applink.larksuite.com' : 'applink.feishu.cn';
  if (!chatId) return null;
  const { threadId, threadPosition, position } = at;
  if (threadId && isPlace(threadPosition)) {
    // clients on a desk and on a phone read different spellings
    const both = { open_thread_id: threadId, openthreadid: threadId, open_chat_id: chatId, openchatid: chatId };
    return `https://${host}/client/thread/open?${new URLSearchParams({ ...both, thread_position: threadPosition })}`;
  }
  // within a topic the place in the chat is a negative number, which is no place
  if (!isPlace(position) || position.startsWith('-')) return null;
  return `https://${host}/client/chat/open?${new URLSearchParams({ openChatId: chatId, position })}`;
}

const isPlace = (position: string | undefined): position is string => /^-?\d{1,15}$/.test(position ?? '');

const AT_ONCE = 5;

/**
 * Asks the platform where messages stand, a few at a time. What it refuses for good (no permission, the bot is out of that chat) is a message
 * without a link; at the first call that may work later it stops, so that a platform that hangs is waited for once.
 */
export async function findLinks(
  api: Pick<FeishuApi, 'messagePlace'>,
  brand: string,
  messageIds: readonly string[],
): Promise<MessageLink[]> {
  const links: MessageLink[] = [];
  for (let from = 0; from < messageIds.length; from += AT_ONCE) {
    const asked = messageIds.slice(from, from + AT_ONCE);
    const told = await Promise.all(asked.map((messageId) => findLink(api, brand, messageId)));
    links.push(...told.flatMap((link) => link ?? []));
    if (told.includes(undefined)) break;
  }
  return links;
}

async function findLink(
  api: Pick<FeishuApi, 'messagePlace'>,
  brand: string,
  messageId: string,
): Promise<MessageLink | undefined> {
  try {
    const place = await api.messagePlace(messageId);
    return { messageId, chatId: place.chatId ?? null, link: linkTo(place, brand) };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return error.kind === 'give-up' ? { messageId, chatId: null, link: null } : undefined;
  }
}
