import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DirectoryInUse, takeDirectoryLock } from '#db/directory-lock';
import { botEnv, type Child, startChild } from '#test/trust/child';

let dataDir: string;
const children: Child[] = [];
const start = (...args: Parameters<typeof startChild>) => {
  const child = startChild(...args);
  children.push(child);
  return child;
};

beforeAll(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'gendan-process-'));
});
afterAll(async () => {
  await Promise.all(children.map((child) => child.process.exitCode === null && child.end('SIGKILL')));
  rmSync(dataDir, { recursive: true, force: true });
});

const lines = (child: Child) => child.said().split('\n').filter(Boolean);

describe('npm start without credentials', () => {
  it('shows the playground, keeps others off its data, survives kill -9, and ends on SIGTERM with code 0', async () => {
    const first = start({ DATA_DIR: dataDir });
    const url = await first.listening();
    await expect.poll(async () => (await fetch(`${url}/readyz`)).status, { timeout: 30_000 }).toBe(200);
    const page = await fetch(url);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('<html');
    expect(await (await fetch(`${url}/metrics`)).text()).toContain('gendan_outbox_messages');

    const second = start({ DATA_DIR: dataDir });
    expect(await second.exited).not.toBe(0);
    expect(lines(second)).toEqual([expect.stringMatching(`is in use by process ${first.process.pid}: stop it first`)]);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);

    // killed, it leaves its lock behind; the next one sees that nobody holds it any more
    await first.end('SIGKILL');
    const third = start({ DATA_DIR: dataDir });
    const again = await third.listening();
    await expect.poll(async () => (await fetch(`${again}/readyz`)).status, { timeout: 30_000 }).toBe(200);
    expect(await (await fetch(`${again}/readyz`)).json()).toEqual({ ready: true, problems: [] });
    // 0 also says that it was in time: after 9.5 s it ends itself with 1
    expect(await third.end('SIGTERM')).toEqual({ code: 0 });
  }, 240_000);
});

describe('the lock of a data directory', () => {
  const directory = () => mkdtempSync(join(dataDir, 'lock-'));

  it('is had by one of many who reach for it at once', async () => {
    const folder = directory();
    const tries = await Promise.allSettled(Array.from({ length: 20 }, () => takeDirectoryLock(folder)));
    const had = tries.filter(({ status }) => status === 'fulfilled');
    expect(had).toHaveLength(1);
    for (const each of tries) if (each.status === 'rejected') expect(each.reason).toBeInstanceOf(DirectoryInUse);
    await (had[0] as PromiseFulfilledResult<{ release(): Promise<void> }>).value.release();
    await (await takeDirectoryLock(folder)).release();
  });

  it.each([
    ['a process that is gone', { pid: 2 ** 22 + 1, started: '1', nonce: 'x' }],
    ['a process whose number somebody else has now', { pid: process.pid, started: '1', nonce: 'x' }],
    ['nobody: the file is half written', undefined],
  ])('is taken over from %s', async (_, holder) => {
    const folder = directory();
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'lock'), holder ? JSON.stringify(holder) : '{"pid":');
    const lock = await takeDirectoryLock(folder);
    await expect(takeDirectoryLock(folder)).rejects.toThrow(DirectoryInUse);
    await lock.release();
  });
});

describe('a configuration that cannot work ends the start', () => {
  const full = botEnv('http://127.0.0.1:9', { DATABASE_URL: 'postgres://bot:s3cret-word@127.0.0.1:9/none' });

  it('each missing secret, in one readable line; several mistakes, all at once; a database that is away', async () => {
    const secrets = [
      'FEISHU_APP_ID',
      'FEISHU_APP_SECRET',
      'FEISHU_ENCRYPT_KEY',
      'FEISHU_VERIFICATION_TOKEN',
      'DATABASE_URL',
    ];
    const cases: [Record<string, string>, RegExp[]][] = [
      ...secrets.map((name): [Record<string, string>, RegExp[]] => [
        { [name]: '' },
        [new RegExp(`^${name} is missing`)],
      ]),
      [
        { FEISHU_ENCRYPT_KEY: '', PORT: 'http', TIMEZONE: 'Mars/Olympus' },
        [/^PORT /, /^TIMEZONE /, /^FEISHU_ENCRYPT_KEY /],
      ],
      [{}, [/ECONNREFUSED/]],
    ];
    await Promise.all(
      cases.map(async ([change, expected]) => {
        const child = start({ ...full, ...change });
        expect(await child.exited).not.toBe(0);
        expect(lines(child)).toEqual(expected.map((line) => expect.stringMatching(line)));
        for (const secret of [
          full.FEISHU_APP_SECRET!,
          full.FEISHU_ENCRYPT_KEY!,
          full.FEISHU_VERIFICATION_TOKEN!,
          's3cret-word',
        ])
          expect(child.said()).not.toContain(secret);
      }),
    );
  }, 240_000);
});
