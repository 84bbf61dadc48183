import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { sql } from 'drizzle-orm';
import { inject } from 'vitest';
import { type Db, type OpenDatabase, openEmbedded, openPostgres } from '#db/client';

export interface TestDatabase {
  /** As the application sees it: on the server with the application's own role, which may not change records nor the schema. */
  db: Db;
  /** With all power over the database, as its owner has it. */
  master: Db;
  /** The same, as the application takes it. */
  opened: OpenDatabase;
  kind: 'embedded' | 'postgres';
  /** Connection string of the application's role, for a second process or pool; PostgreSQL only. */
  url: string | undefined;
  masterUrl: string | undefined;
  /** Empties every table. */
  reset(): Promise<void>;
  close(): Promise<void>;
}

/** An embedded database with the schema and nothing else, to be loaded. */
export const embeddedTemplate = (): Blob => new Blob([readFileSync(inject('embeddedTemplate'))]);

/** The database of the project that runs this suite: embedded in memory, or a schema-fresh database on the test server. */
export async function testDatabase(): Promise<TestDatabase> {
  return process.env.GENDAN_TEST_DATABASE === 'postgres' ? onServer() : embedded();
}

async function embedded(): Promise<TestDatabase> {
  const opened = await openEmbedded(undefined, { from: embeddedTemplate() });
  const { db, close } = opened;
  return {
    db,
    master: db,
    opened,
    kind: 'embedded',
    url: undefined,
    masterUrl: undefined,
    reset: () => empty(db),
    close,
  };
}

async function onServer(): Promise<TestDatabase> {
  const server = process.env.TEST_DATABASE_URL;
  if (!server) throw new Error('TEST_DATABASE_URL is not set: run the suites with `npm test`, which starts a server');
  const { default: postgres } = await import('postgres');
  const name = `gendan_${randomUUID().replaceAll('-', '')}`;
  const admin = postgres(server, { max: 1, onnotice() {} });
  await admin.unsafe(`create database ${name}`);
  await admin.unsafe(`do $$ begin
    create role ${APPLICATION} login password '${APPLICATION}';
  exception when duplicate_object or unique_violation then null; end $$`);
  const masterUrl = new URL(server);
  masterUrl.pathname = `/${name}`;
  const url = new URL(masterUrl);
  url.username = url.password = APPLICATION;
  const opened = await openPostgres(url.href, { max: 8, migrationUrl: masterUrl.href });
  const master = await openPostgres(masterUrl.href, { max: 2 });
  return {
    db: opened.db,
    master: master.db,
    opened,
    kind: 'postgres',
    url: url.href,
    masterUrl: masterUrl.href,
    reset: () => empty(master.db),
    async close() {
      await Promise.all([opened.close(), master.close()]);
      await admin.unsafe(`drop database ${name} with (force)`);
      await admin.end();
    },
  };
}

/** One role for all databases of the server: what it may do is said in each of them. */
const APPLICATION = 'gendan_test_application';

/**
 * Deletes what is in the tables and begins their numbers again, in one call. Not `truncate`: it makes new files for every table and index,
 * which a server that syncs them pays with more than a second. Append-only tables refuse it, so their triggers are put aside for the moment.
 */
async function empty(db: Db): Promise<void> {
  await db.execute(sql`do $$
    declare one record;
    begin
      set local session_replication_role = replica;
      for one in select oid::regclass as name from pg_class
        where relkind = 'r' and relnamespace = 'public'::regnamespace and pg_relation_size(oid) > 0
      loop
        execute format('delete from %s', one.name);
      end loop;
      for one in select format('%I.%I', schemaname, sequencename)::regclass as name from pg_sequences
        where schemaname = 'public' and last_value is not null
      loop
        perform setval(one.name, 1, false);
      end loop;
    end $$`);
}
