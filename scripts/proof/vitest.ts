import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Suite {
  project: 'unit' | 'embedded';
  file: string;
  /** Of the suite only what is named so. */
  only?: string;
}

/** The first test that failed; undefined when all passed. Throws when nothing ran: a suite that is not found shows nothing. */
export function firstFailure(
  { project, file, only }: Suite,
  env: Record<string, string>,
): { test: string; words: string } | undefined {
  const report = join(tmpdir(), `gendan-proof-${process.pid}.json`);
  const args = ['vitest', 'run', '--project', project, file, '--bail=1', '--reporter=json', `--outputFile=${report}`];
  const { stderr } = spawnSync('npx', ['--no-install', ...args, ...(only ? ['-t', only] : [])], {
    env: { ...process.env, TZ: 'America/New_York', ...env },
    encoding: 'utf8',
  });
  const { testResults, numTotalTests } = JSON.parse(readFileSync(report, 'utf8')) as {
    numTotalTests: number;
    testResults: {
      message: string;
      assertionResults: { status: string; fullName: string; failureMessages: string[] }[];
    }[];
  };
  rmSync(report, { force: true });
  for (const { message, assertionResults } of testResults) {
    const failed = assertionResults.find(({ status }) => status === 'failed');
    if (failed) return { test: failed.fullName, words: failed.failureMessages[0] ?? '' };
    if (message) throw new Error(`${file} could not be loaded: ${message}`);
  }
  if (numTotalTests === 0) throw new Error(`${file}: nothing ran\n${stderr.slice(-2000)}`);
  return undefined;
}
