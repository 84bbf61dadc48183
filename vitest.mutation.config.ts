import { defineConfig } from 'vitest/config';

/** The suites that mutants of money, rights, intake and parser are shown to: those that need no database. */
export default defineConfig({
  test: {
    testTimeout: 30_000,
    include: [
      'test/domain/money.test.ts',
      'test/bot/tokens.test.ts',
      'test/bot/parse.test.ts',
      'test/bot/rights.test.ts',
      'test/bot/intake.test.ts',
    ],
  },
});
