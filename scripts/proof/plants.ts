import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { plants } from '../../test/plants/plants.ts';
import { firstFailure, type Suite } from './vitest.ts';

const simulation: Suite = { project: 'unit', file: 'test/simulation/seeds-1.test.ts', only: 'whatever fails' };
const SEEDS = '1-25';
/** Of those that were planted, so many must be found: by the simulation or a suite. */
const MAY_ESCAPE = 1;

interface Finding {
  simulation: string | undefined;
  suites: string[];
}
/** Findings so far, so that single plants can be tried again (`GENDAN_PLANT_ONLY=name,name`). */
const KEPT = 'reports/plants.json';

/** Plants each fault in turn and asks the simulation and the named suites; writes `docs/proof-plants.md`. */
function provePlants(): string {
  const only = process.env.GENDAN_PLANT_ONLY?.split(',');
  const findings: Record<string, Finding> = only && existsSync(KEPT) ? JSON.parse(readFileSync(KEPT, 'utf8')) : {};
  mkdirSync('reports', { recursive: true });
  const wanted = plants.filter((plant) => !only || only.includes(plant.name));
  const keep = (name: string, found: Partial<Finding>) => {
    findings[name] = { simulation: undefined, suites: [], ...findings[name], ...found };
    console.log(`[proof] ${name}: ${JSON.stringify(found)}`);
    writeFileSync(KEPT, JSON.stringify(findings));
  };
  for (const { name } of wanted) {
    const failure = firstFailure(simulation, { GENDAN_PLANT: name, GENDAN_SEEDS: SEEDS });
    keep(name, { simulation: failure && seedIn(failure.words) });
  }
  for (const { name, suites } of wanted)
    keep(name, {
      suites: suites.flatMap((suite) => {
        const failure = firstFailure(suite, { GENDAN_PLANT: name });
        return failure ? [`\`${suite.file.replace('test/', '')}\`: ${failure.test}`] : [];
      }),
    });
  const tried = plants.flatMap(({ name, breaks }) => (findings[name] ? [{ name, breaks, ...findings[name] }] : []));
  const rows = tried.map(
    ({ name, breaks, simulation: how, suites }) =>
      `| ${[`**${name}**: ${breaks}`, how ?? 'not found', suites.join('<br>') || 'not found'].map(cell).join(' | ')} |`,
  );
  const bySimulation = tried.filter((one) => one.simulation).length;
  const found = tried.filter((one) => one.simulation || one.suites.length > 0).length;
  writeFileSync('docs/proof-plants.md', report(rows, found, bySimulation));
  if (found < plants.length - MAY_ESCAPE) process.exitCode = 1;
  return `${found} of ${plants.length} planted faults were found, ${bySimulation} by the simulation`;
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** `seed 7: what was wrong`, from the words of a failing seed. */
const seedIn = (words: string): string =>
  (/(seed \d+: .*?); live through it again/s.exec(words)?.[1] ?? `while starting: ${words.split('\n')[0]}`)
    .replace(/\bom_[0-9a-f]+/g, 'om_…')
    .slice(0, 160);

const report = (
  rows: string[],
  found: number,
  bySimulation: number,
): string => `# Faults that were planted, and who found them

\`npm run proof -- plants\` puts one fault at a time into the program while vitest loads it (\`test/plants/plants.ts\`; the product has no
switch for it), lives through seeds ${SEEDS} of the simulation and runs the suites that should notice. Last run:
${new Date().toISOString().slice(0, 10)}, ${found} of the ${rows.length} that were tried found, ${bySimulation} of them by the simulation; ${plants.length - rows.length} of ${plants.length} were not tried.

| fault | simulation: the first seed that failed, and with what | suites: the first test that failed |
| --- | --- | --- |
${rows.join('\n')}
`;

console.log(provePlants());
