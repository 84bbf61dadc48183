import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import type { verifyCommand } from '#app/cli/verify';
import { type Db, type OpenDatabase, openEmbedded, openPostgres } from '#db/client';
import { embeddedTemplate, type TestDatabase, testDatabase } from './database.ts';

export interface Console {
  /** Directory of this test, gone after it. */
  readonly folder: string;
  /** The settings, which name the database of this test. */
  readonly env: Record<string, string>;
  /** On the server only. */
  readonly database: TestDatabase | undefined;
  /** As somebody with all power over the database, while nobody else has it open. */
  inDatabase(work: (db: Db) => Promise<void>): Promise<void>;
  /** What an operator gets to see. */
  run(command: typeof verifyCommand, ...args: string[]): Promise<{ code: number; out: string; err: string }>;
}

/** An operator's console. Its commands open the database themselves, so each test has a real one on disk or on the server. */
export function operatorsConsole(): Console {
  let folder: string;
  let env: Record<string, string>;
  let database: TestDatabase | undefined;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'gendan-console-'));
    database = process.env.GENDAN_TEST_DATABASE === 'postgres' ? await testDatabase() : undefined;
    env = { DATA_DIR: folder, ...(database?.url && { DATABASE_URL: database.url }) };
  });
  afterEach(async () => {
    await database?.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    get folder() {
      return folder;
    },
    get env() {
      return env;
    },
    get database() {
      return database;
    },
    async inDatabase(work) {
      const opened = database?.masterUrl ? await openPostgres(database.masterUrl, { max: 2 }) : await onDisk(folder);
      try {
        await work(opened.db);
      } finally {
        await opened.close();
      }
    },
    async run(command, ...args) {
      const out: string[] = [];
      const err: string[] = [];
      const code = await command(args, { out: (line) => out.push(line), err: (line) => err.push(line) }, env);
      return { code, out: out.join('\n'), err: err.join('\n') };
    },
  };
}

/** The embedded database in a directory, with the schema from the start. */
export function onDisk(folder: string): Promise<OpenDatabase> {
  return openEmbedded(folder, existsSync(join(folder, 'db')) ? {} : { from: embeddedTemplate() });
}
