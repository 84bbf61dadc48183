import type { StoredMessage } from '#playground/platform/model';
import type { State } from '#playground/platform/state';

/** Replaces what a message says for everybody, keeps the old content for the transcript, and tells the page. */
export function changeContent(
  state: State,
  message: StoredMessage,
  content: string,
  how: StoredMessage['history'][number]['how'],
): void {
  const at = state.clock.ms();
  message.history.push({ at, content: message.content, how });
  message.content = content;
  message.updatedAt = at;
  message.edits += 1;
  delete message.personal;
  state.saveMessage(message);
  state.hub.emit({ kind: 'chat', chatId: message.chatId });
}
