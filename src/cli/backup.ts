import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { access, open, readFile, rename, rm } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { settleRestored } from '#db/after-restore';
import { auditHead, verifyAudit } from '#db/audit';
import { openEmbedded, openPostgres } from '#db/client';
import { isEmptyDatabase } from '#db/migrate';
import { verifyPay } from '#usecases/pay/verify';
import { type Config, readConfig } from '../config.ts';
import type { Io } from './compute.ts';
import { withDatabase } from './database.ts';

type Env = Record<string, string | undefined>;

/**
 * `backup FILE`: everything the database holds, as of one moment, in one file: by pg_dump for PostgreSQL, while the bot goes on; the
 * embedded database must be nobody else's meanwhile. Says the head of the audit chain, to be kept with it.
 */
export async function backupCommand([file, ...rest]: string[], io: Io, env: Env): Promise<number> {
  if (!file || rest.length > 0) {
    io.err('usage: npm run gendan -- backup FILE');
    return 1;
  }
  const config = readConfig(env);
  const part = `${file}.part`;
  // what nobody else may read, from its first byte
  await (await open(part, 'w', 0o600)).close();
  try {
    const head = config.databaseUrl ? await dumpPostgres(config, part, env) : await dumpEmbedded(config, part);
    await rename(part, file);
    io.out(`→ ${file}; the audit chain ended at ${head.count}:${head.hash} or later`);
    return 0;
  } catch (error) {
    await rm(part, { force: true });
    return failed(error, io);
  }
}

async function dumpPostgres(config: Config, part: string, env: Env): Promise<{ count: number; hash: string }> {
  const head = await withDatabase(env, (db) => auditHead(db));
  await program('pg_dump', config.migrationUrl ?? config.databaseUrl!, [
    '--format=custom',
    '--no-owner',
    '--no-privileges',
    `--file=${part}`,
  ]);
  return head;
}

async function dumpEmbedded({ dataDir }: Config, part: string): Promise<{ count: number; hash: string }> {
  const database = await openEmbedded(dataDir);
  try {
    const handle = await open(part, 'w', 0o600);
    await handle.writeFile(Buffer.from(await (await database.dump!()).arrayBuffer()));
    await handle.sync();
    await handle.close();
    return await auditHead(database.db);
  } finally {
    await database.close();
  }
}

/**
 * `restore FILE`: into an empty database, nothing else; then gives the application's role its rights and checks the audit chain and every
 * settlement. Returns 1 when anything does not fit.
 */
export async function restoreCommand([file, ...rest]: string[], io: Io, env: Env): Promise<number> {
  if (!file || rest.length > 0) {
    io.err('usage: npm run gendan -- restore FILE');
    return 1;
  }
  await access(file);
  const config = readConfig(env);
  const { databaseUrl, migrationUrl, dataDir, anchorFile } = config;
  try {
    if (databaseUrl) {
      if (!(await isEmptyDatabase(migrationUrl ?? databaseUrl)))
        throw new Unable('the database is not empty: restore into a new one');
      await program('pg_restore', migrationUrl ?? databaseUrl, [
        '--exit-on-error',
        '--single-transaction',
        '--no-owner',
        '--no-privileges',
        file,
      ]);
    } else if (existsSync(join(dataDir, 'db')))
      throw new Unable(`${join(dataDir, 'db')} is there already: restore into an empty DATA_DIR`);
    const database = databaseUrl
      ? await openPostgres(databaseUrl, { max: 2, migrationUrl })
      : await openEmbedded(dataDir, { from: new Blob([new Uint8Array(await readFile(file))]) });
    try {
      const { db } = database;
      await settleRestored(db);
      const problems = [...(await verifyAudit(db)), ...(await verifyPay(db))];
      for (const problem of problems) io.err(problem);
      const head = await auditHead(db);
      io.out(`restored; the audit chain ends at ${head.count}:${head.hash}`);
      if (anchorFile && existsSync(anchorFile))
        io.out(
          `heads published after the backup no longer fit: keep ${anchorFile} under another name, with the reason`,
        );
      return problems.length > 0 ? 1 : 0;
    } finally {
      await database.close();
    }
  } catch (error) {
    return failed(error, io);
  }
}

/** Something that the operator can mend; its message is one readable line. */
class Unable extends Error {}

function failed(error: unknown, io: Io): number {
  if (!(error instanceof Unable)) throw error;
  io.err(error.message);
  return 1;
}

/** Runs one of PostgreSQL's own programs on a database; the password goes by environment, where other users of the machine cannot read it. */
async function program(name: 'pg_dump' | 'pg_restore', databaseUrl: string, args: string[]): Promise<void> {
  const path = findProgram(name);
  if (!path) throw new Unable(`${name} is missing: install PostgreSQL's client programs (Debian: postgresql-client)`);
  const url = new URL(databaseUrl);
  const password = decodeURIComponent(url.password);
  url.password = '';
  const child = spawn(path, [`--dbname=${url.href}`, '--no-password', ...args], {
    env: { ...process.env, ...(password && { PGPASSWORD: password }) },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk) => {
    said += chunk;
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) throw new Unable(said.split('\n')[0] || `${name} ended with code ${code}`);
}

/** On the path, else the newest of those that Debian keeps apart by version. */
export function findProgram(name: string): string | undefined {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  return [...(process.env.PATH ?? '').split(delimiter), ...versions.map((version) => join(debian, version, 'bin'))]
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path));
}
