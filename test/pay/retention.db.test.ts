import { sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { wordsOf } from '#test/support/bot';
import { payRoom } from '#test/support/pay-room';
import { doJobs, enterLbMonth, lockMonthByBot, under } from '#test/support/payroll';

const room = await payRoom();
const namesOf = (result: unknown): string[] =>
  (Array.isArray(result) ? result : (result as { rows: unknown[] }).rows).map((row) => (row as { name: string }).name);

it('everything of pay but drafts is kept for good: no table lets a row be changed or deleted', async () => {
  const tables = namesOf(
    await room.db.execute(sql`select table_name as name from information_schema.tables
      where table_schema = current_schema() and table_name ~ '^(pay_|payslip|settlements|scheme_)' order by 1`),
  );
  const guarded = namesOf(
    await room.db.execute(sql`select distinct c.relname as name from pg_trigger t join pg_class c on c.oid = t.tgrelid
      join pg_proc p on p.oid = t.tgfoid where p.proname = 'refuse_change'`),
  );
  expect(tables.length).toBeGreaterThan(12);
  expect(tables.filter((name) => !guarded.includes(name))).toEqual(['pay_drafts']);
});

it('a payslip can be opened with all its reasons years later, also after its scheme has changed', async () => {
  await under(room.db, room.people.chen, 'lb');
  await under(room.db, room.people.li, 'lb');
  await enterLbMonth(room.bot);
  await lockMonthByBot(room.bot, room.db);
  await room.bot.say('ou_fang', '/工资 发工资条 2026-10');
  await doJobs(room.db);
  await under(room.db, room.people.chen, 'kpi', { from: '2027-01' });
  room.bot.at('2029-06-01T02:00:00Z');
  for (const [who, words] of [
    ['ou_chen', '/工资 2026-10'],
    ['ou_fang', '/工资 2026-10 人员=陈静'],
  ] as const)
    expect(wordsOf((await room.say(who, words))[0])).toContain('3,860.00');
  const why = wordsOf((await room.say('ou_chen', '/工资 为什么 LB-P1 2026-10'))[0]);
  expect(why).toContain('800,000.00 × 0.5‰ × 90%');
  expect(why).toContain('方会计');
});
