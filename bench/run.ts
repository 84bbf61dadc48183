/**
 * `npm run bench`: everything that is said about speed, measured on a throw-away PostgreSQL and on the embedded database; loopback only.
 * `npm run bench -- pay ingest` measures these parts. Seconds depend on the machine and on what else runs on it, so that what is compared
 * takes turns, medians are kept, and what is guarded are ratios of one run; a ratio beyond its limit ends with code 1. Writes the parts'
 * tables in `docs/benchmarks.md`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { sql } from 'drizzle-orm';
import { openPostgres } from '#db/client';
import { rowsOf } from '#db/rows';
import { startPostgres } from '../scripts/postgres.ts';
import { cardsPart } from './cards.ts';
import { commandsPart } from './commands.ts';
import { estimatePart } from './estimate.ts';
import { importPart } from './import.ts';
import { ingestPart } from './ingest.ts';
import { outboxPart } from './outbox.ts';
import type { Bench, Part } from './part.ts';
import { payPart } from './pay.ts';
import { startPart } from './start.ts';
import { webhookPart } from './webhook.ts';

const parts: Part[] = [
  webhookPart,
  payPart,
  ingestPart,
  outboxPart,
  cardsPart,
  estimatePart,
  importPart,
  startPart,
  commandsPart,
];
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !parts.some((part) => part.name === name));
if (unknown.length > 0) {
  console.error(`no such part: ${unknown.join(', ')}; there are ${parts.map(({ name }) => name).join(', ')}`);
  process.exit(2);
}

const say = (line = '') => console.log(line);
const page = new URL('../docs/benchmarks.md', import.meta.url);
const broken: string[] = [];
const server = await startPostgres();
try {
  const bench: Bench = {
    server,
    say,
    async postgres(name) {
      const admin = await openPostgres(server.url, { max: 1 });
      await admin.db.execute(sql.raw(`create database ${name}`));
      await admin.close();
      const url = server.url.replace(/\/postgres$/, `/${name}`);
      return { ...(await openPostgres(url)), url };
    },
  };
  const admin = await openPostgres(server.url, { max: 1 });
  const [version] = rowsOf<{ v: string }>(await admin.db.execute(sql`select split_part(version(), ' ', 2) as v`));
  await admin.close();
  const machine = `${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GB, Linux container, PostgreSQL ${version?.v} (fsync on), Node ${process.versions.node}`;
  for (const part of parts.filter(({ name }) => asked.length === 0 || asked.includes(name))) {
    const started = performance.now();
    say(`measuring: ${part.name}`);
    const measured = await part.run(bench).catch((error: Error) => {
      // the other parts are worth having all the same
      console.error(error);
      broken.push(`${part.name}: ${error.message}`);
      return undefined;
    });
    if (!measured) continue;
    broken.push(...measured.broken);
    const took = Math.round((performance.now() - started) / 1_000);
    const lines = [
      `Measured on ${new Date().toISOString().slice(0, 10)} in ${took} s: ${machine}.`,
      '',
      ...measured.lines,
    ];
    for (const line of lines) say(line);
    say();
    write(part, lines);
  }
} finally {
  await server.stop();
}
for (const line of broken) console.error(`TOO SLOW: ${line}`);
process.exitCode = broken.length > 0 ? 1 : 0;

/** Puts a part's lines between its marks. */
function write({ name, title }: Part, lines: string[]): void {
  const text = readFileSync(page, 'utf8');
  const from = `<!-- measured ${name} -->`;
  const marks = new RegExp(`${from}\\n[\\s\\S]*?\\n<!-- end -->`);
  const fresh = `${from}\n${lines.join('\n')}\n<!-- end -->`;
  writeFileSync(
    page,
    marks.test(text) ? text.replace(marks, () => fresh) : `${text.trimEnd()}\n\n## ${title}\n\n${fresh}\n`,
  );
}
