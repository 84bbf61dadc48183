/**
 * `npm run bench`: how long people wait, at 100,000 orders, on a throw-away PostgreSQL and on the embedded database, and how many events
 * a second the webhook takes. Loopback only. Seconds depend on the machine, so what is guarded are ratios to bare queries of the same run;
 * a ratio beyond its limit ends with code 1. Writes `docs/benchmarks.md`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { sql } from 'drizzle-orm';
import { type OpenDatabase, openEmbedded, openPostgres } from '#db/client';
import { startPostgres } from '../scripts/postgres.ts';
import { smallestTransactions } from './baseline.ts';
import { benchCommands, type CommandResult } from './commands.ts';
import { ORDERS, seed } from './seed.ts';
import { benchWebhook } from './webhook.ts';

/** Found by running it; beyond these something has become slower in kind, not in degree. */
const LIMITS = { commandRatio: 100, embeddedRatio: 100, transactionsPerEvent: 40 };
const AIM_MS = 100;

const say = (line = '') => console.log(line);
const one = (value: number) => value.toFixed(1);

async function commandsOn(database: OpenDatabase): Promise<CommandResult[]> {
  say(`seeding ${ORDERS.toLocaleString('en')} orders: ${database.kind}`);
  const seeded = await seed(database.db);
  say(`measuring: ${database.kind}`);
  return benchCommands(database.db, seeded);
}

const server = await startPostgres();
const lines: string[] = [];
const broken: string[] = [];
try {
  const postgres = await openPostgres(server.url);
  const onPostgres = await commandsOn(postgres);
  const [version] = (await postgres.db.execute(sql`select split_part(version(), ' ', 2) as v`)) as unknown as {
    v: string;
  }[];
  say('measuring: webhook');
  const before = await smallestTransactions(postgres.db, 4);
  const webhook = await benchWebhook(server.url, 15);
  const after = await smallestTransactions(postgres.db, 4);
  await postgres.close();
  const embedded = await openEmbedded();
  const onEmbedded = await commandsOn(embedded);
  await embedded.close();

  const transactions = (before + after) / 2;
  const perEvent = transactions / webhook.perSecond;
  lines.push(
    `| command at ${ORDERS.toLocaleString('en')} orders | PostgreSQL, ms | × bare query | embedded, ms | × bare query |`,
    '| --- | ---: | ---: | ---: | ---: |',
    ...onPostgres.map(({ line, ms, ratio }, i) => {
      const other = onEmbedded[i]!;
      if (ratio > LIMITS.commandRatio)
        broken.push(`${line} on PostgreSQL: ${one(ratio)} × a bare query, at most ${LIMITS.commandRatio}`);
      if (other.ratio > LIMITS.embeddedRatio)
        broken.push(`${line} embedded: ${one(other.ratio)} × a bare query, at most ${LIMITS.embeddedRatio}`);
      return `| \`${line}\` | ${one(ms)} | ${one(ratio)} | ${one(other.ms)} | ${one(other.ratio)} |`;
    }),
    '',
    '| webhook, signed and encrypted `/order update`, PostgreSQL | |',
    '| --- | ---: |',
    `| connections | ${webhook.connections} |`,
    `| events a second | ${one(webhook.perSecond)} |`,
    `| p50 | ${one(webhook.p50)} ms |`,
    `| p99 | ${one(webhook.p99)} ms |`,
    `| events sent, not answered with 200 | ${webhook.requests}, ${webhook.refused} |`,
    `| smallest durable transactions a second, ten connections, same run | ${one(transactions)} |`,
    `| the same as a ratio: one event costs as much as | ${one(perEvent)} of them |`,
  );
  if (webhook.refused > 0) broken.push(`${webhook.refused} events were not answered with 200`);
  if (perEvent > LIMITS.transactionsPerEvent)
    broken.push(`an event costs ${one(perEvent)} transactions, at most ${LIMITS.transactionsPerEvent}`);
  const slow = [...onPostgres, ...onEmbedded].filter(({ line, ms }) => /list|show/.test(line) && ms > AIM_MS);
  for (const { line, ms } of slow) say(`slower than the aim of ${AIM_MS} ms: ${line} ${one(ms)} ms`);

  const page = new URL('../docs/benchmarks.md', import.meta.url);
  const machine = `${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GB, Linux container, PostgreSQL ${version?.v} (fsync on), Node ${process.versions.node}`;
  const fresh = [`Measured on ${new Date().toISOString().slice(0, 10)}: ${machine}.`, '', ...lines].join('\n');
  writeFileSync(
    page,
    readFileSync(page, 'utf8').replace(
      /(<!-- measured -->\n)[\s\S]*?(\n<!-- end -->)/,
      (_, start: string, end: string) => start + fresh + end,
    ),
  );
} finally {
  await server.stop();
}
say();
for (const line of lines) say(line);
say();
for (const line of broken) console.error(`TOO SLOW: ${line}`);
process.exitCode = broken.length > 0 ? 1 : 0;
