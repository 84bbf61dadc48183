/**
 * `npm run simulate -- --seed N` lives through one seed of the simulation again and prints what happened; `--seeds 1-200` lives through
 * many and prints the failing ones. Ends with 1 when an account does not agree.
 */
import { parseArgs } from 'node:util';
import { runSeed } from '../test/simulation/run-seed.ts';
import { simulationDatabase } from '../test/simulation/simulation-database.ts';

const { values } = parseArgs({
  options: { seed: { type: 'string' }, seeds: { type: 'string' }, quiet: { type: 'boolean' } },
});
const [from = 1, to = from] = (values.seeds ?? values.seed ?? '1').split('-').map(Number);
const database = await simulationDatabase();
let failed = 0;
for (let seed = from; seed <= to; seed++) {
  const { problems, trace, digest } = await runSeed(database, seed);
  if (values.seed && !values.quiet) console.log(trace.join('\n'));
  if (values.seed || problems.length > 0 || seed % 10 === 0) console.log(`seed ${seed}, trace ${digest.slice(0, 16)}`);
  for (const problem of problems) console.error(`  ${problem}`);
  if (problems.length === 0) continue;
  failed += 1;
  process.exitCode = 1;
}
await database.close();
if (values.seeds) console.log(`${to - from + 1} seeds, ${failed} failed`);
