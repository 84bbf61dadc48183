import { afterAll, beforeEach } from 'vitest';
import type { Log } from '#bot/log';
import { type Db, openPostgres } from '#db/client';
import { type TestBot, testBot } from './bot.ts';
import { type TestDatabase, testDatabase } from './database.ts';
import { seedPeople, type TestPeople } from './people.ts';

export interface Room<People> {
  readonly db: Db;
  readonly database: TestDatabase;
  /** The bot of the test that runs; before each test it is another one that remembers nothing. */
  readonly bot: TestBot;
  /** Whom `seed` entered. */
  readonly people: People;
  /** Everything from the beginning, as before each test. */
  begin(): Promise<void>;
}

interface RoomOptions<People> {
  /** Whom each test finds; the small company of `seedPeople` unless said otherwise. */
  seed?: (db: Db) => Promise<People>;
  log?: Log;
}

/** One database for the file, empty before each test. */
export async function freshDatabase(): Promise<TestDatabase> {
  const database = await testDatabase();
  afterAll(() => database.close());
  beforeEach(() => database.reset());
  return database;
}

/** The same database as a second process sees it, by connections of its own; the embedded one has but one for all. */
export async function elsewhere({ url, db }: TestDatabase, { max = 8 } = {}): Promise<Db> {
  if (!url) return db;
  const opened = await openPostgres(url, { max });
  afterAll(() => opened.close());
  return opened.db;
}

/**
 * What most suites begin with: one database for the file, and for each test an empty one, a bot and people, anew. What a suite needs
 * besides it enters with a `beforeEach` of its own.
 */
export async function testRoom(options?: RoomOptions<TestPeople>): Promise<Room<TestPeople>>;
export async function testRoom<People extends object>(
  options: RoomOptions<People> & Required<Pick<RoomOptions<People>, 'seed'>>,
): Promise<Room<People>>;
export async function testRoom({ seed = seedPeople, log }: RoomOptions<object> = {}): Promise<Room<object>> {
  const database = await testDatabase();
  const { db } = database;
  const people = {};
  let current: TestBot;
  const room: Room<object> = {
    db,
    database,
    bot: new Proxy({} as TestBot, { get: (_, key) => Reflect.get(current, key) }),
    people,
    async begin() {
      await database.reset();
      current = testBot(db, log && { log });
      Object.assign(people, await seed(db));
    },
  };
  afterAll(() => database.close());
  beforeEach(() => room.begin());
  return room;
}
