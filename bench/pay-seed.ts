import { type SQL, sql } from 'drizzle-orm';
import type { Db } from '#db/client';
import { putPerson } from '#db/people';
import type { Person } from '#domain/people/person';

export const MONTH = '2026-11';

/**
 * So many people under the garment scheme (14 rules), each with nine facts of the month beside the terms, and an incident for every
 * third. Made inside the database, whose references are not looked up a million times for it; may be called again with more.
 *
 * @returns who runs the settlement
 */
export async function seedPay(db: Db, count: number): Promise<Person> {
  const at = new Date('2026-11-20T02:00:00Z');
  const { after: finance } = await putPerson(db, 'ou_finance', { name: '财务', roles: ['finance'] }, at);
  const said = sql.raw(`${finance.id}, timestamptz '2026-11-20', timestamptz '2026-11-20'`);
  const month = sql.raw(`'${MONTH}'`);
  await db.transaction(async (tx) => {
    const run = (statement: SQL) => tx.execute(statement);
    await run(sql`set local statement_timeout = 0`);
    await run(sql`set local session_replication_role = replica`);
    await run(sql`
    insert into pay_settings (name, value, from_month, by, said_at, recorded_at, event_id)
    select v.name, v.value, '2026-01', ${said}, 'bench-' || v.name
    from (values ('price.衬衫', '12.50'), ('nightRate', '15.00')) v(name, value) where not exists (select 1 from pay_settings)`);
    await run(sql`
    insert into people (open_id, name, employee_no, roles, hired_on, updated_at)
    select 'ou_pay' || n, '员工' || n, 'PAY-' || n, '{merchandiser}', date '2024-03-01', timestamptz '2026-11-01'
    from generate_series(1, ${sql.raw(String(count))}) n on conflict do nothing`);
    const fresh = sql.raw(
      `people p where p.open_id like 'ou_pay%' and not exists (select 1 from person_terms t where t.person_id = p.id)`,
    );
    await run(sql`
    insert into hours_entries (person_id, month, field, value, via, by, said_at, recorded_at, event_id, message_id)
    select id, ${month}, field, value, 'file', ${said}, 'bench-hours-' || id, 'om_hours'
    from (select p.id from ${fresh}) own, lateral (values ('required', '168'), ('attended', (168 - id % 9)::text),
      ('overtime', (id % 30)::text), ('nights', (id % 4)::text), ('compliance', 'yes'), ('conduct', 'yes')) f(field, value)`);
    await run(sql`
    insert into pay_facts (person_id, month, key, value, by, said_at, recorded_at, event_id, message_id)
    select id, ${month}, key, value, ${said}, 'bench-facts-' || id, 'om_facts'
    from (select p.id from ${fresh}) own, lateral (values ('processingFee', (80000 + id % 50000)::text || '.00'),
      ('sample.衬衫', (id % 7)::text), ('samples', 'none')) f(key, value)`);
    await run(sql`
    insert into incidents (person_id, clause, scheme, month, date, amount_fen, note, by, said_at, recorded_at, event_id, message_id)
    select id, 'JW-K3', 'jw', ${month}, date '2026-11-10', 10000 + id % 100 * 100, '批次返工', ${said}, 'bench-incident-' || id, 'om_incident'
    from (select p.id from ${fresh}) own where id % 3 = 0`);
    await run(sql`
    insert into person_terms (person_id, from_month, scheme, position_wage_fen, recorded_by, recorded_at)
    select p.id, '2024-03', 'jw', 320000, 'ou_finance', timestamptz '2026-11-01' from ${fresh}`);
    for (const table of ['people', 'person_terms', 'hours_entries', 'pay_facts', 'incidents'])
      await run(sql.raw(`analyze ${table}`));
  });
  return finance;
}
