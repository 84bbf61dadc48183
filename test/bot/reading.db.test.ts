import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { IncomingRead } from '#bot/incoming';
import { audit, inbox, sentCards } from '#db/schema';
import { type TestBot, testBot } from '#test/support/bot';
import { type TestDatabase, testDatabase } from '#test/support/database';

let database: TestDatabase;
let bot: TestBot;

const at = new Date('2026-11-23T02:00:00Z');
const reading = (over: Partial<IncomingRead> = {}): IncomingRead => ({
  kind: 'read',
  eventId: 'r-1',
  at,
  reader: { openId: 'ou_chen' },
  messageIds: ['om_own', 'om_shared', 'om_unknown'],
  ...over,
});

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  await database.reset();
  bot = testBot(database.db);
  const card = { rev: 0, card: {}, sentAt: at, updatedAt: at };
  await database.db.insert(sentCards).values([
    { key: 'own', messageId: 'om_own', audience: 'ou_chen', ...card },
    { key: 'shared', messageId: 'om_shared', ...card },
    { key: 'other', messageId: 'om_other', audience: 'ou_chen', ...card },
  ]);
});

const readAt = async () =>
  Object.fromEntries((await database.db.select().from(sentCards)).map(({ key, readAt }) => [key, readAt]));

describe('somebody read messages', () => {
  it('the cards for this person alone are marked, with the moment of the first time', async () => {
    await bot.receive(reading());
    await bot.receive(reading({ eventId: 'r-2', at: new Date(at.getTime() + 60_000) }));
    expect(await readAt()).toEqual({ own: at, shared: null, other: null });
    expect(await database.db.select().from(inbox)).toMatchObject([{ outcome: 'done' }, { outcome: 'done' }]);
  });

  it('fifty copies at once are one event; a copy that says something else changes nothing and is put on record', async () => {
    await Promise.all(Array.from({ length: 50 }, () => bot.receive(reading())));
    expect(await database.db.$count(inbox)).toBe(1);
    expect(await database.db.$count(audit)).toBe(0);
    await bot.receive(reading({ messageIds: ['om_other'] }));
    expect((await readAt()).other).toBeNull();
    expect(await database.db.select().from(audit)).toMatchObject([{ subject: 'event:r-1', outcome: 'refused' }]);
  });

  it('an operator may have it run again', async () => {
    await bot.receive(reading());
    await database.db.update(sentCards).set({ readAt: null });
    await database.db.update(inbox).set({ outcome: 'again' }).where(eq(inbox.eventId, 'r-1'));
    await bot.receive(reading());
    expect((await readAt()).own).toEqual(at);
  });
});
