import { defineConfig } from 'vitest/config';
import { planting } from './test/plants/plugin.ts';
import { LongestFirst } from './test/support/longest-first.ts';

/**
 * Suites that need a database are named `*.db.test.ts` and run twice: on the embedded database and on a real PostgreSQL.
 * Those named `*.pg.test.ts` show what only a server can: roles, processes, disks.
 */
const databaseSuites = 'test/**/*.db.test.ts';
const serverSuites = 'test/**/*.pg.test.ts';
/*
 * They share a process for each worker (`isolate: false`): the program is loaded once, not once for each of a hundred files. So they must
 * leave nothing behind and change nothing that the process shares. Suites that do (time zones, timers) are not of this kind.
 */
/** What takes minutes whatever one does; only with GENDAN_LONG. */
const longSuites = 'test/**/*.long.test.ts';
const browserSuites = 'test/browser/**/*.test.ts';

export default defineConfig({
  plugins: [planting(import.meta.dirname, process.env)],
  test: {
    // one more than two cores: there is always one that waits for a browser, a server or a clock
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    // tests measure nothing: the limit only ends what hangs, also on a busy machine of two cores
    testTimeout: 120_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 60_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: [databaseSuites, serverSuites, longSuites, browserSuites],
        },
      },
      {
        extends: true,
        test: {
          name: 'embedded',
          include: [databaseSuites],
          isolate: false,
          env: { GENDAN_TEST_DATABASE: 'embedded' },
          globalSetup: 'test/support/embedded-template.ts',
        },
      },
      {
        extends: true,
        test: {
          name: 'postgres',
          include: [databaseSuites, serverSuites, ...(process.env.GENDAN_LONG ? [longSuites] : [])],
          isolate: false,
          env: { GENDAN_TEST_DATABASE: 'postgres' },
        },
      },
      { extends: true, test: { name: 'browser', include: [browserSuites], testTimeout: 600_000 } },
    ],
  },
});
