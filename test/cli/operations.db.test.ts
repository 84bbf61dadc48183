import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { publishAnchors, readAnchors } from '#app/anchors';
import { deadLettersCommand } from '#app/cli/dead-letters';
import { verifyCommand } from '#app/cli/verify';
import { sealAudit } from '#db/audit';
import type { Db } from '#db/client';
import { eventsToRunAgain } from '#db/inbox';
import { audit, outbox } from '#db/schema';
import { recordingLog } from '#test/feishu/support/log';
import { type TestBot, testBot } from '#test/support/bot';
import { operatorsConsole } from '#test/support/console';
import { now, seedPeople } from '#test/support/people';
import type { DueContext } from '#usecases/due';

/** What an operator does at the console, on the database that the settings name. */

const room = operatorsConsole();
const { run } = room;

/** As the bot would, or as somebody with all power over the database. */
const inDatabase = (work: (db: Db, bot: TestBot) => Promise<void>): Promise<void> =>
  room.inDatabase(async (db) => {
    await work(db, testBot(db));
    while ((await sealAudit(db)) > 0);
  });

describe('the head of the audit chain, published in a file', () => {
  const HOUR = 3_600_000;
  const file = () => join(room.folder, 'anchors.jsonl');
  const orders = ['SO-1001', 'SO-1002', 'SO-1003', 'SO-1004'];
  const enter = (bot: TestBot, no: string) =>
    bot.say('ou_chen', `/订单 新建 ${no} 客户=宏达 数量=10件 货期=2026-12-20`);

  /** Orders hour by hour, each hour with its published head. */
  async function history(log = recordingLog()) {
    await inDatabase(async (db, bot) => {
      await seedPeople(db);
      const task = publishAnchors(file(), log);
      for (const [hour, no] of orders.entries()) {
        await enter(bot, no);
        while ((await sealAudit(db)) > 0);
        const ctx = { db, now: new Date(now.getTime() + hour * HOUR) } as DueContext;
        await task.run(ctx);
        // again within the hour: nothing new
        await task.run(ctx);
      }
    });
    return log;
  }
  const asMaster = (statement: string) =>
    inDatabase(async (db) => {
      await db.transaction(async (tx) => {
        await tx.execute(sql`set local session_replication_role = replica`);
        await tx.execute(sql.raw(statement));
      });
    });

  it('is written once an hour, and fits', async () => {
    const log = await history();
    const anchors = await readAnchors(file());
    expect(anchors).toHaveLength(orders.length);
    expect(log.lines).toEqual([]);
    expect(await run(verifyCommand)).toMatchObject({
      code: 0,
      err: '',
      out: expect.stringContaining('as it was published 4 times'),
    });
    const { count, hash } = anchors[1]!;
    expect(await run(verifyCommand, '--anchor', `${count}:${hash}`)).toMatchObject({ code: 0 });
  });

  it('shows a tail that was cut off', async () => {
    await history();
    const last = 'select max(audit_id) from audit_seals';
    await asMaster(`delete from audit where id = (${last})`);
    await asMaster(`delete from audit_seals where audit_id = (${last})`);
    expect(await run(verifyCommand)).toMatchObject({ code: 1, err: expect.stringContaining('seals were published') });
    const [first] = await readAnchors(file());
    rmSync(file());
    expect(await run(verifyCommand)).toMatchObject({ code: 0, out: expect.stringContaining('no head was published') });
    // what an auditor has in the chat is enough
    expect(await run(verifyCommand, '--anchor', `${first!.count + 9}:${first!.hash}`)).toMatchObject({ code: 1 });
  });

  it('shows a chain that was written anew, and the bot says so by itself', async () => {
    await history();
    await asMaster(`update audit set actor = 'ou_somebody' where id = 2`);
    await asMaster('delete from audit_seals');
    await inDatabase(async () => {});
    expect(await run(verifyCommand)).toMatchObject({ code: 1, err: expect.stringContaining('was rewritten') });
    const log = recordingLog();
    await inDatabase(async (db) => {
      await publishAnchors(file(), log).run({ db, now: new Date(now.getTime() + 10 * HOUR) } as DueContext);
    });
    expect(log.lines).toEqual([expect.objectContaining({ level: 'error' })]);
  });

  it('goes on after a line that a crash cut short', async () => {
    await history();
    const whole = readFileSync(file(), 'utf8');
    writeFileSync(file(), whole.slice(0, -30));
    expect(await readAnchors(file())).toHaveLength(3);
    await inDatabase(async (db) => {
      await publishAnchors(file(), recordingLog()).run({ db, now: new Date(now.getTime() + 10 * HOUR) } as DueContext);
    });
    expect(await readAnchors(file())).toHaveLength(4);
    expect(await run(verifyCommand)).toMatchObject({ code: 0 });
  });

  it('is asked for in a way that is understood, or refused', async () => {
    for (const args of [['--anchor', '5'], ['--anchor'], ['all'], ['--anchors', join(room.folder, 'none')]])
      expect(await run(verifyCommand, ...args)).toMatchObject({ code: 1, out: '' });
  });
});

describe('dead letters', () => {
  it('are listed, and put back by number, by event, or all: the bot runs such an event again', async () => {
    await inDatabase(async (db, bot) => {
      await seedPeople(db);
      await bot.say('ou_chen', '/订单 新建 SO-1001 客户=宏达 数量=1200件 货期=2026-12-20');
      await db.execute(sql`alter table order_progress add constraint broken check (note not like '毒%')`);
      await bot.say('ou_chen', '/订单 更新 SO-1001 备注=毒一');
      await bot.say('ou_chen', '/订单 更新 SO-1001 备注=毒二');
      await db.execute(sql`alter table order_progress drop constraint broken`);
      await db.update(outbox).set({ state: 'dead', problem: '230001: x' }).where(sql`id = 1`);
    });
    const listed = await run(deadLettersCommand, 'list');
    expect(listed).toMatchObject({ code: 0, out: expect.stringContaining('1 messages, 2 events') });
    const event = /event (\S+)/.exec(listed.out)![1]!;
    expect(await run(deadLettersCommand, 'requeue', event)).toMatchObject({
      code: 0,
      out: '0 messages will be sent again, 1 events run again',
    });
    expect(await run(deadLettersCommand, 'requeue', 'nobody-knows-this')).toMatchObject({ code: 1 });
    expect(await run(deadLettersCommand, 'requeue', 'all')).toMatchObject({
      code: 0,
      out: '1 messages will be sent again, 1 events run again',
    });
    expect(await run(deadLettersCommand)).toMatchObject({ out: '0 messages, 0 events' });
    expect(await run(deadLettersCommand, 'requeue')).toMatchObject({ code: 1, err: expect.stringContaining('usage') });
    await inDatabase(async (db) => {
      expect(await eventsToRunAgain(db)).toHaveLength(2);
      const requeues = (await db.select().from(audit)).filter(({ command }) => command === 'dead-letters requeue');
      expect(requeues.map(({ actor }) => actor)).toEqual(['console', 'console', 'console']);
    });
  });
});
