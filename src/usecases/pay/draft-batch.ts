import type { Db } from '#db/client';
import { putDrafts, shareRun } from '#db/pay-runs';
import type { Month } from '#domain/calendar/dates';
import { stateOf } from '#domain/pay/run';
import type { SettlementKind } from '#domain/pay/stored';
import { collectFacts, peopleToPay } from '../facts/collect.ts';
import { draftAll, toDraft } from './draft.ts';

/** Some people of a run, in a form that can be handed to another thread. */
export interface Batch {
  month: Month;
  runId: number;
  attempt: number;
  zone: string;
  personIds: readonly number[];
  /** Of these, those for whom finance entered facts of this month or there are corrections. */
  byHand: readonly number[];
}

export interface Drafted {
  personId: number;
  kind: SettlementKind;
}

/**
 * From stored facts to stored drafts, in one transaction; done again it replaces the drafts by the same bytes.
 *
 * @returns who was settled; undefined when the run has moved on: a later attempt has begun, or the month is locked
 */
export async function draftBatch(db: Db, batch: Batch): Promise<Drafted[] | undefined> {
  const { month, runId, attempt, zone, personIds, byHand } = batch;
  return db.transaction(async (tx) => {
    const state = stateOf(await shareRun(tx, runId));
    if (state.attempt !== attempt || state.has('locked')) return undefined;
    const people = await peopleToPay(tx, month, personIds);
    const collected = await collectFacts(tx, month, people, { zone });
    await putDrafts(tx, runId, draftAll(collected.map((each) => toDraft(each, byHand.includes(each.person.id)))));
    return people.map(({ id, kind }) => ({ personId: id, kind }));
  });
}
