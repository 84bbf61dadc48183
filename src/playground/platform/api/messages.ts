/** `im/v1/messages`: send, reply, patch, edit, recall, get, list. */
import { type Call, pageOf, type Reply, text } from '#playground/platform/api/call';
import { ApiError, fieldError } from '#playground/platform/api/errors';
import type { Endpoint, Gate } from '#playground/platform/api/gate';
import { checkSize, checkUuid, invalid, messageType, readContent } from '#playground/platform/api/message-content';
import { shapeKnown, shapeMessage } from '#playground/platform/api/message-shape';
import {
  countMessage,
  existing,
  maySpeak,
  ownMessage,
  receivingChat,
  visibleTo,
} from '#playground/platform/api/receivers';
import { cardPreview, isShared, isV2 } from '#playground/platform/cards/reading';
import { changeContent } from '#playground/platform/changes';
import { newId } from '#playground/platform/ids';
import { fivePerSecond } from '#playground/platform/limits';
import type { StoredChat, StoredMessage } from '#playground/platform/model';

const hour = 3_600_000;
const fourteenDays = 14 * 24 * hour;
const sendScopes = ['im:message', 'im:message:send_as_bot', 'im:message:send'];
const readScopes = ['im:message', 'im:message:readonly'];

export function messageEndpoints(gate: Gate): Endpoint[] {
  const { state, limits } = gate;

  /**
   * Stores a new message of the bot, or answers the one that the same uuid stored within the hour.
   * `where` is asked last, so that a refused content opens no chat and no thread.
   */
  function post(call: Call, where: () => { chat: StoredChat; place: Partial<StoredMessage> }): Reply {
    const body = call.json();
    const type = messageType(text(body, 'msg_type'));
    checkSize(type, call.raw.length);
    const uuid = checkUuid(body.uuid);
    const { content, mentions } = readContent(state, type, contentOf(body));
    const now = state.clock.ms();
    for (const [key, row] of state.uuids.entries()) if (now - row.at >= hour) state.uuids.delete(key);
    const first = state.messages.get((uuid && state.uuids.get(uuid)?.messageId) ?? '');
    if (first) return { data: shapeMessage(state, first) };
    const { chat, place } = where();
    countMessage(limits, chat.chatId);
    const message = state.addMessage({
      messageId: newId('om'),
      chatId: chat.chatId,
      sender: { kind: 'app', id: state.app.appId },
      type,
      content,
      mentions,
      createdAt: now,
      ...place,
    });
    if (uuid) state.uuids.set(uuid, { messageId: message.messageId, at: now });
    return { data: shapeMessage(state, message) };
  }

  function reply(call: Call): Reply {
    const target = existing(state, call.param('id'));
    if (target.recalledAt !== undefined) throw new ApiError(230011, 'The message was recalled.');
    visibleTo(state, target);
    return post(call, () => answering(target, call.json().reply_in_thread === true));
  }

  /** Where an answer stands; it opens the thread when it is the first in it. */
  function answering(target: StoredMessage, wantsThread: boolean): { chat: StoredChat; place: Partial<StoredMessage> } {
    const chat = state.chats.get(target.chatId);
    if (!chat) throw new ApiError(230034, 'The receive_id is invalid.');
    maySpeak(state, chat);
    const root = target.rootId ? (state.messages.get(target.rootId) ?? target) : target;
    if (!wantsThread && target.threadId === undefined) {
      return { chat, place: { rootId: root.messageId, parentId: target.messageId } };
    }
    if (chat.noThreads) throw new ApiError(230071, 'The group chat does not support reply in thread.');
    const threadId = target.threadId ?? root.threadId ?? newId('omt');
    if (!root.threadId) state.saveMessage(Object.assign(root, { threadId }));
    return { chat, place: { rootId: root.messageId, parentId: root.messageId, threadId } };
  }

  function patch(call: Call): Reply {
    const body = call.json();
    const content = contentOf(body);
    const message = ownMessage(state, call.param('id'));
    if (message.type !== 'interactive') throw invalid('This message is NOT a card.');
    if (message.onlyFor) throw invalid('an ephemeral card cannot be patched');
    if (state.clock.ms() - message.createdAt > fourteenDays)
      throw new ApiError(230031, 'The message is sent more than 14 days ago.');
    checkSize('interactive', call.raw.length);
    if (limits.take(`patch:${message.messageId}`, fivePerSecond)) {
      throw new ApiError(230020, 'This operation triggers the frequency limit.');
    }
    const before: unknown = JSON.parse(message.content);
    const checked = readContent(state, 'interactive', content);
    const after: unknown = JSON.parse(checked.content);
    if (isV2(before) && !isV2(after)) {
      throw new ApiError(
        230099,
        'Failed to create card content, ext=ErrCode: 200830; ErrMsg: a card of schema 2.0 cannot become 1.0;',
      );
    }
    if (!isShared(before, 'explicit') || !isShared(after, 'explicit')) {
      throw invalid('config.update_multi must be true in the card before and after the update');
    }
    changeContent(state, message, checked.content, 'patched');
    return { data: {} };
  }

  function edit(call: Call): Reply {
    const body = call.json();
    const message = ownMessage(state, call.param('id'));
    const type = messageType(text(body, 'msg_type'));
    if ((type !== 'text' && type !== 'post') || (message.type !== 'text' && message.type !== 'post')) {
      throw new ApiError(230054, 'This operation is not supported for this message type.');
    }
    if (message.edits >= 20)
      throw new ApiError(230072, 'The message has reached the number of times it can be edited.');
    checkSize(type, call.raw.length);
    const { content, mentions } = readContent(state, type, contentOf(body));
    Object.assign(message, { type, mentions });
    changeContent(state, message, content, 'edited');
    return { data: shapeMessage(state, message) };
  }

  function recall(call: Call): Reply {
    const message = ownMessage(state, call.param('id'));
    message.recalledAt = state.clock.ms();
    state.saveMessage(message);
    return { data: {} };
  }

  function get(call: Call): Reply {
    const message = existing(state, call.param('id'));
    visibleTo(state, message);
    return { data: { items: [shapeKnown(state, message)] } };
  }

  function list(call: Call): Reply {
    const container = call.query('container_id_type');
    const id = call.query('container_id');
    if (container !== 'chat' && container !== 'thread') {
      throw fieldError({ field: 'container_id_type', description: 'must be chat or thread' });
    }
    if (!id) throw fieldError({ field: 'container_id', description: 'container_id is required' });
    const all =
      container === 'chat' ? state.messagesIn(id) : state.messages.values().filter((one) => one.threadId === id);
    const chat = state.chats.get(container === 'chat' ? id : (all[0]?.chatId ?? ''));
    if (!chat) throw new ApiError(230034, 'The container_id is invalid.');
    if (!chat.hasBot) throw new ApiError(230002, 'Bot/User can NOT be out of the chat.');
    const from = seconds(call, 'start_time') ?? 0;
    const to = seconds(call, 'end_time') ?? Number.POSITIVE_INFINITY;
    const inside = all.filter((one) => !one.onlyFor && one.createdAt >= from && one.createdAt < to);
    if (call.query('sort_type') === 'ByCreateTimeDesc') inside.reverse();
    const page = pageOf(inside, call.page(20, 50));
    return { data: { ...page, items: page.items.map((one) => shapeKnown(state, one)) } };
  }

  return [
    {
      api: 'send',
      method: 'POST',
      path: '/im/v1/messages',
      scopes: sendScopes,
      title: (call) => describe(gate, call, 'send'),
      sent: (call) => sentBy(gate, call),
      run: (call) => {
        const body = call.json();
        const missing = ['receive_id', 'msg_type', 'content'].filter(
          (field) => body[field] === undefined || body[field] === '',
        );
        if (missing.length > 0)
          throw fieldError(...missing.map((field) => ({ field, description: `${field} is required` })));
        return post(call, () => ({
          chat: receivingChat(state, call.query('receive_id_type'), text(body, 'receive_id')),
          place: {},
        }));
      },
    },
    {
      api: 'reply',
      method: 'POST',
      path: '/im/v1/messages/:id/reply',
      scopes: sendScopes,
      run: reply,
      title: (call) => describe(gate, call, 'reply with'),
      sent: (call) => sentBy(gate, call),
    },
    {
      api: 'patch',
      method: 'PATCH',
      path: '/im/v1/messages/:id',
      scopes: [...sendScopes, 'im:message:update'],
      run: patch,
      title: () => 'update card',
    },
    {
      api: 'edit',
      method: 'PUT',
      path: '/im/v1/messages/:id',
      scopes: [...sendScopes, 'im:message:update'],
      run: edit,
      title: () => 'edit message',
    },
    {
      api: 'recall',
      method: 'DELETE',
      path: '/im/v1/messages/:id',
      scopes: ['im:message', 'im:message:recall', 'im:message:send_as_bot'],
      run: recall,
      title: () => 'recall message',
    },
    {
      api: 'get',
      method: 'GET',
      path: '/im/v1/messages/:id',
      scopes: readScopes,
      run: get,
      title: () => 'get message',
    },
    {
      api: 'list',
      method: 'GET',
      path: '/im/v1/messages',
      scopes: readScopes,
      run: list,
      title: () => 'list messages',
    },
  ];
}

function contentOf(body: Record<string, unknown>): string {
  if (typeof body.content === 'object' && body.content !== null)
    throw invalid('content must be a string that holds JSON');
  return text(body, 'content');
}

/** A query parameter in seconds, answered in milliseconds. */
function seconds(call: Call, name: string): number | undefined {
  const value = call.query(name);
  if (value === undefined || value === '') return undefined;
  if (!/^\d+$/.test(value)) throw fieldError({ field: name, description: 'must be seconds since 1970' });
  return Number(value) * 1000;
}

/** "send card to 业务一部跟单群" */
function describe(gate: Gate, call: Call, verb: string): string {
  const body = bodyOf(call);
  if (!body) return `${verb} (unreadable)`;
  const kind = body.msg_type === 'interactive' ? 'card' : String(body.msg_type ?? 'message');
  return `${verb} ${kind} to ${receiverOf(gate, call, body)}`;
}

function sentBy(gate: Gate, call: Call): { to: string; shows: string } | undefined {
  const body = bodyOf(call);
  if (!body || typeof body.content !== 'string') return undefined;
  try {
    const content = JSON.parse(body.content) as Record<string, unknown>;
    const shows = body.msg_type === 'interactive' ? cardPreview(content) : String(content.text ?? body.msg_type);
    return { to: receiverOf(gate, call, body), shows };
  } catch {
    return undefined;
  }
}

function bodyOf(call: Call): Record<string, unknown> | undefined {
  try {
    return call.json();
  } catch {
    return undefined;
  }
}

function receiverOf({ state }: Gate, call: Call, body: Record<string, unknown>): string {
  const id = String(body.receive_id ?? state.messages.get(call.param('id'))?.chatId ?? '');
  const chat = state.chats.get(id);
  const person = chat?.kind === 'p2p' ? chat.members[0] : id;
  return chat?.kind === 'group' ? chat.name : state.nameOf(person ?? '');
}
