import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { why } from './survivors.ts';

const LEAST = 85;
const caught = ['Killed', 'Timeout'];
const missed = ['Survived', 'NoCoverage'];

interface Mutant {
  status: string;
  mutatorName: string;
  replacement?: string;
  location: { start: { line: number; column: number }; end: { line: number; column: number } };
}

/** Changes money, rights, intake and parser in every small way and asks the suites; writes `docs/mutation.md`. */
function proveMutation(): string {
  spawnSync('npx', ['--no-install', 'stryker', 'run'], {
    stdio: 'inherit',
    env: { ...process.env, TZ: 'America/New_York' },
  });
  const { files } = JSON.parse(readFileSync('reports/mutation.json', 'utf8')) as {
    files: Record<string, { source: string; mutants: Mutant[] }>;
  };
  const rows: string[] = [];
  const survivors: string[] = [];
  let killed = 0;
  let all = 0;
  for (const [file, { source, mutants }] of Object.entries(files).sort()) {
    const dead = mutants.filter(({ status }) => caught.includes(status)).length;
    const alive = mutants.filter(({ status }) => missed.includes(status));
    killed += dead;
    all += dead + alive.length;
    rows.push(
      `| \`${file}\` | ${dead + alive.length} | ${dead} | ${alive.length} | ${percent(dead, dead + alive.length)} |`,
    );
    for (const mutant of alive) survivors.push(survivor(file, source.split('\n'), mutant));
  }
  writeFileSync('docs/mutation.md', report(rows, survivors, killed, all));
  if ((killed / all) * 100 < LEAST) process.exitCode = 1;
  return `${percent(killed, all)} of ${all} mutants were noticed`;
}

const percent = (part: number, all: number) => `${((part / all) * 100).toFixed(1)} %`;
const code = (text: string) =>
  `\`${text.replaceAll('|', '\\|').replaceAll('`', 'ˋ').replace(/\s+/g, ' ').slice(0, 90)}\``;

function survivor(
  file: string,
  lines: string[],
  { location: { start, end }, replacement = '', mutatorName }: Mutant,
): string {
  const whole = lines.slice(start.line - 1, end.line).join('\n');
  const was = start.line === end.line ? lines[start.line - 1]!.slice(start.column - 1, end.column - 1) : whole.trim();
  const line = lines[start.line - 1]!.trim();
  const reason = why.find(
    (one) => one.file === file && line.includes(one.line) && (!one.to || replacement.includes(one.to)),
  )?.because;
  return `| \`${file.split('/').at(-1)}:${start.line}\` | ${code(was)} | ${code(replacement || mutatorName)} | ${reason ?? 'not explained'} |`;
}

const report = (rows: string[], survivors: string[], killed: number, all: number): string => `# Mutation testing

\`npm run proof -- mutation\` changes the code in every small way that the tool knows (a condition turned round, a text emptied, a bound
moved by one) and asks the suites of \`vitest.mutation.config.ts\` whether they notice. Last run: ${new Date().toISOString().slice(0, 10)},
**${percent(killed, all)}** of ${all} noticed; ${LEAST} % are demanded.

| file | mutants | noticed | survived | score |
| ---: | ---: | ---: | ---: | ---: |
${rows.join('\n')}

## What survived, and why it may

| where | was | became | why nothing notices |
| --- | --- | --- | --- |
${survivors.join('\n')}
`;

console.log(proveMutation());
