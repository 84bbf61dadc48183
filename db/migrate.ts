import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Sql } from 'postgres';
import { root } from '#root';
import { grantApplication, grantReader } from './roles.ts';
import * as schema from './schema.ts';

export const migrationsFolder = join(root, 'db/migrations');
/** Any constant will do; every instance uses the same, so that one of them migrates while the others wait. */
const MIGRATION_LOCK = 7_305_001;
const INSUFFICIENT_PRIVILEGE = '42501';

/** The schema is older than the program, and the role that we were given may not change it. */
export class SchemaBehind extends Error {
  constructor(role: string, missing: number) {
    super(
      `the schema is ${missing} migrations behind and the role ${role} may not change it: run \`npm run gendan -- migrate\` with DATABASE_MIGRATION_URL set to the role that owns the schema`,
    );
    this.name = 'SchemaBehind';
  }
}

/**
 * Brings the schema up to date, one process at a time.
 *
 * @param url the application's own connection; enough when the schema is up to date already, or when there is but one role for everything
 * @param migrationUrl connection of the role that owns the schema: migrates, and gives the application's role what it needs and no more
 * @throws SchemaBehind when migrations are missing and nobody may make them
 */
export async function bringUpToDate(url: string, migrationUrl?: string): Promise<void> {
  const application = await connect(url);
  try {
    const role = await currentRole(application);
    if (!migrationUrl) {
      const missing = await missingMigrations(application);
      if (missing === 0) return;
      try {
        await migrateUnderLock(application);
      } catch (error) {
        throw codeOf(error) === INSUFFICIENT_PRIVILEGE ? new SchemaBehind(role, missing) : error;
      }
      return;
    }
    const owner = await connect(migrationUrl);
    try {
      await migrateUnderLock(owner, async () => {
        if ((await currentRole(owner)) !== role) await grantApplication(owner, role);
      });
    } finally {
      await owner.end({ timeout: 5 });
    }
  } finally {
    await application.end({ timeout: 5 });
  }
}

async function connect(url: string): Promise<Sql> {
  const { default: postgres } = await import('postgres');
  return postgres(url, { max: 1, connect_timeout: 10, onnotice() {} });
}

async function migrateUnderLock(client: Sql, then?: () => Promise<void>): Promise<void> {
  const [{ drizzle }, { migrate }] = await Promise.all([
    import('drizzle-orm/postgres-js'),
    import('drizzle-orm/postgres-js/migrator'),
  ]);
  await client`select pg_advisory_lock(${MIGRATION_LOCK})`;
  try {
    await migrate(drizzle({ client, schema, casing: 'snake_case' }), { migrationsFolder });
    await then?.();
  } finally {
    await client`select pg_advisory_unlock(${MIGRATION_LOCK})`;
  }
}

/** How many migrations of this program the database has not seen. A role that may not even look sees none of them. */
async function missingMigrations(client: Sql): Promise<number> {
  const journal = JSON.parse(readFileSync(join(migrationsFolder, 'meta/_journal.json'), 'utf8')) as {
    entries: { when: number }[];
  };
  const [table] =
    await client`select has_table_privilege(to_regclass('drizzle.__drizzle_migrations'), 'SELECT') as ok`.catch(
      (error: unknown) => {
        // without USAGE on the schema even its name cannot be looked up
        if (codeOf(error) === INSUFFICIENT_PRIVILEGE) return [{ ok: false }];
        throw error;
      },
    );
  const seen = table?.ok
    ? Number((await client`select coalesce(max(created_at), 0) as at from drizzle.__drizzle_migrations`)[0]!.at)
    : 0;
  return journal.entries.filter(({ when }) => when > seen).length;
}

async function currentRole(client: Sql): Promise<string> {
  const [row] = await client<{ role: string }[]>`select current_user as role`;
  return row!.role;
}

function codeOf(error: unknown): unknown {
  for (let e = error as { code?: unknown; cause?: unknown } | undefined; e; e = e.cause as typeof e)
    if (typeof e.code === 'string') return e.code;
  return undefined;
}

/** Lets a role read the audit rows and their chain. @param url of the owner */
export async function letReadAudit(url: string, role: string): Promise<void> {
  const owner = await connect(url);
  try {
    await grantReader(owner, role);
  } finally {
    await owner.end({ timeout: 5 });
  }
}

/** Whether nothing of ours, or of anybody, is in the database yet. */
export async function isEmptyDatabase(url: string): Promise<boolean> {
  const client = await connect(url);
  try {
    const [row] = await client<{ tables: number }[]>`
      select count(*)::int as tables from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p') and n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema'`;
    return row!.tables === 0;
  } finally {
    await client.end({ timeout: 5 });
  }
}
