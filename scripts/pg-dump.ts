import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { findProgram } from '../src/cli/backup.ts';

/** PostgreSQL's own program for backups: one on the machine, else Debian's package as root. */
export function findPgDump(say: (line: string) => void): string | undefined {
  const path = findProgram('pg_dump');
  if (path || !existsSync('/usr/bin/apt-get') || process.getuid?.() !== 0) return path;
  say('installing postgresql-client with apt-get');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync('apt-get', ['update', '-qq'], { stdio: 'ignore', env });
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'postgresql-client'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env,
  });
  return findProgram('pg_dump');
}
