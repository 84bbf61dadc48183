import { asc } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { builtInScheme } from '#app/schemes';
import { jobs } from '#db/schema';
import { payDrafts } from '#db/tables/pay';
import { versionFor } from '#domain/pay/scheme';
import { payRoom } from '#test/support/pay-room';
import { enterLbMonth, under } from '#test/support/payroll';
import { now } from '#test/support/people';
import { draftAll, type ToDraft } from '#usecases/pay/draft';
import { inThread } from '#usecases/pay/drafting';
import { draftMonth, type RunArgs } from '#usecases/pay/run';

const room = await payRoom({
  async before({ bot, db, people }) {
    await under(db, people.chen, 'lb');
    await under(db, people.li, 'lb');
    await enterLbMonth(bot);
  },
});
const MONTH = '2026-10';

async function drafted(open?: Parameters<typeof draftMonth>[3]) {
  const [job] = await room.db.select().from(jobs);
  const common = { db: room.db, by: room.people.fang, now: () => now, async show() {}, async complete() {} };
  await room.db.delete(payDrafts);
  await draftMonth(common, job!.args as RunArgs, 'Asia/Shanghai', open);
  return room.db.select().from(payDrafts).orderBy(asc(payDrafts.personId));
}

it('a run whose settling is done by the second thread stores the same bytes as one without', async () => {
  await room.bot.say('ou_fang', `/工资 核算 ${MONTH}`);
  const alone = await drafted();
  const thread = inThread();
  await thread.ready;
  const together = await drafted(() => thread);
  expect(together).toEqual(alone);
  expect(together.map(({ result }) => result)).toEqual([expect.any(String), expect.any(String)]);
  expect(thread.settledThere()).toBe(1);
});

const person = (personId: number, hours: object): ToDraft => ({
  personId,
  kind: 'regular',
  version: versionFor(builtInScheme('jw')!, MONTH),
  schemeHash: 'hash',
  inputs: JSON.stringify({ facts: { hours, month: MONTH, person: { id: `${personId}`, name: '员工' } }, notices: [] }),
  problems: [],
  blocks: [],
  touched: personId % 2 === 0,
});
const people = [person(1, {}), person(2, { required: '168', attended: 'x' }), { ...person(3, {}), version: undefined }];

it('what cannot be computed is told alike by both threads', async () => {
  const thread = inThread();
  await thread.ready;
  expect(await thread.draft(people)).toEqual(draftAll(people));
  expect(thread.settledThere()).toBe(1);
  await thread.close();
});

it('batches of a thread that dies are settled by the first, and so is what comes after', async () => {
  const thread = inThread();
  await thread.ready;
  const waiting = [thread.draft(people), thread.draft(people)];
  await thread.close();
  for (const drafts of await Promise.all([...waiting, thread.draft(people)])) expect(drafts).toEqual(draftAll(people));
  expect(thread.settledThere()).toBe(0);
});
