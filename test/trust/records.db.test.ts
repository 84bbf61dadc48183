import { sql } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { takeUpFailed } from '#app/take-up-failed';
import { databaseCode } from '#bot/intake';
import { auditHead, recordAudit, sealAudit, verifyAudit } from '#db/audit';
import type { Db } from '#db/client';
import { failedEvents, letRunAgain } from '#db/inbox';
import { audit, inbox, orderProgress } from '#db/schema';
import { testBot } from '#test/support/bot';
import { now } from '#test/support/people';
import { testRoom } from '#test/support/room';
import type { DueContext } from '#usecases/due';

const { database, bot } = await testRoom();
beforeEach(() => bot.say('ou_chen', '/订单 新建 SO-1001 客户=宏达 数量=1200件 货期=2026-12-20'));

const rowsOf = <T>(result: unknown): T[] => (Array.isArray(result) ? result : (result as { rows: T[] }).rows) as T[];

/** As somebody with the power over the database would. */
const asMaster = (work: (tx: Db) => Promise<unknown>) =>
  database.master.transaction(async (tx) => {
    await tx.execute(sql`set local session_replication_role = replica`);
    await work(tx);
  });

describe('what was said and done stays on record', () => {
  it('the tables of records refuse UPDATE, DELETE and TRUNCATE, whoever asks', async () => {
    const tables = rowsOf<{ name: string }>(
      await database.db.execute(sql`
        select distinct c.relname as name from pg_trigger t join pg_class c on c.oid = t.tgrelid
        join pg_proc p on p.oid = t.tgfoid where p.proname = 'refuse_change' order by 1`),
    ).map(({ name }) => name);
    expect(tables).toEqual(expect.arrayContaining(['audit', 'audit_seals', 'order_progress', 'person_terms']));
    for (const table of tables)
      for (const statement of [
        `update ${table} set ctid = ctid`,
        `delete from ${table}`,
        `truncate ${table} cascade`,
      ]) {
        // a column of the table's own, since ctid cannot be set
        const [column] = rowsOf<{ name: string }>(
          await database.db.execute(sql`select column_name as name from information_schema.columns
            where table_name = ${table} and is_identity = 'NO' and is_generated = 'NEVER' limit 1`),
        );
        const text = statement.replaceAll('ctid', `"${column!.name}"`);
        const error = await database.master.execute(sql.raw(text)).then(
          () => undefined,
          (failure: unknown) => failure,
        );
        expect(databaseCode(error), text).toBe('23000');
      }
  });
});

describe('the chain over the audit rows', () => {
  /** Twenty sealed rows; the head as it was published after ten of them and after all. */
  async function chain() {
    const heads: { count: number; hash: string }[] = [];
    for (let half = 0; half < 2; half++) {
      for (let i = 0; i < 10; i++)
        await recordAudit(database.db, {
          at: now,
          actor: 'ou_chen',
          via: 'text',
          command: 'order update',
          subject: `order:SO-${i}`,
          outcome: 'done',
          after: { note: `第${i}条` },
        });
      while ((await sealAudit(database.db)) > 0);
      heads.push(await auditHead(database.db));
    }
    const rows = await database.db.select({ id: audit.id }).from(audit).orderBy(audit.id);
    return { heads, ids: rows.map(({ id }) => id) };
  }

  it('fits as long as nobody touched anything', async () => {
    const { heads } = await chain();
    expect(await verifyAudit(database.db, heads)).toEqual([]);
  });

  it('shows one changed byte', async () => {
    const { heads, ids } = await chain();
    await asMaster((tx) => tx.execute(sql`update audit set actor = 'ou_chfn' where id = ${ids[7]}`));
    expect(await verifyAudit(database.db, heads)).toEqual([expect.stringContaining('does not match its seal')]);
  });

  it('shows a row deleted in the middle, with its seal or without', async () => {
    const { heads, ids } = await chain();
    await asMaster((tx) => tx.execute(sql`delete from audit where id = ${ids[7]}`));
    expect(await verifyAudit(database.db, heads)).toEqual([expect.stringContaining('is missing')]);
    await asMaster((tx) => tx.execute(sql`delete from audit_seals where audit_id = ${ids[7]}`));
    expect(await verifyAudit(database.db, heads)).toEqual([expect.stringContaining('is missing')]);
  });

  it('shows a tail cut off, by the head that was published', async () => {
    const { heads, ids } = await chain();
    await asMaster(async (tx) => {
      await tx.execute(sql`delete from audit_seals where audit_id > ${ids[14]}`);
      await tx.execute(sql`delete from audit where id > ${ids[14]}`);
    });
    expect(await verifyAudit(database.db)).toEqual([]);
    expect(await verifyAudit(database.db, heads)).toEqual([expect.stringContaining('seals were published')]);
  });

  it('shows a chain written anew from the start, by the head that was published', async () => {
    const { heads, ids } = await chain();
    await asMaster(async (tx) => {
      await tx.execute(sql`update audit set actor = 'ou_somebody' where id = ${ids[2]}`);
      await tx.execute(sql`delete from audit_seals`);
    });
    while ((await sealAudit(database.db)) > 0);
    expect(await verifyAudit(database.db)).toEqual([]);
    expect(await verifyAudit(database.db, heads)).toEqual([expect.stringContaining('was rewritten')]);
  });
});

describe('an event that always fails', () => {
  it('waits on a list while the others go on, and can be run again when the fault is mended', async () => {
    await database.master.execute(sql`alter table order_progress add constraint broken check (note <> '毒')`);
    await bot.say('ou_chen', '/订单 更新 SO-1001 备注=毒');
    for (let i = 0; i < 5; i++) await bot.say('ou_chen', `/订单 更新 SO-1001 备注=好${i}`);
    expect(await database.db.select().from(orderProgress)).toHaveLength(5);
    const [failed] = await failedEvents(database.db);
    expect(failed).toMatchObject({ kind: 'message', errorNo: expect.stringMatching(/^[0-9A-F]{4}$/) });
    await database.master.execute(sql`alter table order_progress drop constraint broken`);
    expect(await letRunAgain(database.db, [failed!.eventId])).toEqual([failed!.eventId]);
    // two instances look at once
    const lookers = [bot, testBot(database.db)].map(({ receive }) => takeUpFailed(receive));
    await Promise.all(lookers.map((look) => look.run({ db: database.db } as DueContext)));
    expect(await failedEvents(database.db)).toEqual([]);
    expect(await database.db.select().from(orderProgress)).toHaveLength(6);
    expect((await database.db.select().from(inbox)).every(({ outcome }) => outcome === 'done')).toBe(true);
  });

  it('that fails again is back on the list, and is not tried for ever', async () => {
    await database.master.execute(sql`alter table order_progress add constraint broken check (note <> '毒')`);
    try {
      await bot.say('ou_chen', '/订单 更新 SO-1001 备注=毒');
      expect(await letRunAgain(database.db)).toHaveLength(1);
      const look = takeUpFailed(bot.receive);
      for (let i = 0; i < 3; i++) await look.run({ db: database.db } as DueContext);
      // the first answer and the second; nothing after
      expect(await bot.posted()).toHaveLength(1);
      expect(await failedEvents(database.db)).toHaveLength(1);
    } finally {
      await database.master.execute(sql`alter table order_progress drop constraint broken`);
    }
  });
});
