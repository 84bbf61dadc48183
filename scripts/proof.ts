/**
 * `npm run proof`: the long forms of what `npm test` shows briefly: hundreds of kills, a million inputs. `npm run proof -- kills clock` runs
 * only these parts, `npm run proof -- list` names them. Writes each part's outcome to `docs/proof.md`; the others keep theirs.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { stripVTControlCharacters } from 'node:util';

interface Part {
  name: string;
  what: string;
  /** Its last line on stdout is the outcome; exit code 0 is success. Runs with GENDAN_LONG=1. */
  command: string[];
}

const suites = (project: string, ...files: string[]): string[] => [
  'npm',
  'test',
  '--',
  '--project',
  project,
  ...files.map((file) => `test/${file}`),
];

const parts: Part[] = [
  {
    name: 'kills',
    what: 'the bot alone, killed with kill -9 a hundred times under load',
    command: suites('postgres', 'trust/crash.db.test.ts'),
  },
  {
    name: 'instances',
    what: 'three bots on one database, one of them killed 80 times; twenty rolling restarts',
    command: suites('postgres', 'trust/instances.pg.test.ts'),
  },
  {
    name: 'server',
    what: 'PostgreSQL killed twenty times and restarted twenty times under load; a full disk',
    command: suites('postgres', 'trust/server-faults.pg.test.ts'),
  },
  {
    name: 'durability',
    what: 'system calls: PostgreSQL flushes before each acknowledgement (needs strace)',
    command: suites('postgres', 'trust/durability.long.test.ts'),
  },
  {
    name: 'slow',
    what: '36,000 events at 60 a second for ten minutes, while the database waits a second at a time, the platform hangs, the cores are busy: none answered after 2.5 s, each with its effect once',
    command: suites('postgres', 'trust/three-seconds.long.test.ts'),
  },
  {
    name: 'memory',
    what: '7,200 events in one process: what it holds after each three hundred',
    command: suites('postgres', 'trust/memory.long.test.ts'),
  },
  {
    name: 'machine',
    what: 'a stepped clock, two connections for fifty people, slow clients, bodies of 100 MB, health',
    command: suites(
      'postgres',
      'trust/clock.pg.test.ts',
      'trust/pool.pg.test.ts',
      'trust/hostile-clients.pg.test.ts',
      'trust/health.db.test.ts',
    ),
  },
  {
    name: 'backup',
    what: 'a backup under load, restored elsewhere; roles and what they may do',
    command: suites('postgres', 'trust/backup.pg.test.ts', 'trust/roles.pg.test.ts'),
  },
  {
    name: 'simulation',
    what: 'two thousand seeds of the simulation; `npm test` lives through the first 500',
    command: ['npx', '--no-install', 'tsx', 'scripts/simulate.ts', '--seeds', '1-2000'],
  },
  {
    name: 'plants',
    what: 'faults put in on purpose, and who finds them: docs/proof-plants.md',
    command: ['npx', '--no-install', 'tsx', 'scripts/proof/plants.ts'],
  },
  {
    name: 'mutation',
    what: 'money, rights, intake and parser changed in every small way: who notices: docs/mutation.md',
    command: ['npx', '--no-install', 'tsx', 'scripts/proof/mutation.ts'],
  },
  {
    name: 'parser',
    what: 'a million lines of every kind',
    command: suites('unit', 'trust/parser.test.ts'),
  },
  {
    name: 'cards',
    what: 'every card builder two thousand times with nasty texts',
    command: suites('unit', 'trust/cards.test.ts'),
  },
  {
    name: 'secrecy',
    what: 'five hundred times: who asks what where, and nothing private in a group; three thousand odd messages, each answered',
    command: suites('postgres', 'trust/groups.db.test.ts', 'trust/once.db.test.ts'),
  },
];

const REPORT = 'docs/proof.md';
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => name !== 'list' && !parts.some((part) => part.name === name));
if (wanted.includes('list') || unknown.length > 0) {
  if (unknown.length > 0) console.error(`there is no part ${unknown.join(', ')}`);
  for (const { name, what } of parts) console.log(`${name.padEnd(12)} ${what}`);
  process.exit(unknown.length > 0 ? 1 : 0);
}

const rows = readRows();
for (const part of parts.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
  console.log(`[proof] ${part.name}: ${part.what}`);
  const started = Date.now();
  const { code, last } = await run(part.command);
  const minutes = ((Date.now() - started) / 60_000).toFixed(1);
  rows.set(part.name, [code === 0 ? 'holds' : '**fails**', last, minutes, stamp()]);
  // after each part, so that one that hangs does not take the others' outcome with it
  writeReport();
  if (code !== 0) process.exitCode = 1;
}

function run([command, ...args]: string[]): Promise<{ code: number | null; last: string }> {
  const child = spawn(command!, args, {
    env: { ...process.env, GENDAN_LONG: '1' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let tail = '';
  child.stdout.on('data', (chunk: Buffer) => {
    process.stdout.write(chunk);
    tail = `${tail}${chunk}`.slice(-2000);
  });
  const lastLine = () => stripVTControlCharacters(tail).trimEnd().split('\n').at(-1)!.replaceAll('|', '/');
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, last: lastLine() })));
}

/** When, on what, of which state of the sources. */
function stamp(): string {
  const git = (...args: string[]) => spawnSync('git', args, { encoding: 'utf8' }).stdout?.trim();
  // this report changes with every part
  const changed = git('status', '--porcelain', '--', `:!${REPORT}`) ? '-dirty' : '';
  const commit = `${git('rev-parse', '--short', 'HEAD')}${changed}`;
  const machine = `${cpus().length} cores, ${Math.round(totalmem() / 1024 ** 3)} GB, Node ${process.versions.node}`;
  return `${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC; ${machine}; ${commit}`;
}

/** The rows of the last report, by part. */
function readRows(): Map<string, string[]> {
  const text = existsSync(REPORT) ? readFileSync(REPORT, 'utf8') : '';
  const cells = text
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.split('|').map((cell) => cell.trim()));
  return new Map(cells.map(([, name, , ...rest]) => [name!.replaceAll('`', ''), rest.slice(0, 4)]));
}

function writeReport(): void {
  const lines = parts.map(({ name, what }) => {
    const [holds, last, minutes, when] = rows.get(name) ?? ['not run yet', '', '', ''];
    return `| \`${name}\` | ${what} | ${holds} | ${last} | ${minutes} | ${when} |`;
  });
  writeFileSync(
    REPORT,
    `# The long forms, as they were last run

Written by \`npm run proof\`. What each number of [trust](trust.md) is shown by stands there; \`npm test\` runs the short forms of all of these.

| part | what is done | outcome | last line | minutes | when, on what |
| --- | --- | --- | --- | ---: | --- |
${lines.join('\n')}
`,
  );
}
