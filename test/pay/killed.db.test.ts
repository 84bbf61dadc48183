import { asc } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import type { Db } from '#db/client';
import { claimJob, finishJob } from '#db/jobs';
import { personById } from '#db/people';
import { payDrafts, payPostings, payRunSteps, payslips, settlements } from '#db/tables/pay';
import { payRoom } from '#test/support/pay-room';
import { doJobs, enterLbMonth, under } from '#test/support/payroll';
import { now } from '#test/support/people';
import { payJobs } from '#usecases/pay/jobs';

/**
 * A process can die at any moment. What it leaves behind is what it had committed by then, so every moment is one of these: after none of
 * its transactions, after the first, after the second …
 */
const room = await payRoom({
  async before({ bot, db, people }) {
    await under(db, people.chen, 'lb');
    await under(db, people.li, 'lb');
    await enterLbMonth(bot);
  },
});
const MONTH = '2026-10';

class Killed extends Error {}

/** A handle whose owner dies inside the transaction after `commits` others. */
function dying(db: Db, commits: number): Db {
  let left = commits;
  const transaction = (work: (tx: Db) => Promise<unknown>) =>
    db.transaction(async (tx) => {
      const done = await work(tx);
      left -= 1;
      if (left < 0) throw new Killed();
      return done;
    });
  return new Proxy(db, { get: (target, key) => (key === 'transaction' ? transaction : Reflect.get(target, key)) });
}

/** Does the waiting job, dying after so many commits; then another process takes the job over. Returns whether it died. */
async function doJobKilledAfter(commits: number): Promise<boolean> {
  const job = (await claimJob(room.db, now, 60_000))!;
  const db = dying(room.db, commits);
  const died = await payJobs({ zone: 'Asia/Shanghai' })[job.kind]!({
    db,
    job,
    by: (await personById(room.db, job.by))!,
    now: () => now,
    async show() {},
    async complete(tx) {
      await finishJob(tx, job.id, 'done', now);
    },
  }).then(
    () => false,
    (error: unknown) => {
      if (!(error instanceof Killed)) throw error;
      return true;
    },
  );
  await doJobs(room.db, new Date(now.getTime() + 120_000));
  return died;
}

const steps = [
  ['a run', `/工资 核算 ${MONTH}`, 'ou_fang'],
  ['a lock', `/工资 锁定 ${MONTH}`, 'ou_fang'],
  ['sending payslips', `/工资 发工资条 ${MONTH}`, 'ou_fang'],
] as const;

/** The whole month; the job of one step dies after so many commits. */
async function liveThrough(step: number, commits: number): Promise<boolean> {
  let died = false;
  for (const [at, [, words, who]] of steps.entries()) {
    if (at === 1) {
      await room.bot.say('ou_fang', `/工资 检查 ${MONTH}`);
      await room.bot.say('ou_zhao', `/工资 审批 ${MONTH}`);
    }
    await room.bot.say(who, words);
    if (at === step) died = await doJobKilledAfter(commits);
    else await doJobs(room.db);
  }
  return died;
}

/** Everything that a month leaves behind, without the moments and numbers of rows. */
async function left() {
  const { db } = room;
  const kept = await db.select().from(settlements).orderBy(asc(settlements.personId));
  return {
    drafts: (await db.select().from(payDrafts).orderBy(asc(payDrafts.personId))).map(({ hash, inputs, result }) => [
      hash,
      inputs,
      result,
    ]),
    settlements: kept.map(({ hash, inputs, result, totalFen }) => [hash, inputs, result, totalFen]),
    postings: (await db.select().from(payPostings).orderBy(asc(payPostings.id))).map(({ account, amountFen }) => [
      account,
      amountFen,
    ]),
    steps: (await db.select().from(payRunSteps).orderBy(asc(payRunSteps.id))).map(({ kind, digest }) => [kind, digest]),
    payslips: await db.$count(payslips),
    sent: (await room.bot.posted()).filter(
      ({ lane, job }) => /ou_(chen|li)$/.test(lane) && job.do === 'send' && JSON.stringify(job).includes('工资条'),
    ).length,
  };
}

describe.each(steps.map(([name], step) => [name, step] as const))('%s that is killed', (_, step) => {
  it('at any moment and taken up again leaves the same bytes, and sends nothing twice', async () => {
    await liveThrough(step, Number.POSITIVE_INFINITY);
    const whole = await left();
    expect(whole).toMatchObject({ settlements: [expect.anything(), expect.anything()], payslips: 2, sent: 2 });
    let moments = 0;
    for (;;) {
      await room.begin();
      const died = await liveThrough(step, moments);
      expect(await left()).toEqual(whole);
      if (!died) break;
      moments += 1;
    }
    expect(moments).toBeGreaterThan(0);
  }, 120_000);
});
