import { z } from 'zod';
import type { Fen } from '#domain/money';
import { sumFen } from '#domain/money';
import type { Declaration, Facts } from '#domain/pay/facts';
import { countField, dateField, moneyField, moneyFromZeroField, quantityField, scoreField } from '#domain/pay/fields';
import { invalid, missing, SettlementError } from '#domain/pay/problem';
import type { SchemeVersion } from '#domain/pay/scheme';
import { type Settlement, type SettleOptions, settle } from '#domain/pay/settle';
import type { Text } from '#domain/pay/text';

/** "What if": a closed set of changes to the facts of a month, and the settlement before and after. Nothing is stored. */
export const factChangeSchema = z.discriminatedUnion('change', [
  z.strictObject({ change: z.literal('score'), score: scoreField }),
  z.strictObject({ change: z.literal('criterion'), criterion: z.string().min(1), score: scoreField }),
  z.strictObject({ change: z.literal('attended'), hours: quantityField }),
  z.strictObject({ change: z.literal('overtime'), hours: quantityField }),
  z.strictObject({ change: z.literal('nights'), nights: countField }),
  z.strictObject({ change: z.literal('more-sales'), amount: moneyField }),
  z.strictObject({ change: z.literal('more-processing'), amount: moneyField }),
  z.strictObject({ change: z.literal('conduct'), met: z.boolean() }),
  z.strictObject({ change: z.literal('compliance'), met: z.boolean() }),
  z.strictObject({ change: z.literal('without-incident'), id: z.string().min(1) }),
  z.strictObject({
    change: z.literal('one-more-incident'),
    clause: z.string().min(1),
    date: dateField,
    loss: moneyFromZeroField.optional(),
    amount: moneyFromZeroField.optional(),
  }),
  z.strictObject({ change: z.literal('without-fault'), id: z.string().min(1) }),
  z.strictObject({
    change: z.literal('more-declarations'),
    count: countField.refine((count) => count <= 1000n, '最多 1000 票'),
    date: dateField,
  }),
]);
export type FactChange = z.output<typeof factChangeSchema>;

/** The facts after one change. Throws PayProblemFound when there is nothing to change. */
export function applyChange(facts: Facts, change: FactChange): Facts {
  switch (change.change) {
    case 'score':
      return { ...facts, appraisal: { ...facts.appraisal, score: change.score, state: 'confirmed', items: undefined } };
    case 'criterion': {
      const rest = (facts.kpi ?? []).filter(({ criterion }) => criterion !== change.criterion);
      const overruled = { score: change.score, reason: '假设' };
      return { ...facts, kpi: [...rest, { criterion: change.criterion, overruled }] };
    }
    case 'attended':
      return { ...facts, hours: { ...facts.hours, attended: { value: change.hours } } };
    case 'overtime':
      return { ...facts, hours: { ...facts.hours, overtime: { value: change.hours } } };
    case 'nights':
      return { ...facts, nights: { value: change.nights } };
    case 'more-sales':
      return withMore(facts, 'sales', change.amount);
    case 'more-processing':
      return withMore(facts, 'processingFee', change.amount);
    case 'conduct':
    case 'compliance':
      return { ...facts, flags: { ...facts.flags, [change.change]: { met: change.met } } };
    case 'without-incident':
      return { ...facts, incidents: without(facts.incidents, change.id, 'incidents') };
    case 'one-more-incident': {
      const { change: _, ...incident } = change;
      return {
        ...facts,
        incidents: [...(facts.incidents ?? []), { ...incident, id: 'what-if', status: 'recorded', reason: '假设' }],
      };
    }
    case 'without-fault':
      return { ...facts, faults: without(facts.faults, change.id, 'faults') };
    case 'more-declarations': {
      const more: Declaration[] = [];
      for (let at = 1n; at <= change.count; at += 1n)
        more.push({ no: `what-if-${at}`, date: change.date, paid: false });
      return { ...facts, declarations: [...(facts.declarations ?? []), ...more] };
    }
  }
}

function without<T extends { id?: string | undefined }>(
  list: readonly T[] | undefined,
  id: string,
  where: string,
): T[] {
  if (!list?.some((each) => each.id === id)) throw invalid(`${where}.${id}`, `没有 ${id}`, `there is no ${id}`);
  return list.filter((each) => each.id !== id);
}

/** Adds to every basis that has a figure, so the change counts whichever basis the scheme uses. */
function withMore(facts: Facts, name: 'sales' | 'processingFee', amount: Fen): Facts {
  const measure = facts.measures[name];
  if (!measure) throw missing(`measures.${name}`, '可以增加的金额', 'an amount to add to');
  const more = Object.entries(measure).map(([basis, figure]) => [
    basis,
    figure && [...figure, { value: amount, order: undefined }],
  ]);
  return { ...facts, measures: { ...facts.measures, [name]: Object.fromEntries(more) } };
}

export interface LineDifference {
  readonly clause: string;
  readonly label: Text;
  readonly beforeFen: Fen;
  readonly afterFen: Fen;
}

export interface WhatIf {
  readonly before: Settlement;
  readonly after: Settlement;
  /** Clauses whose amount changes, in the order of the payslip. */
  readonly differences: readonly LineDifference[];
  readonly deltaFen: Fen;
}

/** Settles the month as it is and with the changes. Throws what `settle` throws. */
export function whatIf(
  facts: Facts,
  changes: readonly FactChange[],
  version: SchemeVersion,
  options: SettleOptions = {},
): WhatIf {
  const before = settle(facts, version, options);
  const after = settle(changes.reduce(applyChange, facts), version, options);
  return { before, after, ...compareSettlements(before, after) };
}

/** Two settlements clause by clause: what if, estimate against final, a draft scheme against the one in force. */
export function compareSettlements(before: Settlement, after: Settlement): Pick<WhatIf, 'differences' | 'deltaFen'> {
  const clauses = [...new Set([...before.lines, ...after.lines].map(({ clause }) => clause))];
  const amount = ({ lines }: Settlement, clause: string) =>
    sumFen(lines.filter((line) => line.clause === clause).map(({ amountFen }) => amountFen));
  const labelOf = (clause: string) => [...after.lines, ...before.lines].find((line) => line.clause === clause)!.label;
  return {
    differences: clauses
      .map((clause) => ({
        clause,
        label: labelOf(clause),
        beforeFen: amount(before, clause),
        afterFen: amount(after, clause),
      }))
      .filter(({ beforeFen, afterFen }) => beforeFen !== afterFen),
    deltaFen: after.totalFen - before.totalFen,
  };
}

export interface Replay {
  readonly person: Settlement['person'];
  readonly month: string;
  readonly beforeFen: Fen | undefined;
  readonly afterFen: Fen | undefined;
  /** Why one of the two could not be computed. */
  readonly problem?: string;
}

/** A draft scheme over past months: what each person would have got, and what each did under the version in force. */
export function replay(
  months: readonly Facts[],
  inForce: SchemeVersion,
  draft: SchemeVersion,
  options: SettleOptions = {},
): Replay[] {
  return months.map((facts) => {
    const problems: string[] = [];
    const total = (version: SchemeVersion) => {
      try {
        return settle(facts, version, options).totalFen;
      } catch (error) {
        if (!(error instanceof SettlementError)) throw error;
        problems.push(error.message);
        return undefined;
      }
    };
    const [beforeFen, afterFen] = [total(inForce), total(draft)];
    return {
      person: facts.person,
      month: facts.month,
      beforeFen,
      afterFen,
      ...(problems.length > 0 && { problem: problems.join('\n') }),
    };
  });
}
