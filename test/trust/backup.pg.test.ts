import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backupCommand, restoreCommand } from '#app/cli/backup';
import { databaseCode } from '#bot/intake';
import { sealAudit, verifyAudit } from '#db/audit';
import { type Db, type OpenDatabase, openPostgres } from '#db/client';
import { inbox, orderProgress, outbox } from '#db/schema';
import { payPostings, settlements } from '#db/tables/pay';
import { type TestBot, testBot } from '#test/support/bot';
import { type TestDatabase, testDatabase } from '#test/support/database';
import { enterLbMonth, lockMonthByBot, under } from '#test/support/payroll';
import { seedPeople } from '#test/support/people';

/** A backup taken while people go on working is restored elsewhere, and the platform delivers again what came since. */

const BEFORE = 40;
const MEANWHILE = 60;
const AFTER = 20;

let folder: string;
let database: TestDatabase;
let restored: OpenDatabase | undefined;
let copy: string;
let bot: TestBot;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gendan-backup-'));
  database = await testDatabase();
  copy = `gendan_restored_${randomUUID().slice(0, 8)}`;
  await database.master.execute(sql.raw(`create database ${copy}`));
});
afterAll(async () => {
  await restored?.close();
  await database.master.execute(sql.raw(`drop database ${copy} with (force)`));
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});

const at = (url: string, name: string) => {
  const moved = new URL(url);
  moved.pathname = `/${name}`;
  return moved.href;
};
async function run(command: typeof backupCommand, args: string[], env: Record<string, string>) {
  const out: string[] = [];
  const err: string[] = [];
  const code = await command(args, { out: (line) => out.push(line), err: (line) => err.push(line) }, env);
  return { code, out: out.join('\n'), err: err.join('\n') };
}
const seal = async (db: Db) => {
  while ((await sealAudit(db)) > 0);
};
const notesIn = async (db: Db) => (await db.select().from(orderProgress)).map(({ note }) => note).sort();

describe('a backup', () => {
  it('taken under load and restored has the whole chain and the same sums; what is delivered again takes effect once', async () => {
    const people = await seedPeople(database.db);
    bot = testBot(database.db);
    await under(database.db, people.chen, 'lb');
    await under(database.db, people.li, 'lb');
    await enterLbMonth(bot);
    await lockMonthByBot(bot, database.db);
    await bot.say('ou_chen', '/订单 新建 SO-1001 客户=宏达 数量=1200件 货期=2026-12-20');
    const messages = Array.from({ length: BEFORE + MEANWHILE + AFTER }, (_, i) =>
      bot.message('ou_chen', `/订单 更新 SO-1001 备注=第${i}条`, { group: true }),
    );
    const send = (from: number, to: number) => Promise.all(messages.slice(from, to).map((one) => bot.receive(one)));
    await send(0, BEFORE);
    await seal(database.db);

    const file = join(folder, 'backup.dump');
    const source = { DATABASE_URL: database.url!, DATABASE_MIGRATION_URL: database.masterUrl!, DATA_DIR: folder };
    // people go on one after the other until the backup is there
    let done = false;
    let sent = BEFORE;
    const load = (async () => {
      while (!done && sent < BEFORE + MEANWHILE) await bot.receive(messages[sent++]!);
    })();
    expect(await run(backupCommand, [file], source)).toMatchObject({ code: 0, err: '' });
    done = true;
    await load;
    await send(sent, messages.length);
    await seal(database.db);
    expect(statSync(file).mode & 0o077).toBe(0);

    const target = {
      DATABASE_URL: at(database.url!, copy),
      DATABASE_MIGRATION_URL: at(database.masterUrl!, copy),
      DATA_DIR: folder,
    };
    expect(await run(restoreCommand, [file], target)).toMatchObject({
      code: 0,
      err: '',
      out: expect.stringMatching(/^restored; the audit chain ends at \d+:[0-9a-f]{64}$/),
    });
    restored = await openPostgres(target.DATABASE_URL, { max: 4 });
    const { db } = restored;

    // one moment: each event with all of its effect, or not at all
    const notes = await notesIn(db);
    const events = (await db.select().from(inbox)).filter(({ eventId }) =>
      messages.some((message) => message.eventId === eventId),
    );
    expect(notes).toHaveLength(events.length);
    expect(notes.length).toBeGreaterThanOrEqual(BEFORE);
    expect(notes.length).toBeLessThan(messages.length);
    // money is that of the source
    for (const table of [settlements, payPostings])
      expect(await db.select().from(table).orderBy(table.id)).toEqual(
        await database.db.select().from(table).orderBy(table.id),
      );
    // records are as safe as before
    const tampering = await db.execute(sql`delete from audit`).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(databaseCode(tampering)).toBe('42501');
    // what waited to be sent is looked up before it is sent again
    const waiting = (await db.select().from(outbox)).filter(({ state }) => state === 'pending');
    expect(waiting.length).toBeGreaterThan(0);
    expect(waiting.every(({ unknownSince }) => unknownSince !== null)).toBe(true);

    const again = testBot(db);
    const answers = (await db.select().from(outbox)).length;
    for (let round = 0; round < 2; round++) await Promise.all(messages.map((message) => again.receive(message)));
    expect(await notesIn(db)).toEqual(messages.map((_, i) => `第${i}条`).sort());
    expect((await db.select().from(outbox)).length - answers).toBe(messages.length - notes.length);
    await seal(db);
    expect(await verifyAudit(db)).toEqual([]);
  });

  it('is not restored over anything, and a file that is none is refused in one line', async () => {
    const env = { DATABASE_URL: database.url!, DATABASE_MIGRATION_URL: database.masterUrl!, DATA_DIR: folder };
    expect(await run(restoreCommand, [join(folder, 'backup.dump')], env)).toEqual({
      code: 1,
      out: '',
      err: 'the database is not empty: restore into a new one',
    });
    const empty = `${copy}_empty`;
    await database.master.execute(sql.raw(`create database ${empty}`));
    try {
      const none = { DATABASE_URL: at(database.masterUrl!, empty), DATA_DIR: folder };
      const { code, err } = await run(restoreCommand, ['package.json'], none);
      expect(code).toBe(1);
      expect(err.split('\n')).toEqual([expect.stringContaining('pg_restore: error')]);
    } finally {
      await database.master.execute(sql.raw(`drop database ${empty} with (force)`));
    }
  });
});
