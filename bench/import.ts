import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Db, openEmbedded } from '#db/client';
import { digests } from '#db/order-watch';
import { putPerson } from '#db/people';
import { defaultWatch } from '#domain/order/risk';
import { botEnv } from '#test/trust/child';
import { buildProgram } from '../scripts/build.mjs';
import { IMPORTED_AT, MANAGER, ORDERS, orderBook } from './import-book.ts';
import { median, timed } from './measure.ts';
import { one, type Part, table, whole } from './part.ts';
import { seed } from './seed.ts';

/** Aims that hold on any machine: nothing half imported, and little more memory than is aimed at. */
const MOST_MB = 700;

const run = promisify(execFile);

interface Imported {
  entered: number;
  seconds: number;
  /** Most memory of the bot's process meanwhile (resident), and what it held before, in megabytes. */
  peakMb: number;
  beforeMb: number;
  cards: number;
}

/** The bot in a process of its own on a database that is there already; nothing answers at the platform's address. */
async function imported(book: string, database: Record<string, string>): Promise<Imported> {
  const program = buildProgram({ 'import-child': 'bench/import-child.ts' });
  const { stdout } = await run(process.execPath, [join(program, 'import-child.mjs'), book], {
    env: {
      ...{ PATH: process.env.PATH, HOME: process.env.HOME, HOST: '127.0.0.1', PORT: '0' },
      ...{ DATA_DIR: `${book}-data`, ...botEnv('http://127.0.0.1:9', database) },
    },
    maxBuffer: 1e8,
  });
  return JSON.parse(stdout.trim().split('\n').at(-1)!);
}

const putManager = (db: Db) =>
  putPerson(db, MANAGER, { name: '经理', roles: ['manager', 'merchandiser'] }, IMPORTED_AT);

export const importPart: Part = {
  name: 'import',
  title: 'Import and digest of orders',
  async run({ postgres, say }) {
    const folder = mkdtempSync(join(tmpdir(), 'gendan-import-'));
    const book = join(folder, 'orders.xlsx');
    writeFileSync(book, await orderBook());
    const server = await postgres('bench_import');
    await putManager(server.db);
    const onPostgres = await imported(book, { DATABASE_URL: server.url });
    await server.close();
    const dataDir = join(folder, 'data');
    const made = await openEmbedded(dataDir);
    await putManager(made.db);
    await made.close();
    const onEmbedded = await imported(book, { DATA_DIR: dataDir, ALLOW_EMBEDDED_DATABASE: '1' });
    rmSync(folder, { recursive: true, force: true });
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
        [`${whole(ORDERS)} orders from a workbook, in the running bot`, 'PostgreSQL', 'embedded'],
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
