import { join } from 'node:path';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import { takeDirectoryLock } from './directory-lock.ts';
import { makeEmbedded, SETTINGS } from './embedded.ts';
import { bringUpToDate, migrationsFolder } from './migrate.ts';
import { preparing } from './prepared.ts';
import * as schema from './schema.ts';

/** The database or an open transaction: every query function takes either, so that the caller decides what belongs together. */
export type Db = PgDatabase<PgQueryResultHKT, typeof schema>;

export interface OpenDatabase {
  db: Db;
  kind: 'postgres' | 'embedded';
  /** One line for the operator: what survives which accident. */
  durability: string;
  /** Everything in one file; the embedded database only. */
  dump?(): Promise<Blob>;
  close(): Promise<void>;
}

/**
 * Opens PostgreSQL by its URL and brings its schema up to date, see `bringUpToDate`. Statements and locks time out, a pool of `max`
 * connections.
 */
export async function openPostgres(
  url: string,
  { max = 10, migrationUrl }: { max?: number; migrationUrl?: string | undefined } = {},
): Promise<OpenDatabase> {
  await bringUpToDate(url, migrationUrl);
  return connectPostgres(url, { max });
}

/** The same for a database whose schema is up to date: more connections of a process that has opened it. */
export async function connectPostgres(url: string, { max }: { max: number }): Promise<OpenDatabase> {
  const [{ default: postgres }, { drizzle }] = await Promise.all([
    import('postgres'),
    import('drizzle-orm/postgres-js'),
  ]);
  const connection = {
    TimeZone: 'UTC',
    statement_timeout: 15_000,
    lock_timeout: 5_000,
    idle_in_transaction_session_timeout: 30_000,
  };
  const client = postgres(url, {
    max,
    connect_timeout: 10,
    // a server that restarts is found again within a second, however long it was away
    backoff: (tries) => Math.min(0.05 * 2 ** tries, 1),
    connection,
    onnotice() {},
  });
  return {
    db: drizzle({ client: preparing(client), schema, casing: 'snake_case' }) as unknown as Db,
    kind: 'postgres',
    durability: 'PostgreSQL: each acknowledged change is on disk as far as the server is set to (synchronous_commit)',
    close: () => client.end({ timeout: 5 }),
  };
}

/**
 * Opens the embedded database in `dataDir` (absent: in memory). The directory is locked first: the embedded database itself lets
 * two processes in, and then loses rows silently. `from` loads a dump instead of running initdb, for tests.
 */
export async function openEmbedded(dataDir?: string, { from }: { from?: Blob } = {}): Promise<OpenDatabase> {
  const [{ PGlite }, { drizzle }, { migrate }] = await Promise.all([
    import('@electric-sql/pglite'),
    import('drizzle-orm/pglite'),
    import('drizzle-orm/pglite/migrator'),
  ]);
  const lock = dataDir ? await takeDirectoryLock(dataDir) : undefined;
  try {
    const client = await PGlite.create({
      dataDir: !dataDir ? 'memory://' : from ? join(dataDir, 'db') : await makeEmbedded(dataDir),
      startParams: [...PGlite.defaultStartParams, ...SETTINGS.flatMap((setting) => ['-c', setting])],
      ...(from && { loadDataDir: from }),
    });
    const database = drizzle({ client, schema, casing: 'snake_case' });
    await migrate(database, { migrationsFolder });
    return {
      db: database as unknown as Db,
      kind: 'embedded',
      durability: dataDir
        ? 'embedded database: survives the end of the process (also kill -9), not a power cut, since it never calls fsync'
        : 'embedded database in memory: gone when the process ends',
      dump: () => client.dumpDataDir('gzip'),
      async close() {
        await client.close();
        await lock?.release();
      },
    };
  } catch (error) {
    await lock?.release();
    throw error;
  }
}
