import type { Card } from '#cards/kit';
import { payProgressCard, payRunCard } from '#cards/pay-run-card';
import { recordAudit } from '#db/audit';
import type { Db } from '#db/client';
import { peopleWithPayFacts } from '#db/pay-facts';
import { addRunStep, clearDrafts, correctionsInto, digestOfDrafts, findRun, lockRun } from '#db/pay-runs';
import type { Month } from '#domain/calendar/dates';
import { stateOf } from '#domain/pay/run';
import type { Person } from '#domain/people/person';
import { say } from '#domain/text';
import { everybodyToPay } from '../facts/collect.ts';
import type { Drafted } from './draft-batch.ts';
import { type Drafting, draftingHere } from './drafting.ts';
import { runView } from './run-view.ts';

/** How many people are collected and settled at once. */
const BATCH = 200;

export interface RunArgs {
  month: Month;
  runId: number;
  attempt: number;
}

/**
 * Settles everybody of a month into drafts. It may be stopped anywhere and done again: each batch is its own transaction, drafts replace
 * drafts, and the same facts give the same bytes. A later attempt takes over from an earlier one that is still under way.
 */
export async function draftMonth(
  {
    db,
    by,
    now,
    show,
    complete,
  }: {
    db: Db;
    by: Person;
    now(): Date;
    show(card: Card): Promise<void>;
    complete(tx: Db, card: Card): Promise<void>;
  },
  { month, runId, attempt }: RunArgs,
  zone: string,
  open: (count: number) => Drafting = () => draftingHere(db),
): Promise<void> {
  // of a hundred thousand nothing is kept but their ids: each batch is read when its turn comes
  const people = await everybodyToPay(db, month);
  const drafted: Drafted[] = [];
  const byHand = await peopleWithPayFacts(db, month);
  for (const { personId } of await correctionsInto(db, month)) byHand.add(personId);
  const drafting = open(people.length);
  let next = 0;
  let settled = 0;
  let going = true;
  let showing = false;
  const draft = async (ids: readonly number[]) => {
    const part = await drafting.draft({
      ...{ month, runId, attempt, zone, personIds: ids },
      byHand: ids.filter((id) => byHand.has(id)),
    });
    going &&= part !== undefined;
    drafted.push(...(part ?? []));
    settled += ids.length;
    // one at a time; who comes meanwhile is in the next one
    if (!going || showing || people.length <= BATCH) return;
    showing = true;
    await show(payProgressCard(month, say('正在核算', 'Settling'), settled, people.length));
    showing = false;
  };
  const worker = async () => {
    while (going && next < people.length) {
      const ids = people.slice(next, next + BATCH);
      next += ids.length;
      await draft(ids);
    }
  };
  const ended = await Promise.allSettled(
    Array.from({ length: drafting.atOnce }, () =>
      worker().catch((error) => {
        going = false;
        throw error;
      }),
    ),
  );
  drafting.close();
  for (const one of ended) if (one.status === 'rejected') throw one.reason;
  await db.transaction(async (tx) => {
    const run = await lockRun(tx, runId);
    const state = stateOf(run);
    if (state.attempt === attempt && !state.has('locked')) {
      await clearDrafts(tx, runId, drafted);
      const digest = await digestOfDrafts(tx, runId);
      const first = await addRunStep(tx, {
        runId,
        attempt,
        kind: 'drafted',
        by: by.id,
        at: now(),
        digest,
        eventId: `run:${runId}:${attempt}`,
      });
      if (first)
        await recordAudit(tx, {
          at: now(),
          actor: by.openId,
          via: 'job',
          command: 'pay run',
          subject: `pay-run:${month}`,
          outcome: 'done',
          after: { attempt, digest, people: people.length },
        });
    }
    const fresh = (await findRun(tx, month))!;
    await complete(tx, payRunCard(await runView(tx, fresh, { zone })));
  });
}
