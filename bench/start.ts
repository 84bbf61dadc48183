import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { botEnv, startChild } from '#test/trust/child';
import { median } from './measure.ts';
import { type Part, table, whole } from './part.ts';

const ROUNDS = 3;
/** A restart must not take a multiple of a bare process's start. */
const MOST_RATIO = 200;
/** An engine held twice, or a cache of pages that fills itself, would show here. */
const MOST_MB = 500;

async function start(env: Record<string, string>): Promise<{ ms: number; mb: number }> {
  const started = performance.now();
  const bot = startChild(env);
  try {
    await bot.listening();
    const ms = performance.now() - started;
    const status = readFileSync(`/proc/${bot.process.pid}/status`, 'utf8');
    return { ms, mb: (Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) * 1_024) / 1e6 };
  } finally {
    await bot.end('SIGTERM');
  }
}

async function bareProcess(): Promise<number> {
  const started = performance.now();
  await startChild({}, { by: ['-e', ''] }).exited;
  return performance.now() - started;
}

/** From the start of the process until it listens: the schema of a database that is there already is only looked at. */
export const startPart: Part = {
  name: 'start',
  title: 'Start',
  async run({ postgres }) {
    const { url, close } = await postgres('bench_start');
    await close();
    const dataDir = mkdtempSync(join(tmpdir(), 'gendan-bench-'));
    // nothing answers there: a bot that cannot reach the platform starts all the same
    const domain = 'http://127.0.0.1:9';
    const onServer = botEnv(domain, { DATABASE_URL: url });
    const inFolder = botEnv(domain, { DATA_DIR: dataDir, ALLOW_EMBEDDED_DATABASE: '1' });
    const first = await start(inFolder);
    const found = { server: [] as number[], folder: [] as number[], bare: [] as number[] };
    const memory = { server: [] as number[], folder: [] as number[] };
    for (let round = 0; round < ROUNDS; round++) {
      found.bare.push(await bareProcess());
      const server = await start(onServer);
      const folder = await start(inFolder);
      found.server.push(server.ms);
      found.folder.push(folder.ms);
      memory.server.push(server.mb);
      memory.folder.push(folder.mb);
    }
    rmSync(dataDir, { recursive: true, force: true });
    const ratio = median(found.server) / median(found.bare);
    return {
      lines: table(
        [`until it listens, medians of ${ROUNDS}`, 'PostgreSQL', 'embedded'],
        [
          ['time', `${whole(median(found.server))} ms`, `${whole(median(found.folder))} ms`],
          ['memory then', `${whole(median(memory.server))} MB`, `${whole(median(memory.folder))} MB`],
          ['the very first time, with a new database', '', `${whole(first.ms)} ms, ${whole(first.mb)} MB`],
          [
            '× the start of a bare process of the same runtime',
            whole(ratio),
            whole(median(found.folder) / median(found.bare)),
          ],
        ],
      ),
      broken: [
        ...(ratio > MOST_RATIO ? [`a start: ${whole(ratio)} × that of a bare process, at most ${MOST_RATIO}`] : []),
        ...[first.mb, ...Object.values(memory).map(median)]
          .filter((mb) => mb > MOST_MB)
          .map((mb) => `a start takes ${whole(mb)} MB, at most ${MOST_MB}`),
      ],
    };
  },
};
