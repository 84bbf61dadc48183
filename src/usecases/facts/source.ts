import type { Db } from '#db/client';
import type { SaidValue } from '#db/pay-said';
import type { Month } from '#domain/calendar/dates';
import type { Warning } from '#domain/pay/context';
import type { FactsInput, Source } from '#domain/pay/facts';
import type { PayProblem } from '#domain/pay/problem';
import type { Scheme, SchemeVersion } from '#domain/pay/scheme';
import type { SettlementKind } from '#domain/pay/stored';

/** Somebody whose month is settled. */
export interface PayPerson {
  id: number;
  openId: string;
  name: string;
  kind: SettlementKind;
  hiredOn: string | null;
  leftOn: string | null;
  probationUntil: string | null;
  terms:
    | {
        scheme: string | null;
        positionWageFen: bigint | null;
        performanceBaseFen: bigint | null;
        recordedBy: string;
        recordedAt: Date;
        fromMonth: string;
      }
    | undefined;
  scheme: { scheme: Scheme; hash: string; text: string } | undefined;
  version: SchemeVersion | undefined;
}

export interface Asked {
  month: Month;
  people: readonly PayPerson[];
  zone: string;
  /** What finance entered for these people's month: several sources look at it, it is read once. */
  entered(): Promise<readonly SaidValue[]>;
  /** The company's own settings of the month, as text. */
  settings: ReadonlyMap<string, { value: string; saidAt: Date }>;
}

type Deep<T> = T extends readonly unknown[] ? T : T extends object ? { [K in keyof T]?: Deep<T[K]> } : T;

/** What one source knows of one person's month, in the JSON form of the facts. */
export interface FactPart {
  facts: Deep<Omit<FactsInput, 'person' | 'month'>>;
  /** What keeps a fact from being told: an order without an amount, a currency without a rate. */
  problems?: PayProblem[];
  /** What keeps the month from being approved although it can be computed. */
  blocks?: Warning[];
}

/**
 * Where facts come from. Each source is one file and asks the database once for everybody; a fact that it does not tell is missing, unless
 * another source tells it. Later sources overrule earlier ones; lists are put together.
 */
export interface FactSource {
  name: string;
  collect(db: Db, asked: Asked): Promise<Map<number, FactPart>>;
}

/** Rows by person, in their order. */
export function byPerson<Row extends { personId: number }>(
  rows: readonly Row[],
): { of(personId: number): readonly Row[] } {
  const groups = new Map<number, Row[]>();
  for (const row of rows) {
    const group = groups.get(row.personId);
    if (group) group.push(row);
    else groups.set(row.personId, [row]);
  }
  return { of: (personId) => groups.get(personId) ?? [] };
}

/** Whether the rules of a version read a measure. */
export const uses = (version: SchemeVersion | undefined, measure: 'sales' | 'processingFee'): boolean =>
  version?.lines.some((rule) => 'of' in rule && rule.of === measure) ?? false;

export const hasKind = (version: SchemeVersion | undefined, kind: string): boolean =>
  version?.lines.some((rule) => rule.kind === kind) ?? false;

/** Clauses of faults of a yearly reward. */
export const faultClauses = (version: SchemeVersion | undefined): string[] =>
  version?.lines.flatMap((rule) => (rule.kind === 'yearly-reward' ? rule.faults.map(({ clause }) => clause) : [])) ??
  [];

/** Opens a chat in the platform's client. */
export const chatLink = (chatId: string): string =>
  `https://applink.feishu.cn/client/chat/open?openChatId=${encodeURIComponent(chatId)}`;

/** The source of a fact: open_id of who said it, when, in which message. Names are looked up when it is shown. */
export function sourceOf(said: {
  author: string;
  at: Date;
  messageId?: string | null;
  chatId?: string | null;
  order?: string | null;
  note?: string;
}): Source & { at: string; author: string } {
  // in the order in which it is kept; written out, since there is one for each of a million facts
  const source: { at: string; author: string } & Source = { at: said.at.toISOString(), author: said.author };
  if (said.chatId) source.link = chatLink(said.chatId);
  if (said.messageId) source.messageId = said.messageId;
  if (said.note) source.note = said.note;
  if (said.order) source.order = said.order;
  return source;
}

/** Merges what the sources know: lists are joined, objects merged, later values win. */
export function mergeFacts(a: unknown, b: unknown): unknown {
  if (b === undefined) return a;
  if (Array.isArray(a) && Array.isArray(b)) return [...a, ...b];
  if (!isPlain(a) || !isPlain(b) || 'value' in a || 'value' in b) return b;
  const merged: Record<string, unknown> = { ...a };
  for (const key of Object.keys(b)) merged[key] = Object.hasOwn(a, key) ? mergeFacts(a[key], b[key]) : b[key];
  return merged;
}

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
