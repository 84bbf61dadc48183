import type { Decided } from '../approval.ts';
import type { IsoDate } from '../calendar/dates.ts';
import type { Notices } from '../calendar/notice.ts';
import type { OrderLine } from '../order/lines.ts';
import type { Order } from '../order/order.ts';
import type { Role } from '../people/person.ts';
import type { Text } from '../text.ts';
import type { FieldSpec, Fields, Values, Words } from './fields.ts';

/**
 * The kinds of records that hang on an order: samples, seals, materials, documents … A kind is data and a few rules, one file.
 * A record is never rewritten: every change is an entry (who, when, through which message), and where it stands is their sum.
 */

export type Tone = 'blue' | 'green' | 'orange' | 'red' | 'grey';

export interface StateSpec<State extends string, Name extends string> {
  label: Words;
  aliases?: string[];
  /** What the button says that leads here; the label when absent. */
  act?: Words;
  tone: Tone;
  /** Somebody still has something to do. */
  open: boolean;
  to: readonly State[];
  /** What must be known before a record may come here. */
  needs?: readonly Name[];
  /** A photo or file must have been filed before. */
  photo?: boolean;
}

/** A record as it stands. */
export interface RecordHead {
  id: number;
  kind: string;
  orderId: number | null;
  responsibleId: number;
  state: string;
  open: boolean;
  values: Record<string, unknown>;
  /** How many photos and files are filed with it. */
  files: number;
  /** The business day that it belongs to. */
  day: IsoDate;
  /** While open: by when something has to happen. */
  due: IsoDate | null;
  createdBy: number;
  createdAt: Date;
  updatedAt: Date;
}

/** One thing that was said about a record. */
export interface RecordEntry {
  id: number;
  state: string | null;
  values: Record<string, unknown>;
  files: number;
  note: string;
  by: number;
  saidAt: Date;
}

/** A photo or file of a message, by the platform's key. */
export interface StoredFile {
  type: 'image' | 'file';
  key: string;
  name: string;
  messageId: string;
}

/** An entry as it is kept. */
export type FullEntry = Omit<RecordEntry, 'files'> & {
  files: StoredFile[];
  recordedAt: Date;
  /** The message that said it, and which of its commands. */
  eventId: string;
  commandIndex: number;
};

export type RecordOfOrder = RecordHead & { orderNo: string | null };

/** What is about to be said, with everything that a rule may want to look at. */
export interface Change<V = Record<string, unknown>, State extends string = string> {
  order: Order | undefined;
  /** The record before, absent for a new one. */
  before: { state: State; values: V } | undefined;
  state: State;
  values: V;
  /** Only what this entry says. */
  given: V;
  files: number;
  /** The order's colours and sizes. */
  lines: readonly OrderLine[];
  /** The other standing records of the order. */
  siblings: readonly RecordHead[];
  /** The newest answer to each approval that was asked for this record. */
  approvals: ReadonlyMap<string, Decided>;
  settings: RecordSettings;
  today: IsoDate;
}

/** What the company chose, as far as rules of records look at it. */
export interface RecordSettings {
  /** The form of a declaration number: `9` a digit, `A` a letter, anything else itself. Eighteen digits are always right. */
  declarationForm: string | undefined;
  /** The holiday notices that are known, with those that an administrator entered. */
  notices: Notices;
}

/** An approval that a change makes necessary. */
export interface Ask {
  kind: string;
  /** What the approver has to know beside the record's own values. */
  reason: Text;
}

interface KindOf<V, Name extends string, State extends string> {
  /** Also the command's subject. */
  code: string;
  noun: Words;
  /** Plural, for lists. */
  nouns: Words;
  fields: Readonly<Record<Name, FieldSpec>>;
  states: Record<State, StateSpec<State, Name>>;
  begins: State | ((values: V) => State);
  /** Other states that a record may be made in, beside those that lead on from its first. */
  mayBegin?: readonly State[];
  /** False: may stand for itself, before there is an order. */
  needsOrder: boolean;
  /** Who may record beside those who answer for the order. */
  keepers: readonly Role[];
  /** Only told in private: everything in it is money. */
  isPrivate?: boolean;
  /** A choice by which people tell an order's records apart: 发票, 定金, 终期. */
  apart?: Name;
  /** Of each value of `apart` an order has only one. */
  one?: boolean;
  /** What must be unique in the whole company. */
  key?(values: V): string | undefined;
  day?(values: V): IsoDate | undefined;
  due?(record: { state: State; values: V }): IsoDate | undefined;
  /** The words by which people know it: 发票, 早期, A118. */
  title(values: V): Text;
  /** Fills in what follows from what was said. */
  complete?(change: Change<V, State>): V;
  /** Beyond states, needs and photos. Each throws a UserError. */
  rules?: readonly ((change: Change<V, State>) => void)[];
  asks?(change: Change<V, State>): Ask[];
  /** The order's stage that a state amounts to: the first of these that its template has. Its gates must be open. */
  gated?: Partial<Record<State, readonly string[]>>;
  /** Whose desk it lands on when it comes into a state; they are told. */
  tells?: Partial<Record<State, Role>>;
  /** The short line on the order's card; `own` are the order's records of this kind. Never an amount. */
  mark?(own: readonly RecordHead[], order: Order, rules: MarkRules): Mark | undefined;
}

/** A kind as its own file declares it, with the types of its fields and states. */
export type RecordKind<F extends Fields, State extends string> = KindOf<Values<F>, Extract<keyof F, string>, State>;

/** What the company chose, as far as marks look at it. */
export interface MarkRules {
  /** The documents that each template asks for, where the company chose its own. */
  documents: Readonly<Record<string, readonly string[]>>;
}

export interface Mark {
  text: Text;
  tone: Tone;
}

/** A kind with the types of its fields forgotten: how everything but its own file holds it. */
export type AnyKind = KindOf<Record<string, unknown>, string, string>;

export const defineKind = <const F extends Fields, State extends string>(kind: RecordKind<F, State>): AnyKind =>
  kind as unknown as AnyKind;
