import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { IncomingRead } from '#bot/incoming';
import type { Db } from '#db/client';
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

describe('many read messages at once', () => {
  type Ask = (text: string, values: unknown[]) => Promise<unknown>;
  /** The database with somebody between it and the statements that are written out: the inbox's and nothing else here. */
  function watched(db: Db, between: (send: () => Promise<unknown>) => Promise<unknown>): Db {
    const { session } = db._ as unknown as { session: { client: Record<string, Ask>; logger: unknown } };
    const name = 'unsafe' in session.client ? 'unsafe' : 'query';
    const ask: Ask = (text, values) => between(async () => session.client[name]!(text, values));
    const watching = { ...db._, session: { logger: session.logger, client: { [name]: ask } } };
    return new Proxy(db, { get: (target, key) => (key === '_' ? watching : Reflect.get(target, key)) });
  }
  const many = (count: number): IncomingRead[] =>
    Array.from({ length: count }, (_, i) => reading({ eventId: `m-${i}`, messageIds: [`om_unknown_${i}`, 'om_own'] }));
  const kept = async () =>
    (await database.db.select().from(inbox).where(eq(inbox.outcome, 'done'))).map(({ eventId }) => eventId).sort();

  it('share their statements, are answered when these are committed, and the earliest reading counts', async () => {
    let open = () => {};
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    let statements = 0;
    const held = testBot(
      watched(database.db, async (send) => {
        statements++;
        const answer = await send();
        await gate;
        return answer;
      }),
    );
    let answered = 0;
    const events = many(40).map((event, i) => ({ ...event, at: new Date(at.getTime() + (i === 30 ? 0 : 1_000)) }));
    // the first two find nothing under way; they are about something else
    events.unshift(reading({ eventId: 'a', messageIds: [] }), reading({ eventId: 'b', messageIds: [] }));
    const all = Promise.all(events.map((event) => held.receive(event).then(() => answered++)));
    while ((await database.db.$count(inbox)) < 2);
    expect([statements, answered]).toEqual([2, 0]);
    open();
    await all;
    expect(statements).toBe(3);
    expect(await kept()).toEqual(events.map(({ eventId }) => eventId).sort());
    expect((await readAt()).own).toEqual(at);
  });

  it('copies of one event among them have one effect, and one that says something else is put on record', async () => {
    const other = reading({ eventId: 'm-7', messageIds: ['om_other'] });
    const events = [...many(20), ...many(20), other];
    const answers = await Promise.all(events.map((event) => bot.receive(event)));
    expect(answers.every((answer) => Object.keys(answer).length === 0)).toBe(true);
    expect(await database.db.$count(inbox)).toBe(20);
    expect(await readAt()).toMatchObject({ own: at, other: null });
    expect(await database.db.select().from(audit)).toMatchObject([{ subject: 'event:m-7', outcome: 'refused' }]);
  });

  it('one that cannot be stored is not acknowledged and takes no others with it', async () => {
    const bad = reading({ eventId: 'bad', at: new Date(Number.NaN) });
    const events = [...many(10), bad, ...many(20).slice(10)];
    const ends = await Promise.allSettled(events.map((event) => bot.receive(event)));
    expect(ends.map(({ status }) => status).filter((status) => status === 'rejected')).toHaveLength(1);
    expect(ends[10]!.status).toBe('rejected');
    expect(await kept()).toEqual(
      many(20)
        .map(({ eventId }) => eventId)
        .sort(),
    );
  });

  it('a connection that is lost after the commit: all are stored once and acknowledged', async () => {
    let statements = 0;
    const lost = testBot(
      watched(database.db, async (send) => {
        const nth = ++statements;
        const answer = await send();
        // the third is the one that holds several
        if (nth === 3) throw Object.assign(new Error('lost'), { code: 'CONNECTION_CLOSED' });
        return answer;
      }),
    );
    await Promise.all(many(30).map((event) => lost.receive(event)));
    expect(statements).toBe(3 + 28);
    expect(await database.db.$count(inbox)).toBe(30);
    expect(await database.db.$count(audit)).toBe(0);
  });

  it('a database that is away acknowledges none of them, and their redelivery has its one effect', async () => {
    const away = testBot(
      watched(database.db, async () => {
        throw Object.assign(new Error('away'), { code: '57P01' });
      }),
    );
    const ends = await Promise.allSettled(many(20).map((event) => away.receive(event)));
    expect(ends.filter(({ status }) => status === 'rejected')).toHaveLength(20);
    expect(await kept()).toEqual([]);
    await Promise.all(many(20).map((event) => bot.receive(event)));
    expect(await database.db.$count(inbox)).toBe(20);
  });
});
