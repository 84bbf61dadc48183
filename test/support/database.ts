import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { type Db, type OpenDatabase, openEmbedded, openPostgres } from '#db/client';

export interface TestDatabase {
  db: Db;
  /** The same, as the application takes it. */
  opened: OpenDatabase;
  kind: 'embedded' | 'postgres';
  /** Connection string, for a second process or pool; PostgreSQL only. */
  url: string | undefined;
  /** Empties every table. */
  reset(): Promise<void>;
  close(): Promise<void>;
}

/** The database of the project that runs this suite: embedded in memory, or a schema-fresh database on the test server. */
export async function testDatabase(): Promise<TestDatabase> {
  return process.env.GENDAN_TEST_DATABASE === 'postgres' ? onServer() : embedded();
}

async function embedded(): Promise<TestDatabase> {
  const opened = await openEmbedded();
  const { db, close } = opened;
  return { db, opened, kind: 'embedded', url: undefined, reset: () => empty(db), close };
}

async function onServer(): Promise<TestDatabase> {
  const server = process.env.TEST_DATABASE_URL;
  if (!server) throw new Error('TEST_DATABASE_URL is not set: run the suites with `npm test`, which starts a server');
  const { default: postgres } = await import('postgres');
  const name = `gendan_${randomUUID().replaceAll('-', '')}`;
  const admin = postgres(server, { max: 1, onnotice() {} });
  await admin.unsafe(`create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  const opened = await openPostgres(url.href, { max: 8 });
  const { db, close } = opened;
  return {
    db,
    opened,
    kind: 'postgres',
    url: url.href,
    reset: () => empty(db),
    async close() {
      await close();
      await admin.unsafe(`drop database ${name} with (force)`);
      await admin.end();
    },
  };
}

/** Append-only tables refuse even this, so their triggers are put aside for the moment. */
async function empty(db: Db): Promise<void> {
  const result = (await db.execute(
    sql`select table_name from information_schema.tables where table_schema = 'public'`,
  )) as unknown;
  const rows = (Array.isArray(result) ? result : (result as { rows: unknown[] }).rows) as { table_name: string }[];
  const tables = rows.map(({ table_name }) => `"${table_name}"`);
  await db.transaction(async (tx) => {
    await tx.execute(sql`set local session_replication_role = replica`);
    await tx.execute(sql.raw(`truncate ${tables.join(', ')} restart identity cascade`));
  });
}
