import { z } from 'zod';
import type { Month } from '#domain/calendar/dates';
import type { DeadlineRule } from '#domain/calendar/deadlines';
import { type Criterion, criterionSchema } from '#domain/pay/criteria';
import { countField, monthField } from '#domain/pay/fields';
import { describeIssues } from '#domain/pay/issues';
import { anyRuleSchema, kindOf, type Rule } from '#domain/pay/rule';
import { type Settings, settingsSchema, writtenSettingsSchema } from '#domain/pay/settings';
import type { Text } from '#domain/pay/text';

/** A pay scheme as data: versions by month, each line with its clause and the document's own words. */
const label = z.strictObject({ en: z.string().min(1), zh: z.string().min(1) });
const clauseSchema = z.strictObject({ clause: z.string().min(1), label, text: z.string().min(1) });

const stepSchema = z.enum(['score', 'confirm', 'statistics', 'superior', 'finance']);
/** 1 to 31, as a number. */
const days = Array.from({ length: 32 }, (_, day) => day);
const dayField = countField
  .refine((day) => day >= 1n && day <= 31n, '应为 1 到 31')
  .transform((day) => days.find((each) => BigInt(each) === day) ?? 0);
const deadlineSchema = z.union([
  z.strictObject({ clause: z.string().min(1), step: stepSchema, calendarDay: dayField }),
  z.strictObject({ clause: z.string().min(1), step: stepSchema, workday: dayField }),
]);

const versionSchema = z.strictObject({
  from: monthField,
  /** `comprehensive`: the document claims 综合工时, which needs an approval. */
  hours: z.enum(['standard', 'comprehensive']).default('standard'),
  settings: writtenSettingsSchema.prefault({}),
  lines: z.array(anyRuleSchema).min(1),
  criteria: z.array(criterionSchema).default([]),
  /** Deadlines of the appraisal in the month after the period, by calendar day or by working day. */
  deadlines: z.array(deadlineSchema).default([]),
  /** Clauses that are no pay line: duties and steps of the appraisal. */
  clauses: z.array(clauseSchema).default([]),
});

const schemeSchema = z.strictObject({
  scheme: z.string().regex(/^[a-z0-9-]+$/, '方案代号只能用小写字母、数字和 -'),
  name: label,
  source: z.string().min(1),
  versions: z.array(versionSchema).min(1),
});

export interface SchemeVersion {
  readonly scheme: string;
  readonly name: Text;
  readonly from: Month;
  readonly hours: 'standard' | 'comprehensive';
  readonly settings: Readonly<Record<string, unknown>>;
  readonly lines: readonly Rule[];
  readonly criteria: readonly Criterion[];
  readonly deadlines: readonly DeadlineRule[];
  readonly clauses: readonly z.output<typeof clauseSchema>[];
}

export interface Scheme {
  readonly scheme: string;
  readonly name: Text;
  readonly source: string;
  /** Oldest first. */
  readonly versions: readonly SchemeVersion[];
}

/** Scheme data that cannot be used; `lines` name every mistake and where it is. */
export class SchemeError extends Error {
  override name = 'SchemeError';
  readonly lines: readonly string[];
  constructor(lines: readonly string[]) {
    super(lines.join('\n'));
    this.lines = lines;
  }
}

/**
 * Validates parsed YAML, in which every scalar is text, so that no amount ever was a binary number.
 *
 * Throws SchemeError with one line for each mistake.
 */
export function parseScheme(data: unknown): Scheme {
  const parsed = schemeSchema.safeParse(data);
  if (!parsed.success) throw new SchemeError(describeIssues(parsed.error.issues));
  const { scheme, name, source } = parsed.data;
  const versions = parsed.data.versions
    .map((version): SchemeVersion => ({ scheme, name, ...version }))
    .sort((a, b) => (a.from < b.from ? -1 : 1));
  const lines = versions.flatMap(mistakesIn);
  const repeated = versions.filter(({ from }, at) => versions.findIndex((other) => other.from === from) !== at);
  lines.push(...repeated.map(({ from }) => `versions：有两个版本从 ${from} 开始`));
  if (lines.length > 0) throw new SchemeError(lines);
  return { scheme, name, source, versions };
}

function mistakesIn({ from, lines, criteria }: SchemeVersion): string[] {
  const clauses = lines.map(({ clause }) => clause);
  const twice = clauses.filter((clause, at) => clauses.indexOf(clause) !== at);
  const unknown = lines.flatMap((rule) =>
    (kindOf(rule).dependsOn?.(rule, lines) ?? [])
      .filter((clause) => !clauses.includes(clause))
      .map((clause) => `${rule.clause} → ${clause}`),
  );
  const kpi = lines.some((rule) => rule.kind === 'score-weighted' && rule.score === 'kpi') && criteria.length === 0;
  return [
    ...twice.map((clause) => `${from}：条款 ${clause} 出现两次`),
    ...unknown.map((pair) => `${from}：${pair} 引用了不存在的条款`),
    ...circles(lines).map((circle) => `${from}：条款互相引用，无法计算：${circle}`),
    ...(kpi ? [`${from}：有 KPI 得分行，但没有 criteria（考核项）`] : []),
  ];
}

/** Circles among the clauses that refer to each other, e.g. "A → B → A". */
export function circles(lines: readonly Rule[]): string[] {
  const found: string[] = [];
  const visit = (clause: string, path: readonly string[]): void => {
    if (path.includes(clause)) {
      if (path[0] === clause) found.push([...path, clause].join(' → '));
      return;
    }
    const rule = lines.find((each) => each.clause === clause);
    for (const next of rule ? (kindOf(rule).dependsOn?.(rule, lines) ?? []) : []) visit(next, [...path, clause]);
  };
  for (const { clause } of lines) visit(clause, []);
  const members = (circle: string) => circle.split(' → ').slice(1).sort().join();
  return found.filter((circle, at) => found.findIndex((other) => members(other) === members(circle)) === at);
}

/** Rules in an order in which each comes after those it depends on; the scheme's own order otherwise. */
export function inOrder(lines: readonly Rule[]): readonly Rule[] {
  const order = orders.get(lines) ?? orderOf(lines);
  orders.set(lines, order);
  return order;
}

/** A version's lines never change, and everybody of a month is settled by the same few. */
const orders = new WeakMap<readonly Rule[], readonly Rule[]>();

function orderOf(lines: readonly Rule[]): Rule[] {
  const done: Rule[] = [];
  const place = (rule: Rule): void => {
    if (done.includes(rule)) return;
    const first = kindOf(rule).dependsOn?.(rule, lines) ?? [];
    for (const other of lines) if (first.includes(other.clause)) place(other);
    done.push(rule);
  };
  for (const rule of lines) place(rule);
  return done;
}

/** The version in force in a month (G4); undefined before the first one. */
export function versionFor(scheme: Scheme, month: Month): SchemeVersion | undefined {
  return scheme.versions.filter(({ from }) => from <= month).at(-1);
}

/** The settings in force: the company's over the scheme's over the defaults. Throws SchemeError for an unknown one. */
export function settingsFor(
  version: SchemeVersion,
  ...overlays: readonly (Readonly<Record<string, unknown>> | undefined)[]
): Settings {
  const key = keyOf(overlays);
  if (key === undefined) return readSettings(version, overlays);
  const read = readSettingsOf.get(version.settings) ?? new Map<string, Settings>();
  readSettingsOf.set(version.settings, read);
  const known = read.get(key);
  if (known) return known;
  const fresh = Object.freeze(readSettings(version, overlays));
  if (read.size < KEPT_SETTINGS) read.set(key, fresh);
  return fresh;
}

/** A company has one set of settings a month, and everybody is settled by it: read once, not once a person. */
const readSettingsOf = new WeakMap<SchemeVersion['settings'], Map<string, Settings>>();
const KEPT_SETTINGS = 200;

/** Equal for overlays that say the same; undefined for one that says more than texts. */
function keyOf(overlays: readonly (Readonly<Record<string, unknown>> | undefined)[]): string | undefined {
  for (const overlay of overlays) for (const name in overlay) if (typeof overlay[name] !== 'string') return undefined;
  return JSON.stringify(overlays);
}

function readSettings(
  version: SchemeVersion,
  overlays: readonly (Readonly<Record<string, unknown>> | undefined)[],
): Settings {
  const parsed = settingsSchema.safeParse(Object.assign({}, version.settings, ...overlays));
  if (!parsed.success) throw new SchemeError(describeIssues(parsed.error.issues, ['settings']));
  return parsed.data;
}

/** Every rule of a version in words, for `/scheme show`. */
export function describeRules(version: SchemeVersion, settings: Settings): { rule: Rule; sentence: Text }[] {
  return version.lines.map((rule) => ({ rule, sentence: kindOf(rule).sentence(rule, settings) }));
}
