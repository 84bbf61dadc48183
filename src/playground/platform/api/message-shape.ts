/** A stored message as the Open API tells it (4.1). */

import { cardTexts, cardTitle } from '#playground/platform/cards/reading';
import type { StoredMessage } from '#playground/platform/model';
import type { State } from '#playground/platform/state';

export function shapeMessage(state: State, message: StoredMessage, body = message.content): Record<string, unknown> {
  return {
    message_id: message.messageId,
    ...(message.rootId ? { root_id: message.rootId } : {}),
    ...(message.parentId ? { parent_id: message.parentId } : {}),
    ...(message.threadId ? { thread_id: message.threadId } : {}),
    msg_type: message.type,
    create_time: String(message.createdAt),
    update_time: String(message.updatedAt),
    deleted: message.recalledAt !== undefined,
    updated: message.edits > 0,
    chat_id: message.chatId,
    sender:
      message.sender.kind === 'user'
        ? { id: message.sender.id, id_type: 'open_id', sender_type: 'user', tenant_key: state.seed.tenantKey }
        : { id: message.sender.id, id_type: 'app_id', sender_type: 'app', tenant_key: state.seed.tenantKey },
    body: { content: body },
    ...(message.mentions.length > 0
      ? {
          mentions: message.mentions.map((mention) => ({
            key: mention.key,
            ...(mention.openId === 'all' ? {} : { id: mention.openId, id_type: 'open_id' }),
            name: mention.name,
            tenant_key: state.seed.tenantKey,
          })),
        }
      : {}),
  };
}

/** A message that is asked for later also tells where it stands (docs/adr/0020): in no table of the API's pages, but in its answers. */
export function shapeKnown(state: State, message: StoredMessage): Record<string, unknown> {
  const { inChat, inThread } = state.placeOf(message);
  return {
    ...shapeMessage(state, message, readBack(message)),
    message_position: String(inChat),
    ...(inThread !== undefined && { thread_message_position: String(inThread) }),
  };
}

/** What reading a message back gives: nothing of a recalled one, and of a card only its words, never its JSON. */
export function readBack(message: StoredMessage): string {
  if (message.recalledAt !== undefined) return JSON.stringify({ text: 'This message was recalled' });
  if (message.type !== 'interactive') return message.content;
  const card: unknown = JSON.parse(message.content);
  return JSON.stringify({
    title: cardTitle(card),
    elements: cardTexts(card).map((text) => [{ tag: 'text', text }]),
  });
}
