import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '#root';
import { credentials } from '#test/support/app';
import { buildProgram } from '../../scripts/build.mjs';

/** What the program writes beside its database, gone with this process. */
const folder = mkdtempSync(join(tmpdir(), 'gendan-child-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

export interface Child {
  process: ChildProcess;
  /** Everything it has said so far, on both streams. */
  said(): string;
  /** Its base URL, once it listens; rejects when it ends before. */
  listening(): Promise<string>;
  /** Sends the signal and waits for the end. */
  end(signal: NodeJS.Signals): Promise<{ code: number | null }>;
  exited: Promise<number | null>;
}

const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> };
/** What `npm start` and `npm run gendan` say to the runtime. */
export const npmStart = scripts.start!.split(' ').slice(1);
export const npmRunGendan = scripts.gendan!.split(' ').slice(1);

let program: string | undefined;

/** The program that `npm start` builds and runs, for suites that start it by the dozen: built once. */
export function builtProgram(): string[] {
  program ??= join(buildProgram(), 'main.mjs');
  return [...npmStart.filter((word) => word.startsWith('--')), program];
}

/** The real program in a process of its own, with this environment and nothing else; on a port that the system chooses. */
export function startChild(env: Record<string, string>, { by = npmStart } = {}): Child {
  const child = spawn(process.execPath, by, {
    cwd: root,
    env: {
      PATH: process.env.PATH ?? '',
      HOME: process.env.HOME ?? '',
      TZ: 'America/New_York',
      HOST: '127.0.0.1',
      PORT: '0',
      ANCHOR_FILE: join(folder, `${randomUUID()}.jsonl`),
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const onData = (chunk: Buffer) => {
    said += chunk;
    child.emit('said');
  };
  child.stdout!.on('data', onData);
  child.stderr!.on('data', onData);
  const exited = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
  return {
    process: child,
    said: () => said,
    exited,
    async listening() {
      for (;;) {
        const port = /"port":(\d+)/.exec(said)?.[1];
        if (port) return `http://127.0.0.1:${port}`;
        const ended = await Promise.race([once(child, 'said').then(() => false), exited.then(() => true)]);
        if (ended) throw new Error(`it ended before it listened: ${said}`);
      }
    },
    async end(signal) {
      child.kill(signal);
      return { code: await exited };
    },
  };
}

/** The environment of a bot that talks to a stand-in. */
export const botEnv = (domain: string, database: Record<string, string>): Record<string, string> => ({
  FEISHU_APP_ID: credentials.appId,
  FEISHU_APP_SECRET: credentials.appSecret,
  FEISHU_ENCRYPT_KEY: credentials.encryptKey,
  FEISHU_VERIFICATION_TOKEN: credentials.verificationToken,
  FEISHU_DOMAIN: domain,
  ...database,
});
