import { expect, it } from 'vitest';
import { clearDemo, enterCompany, isOurs } from '#app/demo';
import { recordAudit } from '#db/audit';
import { allPeople } from '#db/people-names';
import { audit } from '#db/schema';
import { seedPeople } from '#test/support/people';
import { freshDatabase } from '#test/support/room';

const database = await freshDatabase();

const setting = { now: new Date('2026-08-03T00:30:00Z'), zone: 'Asia/Shanghai' };

it('the demo begins anew only where nothing or the demo itself is: a company’s own database is never emptied', async () => {
  const { db } = database;
  expect(await isOurs(db)).toBe(true);
  await enterCompany(db, setting);
  expect(await isOurs(db)).toBe(true);
  await recordAudit(db, { at: setting.now, actor: 'ou_x', via: 'text', command: 'x', subject: 'x', outcome: 'done' });
  // by the owner: the application's own role may not
  await clearDemo(database.master);
  expect(await allPeople(db)).toEqual([]);
  expect(await db.$count(audit)).toBe(0);
  await seedPeople(db);
  expect(await isOurs(db)).toBe(false);
});
