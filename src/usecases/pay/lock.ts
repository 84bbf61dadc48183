import type { Card } from '#cards/kit';
import { payRunCard } from '#cards/pay-run-card';
import { recordAudit } from '#db/audit';
import type { Db } from '#db/client';
import { lockMonth } from '#db/locked-months';
import {
  addPostings,
  addRunStep,
  digestOfDrafts,
  draftHeads,
  draftSchemes,
  draftsOf,
  findRun,
  lockRun,
  settleDrafts,
  settlementsAfter,
} from '#db/pay-runs';
import { keepSchemeText } from '#db/pay-schemes';
import { peopleByIds } from '#db/people';
import type { Month } from '#domain/calendar/dates';
import { UserError } from '#domain/errors';
import { stateOf } from '#domain/pay/run';
import { inputsText, postingsOf, readResult } from '#domain/pay/stored';
import type { Person } from '#domain/people/person';
import { say } from '#domain/text';
import { collectFacts, peopleToPay } from '../facts/collect.ts';
import { schemesIn } from '../schemes.ts';
import type { RunArgs } from './run.ts';
import { runView } from './run-view.ts';

const BATCH = 500;

/**
 * Locks a month: what was approved is what is kept, to the byte, or nothing is. All of it is one transaction. Writers of the month's facts
 * are waited for, then none gets in; facts that changed after the approval are named and the run has to start again.
 */
export async function lockPay(
  { db, by, now, complete }: { db: Db; by: Person; now(): Date; complete(tx: Db, card: Card): Promise<void> },
  { month, runId, attempt }: RunArgs,
  zone: string,
): Promise<void> {
  await db.transaction(async (tx) => {
    const run = await lockRun(tx, runId);
    const state = stateOf(run);
    const approved = state.step('approved');
    if (state.attempt !== attempt || !approved)
      throw new UserError(
        'pay.not-approved',
        say(`${month} 还没有审批。`, `${month} is not approved.`),
        say(`先请第二个人审批：/工资 审批 ${month}`, `A second person approves first: /pay approve ${month}`),
      );
    if (!state.has('locked')) {
      if (!(await lockMonth(tx, month, by.openId, now())))
        throw new UserError(
          'month.locked',
          say(`${month} 已经锁定。`, `${month} is locked already.`),
          say(`要改就写更正：/工资 更正 ${month}`, `To change it, correct it: /pay correct ${month}`),
        );
      await demandUnchanged(tx, { month, runId, attempt }, approved.digest, zone);
      await settleLocked(tx, runId, month, now());
      await addRunStep(tx, {
        runId,
        attempt,
        kind: 'locked',
        by: by.id,
        at: now(),
        digest: approved.digest,
        eventId: `lock:${runId}:${attempt}`,
      });
      await recordAudit(tx, {
        at: now(),
        actor: by.openId,
        via: 'job',
        command: 'pay lock',
        subject: `pay-run:${month}`,
        outcome: 'done',
        after: { digest: approved.digest },
      });
    }
    const fresh = (await findRun(tx, month))!;
    await complete(
      tx,
      payRunCard(await runView(tx, fresh, { zone, news: say(`${month} 已锁定`, `${month} is locked`) })),
    );
  });
}

/**
 * What was approved must be what would be settled now: the same people, the same inputs, the same texts of the schemes. The result follows
 * from these, and the digest holds its bytes.
 */
async function demandUnchanged(tx: Db, { month, runId }: RunArgs, digest: string | null, zone: string): Promise<void> {
  const heads = await draftHeads(tx, runId);
  const changed = new Set<number>();
  const left = new Set(heads.map(({ personId, kind }) => `${personId}:${kind}`));
  const people = await peopleToPay(tx, month);
  for (let at = 0; at < people.length; at += BATCH) {
    const part = people.slice(at, at + BATCH);
    const drafts = await draftsOf(
      tx,
      runId,
      part.map(({ id }) => id),
    );
    const kept = new Map(drafts.map((draft) => [`${draft.personId}:${draft.kind}`, draft]));
    for (const { person, inputs, blocks, problems } of await collectFacts(tx, month, part, { zone })) {
      const draft = kept.get(`${person.id}:${person.kind}`);
      left.delete(`${person.id}:${person.kind}`);
      if (
        draft?.inputs !== inputsText(inputs) ||
        draft.schemeHash !== person.scheme?.hash ||
        blocks.length > 0 ||
        problems.length > 0
      )
        changed.add(person.id);
    }
  }
  for (const key of left) changed.add(Number(key.split(':')[0]));
  if (changed.size === 0 && (await digestOfDrafts(tx, runId)) === digest) return;
  const names = [...(await peopleByIds(tx, [...changed].slice(0, 20))).values()].map(({ name }) => name);
  throw new UserError(
    'pay.changed-since-approval',
    say(
      `审批之后有事实变了：${names.join('、') || '核算结果'}${changed.size > 20 ? ` 等 ${changed.size} 人` : ''}。`,
      `Facts changed after the approval: ${names.join(', ') || 'the drafts'}${changed.size > 20 ? ` and others, ${changed.size} in all` : ''}.`,
    ),
    say(`请重新核算、检查、审批：/工资 核算 ${month}`, `Please run, check and approve again: /pay run ${month}`),
  );
}

/** Copies the drafts into the ledger with the texts of their schemes, and posts them. */
async function settleLocked(tx: Db, runId: number, month: Month, now: Date): Promise<void> {
  const hashes = await draftSchemes(tx, runId);
  for (const { hash, scheme, text } of (await schemesIn(tx, month)).values())
    if (hashes.includes(hash)) await keepSchemeText(tx, { hash, scheme: scheme.scheme, text }, now);
  await settleDrafts(tx, runId, month, now);
  for (let last = 0; ; ) {
    const rows = await settlementsAfter(tx, last, BATCH, runId);
    if (rows.length === 0) return;
    last = rows.at(-1)!.id;
    await addPostings(
      tx,
      rows.map(({ id, result }) =>
        postingsOf(readResult(result)).map((posting) => ({ ...posting, runId, settlementId: id })),
      ),
    );
  }
}
