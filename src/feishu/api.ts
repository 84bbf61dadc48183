import { z } from 'zod';
import type { Recipient } from '#db/outbox';
import { type AttendanceApi, attendanceApi } from './api-attendance.ts';
import { type ContactApi, contactApi } from './api-contact.ts';
import { type SlashCommandApi, slashCommandApi } from './api-slash-commands.ts';
import { createTransport, path, type TransportOptions } from './transport.ts';

/** What a message says, in the form in which it can be sent. */
export type WireContent =
  | { type: 'card'; card: object }
  | { type: 'text'; text: string }
  | { type: 'file'; fileKey: string }
  | { type: 'image'; imageKey: string };

export interface SentMessage {
  messageId: string;
  chatId?: string;
}

export interface ListedMessage {
  messageId: string;
  /** `interactive` for cards. */
  type: string;
  at: Date;
  /** App id of the bot that sent it; absent for people's messages. */
  appId?: string;
  deleted: boolean;
}

/** Where a message stands in its chat or topic. Positions are not documented: they may be missing. */
export interface MessagePlace {
  chatId?: string | undefined;
  position?: string | undefined;
  threadId?: string | undefined;
  threadPosition?: string | undefined;
  /** What opens it, where the platform itself says so. */
  appLink?: string | undefined;
  /** Taken back. */
  deleted: boolean;
}

/**
 * The calls that we make. Every one of them throws `ApiError`, and only that, when it does not work out; none is repeated (except
 * after a refused token), since only the caller knows whether it may be.
 */
export interface FeishuApi extends ContactApi, AttendanceApi, SlashCommandApi {
  /** @param uuid the platform sends at most one message under it within an hour; at most 50 characters */
  send(to: Recipient, content: WireContent, uuid: string): Promise<SentMessage>;
  reply(messageId: string, content: WireContent, options: { uuid: string; inThread: boolean }): Promise<SentMessage>;
  /** Replaces a card of ours that is at most 14 days old. */
  patchCard(messageId: string, card: object): Promise<void>;
  recall(messageId: string): Promise<void>;
  /** @returns the key to send it with. Up to 30 MB, not empty. */
  uploadFile(name: string, bytes: Uint8Array): Promise<string>;
  /** @returns the key to send it with. Up to 10 MB, not empty. */
  uploadImage(bytes: Uint8Array): Promise<string>;
  /** A file or picture that a person sent in this message. */
  downloadResource(
    messageId: string,
    key: string,
    type: 'file' | 'image',
    maxBytes?: number,
  ): Promise<{ bytes: Buffer; contentType?: string }>;
  botInfo(): Promise<{ openId: string; name: string }>;
  /** Replaces the clicked card: within 30 minutes of the click, at most twice, only after the click was answered. */
  delayedUpdate(token: string, card: object): Promise<void>;
  /** Messages of a chat between two moments (to the second), oldest first, at most a few hundred. */
  listMessages(chatId: string, from: Date, to: Date): Promise<ListedMessage[]>;
  /** Of a chat that the bot is in. */
  messagePlace(messageId: string): Promise<MessagePlace>;
  close(): void;
}

const MAX_DOWNLOAD_BYTES = 30 * 1024 * 1024;
const MAX_LIST_PAGES = 10;

const nothing = z.unknown();
const sent = z
  .object({ data: z.object({ message_id: z.string().min(1), chat_id: z.string().optional() }) })
  .transform(({ data }): SentMessage => {
    return { messageId: data.message_id, ...(data.chat_id && { chatId: data.chat_id }) };
  });
const botAnswer = z.object({ bot: z.object({ open_id: z.string().min(1), app_name: z.string().default('') }) });
const listed = z.object({
  data: z.object({
    has_more: z.boolean().default(false),
    page_token: z.string().optional(),
    items: z
      .array(
        z.object({
          message_id: z.string(),
          msg_type: z.string(),
          create_time: z.coerce.number(),
          deleted: z.boolean().default(false),
          sender: z.object({ id: z.string(), id_type: z.string() }).optional(),
        }),
      )
      .default([]),
  }),
});

// what is not as expected is as good as not told
const told = z.string().min(1).optional().catch(undefined);
const placed = z
  .object({
    data: z.object({
      items: z
        .array(
          z.object({
            chat_id: told,
            thread_id: told,
            message_position: told,
            thread_message_position: told,
            message_app_link: told,
            deleted: z.boolean().default(false),
          }),
        )
        .min(1),
    }),
  })
  .transform(({ data }): MessagePlace => {
    const [item] = data.items;
    return {
      chatId: item!.chat_id,
      position: item!.message_position,
      threadId: item!.thread_id,
      threadPosition: item!.thread_message_position,
      appLink: item!.message_app_link,
      deleted: item!.deleted,
    };
  });

export function createApi(options: TransportOptions): FeishuApi {
  const transport = createTransport(options);
  const { call } = transport;

  return {
    ...contactApi(call),
    ...attendanceApi(call),
    ...slashCommandApi(call),

    send: (to, content, uuid) =>
      call(
        {
          api: 'im.send',
          method: 'POST',
          path: '/im/v1/messages',
          query: { receive_id_type: 'person' in to ? 'open_id' : 'chat_id' },
          body: { receive_id: 'person' in to ? to.person : to.chat, ...wire(content), uuid },
        },
        sent,
      ),

    reply: (messageId, content, { uuid, inThread }) =>
      call(
        {
          api: 'im.reply',
          method: 'POST',
          path: path`/im/v1/messages/${messageId}/reply`,
          body: { ...wire(content), uuid, reply_in_thread: inThread },
        },
        sent,
      ),

    async patchCard(messageId, card) {
      await call(
        {
          api: 'im.patch',
          method: 'PATCH',
          path: path`/im/v1/messages/${messageId}`,
          body: { content: JSON.stringify(card) },
        },
        nothing,
      );
    },

    async recall(messageId) {
      await call({ api: 'im.recall', method: 'DELETE', path: path`/im/v1/messages/${messageId}` }, nothing);
    },

    async uploadFile(name, bytes) {
      const { data } = await call(
        {
          api: 'im.file',
          method: 'POST',
          path: '/im/v1/files',
          form: { file_type: fileTypeOf(name), file_name: name, file: Buffer.from(bytes) },
        },
        z.object({ data: z.object({ file_key: z.string().min(1) }) }),
      );
      return data.file_key;
    },

    async uploadImage(bytes) {
      const { data } = await call(
        {
          api: 'im.image',
          method: 'POST',
          path: '/im/v1/images',
          form: { image_type: 'message', image: Buffer.from(bytes) },
        },
        z.object({ data: z.object({ image_key: z.string().min(1) }) }),
      );
      return data.image_key;
    },

    downloadResource: (messageId, key, type, maxBytes = MAX_DOWNLOAD_BYTES) =>
      transport.download(
        {
          api: 'im.resource',
          method: 'GET',
          path: path`/im/v1/messages/${messageId}/resources/${key}`,
          query: { type },
        },
        maxBytes,
      ),

    async botInfo() {
      const { bot } = await call({ api: 'bot.info', method: 'GET', path: '/bot/v3/info' }, botAnswer);
      return { openId: bot.open_id, name: bot.app_name };
    },

    async delayedUpdate(token, card) {
      await call(
        { api: 'card.update', method: 'POST', path: '/interactive/v1/card/update', body: { token, card } },
        nothing,
      );
    },

    async listMessages(chatId, from, to) {
      const messages: ListedMessage[] = [];
      let pageToken: string | undefined;
      for (let page = 0; page < MAX_LIST_PAGES; page++) {
        const { data } = await call(
          {
            api: 'im.list',
            method: 'GET',
            path: '/im/v1/messages',
            query: {
              container_id_type: 'chat',
              container_id: chatId,
              start_time: String(Math.floor(from.getTime() / 1000)),
              end_time: String(Math.ceil(to.getTime() / 1000)),
              sort_type: 'ByCreateTimeAsc',
              page_size: 50,
              page_token: pageToken,
            },
          },
          listed,
        );
        for (const { message_id, msg_type, create_time, deleted, sender } of data.items) {
          messages.push({
            messageId: message_id,
            type: msg_type,
            at: new Date(create_time),
            deleted,
            ...(sender?.id_type === 'app_id' && { appId: sender.id }),
          });
        }
        pageToken = data.page_token;
        if (!data.has_more || !pageToken) break;
      }
      return messages;
    },

    messagePlace: (messageId) =>
      call({ api: 'im.get', method: 'GET', path: path`/im/v1/messages/${messageId}` }, placed),

    close: () => transport.close(),
  };
}

function wire(content: WireContent): { msg_type: string; content: string } {
  switch (content.type) {
    case 'card':
      return { msg_type: 'interactive', content: JSON.stringify(content.card) };
    case 'text':
      return { msg_type: 'text', content: JSON.stringify({ text: literal(content.text) }) };
    case 'file':
      return { msg_type: 'file', content: JSON.stringify({ file_key: content.fileKey }) };
    case 'image':
      return { msg_type: 'image', content: JSON.stringify({ image_key: content.imageKey }) };
  }
}

/** The platform reads `<at …>` in a text as a mention, also of everybody: what people typed must not become one. */
const literal = (text: string): string => text.replace(/<(?=\s*\/?\s*at\b)/gi, '＜');

/** Only these endings have a kind of their own (which decides the icon and the preview). */
function fileTypeOf(name: string): string {
  const ending = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  const kinds: Record<string, string> = {
    pdf: 'pdf',
    doc: 'doc',
    docx: 'doc',
    xls: 'xls',
    xlsx: 'xls',
    ppt: 'ppt',
    pptx: 'ppt',
  };
  return kinds[ending] ?? 'stream';
}
