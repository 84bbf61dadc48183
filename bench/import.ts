import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { openEmbedded } from '#db/client';
import { digests } from '#db/order-watch';
import { defaultWatch } from '#domain/order/risk';
import { median, timed } from './measure.ts';
import { one, type Part, table, whole } from './part.ts';
import { seed } from './seed.ts';

const ORDERS = 10_000;
/** Aims that hold on any machine: nothing half imported, no memory without bound. */
const MOST_MB = 1_500;

const run = promisify(execFile);

async function imported(url?: string): Promise<{ entered: number; seconds: number; peakMb: number; beforeMb: number }> {
  const args = ['--import', 'tsx', 'bench/import-child.ts', ...(url ? [url] : [])];
  const { stdout } = await run(process.execPath, args, { maxBuffer: 1e8 });
  return JSON.parse(stdout.trim().split('\n').at(-1)!);
}

export const importPart: Part = {
  name: 'import',
  title: 'Import and digest of orders',
  async run({ postgres, say }) {
    const { url, close } = await postgres('bench_import');
    const onPostgres = await imported(url);
    await close();
    const onEmbedded = await imported();
    say('the digest over 100,000 orders');
    const day = { ...defaultWatch, today: '2026-11-23', zone: 'Asia/Shanghai' };
    const digested = await postgres('bench_digest');
    await seed(digested.db);
    const digest = () => digests(digested.db, 'merchandiser', day, { urgent: 5, skipQuiet: false });
    const postgresMs: number[] = [];
    for (let round = 0; round < 5; round++) postgresMs.push(await timed(digest));
    await digested.close();
    const embedded = await openEmbedded();
    await seed(embedded.db);
    const embeddedMs: number[] = [];
    for (let round = 0; round < 5; round++)
      embeddedMs.push(await timed(() => digests(embedded.db, 'merchandiser', day, { urgent: 5, skipQuiet: false })));
    await embedded.close();
    const both = [onPostgres, onEmbedded];
    return {
      lines: table(
        [`${whole(ORDERS)} orders from a workbook, in a process of its own`, 'PostgreSQL', 'embedded'],
        [
          ['took (aim: under 30 s)', ...both.map(({ seconds }) => `${one(seconds)} s`)],
          ['most memory of the process (aim: under 600 MB)', ...both.map(({ peakMb }) => `${whole(peakMb)} MB`)],
          ['of it there before the import', ...both.map(({ beforeMb }) => `${whole(beforeMb)} MB`)],
          [
            'digest over 100,000 orders, 90,000 of them open (aim: under 2 s)',
            `${one(median(postgresMs))} ms`,
            `${one(median(embeddedMs))} ms`,
          ],
        ],
      ),
      broken: both.flatMap(({ entered, peakMb }) => [
        ...(entered !== ORDERS ? [`${entered} orders imported of ${ORDERS}`] : []),
        ...(peakMb > MOST_MB ? [`the import takes ${whole(peakMb)} MB, at most ${MOST_MB}`] : []),
      ]),
    };
  },
};
