import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { exportCommand, proofCommand, settleCommand } from '#app/cli/pay';
import { verifyCommand } from '#app/cli/verify';
import { audit } from '#db/schema';
import { settlements } from '#db/tables/pay';
import { testBot } from '#test/support/bot';
import { operatorsConsole } from '#test/support/console';
import { enterLbMonth, lockMonthByBot, under } from '#test/support/payroll';
import { seedPeople } from '#test/support/people';

const room = operatorsConsole();
const { run, inDatabase } = room;

it('settle, export and verify work on the stored month, and fail loudly on a changed one', async () => {
  await inDatabase(async (db) => {
    const people = await seedPeople(db);
    await under(db, people.chen, 'lb');
    await under(db, people.li, 'lb');
    const bot = testBot(db);
    await enterLbMonth(bot);
    await bot.say('ou_fang', '/工资 事实 李敏 2026-10 取消=score');
  });
  const open = await run(settleCommand, '2026-10');
  expect(open).toMatchObject({ code: 1, err: expect.stringContaining('李敏 2026-10 缺少本月考核得分') });
  expect(open.out).toContain('陈静 2026-10 3,860.00');

  await inDatabase(async (db) => {
    const bot = testBot(db);
    // this bot counts its events anew; those of the first one are known already
    for (let at = 0; at < 10; at += 1) bot.message('ou_fang', '');
    await bot.say('ou_fang', '/工资 事实 李敏 2026-10 得分=86.5');
    await lockMonthByBot(bot, db);
  });
  const locked = await run(settleCommand, '2026-10', '--json');
  expect(locked.code).toBe(0);
  expect(JSON.parse(locked.out)).toMatchObject({
    locked: true,
    settlements: [{ totalYuan: '3860.00' }, { totalYuan: '3716.25' }],
  });
  expect(await run(verifyCommand)).toMatchObject({ code: 0, err: '' });

  const file = join(room.folder, 'pay.xlsx');
  expect(await run(exportCommand, '2026-10', '--out', file)).toMatchObject({ code: 0 });
  expect(readFileSync(file).subarray(0, 2).toString()).toBe('PK');
  expect(await run(exportCommand, '2026-10')).toMatchObject({ code: 1, err: expect.stringContaining('usage') });

  const proof = join(room.folder, 'proof.json');
  expect(await run(proofCommand, '2026-10', 'E1002', '--out', proof)).toMatchObject({ code: 0 });
  const check = () => spawnSync(process.execPath, ['scripts/check-proof.mjs', proof], { encoding: 'utf8' });
  expect(check()).toMatchObject({ status: 0, stdout: expect.stringContaining('陈静 2026-10') });
  const forged = readFileSync(proof, 'utf8').replace('\\"amountFen\\":36000', '\\"amountFen\\":36001');
  writeFileSync(proof, forged);
  expect(check()).toMatchObject({
    status: 1,
    stderr: expect.stringMatching(/not what its facts come to[\s\S]*not the sum/),
  });

  await inDatabase(async (db) => {
    expect(await db.select().from(audit)).toContainEqual(
      expect.objectContaining({ command: 'pay export', actor: 'console' }),
    );
    await db.transaction(async (tx) => {
      await tx.execute(sql`set local session_replication_role = replica`);
      await tx.update(settlements).set({ result: sql`replace(result, '386000', '386001')` });
    });
  });
  expect(await run(verifyCommand)).toMatchObject({ code: 1, err: expect.stringContaining('陈静 2026-10') });
}, 120_000);
