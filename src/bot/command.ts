import type { z } from 'zod';
import type { Card } from '#cards/kit';
import type { Db } from '#db/client';
import type { OutboxContent, Recipient } from '#db/outbox';
import type { Person, Role } from '#domain/people/person';
import type { Locale, Text } from '#domain/text';
import type { Field } from './fields.ts';

/**
 * The contract between a command and the bot. One declaration feeds the parser, the rights gate, the help, the form that opens when
 * words are missing, and the native slash-command list. `run` returns what to say; it sends nothing itself.
 */

declare module 'zod' {
  interface GlobalMeta {
    /** How the words for it are read, recognised and asked for. Carried by the schemas of `fields.ts`. */
    field?: Field;
    /** Position among the bare words, from 1. `rest`: takes all bare words that are left. */
    word?: number | 'rest';
    /** Keys of `key=value`, next to the property's own name. */
    keys?: string[];
    label?: Text;
    /** A word that looks like it is taken without a key (a stage name, a quantity with unit, a date). */
    bare?: boolean;
    /** Not in the form and not in the help: travels on buttons only. */
    hidden?: boolean;
    placeholder?: Text;
  }
}

export type CommandInput = z.ZodObject<Record<string, z.ZodType>>;

/** The message or click that a record came from: what a later question "who said so?" is answered with. */
export interface Source {
  eventId: string;
  messageId?: string;
  chatId?: string;
  /** Which of the commands of one message. */
  commandIndex: number;
}

export type Via = 'text' | 'click' | 'form' | 'menu' | 'file' | 'schedule' | 'console';

export interface Attachment {
  type: 'image' | 'file';
  key: string;
  name: string;
  messageId: string;
}

export interface CommandContext {
  /** The open transaction of this intent. There is no other handle: using one would wait for this transaction for ever. */
  tx: Db;
  actor: Person;
  via: Via;
  place: 'group' | 'private' | 'console';
  /** When the person said it, by the platform's clock: what happened in which month is decided by it. */
  saidAt: Date;
  now: Date;
  /** Business day of `saidAt`, `YYYY-MM-DD`. */
  today: string;
  /** The company's zone, in which business days are counted. */
  zone: string;
  locale: Locale;
  source: Source;
  attachments: Attachment[];
  /** Commands that exist, for `/help`. */
  commands: readonly Command[];
  /** Writes the audit row of a change; every command that changes something calls it. */
  record(entry: { subject: string; before?: unknown; after?: unknown }): Promise<void>;
  /** A write on its way that nothing else waits for: it is awaited before the commit, so that it travels with what follows. */
  later(written: Promise<unknown>): void;
  /** What the command's `ahead` asked, when it could be asked together with the inbox row. */
  ahead?: unknown;
  /** Bytes of a file that came with the message, fetched before the transaction began. */
  file?: { name: string; bytes: Uint8Array };
}

/** What a command says. Everything is sent after the commit, through the outbox. */
export interface Reply {
  /** The answer where it was asked. A click on a card replaces that card, unless `anew`. */
  card?: Card;
  /** Send `card` as a new message even when a click asked for it. */
  anew?: boolean;
  /** Shown for a moment to the person who clicked; in answer to text it is left out when there is a card. */
  toast?: { tone: 'info' | 'success' | 'warning' | 'error'; text: Text };
  /** What the card is about (`order:SO-1001`), so that it can be updated later. */
  subject?: string;
  file?: { name: string; bytes: Uint8Array };
  /** Told to others. */
  also?: Told[];
  /**
   * Messages that the card would link to if it were known where they stand, the most wanted first. The platform is asked afterwards, and what
   * the same command then says takes the place of this card. For commands that only read.
   */
  seeks?: string[];
}

export interface Told {
  to: Recipient;
  content: Exclude<OutboxContent, { type: 'card' }> | { type: 'card'; card: Card; subject?: string };
  /** Same for the same logical message, so that repeating the step tells it once. */
  key?: string;
}

export interface Declaration<Input extends CommandInput> {
  /** Subject and verb: `order update`. A subject alone answers to the bare subject: `help`. */
  name: string;
  /** Other ways to say it, `订单 更新` first: help and cards show that one. */
  aliases: string[];
  summary: { zh: string; en: string };
  /** A line that works, for the help and for corrections. */
  example: { zh: string; en: string };
  /** Any one of these roles suffices; `everyone` on the roster, or `anybody` at all. */
  roles: Role[] | 'everyone' | 'anybody';
  /** Private: asked in a group, it answers in the private chat and says only that. */
  answers: 'anywhere' | 'private';
  /** Arguments of which one at least must be given; none of them opens the form. */
  atLeastOne?: string[];
  /** Changes nothing, so that a repeated click is simply answered again. */
  reads?: boolean;
  input: Input;
  /** A sentence above the fields of the form. */
  intro?(known: Record<string, string>): Text | undefined;
  /** What the form offers for an argument, where that depends on the record: the stages of this very order. */
  offers?(tx: Db, known: Record<string, string>): Promise<Record<string, { value: string; label: Text }[]>>;
  /**
   * What `run` would ask the database first: it is sent behind the inbox row, which spares an event a trip, and `run` finds it as
   * `ctx.ahead`. May lock and read, changes nothing, and is nothing that `run` relies on: it comes before rights are looked at, and only
   * for a single command of a message.
   */
  ahead?(tx: Db, args: z.output<Input>): Promise<unknown> | undefined;
  run(ctx: CommandContext, args: z.output<Input>): Promise<Reply>;
}

/** A declared command with the type of its arguments forgotten: how the registry holds it. */
export interface Command extends Omit<Declaration<CommandInput>, 'run' | 'ahead'> {
  ahead?(tx: Db, args: Record<string, unknown>): Promise<unknown> | undefined;
  run(ctx: CommandContext, args: Record<string, unknown>): Promise<Reply>;
}

export function defineCommand<Input extends CommandInput>(declaration: Declaration<Input>): Command {
  return declaration as unknown as Command;
}
