import { asc } from 'drizzle-orm';
import { afterEach, expect, it } from 'vitest';
import { jobs } from '#db/schema';
import { payDrafts } from '#db/tables/pay';
import { payRoom } from '#test/support/pay-room';
import { enterLbMonth, under } from '#test/support/payroll';
import { now } from '#test/support/people';
import { type Batch, draftBatch } from '#usecases/pay/draft-batch';
import { draftingHere, draftings, inThreads } from '#usecases/pay/drafting';
import { draftMonth, type RunArgs } from '#usecases/pay/run';

/** 陈静's month can be settled, 李敏's lacks its facts. */
const room = await payRoom({
  async before({ bot, db, people }) {
    await under(db, people.chen, 'lb');
    await under(db, people.li, 'jw');
    await enterLbMonth(bot);
  },
});
const MONTH = '2026-10';
const zone = 'Asia/Shanghai';

const opened: { end(): Promise<void> }[] = [];
afterEach(async () => {
  for (const threads of opened.splice(0)) await threads.end();
});
const threadsAt = (url = room.database.url!) => {
  const threads = inThreads(room.db, url, 2);
  opened.push(threads);
  return threads;
};

const drafts = () => room.db.select().from(payDrafts).orderBy(asc(payDrafts.personId));

async function begun(): Promise<RunArgs> {
  await room.bot.say('ou_fang', `/工资 核算 ${MONTH}`);
  const [job] = await room.db.select().from(jobs);
  return job!.args as RunArgs;
}

async function batch(): Promise<Batch> {
  const { runId, attempt } = await begun();
  const personIds = [room.people.chen.id, room.people.li.id];
  return { month: MONTH, runId, attempt, zone, personIds, byHand: [room.people.chen.id] };
}

it('a run that threads settle stores the same bytes as one without them, also of what cannot be settled', async () => {
  const args = await begun();
  const common = { db: room.db, by: room.people.fang, now: () => now, async show() {}, async complete() {} };
  await draftMonth(common, args, zone);
  const alone = await drafts();
  await room.db.delete(payDrafts);
  const threads = threadsAt();
  await draftMonth(common, args, zone, () => threads);
  expect(await drafts()).toEqual(alone);
  expect(alone.map(({ result, problems }) => [typeof result, (problems as unknown[]).length > 0])).toEqual([
    ['string', false],
    ['object', true],
  ]);
  expect(threads.settledThere()).toBe(1);
});

it('a thread settles nothing for an attempt that another has followed', async () => {
  const late = await batch();
  const threads = threadsAt();
  expect(await threads.draft({ ...late, attempt: late.attempt + 1 })).toBeUndefined();
  expect(await drafts()).toEqual([]);
  expect(threads.settledThere()).toBe(1);
});

it('batches of threads that end are settled here, once, and so is what comes after', async () => {
  const own = await batch();
  const who = await draftBatch(room.db, own);
  const alone = await drafts();
  await room.db.delete(payDrafts);
  const threads = threadsAt();
  const waiting = [threads.draft(own), threads.draft(own)];
  await threads.end();
  for (const drafted of await Promise.all([...waiting, threads.draft(own)])) expect(drafted).toEqual(who);
  expect(await drafts()).toEqual(alone);
  expect(threads.settledThere()).toBe(0);
});

it('what threads without a database cannot do is done here, and a fault is told by who asked', async () => {
  const own = await batch();
  const nowhere = new URL(room.database.url!);
  nowhere.pathname = '/nowhere';
  const threads = threadsAt(nowhere.href);
  expect(await threads.draft(own)).toEqual(await draftBatch(room.db, own));
  await expect(threads.draft({ ...own, month: 'never' })).rejects.toThrow();
  expect(threads.settledThere()).toBe(0);
});

it('only a run of thousands of people on PostgreSQL is worth threads', async () => {
  const { db, database } = room;
  const here = draftingHere(db).atOnce;
  const [ours, embedded] = [draftings(db, database.url), draftings(db, undefined)];
  expect([ours.open(4_999), embedded.open(100_000)].map(({ atOnce }) => atOnce)).toEqual([here, here]);
  expect(ours.open(5_000).atOnce).toBeGreaterThan(here);
  await ours.close();
});
