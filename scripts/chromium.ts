import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** A browser for the browser suite: CHROMIUM_PATH, else one on the machine, else installed (Debian's packages as root, elsewhere Playwright's download). */
export function findChromium(say: (line: string) => void): string | undefined {
  const path = process.env.CHROMIUM_PATH ?? onPath();
  if (path && existsSync(path) && hasChineseFont()) return path;
  if (existsSync('/usr/bin/apt-get') && process.getuid?.() === 0) {
    say('installing chromium and a Chinese font with apt-get');
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    spawnSync('apt-get', ['update', '-qq'], { stdio: 'ignore', env });
    spawnSync(
      'apt-get',
      [
        'install',
        '-y',
        '-qq',
        '--no-install-recommends',
        'chromium',
        'fonts-noto-cjk',
        'fonts-noto-color-emoji',
        'fontconfig',
      ],
      { stdio: ['ignore', 'ignore', 'inherit'], env },
    );
    return onPath();
  }
  if (path && existsSync(path)) return path;
  say('installing chromium with playwright');
  spawnSync('npx', ['--no-install', 'playwright-core', 'install', 'chromium'], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const asked = spawnSync(
    process.execPath,
    ['-e', "console.log(require('playwright-core').chromium.executablePath())"],
    { encoding: 'utf8' },
  );
  const downloaded = asked.stdout?.trim();
  return downloaded && existsSync(downloaded) ? downloaded : undefined;
}

const onPath = (): string | undefined =>
  ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
    .flatMap((name) => (process.env.PATH ?? '').split(delimiter).map((dir) => join(dir, name)))
    .find((file) => existsSync(file));

/** Without one, screenshots show boxes; where fontconfig is absent we cannot tell and go on. */
function hasChineseFont(): boolean {
  const { status, stdout } = spawnSync('fc-list', [':lang=zh'], { encoding: 'utf8' });
  return status !== 0 || stdout.trim() !== '';
}
