import { PGlite, types } from '@electric-sql/pglite';
import { drizzle } from 'drizzle-orm/pglite';
import { migrate } from 'drizzle-orm/pglite/migrator';
import type { Db } from '#db/client';
import { addTerms } from '#db/people';
import * as schema from '#db/schema';
import { seedPeople } from '#test/support/people';
import { preparing } from './prepared.ts';

/** One database in memory for all seeds; each begins with the same few people and nothing else. */
export interface SimulationDatabase {
  pglite: PGlite;
  /** For looking at it from outside, and for what the product's own checks need. */
  db: Db;
  rows<T>(text: string): Promise<T[]>;
  begin(): Promise<void>;
  close(): Promise<void>;
}

/** Odd enough that it is found wherever it should not be. */
export const WAGE_FEN = 3517_31n;

/** Times and days as the text that they are, which is how drizzle wants to have them; also in lists. */
const parsers = Object.fromEntries(
  [types.TIMESTAMP, types.TIMESTAMPTZ, types.INTERVAL, types.DATE, 1231, 1115, 1185, 1187, 1182].map((type) => [
    type,
    (text: string) => text,
  ]),
);

export async function simulationDatabase(): Promise<SimulationDatabase> {
  const pglite = await PGlite.create({ dataDir: 'memory://', parsers });
  const raw = drizzle({ client: pglite, schema, casing: 'snake_case' });
  await migrate(raw, { migrationsFolder: 'db/migrations' });
  await preparing(pglite);
  const db = raw as unknown as Db;

  /** Only tables that were touched are emptied, and as if they had never been filled: that decides in which order rows lie. */
  async function empty(): Promise<void> {
    const { rows } = await pglite.query<{ names: string | null }>(
      `select string_agg(quote_ident(relname), ', ') as names from pg_class
       where relkind = 'r' and relnamespace = 'public'::regnamespace and pg_relation_size(oid) > 0`,
    );
    if (!rows[0]?.names) return;
    await pglite.exec(
      `set session_replication_role = replica; truncate ${rows[0].names} restart identity cascade; set session_replication_role = origin`,
    );
  }

  async function begin(): Promise<void> {
    await empty();
    await db.transaction(async (tx) => {
      const inner = tx as unknown as Db;
      const { chen, li } = await seedPeople(inner);
      const seeded = new Date('2026-01-05T02:00:00Z');
      for (const [person, scheme] of [
        [chen, 'lb'],
        [li, 'jw'],
      ] as const)
        await addTerms(
          inner,
          person.id,
          { fromMonth: '2026-01', scheme, positionWageFen: WAGE_FEN, performanceBaseFen: 2000_00n },
          'test',
          seeded,
        );
    });
  }

  return {
    pglite,
    db,
    rows: async <T>(text: string) => (await pglite.query<T>(text)).rows,
    begin,
    close: () => pglite.close(),
  };
}
