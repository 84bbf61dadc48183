import { fileURLToPath } from 'node:url';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import { takeDirectoryLock } from './directory-lock.ts';
import { preparing } from './prepared.ts';
import * as schema from './schema.ts';

/** The database or an open transaction: every query function takes either, so that the caller decides what belongs together. */
export type Db = PgDatabase<PgQueryResultHKT, typeof schema>;

export interface OpenDatabase {
  db: Db;
  kind: 'postgres' | 'embedded';
  /** One line for the operator: what survives which accident. */
  durability: string;
  close(): Promise<void>;
}

const migrationsFolder = fileURLToPath(new URL('./migrations', import.meta.url));
/** Any constant will do; every instance uses the same, so that one of them migrates while the others wait. */
const MIGRATION_LOCK = 7_305_001;

/** Opens PostgreSQL by its URL, brings its schema up to date under an advisory lock. Statements and locks time out, a pool of `max` connections. */
export async function openPostgres(url: string, { max = 10 } = {}): Promise<OpenDatabase> {
  const [{ default: postgres }, { drizzle }, { migrate }] = await Promise.all([
    import('postgres'),
    import('drizzle-orm/postgres-js'),
    import('drizzle-orm/postgres-js/migrator'),
  ]);
  const connection = {
    TimeZone: 'UTC',
    statement_timeout: 15_000,
    lock_timeout: 5_000,
    idle_in_transaction_session_timeout: 30_000,
  };
  const migrator = postgres(url, { max: 1, connect_timeout: 10, onnotice() {} });
  try {
    await migrator`select pg_advisory_lock(${MIGRATION_LOCK})`;
    await migrate(drizzle({ client: migrator, schema, casing: 'snake_case' }), { migrationsFolder });
  } finally {
    await migrator.end({ timeout: 5 });
  }
  const client = postgres(url, { max, connect_timeout: 10, connection, onnotice() {} });
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
      dataDir: dataDir ? `${dataDir}/db` : 'memory://',
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
