import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Db } from '#db/client';
import { listPeople } from '#db/people';
import { businessDay } from '#domain/calendar/business-day';
import { UserError } from '#domain/errors';
import { say } from '#domain/text';
import { importOrdersFile } from '#usecases/import-orders';
import { importPeople, readPeople } from '#usecases/import-people';
import { readTable } from '#usecases/read-table';
import type { Io } from './compute.ts';
import { withDatabase } from './database.ts';

/** `import people FILE` and `import orders FILE`: all rows or none. */
export async function importCommand(
  [what, file]: string[],
  io: Io,
  env: Record<string, string | undefined>,
): Promise<number> {
  if ((what !== 'people' && what !== 'orders') || !file) {
    io.err('usage: npm run gendan -- import people|orders FILE.csv|xlsx');
    return 1;
  }
  const name = basename(file);
  const bytes = await readFile(file);
  const now = new Date();
  if (what === 'orders') {
    const { added, unchanged } = await withDatabase(env, async (db, { timezone }) =>
      importOrdersFile(db, {
        name,
        bytes,
        by: await firstAdministrator(db),
        via: 'console',
        batch: randomUUID(),
        now: () => now,
        zone: timezone,
      }),
    );
    io.out(`${added} orders imported, ${unchanged} were known already`);
    return 0;
  }
  const rows = readPeople(await readTable(name, bytes));
  const { added, changed } = await withDatabase(env, (db, { timezone }) =>
    db.transaction((tx) =>
      importPeople(tx, rows, { by: 'console', via: 'console', month: businessDay(now, timezone).slice(0, 7), now }),
    ),
  );
  io.out(`${rows.length} people imported: ${added} added, ${changed} changed`);
  return 0;
}

/** Orders have somebody who entered them: for the console, the first administrator on the roster. */
async function firstAdministrator(db: Db) {
  const [admin] = (await listPeople(db, { role: 'admin', limit: 1, offset: 0 })).people;
  if (admin) return admin;
  throw new UserError(
    'import.no-admin',
    say('花名册里还没有管理员。', 'There is no administrator on the roster yet.'),
    say('请先导入人员，或设置 ADMIN_OPEN_IDS。', 'Import people first, or set ADMIN_OPEN_IDS.'),
  );
}
