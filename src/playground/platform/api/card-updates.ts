/** Ephemeral cards and the delayed update by a click's token (4.4, 4.6). */
import { type Call, type Reply, text } from '#playground/platform/api/call';
import { ApiError } from '#playground/platform/api/errors';
import type { Endpoint, Gate } from '#playground/platform/api/gate';
import { findUser, maySpeak } from '#playground/platform/api/receivers';
import { checkCard } from '#playground/platform/card-rules';
import { knowledgeOf } from '#playground/platform/cards/knowledge';
import { isNode, isShared, isV2 } from '#playground/platform/cards/reading';
import { changeContent } from '#playground/platform/changes';
import { newId } from '#playground/platform/ids';
import { cardTokenMs, type StoredCardToken, type StoredMessage } from '#playground/platform/model';

const mostUses = 2;
const largestCard = 30 * 1024;

export function cardEndpoints({ state, faults }: Gate): Endpoint[] {
  function sendEphemeral(call: Call): Reply {
    const body = call.json();
    const chat = state.chats.get(text(body, 'chat_id'));
    if (!chat) throw new ApiError(230034, 'The chat_id is invalid.');
    if (chat.kind !== 'group') throw new ApiError(10002, 'an ephemeral card can only be sent to a group');
    maySpeak(state, chat);
    const user = receiver(body);
    if (!user || !chat.members.includes(user.openId)) throw new ApiError(230002, 'The user is not in the chat.');
    if (body.msg_type !== 'interactive') throw new ApiError(10002, 'msg_type must be interactive');
    const card = cardObject(body.card, 10002);
    if (isV2(card) && !faults.switches.ephemeralTakesV2) {
      throw new ApiError(10002, 'whether ephemeral cards may be schema 2.0 is not documented; send schema 1.0');
    }
    const problem = checkCard(card, knowledgeOf(state))[0];
    if (problem) throw new ApiError(10002, problem.message);
    const messageId = newId('om');
    // Not stored for somebody who is offline: that person never sees it.
    if (!user.offline) {
      state.addMessage({
        messageId,
        chatId: chat.chatId,
        sender: { kind: 'app', id: state.app.appId },
        type: 'interactive',
        content: JSON.stringify(card),
        mentions: [],
        createdAt: state.clock.ms(),
        onlyFor: user.openId,
      });
    }
    return { data: { message_id: messageId }, msg: 'ok' };
  }

  /** The first id that is present counts. */
  function receiver(body: Record<string, unknown>) {
    for (const type of ['open_id', 'user_id', 'email']) {
      if (typeof body[type] === 'string' && body[type] !== '') return findUser(state, type, body[type]);
    }
    throw new ApiError(10002, 'one of open_id, user_id and email is required');
  }

  function deleteEphemeral(call: Call): Reply {
    const message = state.messages.get(text(call.json(), 'message_id'));
    if (!message?.onlyFor) throw new ApiError(99992354, 'The message_id is invalid.');
    if (message.recalledAt !== undefined) throw new ApiError(18051, 'The message has been deleted.');
    message.recalledAt = state.clock.ms();
    state.saveMessage(message);
    return { data: {}, msg: 'ok' };
  }

  function delayedUpdate(call: Call): Reply {
    let body: Record<string, unknown>;
    try {
      body = call.json();
    } catch {
      throw new ApiError(100030, 'the body is not JSON');
    }
    if (call.raw.length > largestCard) throw new ApiError(100000, 'the card is too large');
    const { open_ids, ...card } = cardObject(body.card, 10002);
    const token = liveToken(body.token);
    const message = state.messages.get(token.messageId);
    if (!message || message.recalledAt !== undefined) throw new ApiError(200000, 'the message was recalled');
    const problem = checkCard(card, knowledgeOf(state))[0];
    if (problem) throw new ApiError(11311, problem.message);
    const before: unknown = JSON.parse(message.content);
    if (isV2(before) && !isV2(card)) throw new ApiError(200830, 'a card of schema 2.0 cannot become 1.0');
    state.cardTokens.set(token.token, { ...token, uses: token.uses + 1 });
    if (isShared(card, 'effective') || message.onlyFor) changeContent(state, message, JSON.stringify(card), 'delayed');
    else personal(message, card, open_ids);
    return { data: {}, msg: 'ok' };
  }

  /** Throws 300020, 300030 or 300040. */
  function liveToken(value: unknown): StoredCardToken {
    if (typeof value !== 'string' || !value.startsWith('c-'))
      throw new ApiError(300020, 'the token has a wrong format');
    const token = state.cardTokens.get(value);
    if (!token) throw new ApiError(200310, 'the token belongs to another card or app');
    if (state.clock.ms() - token.mintedAt > cardTokenMs) throw new ApiError(300030, 'the token has expired');
    if (token.uses >= mostUses) throw new ApiError(300040, 'the token was used up');
    return token;
  }

  /** A card that is not shared changes only for those who are named. */
  function personal(message: StoredMessage, card: object, openIds: unknown): void {
    if (openIds === undefined) throw new ApiError(300090, 'open_ids is required for a card that is not shared');
    const members = state.chats.get(message.chatId)?.members ?? [];
    if (!Array.isArray(openIds) || openIds.length === 0 || !openIds.every((id) => members.includes(id))) {
      throw new ApiError(200320, 'open_ids holds somebody who is not in the chat');
    }
    const content = JSON.stringify(card);
    message.personal = { ...message.personal, ...Object.fromEntries(openIds.map((id: string) => [id, content])) };
    state.saveMessage(message);
  }

  const scopes = ['im:message', 'im:message:send_as_bot'];
  return [
    {
      api: 'ephemeral-send',
      method: 'POST',
      path: '/ephemeral/v1/send',
      scopes,
      run: sendEphemeral,
      title: () => 'send ephemeral card',
    },
    {
      api: 'ephemeral-delete',
      method: 'POST',
      path: '/ephemeral/v1/delete',
      scopes,
      run: deleteEphemeral,
      title: () => 'delete ephemeral card',
    },
    {
      api: 'card-update',
      method: 'POST',
      path: '/interactive/v1/card/update',
      scopes: [],
      run: delayedUpdate,
      title: () => 'delayed card update',
    },
  ];
}

/** The card must be an object here, not a string as in `im/v1/messages`. */
function cardObject(value: unknown, code: number): Record<string, unknown> {
  if (!isNode(value)) throw new ApiError(code, 'card must be a JSON object');
  return value;
}
