import { z } from 'zod';
import type { Incoming, Sender } from '#bot/incoming';
import { type Envelope, momentOf } from './envelope.ts';
import { readContent } from './message-content.ts';

/** A genuine event whose shape is not the documented one: better redelivered (and seen) than dropped. */
export class MalformedEvent extends Error {
  constructor(type: string, paths: string) {
    super(`${type}: unexpected ${paths}`);
    this.name = 'MalformedEvent';
  }
}

/** Absent, null and empty mean the same: the platform leaves out what does not apply or what the app has no scope for. */
const maybe = z
  .string()
  .nullish()
  .transform((value) => value || undefined);
const id = z.string().min(1);
const moment = z.union([z.string().regex(/^\d+$/), z.number().positive()]).transform(momentOf);

const person = z
  .object({ open_id: id, union_id: maybe, user_id: maybe })
  .transform(({ open_id, union_id, user_id }): Sender => {
    return { openId: open_id, ...(union_id && { unionId: union_id }), ...(user_id && { userId: user_id }) };
  });

const message = z.object({
  sender: z.object({ sender_type: z.string(), sender_id: z.unknown().optional() }),
  message: z.object({
    message_id: id,
    root_id: maybe,
    parent_id: maybe,
    thread_id: maybe,
    create_time: moment,
    chat_id: id,
    chat_type: z.string(),
    message_type: id,
    content: z.string().default('{}'),
    mentions: z
      .array(z.object({ key: z.string(), name: z.string().default(''), id: z.object({ open_id: maybe }).nullish() }))
      .nullish(),
  }),
});

const click = z.object({
  operator: person,
  token: z.string().default(''),
  action: z.object({
    tag: z.string().default(''),
    name: maybe,
    value: z.unknown().optional(),
    option: z.string().nullish(),
    options: z.array(z.string()).nullish(),
    input_value: z.string().nullish(),
    checked: z.boolean().nullish(),
    form_value: z.record(z.string(), z.unknown()).nullish(),
  }),
  context: z.object({ open_message_id: id, open_chat_id: id }),
});

const menu = z.object({
  operator: z.object({ operator_id: person }),
  event_key: id,
  timestamp: moment.optional(),
});
const entered = z.object({ chat_id: id, operator_id: person, last_message_id: maybe });
const chat = z.object({ chat_id: id, name: maybe });
const recalled = z.object({ message_id: id, chat_id: id, recall_time: moment.optional() });
const read = z.object({
  reader: z.object({ reader_id: person, read_time: moment.optional() }),
  message_id_list: z.array(id),
});
const directory = z.object({ object: z.object({ open_id: id, name: maybe }) });

export const CLICK = 'card.action.trigger';

/**
 * The platform's event as ours; `undefined` for kinds that we do not use and for messages of bots (also our own), which could
 * otherwise answer each other for ever.
 *
 * @param botOpenId asked only when a group message mentions somebody; may reject, then the event should be delivered again
 * @throws MalformedEvent when a kind that we know has an unknown shape.
 */
export async function normalise(envelope: Envelope, botOpenId: () => Promise<string>): Promise<Incoming | undefined> {
  const { eventId, type, createdAt, event } = envelope;
  const delivered = { eventId, at: createdAt };
  const as = <T>(schema: z.ZodType<T>): T => parse(type, schema, event);

  switch (type) {
    case 'im.message.receive_v1':
      return normaliseMessage(eventId, as(message), botOpenId);
    case CLICK:
      return { kind: 'click', ...delivered, ...clickOf(as(click)) };
    case 'application.bot.menu_v6': {
      const { operator, event_key, timestamp } = as(menu);
      return { kind: 'menu', eventId, at: timestamp ?? createdAt, operator: operator.operator_id, key: event_key };
    }
    case 'im.chat.access_event.bot_p2p_chat_entered_v1': {
      const { chat_id, operator_id, last_message_id } = as(entered);
      return { kind: 'entered', ...delivered, operator: operator_id, chatId: chat_id, first: !last_message_id };
    }
    case 'im.chat.member.bot.added_v1':
      return { kind: 'chat', ...delivered, change: 'bot-added', ...chatOf(as(chat)) };
    case 'im.chat.member.bot.deleted_v1':
      return { kind: 'chat', ...delivered, change: 'bot-removed', ...chatOf(as(chat)) };
    case 'im.chat.disbanded_v1':
      return { kind: 'chat', ...delivered, change: 'disbanded', ...chatOf(as(chat)) };
    case 'im.message.recalled_v1': {
      const { message_id, chat_id, recall_time } = as(recalled);
      return { kind: 'recalled', eventId, at: recall_time ?? createdAt, messageId: message_id, chatId: chat_id };
    }
    case 'im.message.message_read_v1': {
      const { reader, message_id_list } = as(read);
      return {
        kind: 'read',
        eventId,
        at: reader.read_time ?? createdAt,
        reader: reader.reader_id,
        messageIds: message_id_list,
      };
    }
    case 'contact.user.created_v3':
      return { kind: 'person', ...delivered, change: 'joined', ...personOf(as(directory)) };
    case 'contact.user.updated_v3':
      return { kind: 'person', ...delivered, change: 'changed', ...personOf(as(directory)) };
    case 'contact.user.deleted_v3':
      return { kind: 'person', ...delivered, change: 'left', ...personOf(as(directory)) };
    default:
      return undefined;
  }
}

async function normaliseMessage(
  eventId: string,
  { sender, message: given }: z.infer<typeof message>,
  botOpenId: () => Promise<string>,
): Promise<Incoming | undefined> {
  if (sender.sender_type !== 'user') return undefined;
  const { text, attachments } = contentOf(given);
  const mentions = (given.mentions ?? []).map(({ key, name, id: who }) => ({
    key,
    name,
    ...(who?.open_id && { openId: who.open_id }),
  }));
  const mentioned = mentions.some(({ openId }) => openId);
  const bot = mentioned ? await botOpenId() : undefined;
  return {
    kind: 'message',
    eventId,
    at: given.create_time,
    sender: parse('im.message.receive_v1', person, sender.sender_id),
    // anything but a private chat counts as one where others read along
    chat: { id: given.chat_id, kind: given.chat_type === 'p2p' ? 'private' : 'group' },
    messageId: given.message_id,
    ...(given.parent_id && { parentId: given.parent_id }),
    ...(given.root_id && { rootId: given.root_id }),
    ...(given.thread_id && { threadId: given.thread_id }),
    ...(text !== undefined && { text }),
    mentions,
    toBot: mentions.some(({ openId }) => openId !== undefined && openId === bot),
    attachments,
    messageType: given.message_type,
  };
}

function contentOf({ message_type, content }: z.infer<typeof message>['message']) {
  try {
    return readContent(message_type, content);
  } catch {
    throw new MalformedEvent('im.message.receive_v1', 'message.content');
  }
}

function clickOf({ operator, token, action, context }: z.infer<typeof click>) {
  return {
    operator,
    token,
    chatId: context.open_chat_id,
    messageId: context.open_message_id,
    action: {
      tag: action.tag,
      ...(action.name && { name: action.name }),
      ...(action.value !== undefined && action.value !== null && { value: action.value }),
      ...(action.option != null && { option: action.option }),
      ...(action.options && { options: action.options }),
      ...(action.input_value != null && { inputValue: action.input_value }),
      ...(action.checked != null && { checked: action.checked }),
      ...(action.form_value && { formValue: action.form_value }),
    },
  };
}

const chatOf = ({ chat_id, name }: z.infer<typeof chat>) => ({ chatId: chat_id, ...(name && { name }) });
const personOf = ({ object }: z.infer<typeof directory>) => ({
  openId: object.open_id,
  ...(object.name && { name: object.name }),
});

function parse<T>(type: string, schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  // paths only: the values are what people wrote
  throw new MalformedEvent(type, result.error.issues.map(({ path }) => path.join('.') || 'event').join(', '));
}
