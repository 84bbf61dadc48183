import { afterAll, beforeAll, beforeEach } from 'vitest';
import type { Log } from '#bot/log';
import type { Card } from '#cards/kit';
import type { Db } from '#db/client';
import { type TestBot, testBot } from '#test/support/bot';
import { type TestDatabase, testDatabase } from '#test/support/database';
import { cardsTo } from '#test/support/facts';
import { seedPeople, type TestPeople } from '#test/support/people';

export interface PayRoom {
  readonly db: Db;
  readonly database: TestDatabase;
  readonly bot: TestBot;
  readonly people: TestPeople;
  /** Everything from the beginning, as before each test. */
  begin(): Promise<void>;
  /** Says it in private and returns the cards that the person was answered with. */
  say(openId: string, words: string): Promise<Card[]>;
}

/** What every test file of pay begins with: one database, and for each test the small company and a bot, anew. */
export function payRoom({ log, before }: { log?: Log; before?: (room: PayRoom) => Promise<void> } = {}): PayRoom {
  let database: TestDatabase;
  let bot: TestBot;
  let people: TestPeople;
  const room: PayRoom = {
    get db() {
      return database.db;
    },
    get database() {
      return database;
    },
    get bot() {
      return bot;
    },
    get people() {
      return people;
    },
    async begin() {
      await database.reset();
      bot = testBot(database.db, log && { log });
      people = await seedPeople(database.db);
      await before?.(room);
    },
    say: async (openId, words) => cardsTo(await bot.say(openId, words), openId),
  };
  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(() => database.close());
  beforeEach(() => room.begin());
  return room;
}
