/**
 * `npm test`: everything, with its own set-up. Finds or starts a PostgreSQL, finds or installs a Chromium, says what it did, then runs the
 * formatter and linter, the type checks and all suites. What could not run is named loudly, and with `CI=true` is a failure.
 *
 * Arguments are handed to vitest: `npm test -- test/bot --project embedded`.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findChromium } from './chromium.ts';
import { findLibreOffice } from './libreoffice.ts';
import { findPgDump } from './pg-dump.ts';
import { startPostgres } from './postgres.ts';

const isCi = process.env.CI === 'true';
const args = process.argv.slice(2);
const missing: string[] = [];
const say = (line: string) => console.log(`[test] ${line}`);

const database = process.env.TEST_DATABASE_URL
  ? { url: process.env.TEST_DATABASE_URL, how: 'TEST_DATABASE_URL', stop: async () => {} }
  : // nobody ends this server in the middle of a test, so nothing depends on the disk; the suites that do so start their own.
    // statistics taken by chance between two tests, of tables that were just emptied, once turned seconds into minutes
    await startPostgres({ settings: ['fsync=off', 'autovacuum=off'] }).catch((error: Error) => {
      missing.push(`PostgreSQL (${error.message})`);
      return undefined;
    });
if (database) say(`PostgreSQL: ${database.how}`);
const chromium = findChromium(say);
if (chromium) say(`Chromium: ${chromium}`);
else missing.push('Chromium (none found, and it could not be installed)');
const soffice = findLibreOffice(say);
if (soffice) say(`LibreOffice: ${soffice}`);
else missing.push('recalculating exports in LibreOffice (none found, and it could not be installed)');

const pgDump = findPgDump(say);
if (pgDump) say(`pg_dump: ${pgDump}`);
else missing.push('backup and restore (no pg_dump, and it could not be installed)');

const report = join(tmpdir(), `gendan-test-${process.pid}.json`);
let failed = false;
try {
  if (args.length === 0)
    for (const [name, ...command] of [
      ['lint', 'biome', 'check', '.'],
      ['types', 'tsc', '--noEmit'],
      ['types of the page', 'tsc', '--noEmit', '-p', 'src/playground/page'],
    ])
      failed = run(name!, command) || failed;
  const projects = args.some((arg) => arg.startsWith('--project'))
    ? []
    : ['unit', 'embedded', ...(database ? ['postgres'] : []), ...(chromium ? ['browser'] : [])].flatMap((project) => [
        '--project',
        project,
      ]);
  failed =
    run(
      'suites',
      [
        'vitest',
        'run',
        ...projects,
        ...(pgDump ? [] : ['--exclude=test/trust/backup.pg.test.ts']),
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${report}`,
        ...args,
      ],
      {
        ...(database && { TEST_DATABASE_URL: database.url }),
        ...(chromium && { CHROMIUM_PATH: chromium }),
        ...(soffice && { SOFFICE_PATH: soffice }),
      },
    ) || failed;
  failed = summary() || failed;
} finally {
  await database?.stop();
  rmSync(report, { force: true });
}
process.exitCode = failed ? 1 : 0;

function run(name: string, [command, ...rest]: string[], env: Record<string, string> = {}): boolean {
  say(`${name}: ${[command, ...rest.slice(0, 2)].join(' ')}`);
  const { status } = spawnSync('npx', ['--no-install', command!, ...rest], {
    stdio: 'inherit',
    env: { ...process.env, TZ: 'America/New_York', ...env },
  });
  return status !== 0;
}

/** The last lines: what did not run, then the count in the plain form that CI reads. */
function summary(): boolean {
  const counts = JSON.parse(readFileSync(report, 'utf8')) as {
    numPassedTests: number;
    numFailedTests: number;
    numPendingTests: number;
    numTodoTests: number;
  };
  const skipped = counts.numPendingTests + counts.numTodoTests;
  for (const what of missing) console.error(`[test] NOT RUN: ${what}`);
  if (skipped > 0) console.error(`[test] ${skipped} tests were skipped`);
  console.log(`${counts.numPassedTests} passed, ${counts.numFailedTests} failed`);
  return counts.numFailedTests > 0 || (isCi && (missing.length > 0 || skipped > 0));
}
