import { z } from 'zod';
import { monthOf } from '#domain/calendar/dates';
import { canonicalJson } from '#domain/pay/canonical-json';
import { criterionSchema } from '#domain/pay/criteria';
import {
  countField,
  dateField,
  moneyField,
  moneyFromZeroField,
  monthField,
  quantityField,
  scoreField,
} from '#domain/pay/fields';
import { describeIssues } from '#domain/pay/issues';

/**
 * The facts of one person and one month: everything that a settlement may look at.
 *
 * The JSON form writes money as yuan text or whole fen; a value may stand bare or as `{ "value": …, "source": … }`.
 * A fact that is absent was not recorded: a rule that needs it fails and names it.
 */

const sourceSchema = z
  .strictObject({
    at: z.string().optional(),
    author: z.string().optional(),
    link: z.string().optional(),
    messageId: z.string().optional(),
    note: z.string().optional(),
    order: z.string().optional(),
  })
  .meta({ id: 'Source', description: 'who recorded the fact, when, and in which message' });
export type Source = z.output<typeof sourceSchema>;

/** A value with where it came from. */
export interface Recorded<T> {
  readonly value: T;
  readonly source?: Source | undefined;
}

function recorded<S extends z.ZodType>(field: S) {
  // what the bot collects stands beside its source: that branch first, since a branch that fails costs more than one that fits
  return z.union([
    z.strictObject({ value: field, source: sourceSchema.optional() }) as unknown as z.ZodType<
      Recorded<z.output<S>>,
      { value: z.input<S>; source?: Source }
    >,
    field.transform((value): Recorded<z.output<S>> => ({ value })),
  ]);
}

/** An amount of the month: one figure, or the orders that it adds up from (returns are negative). */
const figureSchema = z.union([
  recorded(moneyField).transform((only) => [{ ...only, order: undefined as string | undefined }]),
  z.array(z.strictObject({ value: moneyField, order: z.string().optional(), source: sourceSchema.optional() })),
]);
export const measureBases = ['ordered', 'shipped', 'invoiced', 'received'] as const;
export type MeasureBasis = (typeof measureBases)[number];
const byBasis = z.strictObject({
  ordered: figureSchema.optional(),
  shipped: figureSchema.optional(),
  invoiced: figureSchema.optional(),
  received: figureSchema.optional(),
});
const measureSchema = z
  .union([
    figureSchema.transform((figure) => ({ ordered: figure, shipped: figure, invoiced: figure, received: figure })),
    byBasis,
  ])
  .meta({ description: 'one amount (counts for whichever basis the scheme uses), or amounts by basis' });

const flagSchema = z
  .union([
    z.boolean().transform((met): Flag => ({ met })),
    z.strictObject({ met: z.boolean(), reason: z.string().optional(), source: sourceSchema.optional() }),
  ])
  .meta({ description: "the manager's yes or no, with a reason when it is no" });
export interface Flag {
  readonly met: boolean;
  readonly reason?: string | undefined;
  readonly source?: Source | undefined;
}

/** Names become part of fact paths, which spreadsheets refer to in braces. */
const nameField = z.string().regex(/^[^{}]+$/, '名称不能为空，也不能含有花括号');

const statusSchema = z.enum(['recorded', 'disputed', 'upheld', 'withdrawn']).default('recorded');

const incidentSchema = z.strictObject({
  id: nameField.optional(),
  clause: nameField.meta({ description: 'the clause that the scheme charges it under, e.g. JW-K1' }),
  date: dateField,
  loss: moneyFromZeroField.optional().meta({ description: "the company's loss" }),
  amount: moneyFromZeroField
    .optional()
    .meta({ description: 'the amount the manager chose, where the clause has a range' }),
  order: z.string().optional(),
  reason: z.string().optional(),
  status: statusSchema,
  source: sourceSchema.optional(),
});

const sampleSchema = z.strictObject({
  kind: nameField,
  pieces: countField,
  order: z.string().optional(),
  source: sourceSchema.optional(),
});

const declarationSchema = z.strictObject({
  no: z.string().min(1),
  date: dateField,
  order: z.string().optional(),
  paid: z.boolean().default(false).meta({ description: 'its reward was paid out with an earlier year' }),
  source: sourceSchema.optional(),
});

const faultSchema = z.strictObject({
  id: nameField.optional(),
  clause: nameField,
  date: dateField.meta({ description: 'the day on which it happened' }),
  declaration: z.string().optional(),
  order: z.string().optional(),
  reason: z.string().optional(),
  status: statusSchema,
  source: sourceSchema.optional(),
});

export const appraisalStates = ['confirmed', 'unanswered', 'disputed', 'reconfirmed', 'draft'] as const;
const appraisalSchema = z.strictObject({
  score: scoreField,
  state: z.enum(appraisalStates).default('confirmed'),
  items: z
    .record(z.string(), scoreField)
    .optional()
    .meta({ description: 'points by criterion; they must add up to the score' }),
  source: sourceSchema.optional(),
});

const kpiSchema = z.strictObject({
  criterion: nameField,
  done: countField.optional(),
  due: countField.optional(),
  score: scoreField.optional(),
  overruled: z
    .strictObject({ score: scoreField, reason: z.string().min(1, '主管改分必须写明理由') })
    .optional()
    .meta({ description: "the manager's own score in place of the computed one, with the reason" }),
  source: sourceSchema.optional(),
});

const correctionSchema = z.strictObject({
  month: monthField.meta({ description: 'the locked month that is corrected' }),
  amount: moneyField.meta({ description: 'signed: positive is paid, negative is taken back' }),
  reason: z.string().min(1),
  source: sourceSchema.optional(),
});

export const factsSchema = z
  .strictObject({
    person: z.strictObject({ id: z.string().min(1), name: z.string().min(1) }),
    month: monthField,
    profile: z
      .strictObject({
        positionWage: recorded(moneyFromZeroField).optional().meta({ description: 'monthly position or base wage' }),
        performanceBase: recorded(moneyFromZeroField).optional(),
        contractWage: recorded(moneyFromZeroField).optional().meta({ description: 'only for the probation check' }),
        contributions: recorded(moneyFromZeroField).optional().meta({
          description: "the employee's social insurance and housing fund of the month, for the minimum wage check",
        }),
        hiredOn: dateField.optional(),
        leftOn: dateField.optional().meta({ description: 'last day of employment' }),
        probationUntil: dateField.optional().meta({ description: 'last day of probation' }),
      })
      .prefault({}),
    measures: z.strictObject({ sales: measureSchema.optional(), processingFee: measureSchema.optional() }).prefault({}),
    hours: z
      .strictObject({
        required: recorded(quantityField).optional(),
        attended: recorded(quantityField).optional(),
        overtime: recorded(quantityField).optional().meta({ description: 'all overtime hours' }),
        overtimeRestDay: recorded(quantityField).optional().meta({ description: 'of these on rest days' }),
        overtimeHoliday: recorded(quantityField).optional().meta({ description: 'of these on statutory holidays' }),
      })
      .prefault({}),
    nights: recorded(countField).optional(),
    samples: z.array(sampleSchema).optional(),
    samplePrices: z.record(z.string(), recorded(moneyFromZeroField)).optional(),
    incidents: z.array(incidentSchema).optional(),
    companyLoss: recorded(moneyFromZeroField)
      .optional()
      .meta({ description: 'used when the setting companyLoss is "recorded"' }),
    flags: z
      .strictObject({
        compliance: flagSchema
          .optional()
          .meta({ description: 'work done by the rules and in time; only a "no" has to be said' }),
        conduct: flagSchema.optional().meta({ description: 'good conduct' }),
      })
      .prefault({}),
    declarations: z.array(declarationSchema).optional(),
    faults: z.array(faultSchema).optional(),
    appraisal: appraisalSchema.optional(),
    kpi: z.array(kpiSchema).optional(),
    criteria: z
      .array(criterionSchema)
      .optional()
      .meta({ description: "the company's own criteria of the month, in place of the scheme's" }),
    carriedIn: recorded(moneyFromZeroField)
      .optional()
      .meta({ description: 'still owed from earlier months; 0 when absent' }),
    damagesBalance: recorded(moneyFromZeroField)
      .optional()
      .meta({ description: 'damages beyond the legal cap of earlier months; 0 when absent' }),
    corrections: z.array(correctionSchema).default([]),
    settings: z
      .record(z.string(), z.unknown())
      .optional()
      .meta({ description: 'company settings that replace those of the scheme, e.g. { "nightRate": "15.00" }' }),
  })
  .meta({ title: 'Facts of one person and month', id: 'Facts' });

export type FactsInput = z.input<typeof factsSchema>;
export type Facts = Readonly<z.output<typeof factsSchema>>;
export type Incident = z.output<typeof incidentSchema> & { id: string };
export type Fault = z.output<typeof faultSchema> & { id: string };
export type Declaration = z.output<typeof declarationSchema>;
export type KpiFact = z.output<typeof kpiSchema>;

/** Facts that are no facts; `lines` name every mistake and where it is. */
export class FactsError extends Error {
  override name = 'FactsError';
  readonly lines: readonly string[];
  constructor(lines: readonly string[]) {
    super(lines.join('\n'));
    this.lines = lines;
  }
}

/**
 * Reads the JSON form. Lists are put into one order, so the order in which facts were recorded changes nothing.
 *
 * Throws FactsError with one line for each mistake.
 */
export function parseFacts(json: unknown): Facts {
  const parsed = factsSchema.safeParse(json);
  if (!parsed.success) throw new FactsError(describeIssues(parsed.error.issues));
  const facts = ordered(parsed.data);
  const mistakes = contradictionsIn(facts);
  if (mistakes.length > 0) throw new FactsError(mistakes);
  return facts;
}

/** In the order of their canonical texts. */
function sorted<T>(list: readonly T[]): T[] {
  if (list.length < 2) return [...list];
  return list
    .map((each) => ({ each, key: canonicalJson(each) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ each }) => each);
}

function byDate<T extends { date: string }>(list: readonly T[]): T[] {
  return sorted(list).sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
}

function named<T extends { id?: string | undefined }>(list: readonly T[], prefix: string) {
  return list.map((each, at) => ({ ...each, id: each.id ?? `${prefix}${at + 1}` }));
}

function ordered(facts: Facts): Facts {
  const own: { -readonly [Name in keyof Facts]: Facts[Name] } = { ...facts };
  if (own.samples) own.samples = sorted(own.samples);
  if (own.incidents) own.incidents = named(byDate(own.incidents), 'i');
  if (own.declarations) own.declarations = byDate(own.declarations);
  if (own.faults) own.faults = named(byDate(own.faults), 'f');
  if (own.kpi) own.kpi = sorted(own.kpi);
  own.corrections = sorted(own.corrections);
  return own;
}

/** Names that stand twice in a list. */
function twice<T>(list: readonly T[] | undefined, nameOf: (each: T) => string): readonly string[] {
  if (!list || list.length < 2) return [];
  const names = list.map(nameOf);
  return [...new Set(names.filter((each, at) => names.indexOf(each) !== at))];
}

function contradictionsIn(facts: Facts): string[] {
  const { month, profile, hours } = facts;
  const lines: string[] = [];
  for (const id of twice(facts.incidents, ({ id }) => id ?? '')) lines.push(`incidents：事件 ${id} 重复`);
  for (const id of twice(facts.faults, ({ id }) => id ?? '')) lines.push(`faults：差错 ${id} 重复`);
  for (const no of twice(facts.declarations, ({ no }) => no)) lines.push(`declarations：报关单 ${no} 重复`);
  for (const id of twice(facts.kpi, ({ criterion }) => criterion)) lines.push(`kpi：考核项 ${id} 重复`);
  for (const { id, date } of facts.incidents ?? []) {
    if (monthOf(date) > month) lines.push(`incidents：事件 ${id} 发生在 ${date}，晚于结算月 ${month}`);
  }
  if (profile.hiredOn && monthOf(profile.hiredOn) > month)
    lines.push(`profile.hiredOn：${month} 尚未入职（${profile.hiredOn}）`);
  if (profile.leftOn && monthOf(profile.leftOn) < month)
    lines.push(`profile.leftOn：${month} 已经离职（${profile.leftOn}）`);
  if (profile.hiredOn && profile.leftOn && profile.leftOn < profile.hiredOn) {
    lines.push(`profile.leftOn：离职日 ${profile.leftOn} 早于入职日 ${profile.hiredOn}`);
  }
  const { required, attended } = hours;
  if (required && required.value.numerator === 0n) {
    lines.push(`hours.required：${facts.person.name} ${month} 的应出勤工时是 0，无法按比例计算`);
  }
  if (!required && attended) lines.push(`hours.required：有实际出勤工时，缺少应出勤工时`);
  for (const { criterion, done, due } of facts.kpi ?? []) {
    if ((done === undefined) !== (due === undefined)) lines.push(`kpi：${criterion} 的 done 与 due 必须同时填写`);
    if (done !== undefined && due !== undefined && done > due)
      lines.push(`kpi：${criterion} 完成数 ${done} 多于应完成数 ${due}`);
  }
  const items = Object.values(facts.appraisal?.items ?? {});
  if (facts.appraisal && items.length > 0 && items.reduce((sum, each) => sum + each, 0n) !== facts.appraisal.score) {
    lines.push('appraisal.items：各项得分之和与总分不符');
  }
  return lines;
}
