import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { outbox } from '#db/schema';
import { demoGroups } from '#playground/demo/groups';
import { type Live, live } from '#test/support/app';
import { type TestDatabase, testDatabase } from '#test/support/database';

/** `/readyz` names each fault, alone, and nothing else; and says so when it is over. */

let database: TestDatabase;
let bot: Live;

beforeAll(async () => {
  database = await testDatabase();
  bot = await live(database);
});
afterAll(async () => {
  await bot?.stop();
  await database?.close();
});

async function health(): Promise<{ status: number; problems: string[] }> {
  const answer = await fetch(`${bot.app.url}/readyz`);
  const { problems } = (await answer.json()) as { problems: string[] };
  return { status: answer.status, problems };
}
const fine = { status: 200, problems: [] };
const only = (problem: string) => ({ status: 503, problems: [problem] });
const run = (statement: string) => database.master.execute(sql.raw(statement));

describe('readiness', () => {
  it('is there when nothing is wrong, and through a night in which nothing happens', async () => {
    expect(await health()).toEqual(fine);
    await bot.standIn.clock.advance(10 * 3_600_000);
    await bot.app.settle();
    expect(await health()).toEqual(fine);
  });

  it('goes with the database alone', async () => {
    await run('alter table settings rename to settings_away');
    expect(await health()).toEqual(only('the database takes no writes'));
    await run('alter table settings_away rename to settings');
    expect(await health()).toEqual(fine);
  });

  it('goes when events cannot be stored, though the database answers', async () => {
    await run('alter table inbox rename to inbox_away');
    bot.standIn.world.say('ou_chen', demoGroups.jw, `<at id="${bot.standIn.world.botOpenId}"></at> /我`);
    await bot.standIn.settled();
    expect(await health()).toEqual(only('the last event could not be stored'));
    await run('alter table inbox_away rename to inbox');
    await bot.standIn.clock.advance(16_000);
    await bot.standIn.settled();
    expect(await health()).toEqual(fine);
  });

  it('goes with the platform alone: it refuses our secret, or cannot be reached', async () => {
    for (const fault of [{ code: 99991663 }, { html: 502 }, { drop: 'before' as const }]) {
      bot.standIn.faults.next('bot-info', fault, 50);
      await bot.standIn.clock.advance(31_000);
      expect(await health()).toEqual(only('the platform refuses our credentials or cannot be reached'));
      bot.standIn.faults.clear();
      expect(await health()).toEqual(fine);
    }
  });

  it('goes when messages wait too long, alone', async () => {
    const now = bot.standIn.clock.now().getTime();
    await database.db.insert(outbox).values({
      lane: 'chat:oc_waits',
      uuid: 'waits',
      job: { do: 'recall', messageId: 'om_none' },
      createdAt: new Date(now - 6 * 60_000),
      availableAt: new Date(now + 10 * 60_000),
    });
    expect(await health()).toEqual(only('messages wait to be sent for more than five minutes'));
    await database.db.delete(outbox).where(sql`uuid = 'waits'`);
    expect(await health()).toEqual(fine);
  });
});
