/** The events that people's doings cause, with the fields that the platform gives them and no others (3). */

import { shapeUser } from '#playground/platform/api/contact-shape';
import type { StoredChat, StoredMessage } from '#playground/platform/model';
import type { State, User } from '#playground/platform/state';

type Event = Record<string, unknown>;

/** `{union_id, user_id, open_id}`; user_id only with its scope. */
export function userIds(state: State, openId: string): Record<string, string> {
  const user = state.user(openId);
  if (!user) return { open_id: openId };
  const withUserId = state.scopes.has('contact:user.employee_id:readonly');
  return { union_id: user.unionId, ...(withUserId ? { user_id: user.userId } : {}), open_id: openId };
}

export function messageReceived(state: State, chat: StoredChat, message: StoredMessage): Event {
  const tenant_key = state.seed.tenantKey;
  const sender =
    message.sender.kind === 'user'
      ? { sender_id: userIds(state, message.sender.id), sender_type: 'user', tenant_key }
      : { sender_id: { open_id: message.sender.id }, sender_type: 'bot', tenant_key };
  const mentions = message.mentions.map((mention) => ({
    key: mention.key,
    id: mention.openId === 'all' ? {} : mentionIds(state, mention.openId),
    name: mention.name,
    tenant_key,
  }));
  return {
    sender,
    message: {
      message_id: message.messageId,
      ...(message.rootId ? { root_id: message.rootId } : {}),
      ...(message.parentId ? { parent_id: message.parentId } : {}),
      create_time: String(message.createdAt),
      update_time: String(message.updatedAt),
      chat_id: chat.chatId,
      ...(message.threadId ? { thread_id: message.threadId } : {}),
      chat_type: chat.kind,
      message_type: message.type,
      content: message.content,
      ...(mentions.length > 0 ? { mentions } : {}),
    },
  };
}

/** A bot's mention has no user_id. */
const mentionIds = (state: State, openId: string): Record<string, string> =>
  openId === state.botOpenId ? { union_id: openId.replace('ou_', 'on_'), open_id: openId } : userIds(state, openId);

export function menuPressed(state: State, openId: string, eventKey: string): Event {
  const named = state.scopes.has('application:application.bot.operator_name:readonly');
  return {
    operator: { ...(named ? { operator_name: state.nameOf(openId) } : {}), operator_id: userIds(state, openId) },
    event_key: eventKey,
    timestamp: Math.floor(state.clock.ms() / 1000),
  };
}

export function p2pEntered(state: State, chat: StoredChat, openId: string): Event {
  const last = state.messagesIn(chat.chatId).at(-1);
  return {
    chat_id: chat.chatId,
    operator_id: userIds(state, openId),
    ...(last ? { last_message_id: last.messageId, last_message_create_time: String(last.createdAt) } : {}),
  };
}

/** Bot added to or taken from a group. */
export function botMembership(state: State, chat: StoredChat, operator: string): Event {
  return {
    chat_id: chat.chatId,
    operator_id: userIds(state, operator),
    external: false,
    operator_tenant_key: state.seed.tenantKey,
    name: chat.name,
    i18n_names: { zh_cn: chat.name, en_us: '', ja_jp: '' },
  };
}

export function userMembership(state: State, chat: StoredChat, operator: string, openIds: readonly string[]): Event {
  const users = openIds.map((openId) => ({
    name: state.nameOf(openId),
    tenant_key: state.seed.tenantKey,
    user_id: userIds(state, openId),
  }));
  return { ...botMembership(state, chat, operator), users };
}

export function chatDisbanded(state: State, chat: StoredChat, operator: string): Event {
  const { i18n_names: _, ...event } = botMembership(state, chat, operator);
  return event;
}

export function recalled(message: StoredMessage): Event {
  return {
    message_id: message.messageId,
    chat_id: message.chatId,
    recall_time: String(message.recalledAt),
    recall_type: 'message_owner',
  };
}

export function messagesRead(state: State, openId: string, messageIds: readonly string[]): Event {
  return {
    reader: {
      reader_id: userIds(state, openId),
      read_time: String(state.clock.ms()),
      tenant_key: state.seed.tenantKey,
    },
    message_id_list: messageIds,
  };
}

export function reaction(state: State, messageId: string, openId: string, emoji: string): Event {
  return {
    message_id: messageId,
    reaction_type: { emoji_type: emoji },
    operator_type: 'user',
    user_id: userIds(state, openId),
    action_time: String(state.clock.ms()),
  };
}

export const userCreated = (state: State, user: User): Event => ({ object: shapeUser(state, user) });

/** `old_object` holds only the fields that changed. */
export function userUpdated(state: State, before: User, after: User): Event {
  const old = shapeUser(state, before);
  const object = shapeUser(state, after);
  const changed = Object.entries(old).filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(object[key]));
  return { object, old_object: Object.fromEntries(changed) };
}

export function userDeleted(state: State, user: User): Event {
  const object = {
    ...userIds(state, user.openId),
    ...(state.scopes.has('contact:user.base:readonly') ? { name: user.name } : {}),
  };
  return { object, old_object: { department_ids: user.departmentIds, open_id: user.openId } };
}
