import { sql } from 'drizzle-orm';
import type { Sql } from 'postgres';
import type { Db } from './client.ts';

/**
 * What the roles may do. The application reads everything and adds everywhere; it changes and deletes only where nothing is a record:
 * tables under the trigger `refuse_change` are records, so the one list of them is that of the migrations. It never truncates, owns
 * nothing, and so can neither drop a trigger nor change a table.
 */
const RECORDS = `select t.tgrelid from pg_trigger t join pg_proc p on p.oid = t.tgfoid where p.proname = 'refuse_change'`;

/** Gives the application's role what it needs and takes away everything else; call it as the owner of the schema, after migrating. */
export async function grantApplication(owner: Sql, role: string): Promise<void> {
  await owner.begin(async (tx) => {
    const name = quoted(role);
    const tables = await tx<{ name: string; record: boolean }[]>`
      select c.oid::regclass::text as name, c.oid in (${tx.unsafe(RECORDS)}) as record
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = 'public' and c.relkind in ('r', 'p') and pg_has_role(current_user, c.relowner, 'USAGE')`;
    await tx.unsafe(`
      revoke all on all tables in schema public from ${name};
      revoke all on all sequences in schema public from ${name};
      grant usage on schema public, drizzle to ${name};
      grant select on drizzle.__drizzle_migrations to ${name};
      grant select on all sequences in schema public to ${name}`);
    for (const { name: table, record } of tables)
      await tx.unsafe(`grant select, insert${record ? '' : ', update, delete'} on ${table} to ${name}`);
  });
}

/** A role that reads the audit rows and their chain, and nothing else. */
export async function grantReader(owner: Sql, role: string): Promise<void> {
  const name = quoted(role);
  await owner.unsafe(`
    revoke all on all tables in schema public from ${name};
    grant usage on schema public, drizzle to ${name};
    grant select on drizzle.__drizzle_migrations, audit, audit_seals to ${name}`);
}

/** Whether this connection's role could change a record, were it not for the triggers. */
export async function mayChangeRecords(db: Db): Promise<boolean> {
  const [row] = (await db.execute(
    sql.raw(
      `select bool_or(has_table_privilege(oid, 'UPDATE, DELETE, TRUNCATE, TRIGGER')) as may from pg_class where oid in (${RECORDS})`,
    ),
  )) as unknown as { may: boolean }[];
  return row!.may;
}

const quoted = (role: string): string => `"${role.replaceAll('"', '""')}"`;
