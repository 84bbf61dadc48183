import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** A spreadsheet program that recalculates our exports: SOFFICE_PATH, else one on the machine, else installed (Debian's packages, as root). */
export function findLibreOffice(say: (line: string) => void): string | undefined {
  const found = process.env.SOFFICE_PATH ?? onPath();
  if (found && existsSync(found)) return found;
  if (!existsSync('/usr/bin/apt-get') || process.getuid?.() !== 0) return undefined;
  say('installing libreoffice-calc-nogui with apt-get');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync('apt-get', ['update', '-qq'], { stdio: 'ignore', env });
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'libreoffice-calc-nogui'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env,
  });
  return onPath();
}

const onPath = (): string | undefined =>
  ['soffice', 'libreoffice']
    .flatMap((name) => (process.env.PATH ?? '').split(delimiter).map((dir) => join(dir, name)))
    .find((file) => existsSync(file));
