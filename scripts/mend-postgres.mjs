#!/usr/bin/env node
/**
 * `node scripts/mend-postgres.mjs`, run by npm after every installation: mends the driver `postgres` 3.4.9, its own issue 1208. When the
 * server goes away in the middle of a transaction, the driver writes its rollback to a socket that is gone, outside of any promise, and
 * takes the whole program with it. Here such a query is refused as on any closed connection, and what waited to be written is forgotten.
 * Shown by `test/trust/server-faults.pg.test.ts`. To be dropped with the first version of the driver that does this itself.
 */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const root = join(dirname(createRequire(import.meta.url).resolve('postgres')), '..', '..');
const mends = [
  [
    "      return queryError(q, Errors.connection('CONNECTION_DESTROYED', options))\n",
    "\n    if (!socket)\n      return queryError(q, Errors.connection('CONNECTION_CLOSED', options)), true\n",
  ],
  ['    incomings = null\n    clearImmediate(nextWriteTimer)\n', '    chunk = nextWriteTimer = null\n'],
];

for (const file of ['src/connection.js', 'cjs/src/connection.js']) {
  const path = join(root, file);
  let text = readFileSync(path, 'utf8');
  for (const [after, more] of mends) {
    if (text.includes(after + more)) continue;
    if (text.split(after).length !== 2) {
      console.error(`${path} is not what scripts/mend-postgres.mjs knows: look whether it still needs mending`);
      process.exit(1);
    }
    text = text.replace(after, () => after + more);
  }
  // a new file in place of the old one, which may be shared with other installations
  writeFileSync(`${path}.mended`, text);
  renameSync(`${path}.mended`, path);
}
