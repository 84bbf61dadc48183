import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openEmbedded } from '#db/client';
import { putSetting, setting } from '#db/settings';
import { startChild } from '#test/trust/child';

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'gendan-embedded-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const unfinished = () => readdirSync(dataDir).filter((name) => name.startsWith('db.making-'));
const at = new Date('2026-11-23T02:00:00Z');

describe('a new embedded database', () => {
  it('is whole or not there: a first start that is killed leaves nothing that the next one takes for a database', async () => {
    const first = startChild({ DATA_DIR: dataDir });
    // the engine's first files are there; the last follow within a second
    await expect
      .poll(() => unfinished().some((name) => existsSync(join(dataDir, name, 'global'))), { interval: 5 })
      .toBe(true);
    expect(existsSync(join(dataDir, 'db'))).toBe(false);
    await first.end('SIGKILL');

    const second = await openEmbedded(dataDir);
    await putSetting(second.db, 'written', { here: true }, at);
    await second.close();
    const third = await openEmbedded(dataDir);
    expect(await setting(third.db, 'written')).toEqual({ here: true });
    await third.close();
    // whatever the killed one's maker still wrote is gone too
    expect(unfinished()).toEqual([]);
  });

  it('is not made where something lies already', async () => {
    mkdirSync(join(dataDir, 'db'));
    writeFileSync(join(dataDir, 'db', 'PG_VERSION'), 'not ours');
    await expect(openEmbedded(dataDir)).rejects.toThrow();
    expect(readdirSync(join(dataDir, 'db'))).toContain('PG_VERSION');
    expect(existsSync(join(dataDir, 'lock'))).toBe(false);
  });
});
