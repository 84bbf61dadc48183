import type { PayslipView } from '#cards/payslip-card';
import type { Db } from '#db/client';
import { estimatesOf, findRun, type SettlementRow, settlementOf } from '#db/pay-runs';
import { payslipStates } from '#db/payslips';
import { setting } from '#db/settings';
import { businessDay } from '#domain/calendar/business-day';
import type { Month } from '#domain/calendar/dates';
import { addDays } from '#domain/calendar/dates';
import type { Facts } from '#domain/pay/facts';
import { parseFacts } from '#domain/pay/facts';
import { stateOf } from '#domain/pay/run';
import { type SchemeVersion, versionFor } from '#domain/pay/scheme';
import { allWarnings, type Settlement, type SettleOptions } from '#domain/pay/settle';
import { readInputs, readResult } from '#domain/pay/stored';
import { compareSettlements } from '#domain/pay/what-if';
import type { Person } from '#domain/people/person';
import { schemeByHash } from '../schemes.ts';
import { optionsOf, versionOf } from './compute.ts';
import { takeHomeSettings } from './take-home-settings.ts';

/** Days in which a payslip may be objected to. */
export const OBJECTION_DAYS = 'pay.objectionDays';
export const DEFAULT_OBJECTION_DAYS = 7;

export interface Locked {
  row: SettlementRow;
  settlement: Settlement;
  facts: Facts;
  version: SchemeVersion;
  options: SettleOptions;
}

/** The locked settlement of a month with everything that it was computed from; undefined while the month is open. */
export async function lockedPay(db: Db, personId: number, month: Month): Promise<Locked | undefined> {
  const row = await settlementOf(db, personId, month);
  return row && openSettlement(db, row);
}

export async function openSettlement(db: Db, row: SettlementRow): Promise<Locked> {
  const inputs = readInputs(row.inputs);
  const inForce = (await schemeByHash(db, row.schemeHash))!;
  return {
    row,
    settlement: readResult(row.result),
    facts: parseFacts(inputs.facts),
    version: versionOf(versionFor(inForce.scheme, row.month)!, row.kind),
    options: optionsOf(inputs),
  };
}

/** What a payslip card shows to this viewer. */
export async function payslipView(
  db: Db,
  { row, settlement }: Pick<Locked, 'row' | 'settlement'>,
  person: Person,
  { viewer, legal, today, zone }: { viewer: Person; legal: boolean; today: string; zone: string },
): Promise<PayslipView> {
  const [state] = await payslipStates(db, { settlementId: row.id });
  const run = await findRun(db, row.month);
  const [last] = await estimatesOf(db, person.id, row.month, 1);
  const days = (await setting<number>(db, OBJECTION_DAYS)) ?? DEFAULT_OBJECTION_DAYS;
  const until = state?.sentAt && addDays(businessDay(state.sentAt, zone), days);
  const mayAnswer = viewer.id === person.id && until && !state.answer && today <= until;
  return {
    person,
    month: row.month,
    other: viewer.id !== person.id,
    settlement,
    warnings: allWarnings(settlement),
    legal,
    takeHome: (await takeHomeSettings(db, row.month)).on,
    paid: run !== undefined && stateOf(run).has('paid'),
    answer: state?.answer ? { answer: state.answer, words: state.words ?? '' } : undefined,
    answerBy: mayAnswer ? until : undefined,
    estimated: last && {
      day: businessDay(last.at, zone),
      totalFen: last.totalFen,
      partial: last.partial,
      differences: compareSettlements(readResult(last.result), settlement).differences,
    },
  };
}
