import { randomUUID } from 'node:crypto';
import type { Card } from '#cards/kit';
import { noticeCard } from '#cards/notice-card';
import type { Db } from '#db/client';
import { businessDay } from '#domain/calendar/business-day';
import { UserError } from '#domain/errors';
import type { Person } from '#domain/people/person';
import { say } from '#domain/text';
import { importOrdersFile, looksLikeOrders } from './import-orders.ts';
import { importPeople, looksLikePeople, readPeople } from './import-people.ts';
import { readTable } from './read-table.ts';

/** What a table that somebody sent is, by its columns, and what it needs to be imported. */
export interface ImportFile {
  /** Fetches the file from the platform. */
  fetch(messageId: string, key: string): Promise<Uint8Array>;
  zone: string;
}

export interface ImportFileArgs {
  messageId: string;
  key: string;
  name: string;
}

/** 人员 or 订单 import by a file sent in private: all rows or none, and the job is done in the same transaction. */
export async function importFile(
  { fetch, zone }: ImportFile,
  {
    db,
    job,
    by,
    now,
    show,
    complete,
  }: {
    db: Db;
    job: { id?: number; args: unknown };
    by: Person;
    now(): Date;
    show?(card: Card): Promise<void>;
    complete(tx: Db, card: Card): Promise<void>;
  },
): Promise<void> {
  const { messageId, key, name } = job.args as ImportFileArgs;
  const bytes = await fetch(messageId, key);
  const table = await readTable(name, bytes);
  if (looksLikeOrders(table)) {
    const batch = job.id === undefined ? randomUUID() : `job-${job.id}`;
    await importOrdersFile(db, { name, bytes, by, via: 'file', batch, now, zone, ...(show && { show }), complete });
    return;
  }
  if (!looksLikePeople(table))
    throw new UserError(
      'import.unknown-table',
      say(
        `看不出「${name}」是什么表：没有我认识的列名。`,
        `I cannot tell what “${name}” is: it has no columns that I know.`,
      ),
      say(
        '导入订单的列和 /订单 导出 的一样（订单号,客户,数量,货期……）。导入人员需要的列：open_id,name,employee_no,department,manager_open_id,roles,scheme,position_wage_yuan,performance_base_yuan,hired_on,probation_until',
        'To import orders, use the columns of /order export (no, customer, qty, delivery …). To import people, use the columns open_id,name,employee_no,department,manager_open_id,roles,scheme,position_wage_yuan,performance_base_yuan,hired_on,probation_until',
      ),
    );
  if (!by.roles.some((role) => role === 'hr' || role === 'admin'))
    throw new UserError(
      'denied.import-people',
      say('只有人事和管理员能导入人员。', 'Only HR and administrators can import people.'),
    );
  const rows = readPeople(table);
  await db.transaction(async (tx) => {
    const { added, changed } = await importPeople(tx, rows, {
      by: by.openId,
      via: 'file',
      month: businessDay(now(), zone).slice(0, 7),
      now: now(),
    });
    const said = say(
      `已导入 ${rows.length} 人：新增 ${added}，更新 ${changed}。`,
      `${rows.length} people imported: ${added} added, ${changed} changed.`,
    );
    await complete(
      tx,
      noticeCard(said, 'success', [
        { label: say('看花名册', 'See the roster'), action: { command: 'people list', args: {} } },
      ]),
    );
  });
}
