/** What the stand-in stores. Times are milliseconds since 1970 of the stand-in's clock. */

export type MessageType =
  | 'text'
  | 'post'
  | 'image'
  | 'file'
  | 'audio'
  | 'media'
  | 'sticker'
  | 'interactive'
  | 'share_chat'
  | 'share_user'
  | 'system';

export interface StoredMention {
  key: string;
  /** `all` for everyone. */
  openId: string;
  name: string;
}

export interface StoredMessage {
  messageId: string;
  /** Grows with each message, so that two of the same millisecond keep their order. */
  seq: number;
  chatId: string;
  /** `app` = our bot; `other-app` = somebody else's. */
  sender: { kind: 'user' | 'app' | 'other-app'; id: string };
  type: MessageType;
  /** JSON text: for people as the platform reports it, for the bot as it was sent (mentions turned into placeholders). */
  content: string;
  mentions: StoredMention[];
  createdAt: number;
  updatedAt: number;
  edits: number;
  /** Earlier contents, oldest first. */
  history: { at: number; content: string; how: 'patched' | 'answered' | 'delayed' | 'edited' | 'reverted' }[];
  recalledAt?: number;
  rootId?: string;
  parentId?: string;
  threadId?: string;
  /** Ephemeral card: the only person who sees it. */
  onlyFor?: string;
  /** What one person sees in place of `content` (1.0 cards that are not shared). */
  personal?: Record<string, string>;
  /** When each person read it. */
  readBy: Record<string, number>;
}

export interface StoredChat {
  chatId: string;
  kind: 'group' | 'p2p';
  name: string;
  members: string[];
  hasBot: boolean;
  ownerOpenId?: string;
  dissolved?: boolean;
  /** The bot may not speak. */
  muted?: boolean;
  noThreads?: boolean;
  /** seq of the last message that each person has seen. */
  readUpTo: Record<string, number>;
}

export interface StoredResource {
  key: string;
  kind: 'image' | 'file';
  name: string;
  size: number;
  mime: string;
  /** open_id of the uploader; `bot` for the app. */
  owner: string;
  /** `file_type` of the upload API. */
  fileType?: string;
}

export interface StoredToken {
  token: string;
  issuedAt: number;
  expiresAt: number;
}

/** How long the token of a click may update its card. */
export const cardTokenMs = 30 * 60_000;

export interface StoredCardToken {
  token: string;
  messageId: string;
  openId: string;
  mintedAt: number;
  uses: number;
  /** The callback was answered; an update before that is undone by the answer. */
  answered: boolean;
}

export interface StoredCommand {
  command_id: string;
  command: string;
  description: { default_value: string; i18n?: Record<string, string> };
}

/** What the test or the page changed about a person; everything else stands in the seed. */
export interface UserState {
  resigned?: boolean;
  available?: boolean;
  /** The person switched the bot's messages off. */
  botStopped?: boolean;
  /** Absent = online. */
  offline?: boolean;
}
