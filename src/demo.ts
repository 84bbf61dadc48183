import { sql } from 'drizzle-orm';
import { putChat } from '#db/chats';
import type { Db } from '#db/client';
import { allPeople } from '#db/people-names';
import { rowsOf } from '#db/rows';
import { putSetting, setting } from '#db/settings';
import { businessDay } from '#domain/calendar/business-day';
import { company, rosterCsv } from '#playground/demo/company';
import { importPeople, readPeople } from '#usecases/import-people';
import { readTable } from '#usecases/read-table';

/** Empties every table of the playground's database; append-only tables refuse even this, so their triggers are put aside for the moment. */
export async function clearDemo(db: Db): Promise<void> {
  const rows = rowsOf<{ table_name: string }>(
    await db.execute(sql`select table_name from information_schema.tables where table_schema = 'public'`),
  );
  const tables = rows.map(({ table_name }) => `"${table_name}"`);
  await db.transaction(async (tx) => {
    for (const table of tables) await tx.execute(sql.raw(`alter table ${table} disable trigger user`));
    await tx.execute(sql.raw(`truncate ${tables.join(', ')} restart identity cascade`));
    for (const table of tables) await tx.execute(sql.raw(`alter table ${table} enable trigger user`));
  });
}

/** Key of the setting that says whose database this is. */
const DEMO = 'playground';

/** Whether nobody loses anything when the demo begins anew here: the database is empty, or holds the demo. */
export const isOurs = async (db: Db): Promise<boolean> =>
  (await setting(db, DEMO)) !== undefined || (await allPeople(db)).length === 0;

/** The demo company takes the bot into use: its people by the roster file, its groups. */
export async function enterCompany(db: Db, { now, zone }: { now: Date; zone: string }): Promise<void> {
  const rows = readPeople(await readTable('roster.csv', new TextEncoder().encode(rosterCsv)));
  const month = businessDay(now, zone).slice(0, 7);
  await db.transaction(async (tx) => {
    await putSetting(tx, DEMO, true, now);
    await importPeople(tx, rows, { by: 'console', via: 'console', month, now });
    for (const { chatId, name } of company.chats) await putChat(tx, { chatId, kind: 'group', name, active: true }, now);
  });
}
