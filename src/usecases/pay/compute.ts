import { hash } from 'node:crypto';
import { LunarGap } from '#domain/calendar/lunar';
import { CalendarGap } from '#domain/calendar/notice';
import { knownNotices } from '#domain/calendar/notices/known';
import type { Warning } from '#domain/pay/context';
import { type Facts, FactsError, parseFacts } from '#domain/pay/facts';
import { type PayProblem, SettlementError } from '#domain/pay/problem';
import { SchemeError, type SchemeVersion } from '#domain/pay/scheme';
import { allWarnings, approvalBlocks, type Settlement, type SettleOptions, settle } from '#domain/pay/settle';
import { afterLeaving, type Inputs, type SettlementKind } from '#domain/pay/stored';
import { text } from '#domain/pay/text';
import type { Collected } from '../facts/collect.ts';
import type { PayPerson } from '../facts/source.ts';

export const optionsOf = ({ notices }: Inputs): SettleOptions =>
  notices.length === 0
    ? {}
    : { notices: [...notices, ...knownNotices.filter(({ year }) => !notices.some((own) => own.year === year))] };

export const versionOf = (version: SchemeVersion, kind: SettlementKind): SchemeVersion =>
  kind === 'after-leaving' ? afterLeaving(version) : version;

/** Facts, and what is wrong with them in words that a person can act on. */
export function readFacts(inputs: Inputs): { facts: Facts } | { problems: PayProblem[] } {
  try {
    return { facts: parseFacts(inputs.facts) };
  } catch (error) {
    const problems = problemsOf(error);
    if (!problems) throw error;
    return { problems };
  }
}

/** A mistake in facts, settings or calendar as problems; undefined for a fault of the program. */
export function problemsOf(error: unknown): PayProblem[] | undefined {
  if (error instanceof SettlementError) return [...error.problems];
  if (error instanceof FactsError || error instanceof SchemeError)
    return error.lines.map((line) => ({ code: 'invalid', at: 'facts', text: text(line, line) }));
  if (error instanceof CalendarGap || error instanceof LunarGap)
    return [{ code: 'missing', at: 'calendar', text: text(error.message, error.message) }];
  return undefined;
}

const noScheme: PayProblem = {
  code: 'missing',
  at: 'scheme',
  text: text('没有登记工资方案，或方案当月还没有版本', 'no pay scheme is recorded, or it has no version yet'),
};

/** What a computation looks at of what was collected. */
export type Computable = Pick<Collected, 'inputs' | 'problems' | 'blocks'> & {
  person: Pick<PayPerson, 'kind' | 'version'>;
};

export interface Computed {
  settlement: Settlement | undefined;
  problems: PayProblem[];
  blocks: Warning[];
  warnings: Warning[];
}

/** Settles what was collected of one person. Never throws for what a person can put right. */
export function compute({ person, inputs, problems: known, blocks: given }: Computable): Computed {
  const failed = (problems: PayProblem[]): Computed => ({
    settlement: undefined,
    problems: [...known, ...problems],
    blocks: given,
    warnings: [],
  });
  if (!person.version) return failed([noScheme]);
  const read = readFacts(inputs);
  if ('problems' in read) return failed(read.problems);
  try {
    const settlement = settle(read.facts, versionOf(person.version, person.kind), optionsOf(inputs));
    if (known.length > 0) return failed([]);
    const blocks = [...given, ...approvalBlocks(settlement)];
    return { settlement, problems: [], blocks: uniqueByCode(blocks), warnings: allWarnings(settlement) };
  } catch (error) {
    const problems = problemsOf(error);
    if (!problems) throw error;
    return failed(problems);
  }
}

const uniqueByCode = (warnings: Warning[]): Warning[] => [
  ...new Map(warnings.map((warning) => [warning.code, warning])).values(),
];

export const sha256 = (...parts: string[]): string =>
  hash('sha256', parts.map((part) => `${part.length}:${part}`).join(''), 'hex');
