/** Finds the chat that a message goes to, and whether the bot may speak there (9.6). */
import { ApiError, fieldError } from '#playground/platform/api/errors';
import { invalid } from '#playground/platform/api/message-content';
import { fivePerSecond, type Limits } from '#playground/platform/limits';
import type { StoredChat, StoredMessage } from '#playground/platform/model';
import type { State, User } from '#playground/platform/state';

const idTypes = ['open_id', 'union_id', 'user_id', 'email', 'chat_id'];

/** Throws 99992402, 99992351, 230034, 230029, 230013, 230053 or what `maySpeak` throws. */
export function receivingChat(state: State, idType: string | undefined, id: string): StoredChat {
  if (!idType || !idTypes.includes(idType)) {
    throw fieldError({ field: 'receive_id_type', description: `must be one of ${idTypes.join(', ')}` });
  }
  if (idType === 'chat_id') {
    const chat = state.chats.get(id);
    if (!chat) throw new ApiError(230034, 'The receive_id is invalid.');
    maySpeak(state, chat);
    return chat;
  }
  const user = findUser(state, idType, id);
  if (!user) {
    throw idType === 'open_id'
      ? new ApiError(99992351, `The request you send is not a valid {open_id} or not exists, Invalid ids: [${id}]`)
      : new ApiError(230034, 'The receive_id is invalid.');
  }
  reachable(user);
  return state.openP2p(user.openId);
}

export function findUser(state: State, idType: string, id: string): User | undefined {
  if (idType === 'open_id') return state.user(id);
  return state.users().find((user) => {
    if (idType === 'union_id') return user.unionId === id;
    if (idType === 'user_id') return user.userId === id;
    return idType === 'email' && user.email === id;
  });
}

function reachable(user: User): void {
  if (user.resigned) throw new ApiError(230029, 'The user has resigned.');
  if (user.available === false) throw new ApiError(230013, 'Bot has NO availability to this user.');
  if (user.botStopped) throw new ApiError(230053, 'The user has stopped the bot from sending messages.');
}

/** Throws 232009, 230002, 230035, or the user's own refusal in a private chat. */
export function maySpeak(state: State, chat: StoredChat): void {
  if (chat.dissolved) throw new ApiError(232009, 'Your request specifies a chat which has already been dissolved.');
  if (!chat.hasBot) throw new ApiError(230002, 'Bot/User can NOT be out of the chat.');
  if (chat.muted) throw new ApiError(230035, 'Send Message Permission deny.');
  const user = chat.kind === 'p2p' ? state.user(chat.members[0] ?? '') : undefined;
  if (user) reachable(user);
}

/** 5 messages a second to one user or one group, other bots' messages included (4.9). */
export function countMessage(limits: Limits, chatId: string): void {
  if (limits.take(`chat:${chatId}`, fivePerSecond)) {
    throw new ApiError(230020, 'This operation triggers the frequency limit.');
  }
}

/** The message of a path; throws 99992354 when there is none. */
export function existing(state: State, messageId: string): StoredMessage {
  const message = state.messages.get(messageId);
  if (!message) {
    throw new ApiError(
      99992354,
      `The request you send is not a valid {open_message_id} or not exists, Invalid ids: [${messageId}]`,
    );
  }
  return message;
}

/** Throws unless the bot sent it itself. */
export function ownMessage(state: State, messageId: string): StoredMessage {
  const message = existing(state, messageId);
  if (message.sender.kind !== 'app')
    throw new ApiError(230027, 'Lack of necessary permissions: the bot did not send this message.');
  if (message.recalledAt !== undefined) throw new ApiError(230011, 'The message was recalled.');
  return message;
}

export function visibleTo(state: State, message: StoredMessage): void {
  const chat = state.chats.get(message.chatId);
  if (!chat?.hasBot) throw new ApiError(230002, 'Bot/User can NOT be out of the chat.');
  if (message.onlyFor) throw invalid('an ephemeral message cannot be read');
}
