import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { businessDay } from '#domain/calendar/business-day';
import { importPeople, readPeople } from '#usecases/import-people';
import { readTable } from '#usecases/read-table';
import type { Io } from './compute.ts';
import { withDatabase } from './database.ts';

/** `import people FILE`: the roster, all rows or none. */
export async function importCommand(
  [what, file]: string[],
  io: Io,
  env: Record<string, string | undefined>,
): Promise<number> {
  if (what !== 'people' || !file) {
    io.err('usage: npm run gendan -- import people FILE.csv|xlsx');
    return 1;
  }
  const rows = readPeople(await readTable(basename(file), await readFile(file)));
  const now = new Date();
  const { added, changed } = await withDatabase(env, (db, { timezone }) =>
    db.transaction((tx) =>
      importPeople(tx, rows, { by: 'console', via: 'console', month: businessDay(now, timezone).slice(0, 7), now }),
    ),
  );
  io.out(`${rows.length} people imported: ${added} added, ${changed} changed`);
  return 0;
}
