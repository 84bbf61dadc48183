/** Checks `content` of a message that the bot sends, and turns its mentions into placeholders (4.1, 9.5). */

import { cardError } from '#playground/platform/api/card-error';
import { ApiError, fieldError } from '#playground/platform/api/errors';
import { checkCard } from '#playground/platform/card-rules';
import { knowledgeOf } from '#playground/platform/cards/knowledge';
import type { MessageType, StoredMention } from '#playground/platform/model';
import type { State } from '#playground/platform/state';

const types: readonly string[] = [
  'text',
  'post',
  'image',
  'file',
  'audio',
  'media',
  'sticker',
  'interactive',
  'share_chat',
  'share_user',
  'system',
];

/** `file_type` of the upload that each message type demands. */
const uploadedAs: Record<string, (fileType: string) => boolean> = {
  audio: (fileType) => fileType === 'opus',
  media: (fileType) => fileType === 'mp4',
  file: (fileType) => fileType !== 'opus' && fileType !== 'mp4',
};

export function messageType(value: string): MessageType {
  if (!types.includes(value))
    throw new ApiError(230001, `Your request contains an invalid request parameter, ext=invalid msg_type ${value}`);
  return value as MessageType;
}

/** Text 150 KB, post and card 30 KB, in bytes of the request body (4.1). */
export function checkSize(type: MessageType, bytes: number): void {
  const limit = type === 'post' || type === 'interactive' ? 30 * 1024 : 150 * 1024;
  if (bytes > limit) {
    throw new ApiError(
      230025,
      `The length of the message content reaches its limit, ext=${bytes} bytes, at most ${limit}`,
    );
  }
}

export function checkUuid(uuid: unknown): string | undefined {
  if (uuid === undefined || uuid === null || uuid === '') return undefined;
  if (typeof uuid !== 'string') throw fieldError({ field: 'uuid', description: 'uuid must be a string' });
  if (uuid.length > 50) throw fieldError({ field: 'uuid', description: 'the max length is 50' });
  return uuid;
}

/** The content as it will be stored, with the people it mentions. Throws 230001, 230055, 230099 … */
export function readContent(
  state: State,
  type: MessageType,
  content: string,
): { content: string; mentions: StoredMention[] } {
  const value = parse(content);
  switch (type) {
    case 'text':
      return placeholders(state, value);
    case 'post':
      checkPost(value);
      return { content, mentions: [] };
    case 'image':
      checkKey(state, value.image_key, 'image_key', type);
      return { content, mentions: [] };
    case 'file':
    case 'audio':
    case 'media':
    case 'sticker':
      checkKey(state, value.file_key, 'file_key', type);
      return { content: withFileName(state, value), mentions: [] };
    case 'interactive':
      checkSendableCard(state, value);
      return { content, mentions: [] };
    case 'share_chat':
      if (!state.chats.has(String(value.chat_id))) throw invalid('chat_id');
      return { content, mentions: [] };
    case 'share_user':
      if (!state.user(String(value.user_id))) throw invalid('user_id');
      return { content, mentions: [] };
    case 'system':
      return { content, mentions: [] };
  }
}

export const invalid = (what: string): ApiError =>
  new ApiError(230001, `Your request contains an invalid request parameter, ext=${what}`);

function parse(content: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch {
    throw invalid('content is not a string in json format');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw invalid('content is not a json object');
  return value as Record<string, unknown>;
}

/** `<at user_id="ou_…">Tom</at>` in a sent text becomes `@_user_1`; an unknown id stays as written. */
function placeholders(state: State, value: Record<string, unknown>): { content: string; mentions: StoredMention[] } {
  if (typeof value.text !== 'string' || value.text === '') throw invalid('text is empty');
  const mentions: StoredMention[] = [];
  const text = value.text.replace(/<at\s+user_id\s*=\s*["']([^"']+)["']\s*>[^<]*<\/at>/g, (whole, openId: string) => {
    if (openId === 'all') {
      mentions.push({ key: '@_all', openId: 'all', name: '所有人' });
      return '@_all';
    }
    if (!state.user(openId) && openId !== state.botOpenId) return whole;
    const key = `@_user_${mentions.filter((mention) => mention.openId !== 'all').length + 1}`;
    mentions.push({ key, openId, name: state.nameOf(openId) });
    return key;
  });
  return { content: JSON.stringify({ text }), mentions };
}

function checkPost(value: Record<string, unknown>): void {
  const languages = Object.values(value);
  if (languages.length === 0 || 'content' in value)
    throw invalid('a post needs a language such as zh_cn around title and content');
  for (const language of languages) {
    const lines = (language as { content?: unknown } | null)?.content;
    if (!Array.isArray(lines) || !lines.every(Array.isArray)) throw invalid('content of a post is a list of lines');
    for (const node of lines.flat() as { tag?: unknown }[]) {
      if (!postTags.includes(String(node?.tag))) throw invalid(`unknown tag ${String(node?.tag)} in a post`);
    }
  }
}

const postTags = ['text', 'a', 'at', 'img', 'media', 'emotion', 'hr', 'code_block', 'md'];

function checkKey(state: State, key: unknown, field: string, type: MessageType): void {
  const resource = typeof key === 'string' ? state.resources.get(key) : undefined;
  if (resource?.owner !== 'bot') throw invalid(`invalid ${field}`);
  if (field === 'image_key' ? resource.kind !== 'image' : resource.kind !== 'file') throw invalid(`invalid ${field}`);
  const fits = uploadedAs[type];
  if (fits && !fits(resource.fileType ?? 'stream')) {
    throw new ApiError(230055, 'The type of file upload does not match the type of message being sent.');
  }
}

function withFileName(state: State, value: Record<string, unknown>): string {
  const resource = state.resources.get(String(value.file_key));
  return JSON.stringify({ file_key: value.file_key, file_name: resource?.name ?? '' });
}

function checkSendableCard(state: State, card: Record<string, unknown>): void {
  if (card.type === 'template' || (card.type === 'card' && !card.schema)) {
    throw new ApiError(
      230099,
      'Failed to create card content, ext=ErrCode: 200380; ErrMsg: template or card entity is not known here',
    );
  }
  const problems = checkCard(card, knowledgeOf(state));
  if (problems.length > 0) throw cardError(problems);
}
