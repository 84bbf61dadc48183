import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { backupCommand, restoreCommand } from '#app/cli/backup';
import { sealAudit } from '#db/audit';
import { openEmbedded } from '#db/client';
import { orderProgress } from '#db/schema';
import { testBot } from '#test/support/bot';
import { seedPeople } from '#test/support/people';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'gendan-backup-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function run(command: typeof backupCommand, args: string[], dataDir: string) {
  const out: string[] = [];
  const err: string[] = [];
  const io = { out: (line: string) => out.push(line), err: (line: string) => err.push(line) };
  const code = await command(args, io, { DATA_DIR: dataDir });
  return { code, out: out.join('\n'), err: err.join('\n') };
}

it('the embedded database is backed up while nobody has it, and restored into an empty directory only', async () => {
  const [source, target, file] = ['source', 'target', 'backup.tgz'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  const opened = await openEmbedded(source);
  await seedPeople(opened.db);
  const bot = testBot(opened.db);
  await bot.say('ou_chen', '/订单 新建 SO-1001 客户=宏达 数量=1200件 货期=2026-12-20');
  await bot.say('ou_chen', '/订单 更新 SO-1001 缝制 800件');
  while ((await sealAudit(opened.db)) > 0);
  await expect(run(backupCommand, [file], source)).rejects.toThrow('is in use by process');
  await opened.close();

  expect(await run(backupCommand, [file], source)).toMatchObject({ code: 0, err: '' });
  expect(existsSync(`${file}.part`)).toBe(false);
  expect(await run(restoreCommand, [file], source)).toMatchObject({
    code: 1,
    err: expect.stringContaining('is there already'),
  });
  expect(await run(restoreCommand, [file], target)).toMatchObject({ code: 0, err: '' });
  const restored = await openEmbedded(target);
  try {
    expect(await restored.db.select().from(orderProgress)).toMatchObject([{ stage: 'sewing', qty: 800 }]);
  } finally {
    await restored.close();
  }
});
