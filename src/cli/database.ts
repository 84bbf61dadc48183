import { type Db, openEmbedded, openPostgres } from '#db/client';
import { type Config, readConfig } from '../config.ts';

/** Opens the database that the settings name, for one command of the command line; the schema is brought up to date on the way. */
export async function withDatabase<T>(
  env: Record<string, string | undefined>,
  work: (db: Db, config: Config) => Promise<T>,
): Promise<T> {
  const config = readConfig(env);
  const database = config.databaseUrl
    ? await openPostgres(config.databaseUrl, { max: 2, migrationUrl: config.migrationUrl })
    : await openEmbedded(config.dataDir);
  try {
    return await work(database.db, config);
  } finally {
    await database.close();
  }
}
