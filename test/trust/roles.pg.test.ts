import { randomUUID } from 'node:crypto';
import postgres, { type Sql } from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPostgres } from '#db/client';
import { letReadAudit, SchemaBehind } from '#db/migrate';
import { mayChangeRecords } from '#db/roles';
import { type TestDatabase, testDatabase } from '#test/support/database';
import { botEnv, npmRunGendan, startChild } from '#test/trust/child';

/** What the roles of the database may do, shown by trying it as them. */

let database: TestDatabase;
let application: Sql;
let master: Sql;

beforeAll(async () => {
  database = await testDatabase();
  application = postgres(database.url!, { max: 1, onnotice() {} });
  master = postgres(database.masterUrl!, { max: 1, onnotice() {} });
});
afterAll(async () => {
  await Promise.all([application?.end(), master?.end()]);
  await database.close();
});

const REFUSED = '42501';
/** SQLSTATE of what went wrong; undefined when it worked. Nothing stays done. */
async function tried(sql: Sql, statement: string): Promise<string | undefined> {
  try {
    await sql.begin(async (tx) => {
      await tx.unsafe(statement);
      throw new Error('undo');
    });
  } catch (error) {
    return (error as { code?: string }).code;
  }
  return undefined;
}

async function tablesOf(): Promise<{ name: string; record: boolean; column: string }[]> {
  return master`
    select c.relname as name,
      exists (select from pg_trigger t join pg_proc p on p.oid = t.tgfoid where t.tgrelid = c.oid and p.proname = 'refuse_change') as record,
      (select attname from pg_attribute a where a.attrelid = c.oid and attnum > 0 and attidentity = '' and attgenerated = '' limit 1) as column
    from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' order by 1`;
}

describe('the role of the application', () => {
  it('is told from the owner by the doctor', async () => {
    expect(await mayChangeRecords(database.db)).toBe(false);
    expect(await mayChangeRecords(database.master)).toBe(true);
  });

  it('is no superuser, makes no roles and databases, and owns nothing', async () => {
    const [role] = await application`
      select rolsuper, rolcreaterole, rolcreatedb, rolreplication, rolbypassrls,
        (select count(*)::int from pg_class where relowner = r.oid) as owned from pg_roles r where rolname = current_user`;
    expect(role).toEqual({
      rolsuper: false,
      rolcreaterole: false,
      rolcreatedb: false,
      rolreplication: false,
      rolbypassrls: false,
      owned: 0,
    });
  });

  it('cannot UPDATE, DELETE or TRUNCATE records: ledger, settlements, audit, facts', async () => {
    const records = (await tablesOf()).filter(({ record }) => record);
    const names = records.map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining(['audit', 'audit_seals', 'pay_postings', 'settlements', 'pay_facts', 'order_progress']),
    );
    expect(names.length).toBeGreaterThan(30);
    for (const { name, column } of records)
      for (const statement of [
        `update ${name} set "${column}" = "${column}"`,
        `delete from ${name}`,
        `truncate ${name} cascade`,
        `select 1 from ${name} for update`,
      ])
        expect([statement, await tried(application, statement)]).toEqual([statement, REFUSED]);
  });

  it('cannot put the triggers aside, nor change or make a table, nor become somebody else', async () => {
    const triggers = await master<{ table: string; name: string }[]>`
      select tgrelid::regclass::text as table, tgname as name from pg_trigger where not tgisinternal`;
    expect(triggers.length).toBeGreaterThan(30);
    const statements = [
      ...triggers.map(({ table, name }) => `drop trigger ${name} on ${table}`),
      ...triggers.map(({ table, name }) => `alter table ${table} disable trigger ${name}`),
      'set session_replication_role = replica',
      'create or replace function refuse_change() returns trigger language plpgsql as $$ begin return new; end $$',
      'drop function refuse_change() cascade',
      'create table mine (id int)',
      'create schema mine',
      'alter table audit add column mine int',
      'drop table audit cascade',
      'alter table settings owner to current_user',
      'insert into drizzle.__drizzle_migrations (hash, created_at) values (1, 1)',
      'truncate settings',
      'create role mine',
      `copy audit to program 'cat'`,
    ];
    for (const statement of statements)
      expect([statement, await tried(application, statement)]).toEqual([statement, REFUSED]);
  });

  it('reads and adds everywhere, and changes what is no record', async () => {
    for (const { name, record, column } of await tablesOf()) {
      expect([name, await tried(application, `select * from ${name} limit 1`)]).toEqual([name, undefined]);
      if (record) continue;
      expect([name, await tried(application, `update ${name} set "${column}" = "${column}"`)]).toEqual([
        name,
        undefined,
      ]);
    }
  });
});

describe('a role that reads the audit', () => {
  it('sees the audit rows and their chain, and nothing else', async () => {
    const role = `reader_${randomUUID().slice(0, 8)}`;
    await master.unsafe(`create role ${role} login password '${role}'`);
    const url = new URL(database.url!);
    url.username = url.password = role;
    const reader = postgres(url.href, { max: 1, onnotice() {} });
    try {
      await letReadAudit(database.masterUrl!, role);
      for (const { name } of await tablesOf()) {
        const mayRead = name === 'audit' || name === 'audit_seals';
        expect([name, await tried(reader, `select * from ${name} limit 1`)]).toEqual([
          name,
          mayRead ? undefined : REFUSED,
        ]);
        expect([name, await tried(reader, `insert into ${name} default values`)]).toEqual([name, REFUSED]);
      }
    } finally {
      await reader.end();
      await master.unsafe(`drop owned by ${role}; drop role ${role}`);
    }
  });
});

describe('a start with only the role of the application', () => {
  it('works on a schema that is up to date', async () => {
    const opened = await openPostgres(database.url!, { max: 1 });
    await opened.close();
  });

  it('refuses in one readable line when migrations are missing, from the program and from the command line', async () => {
    const [newest] =
      await master`select id, hash, created_at from drizzle.__drizzle_migrations order by id desc limit 1`;
    await master`delete from drizzle.__drizzle_migrations where id = ${newest!.id}`;
    try {
      await expect(openPostgres(database.url!, { max: 1 })).rejects.toThrow(SchemaBehind);
      const env = botEnv('http://127.0.0.1:9', { DATABASE_URL: database.url! });
      const line = expect.stringMatching(/^the schema is 1 migrations behind and the role \w+ may not change it: run /);
      for (const by of [undefined, [...npmRunGendan, 'migrate']]) {
        const child = startChild(env, by && { by });
        expect(await child.exited).toBe(1);
        expect(child.said().trim().split('\n')).toEqual([line]);
      }
    } finally {
      await master`insert into drizzle.__drizzle_migrations (hash, created_at) values (${newest!.hash}, ${newest!.created_at})`;
    }
  });

  it('refuses on an empty database that it may not fill', async () => {
    const name = `gendan_empty_${randomUUID().slice(0, 8)}`;
    await master.unsafe(`create database ${name}`);
    try {
      const url = new URL(database.url!);
      url.pathname = `/${name}`;
      await expect(openPostgres(url.href, { max: 1 })).rejects.toThrow(/migrations behind/);
    } finally {
      await master.unsafe(`drop database ${name} with (force)`);
    }
  });
});
