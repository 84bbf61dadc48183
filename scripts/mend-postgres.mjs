#!/usr/bin/env node
/**
 * `node scripts/mend-postgres.mjs`, run by npm after every installation: mends the driver `postgres` 3.4.9, its own issue 1208. When the
 * server goes away in the middle of a transaction, the driver writes its rollback to a socket that is gone, outside of any promise, and
 * takes the whole program with it. Here such a query is refused as on any closed connection, and what waited to be written is forgotten.
 * Shown by `test/trust/server-faults.pg.test.ts`. To be dropped with the first version of the driver that does this itself.
 *
 * Besides, what is written in one turn of the event loop leaves in one piece up to 64 kB, where the driver writes to the socket at every
 * 1,024 bytes: the statements of an event that travel together are one system call and one wake-up of the server instead of several.
 *
 * And a commit that the server answers with ROLLBACK, because a statement before it had failed, is a fault: the driver takes it for done.
 */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const root = join(dirname(createRequire(import.meta.url).resolve('postgres')), '..', '..');
const destroyed = "      return queryError(q, Errors.connection('CONNECTION_DESTROYED', options))\n";
const forgotten = '    incomings = null\n    clearImmediate(nextWriteTimer)\n';
/** What stands there, and what is to stand there instead. */
const connection = [
  [
    destroyed,
    `${destroyed}\n    if (!socket)\n      return queryError(q, Errors.connection('CONNECTION_CLOSED', options)), true\n`,
  ],
  [forgotten, `${forgotten}    chunk = nextWriteTimer = null\n`],
  ['    if (fn || chunk.length >= 1024)\n', '    if (fn || chunk.length >= 65536)\n'],
];
const commit = '          : await sql`commit`\n';
const rolledBack = "uncaughtError || Errors.generic('ROLLED_BACK', 'the server answered the commit with a rollback')";
const index = [
  [commit, `          : (await sql\`commit\`).command === 'ROLLBACK' && await Promise.reject(${rolledBack})\n`],
];
const files = Object.entries({ 'connection.js': connection, 'index.js': index });

for (const [file, mends] of files.flatMap(([name, mends]) =>
  [`src/${name}`, `cjs/src/${name}`].map((at) => [at, mends]),
)) {
  const path = join(root, file);
  let text = readFileSync(path, 'utf8');
  for (const [there, instead] of mends) {
    if (text.includes(instead)) continue;
    if (text.split(there).length !== 2) {
      console.error(`${path} is not what scripts/mend-postgres.mjs knows: look whether it still needs mending`);
      process.exit(1);
    }
    text = text.replace(there, () => instead);
  }
  // a new file in place of the old one, which may be shared with other installations
  writeFileSync(`${path}.mended`, text);
  renameSync(`${path}.mended`, path);
}
