import type { Db } from '#db/client';
import { openMonthFrom } from '#db/locked-months';
import { addCorrection, correctionsOf, type SettlementRow, settlementsOfMonth } from '#db/pay-runs';
import { type Month, nextMonth } from '#domain/calendar/dates';
import { formatYuan } from '#domain/money';
import type { FactsInput } from '#domain/pay/facts';
import { versionFor } from '#domain/pay/scheme';
import type { Settlement } from '#domain/pay/settle';
import {
  changedFacts,
  factsValue,
  type Inputs,
  inputsText,
  readInputs,
  readResult,
  resultText,
  settledValue,
} from '#domain/pay/stored';
import { compareSettlements, type LineDifference } from '#domain/pay/what-if';
import { collectFacts, peopleToPay } from '../facts/collect.ts';
import { schemeByHash } from '../schemes.ts';
import { compute } from './compute.ts';

export interface Correction {
  personId: number;
  name: string;
  month: Month;
  intoMonth: Month | undefined;
  amountFen: bigint;
  damagesFen: bigint;
  changed: readonly string[];
  differences: readonly LineDifference[];
  /** It cannot be computed or is not settled yet: a fact is missing, a dispute is open. */
  problem: string | undefined;
  stored: { settlementId: number; seq: number; inputs: string; result: string } | undefined;
}

/** What only the settlement of that moment knew: it came from other months, which have their own corrections. */
const fromOtherMonths = ({ carriedIn, damagesBalance, corrections }: FactsInput) => ({
  ...(carriedIn !== undefined && { carriedIn }),
  ...(damagesBalance !== undefined && { damagesBalance }),
  ...(corrections !== undefined && { corrections }),
});

/**
 * Computes a locked month again from what is recorded now, under the very rules that it was settled by, for everybody whose facts changed
 * since. Each difference is against what was paid so far, earlier corrections included, so that nothing is paid or taken twice.
 *
 * @param personIds only these
 */
export async function findCorrections(
  db: Db,
  month: Month,
  { zone, personIds }: { zone: string; personIds?: readonly number[] },
): Promise<Correction[]> {
  const rows = (await settlementsOfMonth(db, month)).filter(
    ({ personId, kind }) => kind === 'regular' && (personIds === undefined || personIds.includes(personId)),
  );
  if (rows.length === 0) return [];
  const people = await peopleToPay(
    db,
    month,
    rows.map(({ personId }) => personId),
  );
  // a late change of the dates of employment does not turn a settled month into none
  const asSettled = people.map((person) => ({ ...person, kind: 'regular' as const }));
  const collected = new Map(
    (await collectFacts(db, month, asSettled, { zone, without: ['carried'] })).map((each) => [each.person.id, each]),
  );
  const earlier = await correctionsOf(
    db,
    rows.map(({ id }) => id),
  );
  const found: Correction[] = [];
  for (const row of rows) {
    const own = collected.get(row.personId);
    if (!own) continue;
    const inForce = (await schemeByHash(db, row.schemeHash))!;
    const before = lastState(
      row,
      earlier.filter(({ settlementId }) => settlementId === row.id),
    );
    const settled = readInputs(row.inputs);
    const facts = { ...own.inputs.facts, ...fromOtherMonths(settled.facts) };
    // a correction of a carried amount that finance entered by hand stands in the facts themselves
    const inputs: Inputs = { facts, notices: settled.notices };
    if (factsValue(inputs) === factsValue(before.inputs)) continue;
    const computed = compute({
      ...own,
      inputs,
      person: { ...own.person, version: versionFor(inForce.scheme, month) },
    });
    const { settlement } = computed;
    const problem = settlement ? computed.blocks[0]?.text.zh : computed.problems.map(({ text }) => text.zh).join('；');
    const [a, b] = [
      settledValue(before.settlement),
      settlement ? settledValue(settlement) : settledValue(before.settlement),
    ];
    found.push({
      personId: row.personId,
      name: own.person.name,
      month,
      intoMonth: undefined,
      amountFen: b.amountFen - a.amountFen,
      damagesFen: b.damagesFen - a.damagesFen,
      changed: changedFacts(before.inputs.facts, facts),
      differences: settlement ? compareSettlements(before.settlement, settlement).differences : [],
      problem,
      stored:
        settlement && problem === undefined
          ? { settlementId: row.id, seq: before.seq + 1, inputs: inputsText(inputs), result: resultText(settlement) }
          : undefined,
    });
  }
  return found;
}

/** What a month comes to so far: its newest correction, else the settlement itself. */
function lastState(
  row: SettlementRow,
  corrections: readonly { seq: number; inputs: string; result: string }[],
): { inputs: Inputs; settlement: Settlement; seq: number } {
  const newest = corrections.reduce<(typeof corrections)[number] | undefined>(
    (last, each) => (last && last.seq > each.seq ? last : each),
    undefined,
  );
  const { inputs, result } = newest ?? row;
  return { inputs: readInputs(inputs), settlement: readResult(result), seq: newest?.seq ?? 0 };
}

export interface CorrectionOrigin {
  by: number;
  saidAt: Date;
  recordedAt: Date;
  eventId: string;
  messageId: string | null;
  chatId: string | null;
  commandIndex: number;
  reason: string;
}

/**
 * Stores the differences for the next open month, each with its reason. Unique by settlement and number, so that two at once give one.
 */
export async function storeCorrections(
  tx: Db,
  corrections: readonly Correction[],
  { reason, ...origin }: CorrectionOrigin,
): Promise<Correction[]> {
  const stored: Correction[] = [];
  for (const correction of corrections) {
    if (!correction.stored) continue;
    const intoMonth = await openMonthFrom(tx, nextMonth(correction.month));
    await addCorrection(tx, {
      ...correction.stored,
      personId: correction.personId,
      month: correction.month,
      intoMonth,
      amountFen: correction.amountFen,
      damagesFen: correction.damagesFen,
      reason: reasonOf(correction, reason),
      ...origin,
    });
    stored.push({ ...correction, intoMonth });
  }
  return stored;
}

function reasonOf({ differences, changed }: Correction, reason: string): string {
  const lines = differences
    .slice(0, 6)
    .map(({ clause, beforeFen, afterFen }) => `${clause} ${formatYuan(beforeFen)} → ${formatYuan(afterFen)}`);
  return [reason || `事实变更（${changed.slice(0, 5).join('、')}）`, ...lines].join('；');
}
