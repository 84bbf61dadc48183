import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from '#root';

const run = promisify(execFile);
const MAKER = join(root, 'db/make-embedded.mjs');
const UNFINISHED = 'db.making-';

/**
 * Pages that the database itself keeps (ADR 16). The engine fills them with zeros at its start, so that each is memory from the first moment; what
 * it would keep in 128 MB instead, the system keeps in its file cache anyway.
 */
export const SETTINGS = ['shared_buffers=16MB'];

/**
 * The database in `dataDir` is there, if only empty. A new one is made by another process, which takes half a gigabyte of engines and their
 * compiled code with it when it ends, and is given its name when it is whole: a start that is cut off leaves nothing that could be taken for a
 * database. The caller holds the directory's lock.
 *
 * @returns path of the database
 */
export async function makeEmbedded(dataDir: string): Promise<string> {
  const path = join(dataDir, 'db');
  for (const name of await readdir(dataDir))
    if (name.startsWith(UNFINISHED))
      // its maker may outlive a start that was killed by some seconds, and write on; then the next start takes it away
      await rm(join(dataDir, name), { recursive: true, force: true }).catch(() => {});
  // a folder with anything in it is left to the engine, which looks for itself
  const held = existsSync(path) ? await readdir(path) : [];
  if (held.length > 0) return path;
  const making = join(dataDir, `${UNFINISHED}${randomUUID()}`);
  await run(process.execPath, [MAKER, making]);
  await rm(path, { recursive: true, force: true });
  await rename(making, path);
  return path;
}
