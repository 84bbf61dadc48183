import { randomUUID } from 'node:crypto';
import type { Card } from '#cards/kit';
import { noticeCard } from '#cards/notice-card';
import { recordAudit } from '#db/audit';
import type { Db } from '#db/client';
import { keepSchemeText } from '#db/pay-schemes';
import { businessDay } from '#domain/calendar/business-day';
import { UserError } from '#domain/errors';
import { mayPay } from '#domain/people/access';
import type { Person } from '#domain/people/person';
import { say } from '#domain/text';
import { importHours, looksLikeHours } from './import-hours.ts';
import { importOrdersFile, looksLikeOrders } from './import-orders.ts';
import { importPayFacts, looksLikePayFacts } from './import-pay-facts.ts';
import { importPeople, looksLikePeople, readPeople } from './import-people.ts';
import { looksLikeNotice, noticeFromTable, storeNotice } from './notices.ts';
import { readTable, type Table } from './read-table.ts';
import { checkCard, readSchemeFile } from './scheme-check.ts';

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
  if (/\.ya?ml$/i.test(name)) return importSchemeFile(bytes, { db, by, now, complete, file: name, messageId, zone });
  const table = await readTable(name, bytes);
  if (looksLikeOrders(table)) {
    const batch = job.id === undefined ? randomUUID() : `job-${job.id}`;
    await importOrdersFile(db, { name, bytes, by, via: 'file', batch, now, zone, ...(show && { show }), complete });
    return;
  }
  if (looksLikeHours(table)) return importHoursFile(table, { db, by, now, complete, file: name, messageId });
  if (looksLikePayFacts(table)) return importPayFactsFile(table, { db, by, now, complete, file: name, messageId });
  if (looksLikeNotice(table)) return importNoticeFile(table, { db, by, now, complete, messageId });
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
      say('请他们来发这份文件。', 'Ask one of them to send the file.'),
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

interface Import {
  db: Db;
  by: Person;
  now(): Date;
  complete(tx: Db, card: Card): Promise<void>;
  messageId: string;
}

/** 工时 by a file: finance and HR only. */
async function importHoursFile(
  table: Table,
  { db, by, now, complete, file, messageId }: Import & { file: string },
): Promise<void> {
  if (!by.roles.some((role) => role === 'hr' || role === 'finance'))
    throw new UserError(
      'denied.import-hours',
      say('只有财务和人事能导入工时。', 'Only finance and HR can import hours.'),
      say(
        '请他们来发这份文件；个别人可以由经理 /工时 设置。',
        'Ask one of them to send it; a manager may say /hours set for single people.',
      ),
    );
  await db.transaction(async (tx) => {
    const { rows, changed } = await importHours(tx, table, {
      by,
      now: now(),
      file,
      messageId,
      eventId: `file:${messageId}`,
    });
    await complete(
      tx,
      noticeCard(
        say(
          `已导入 ${rows} 行工时，更新 ${changed} 项。`,
          `${rows} rows of hours imported, ${changed} values changed.`,
        ),
        'success',
      ),
    );
  });
}

/** 工资事实 by a file: finance and HR only. */
async function importPayFactsFile(
  table: Table,
  { db, by, now, complete, file, messageId }: Import & { file: string },
): Promise<void> {
  if (!mayPay('facts', by))
    throw new UserError(
      'denied.import-pay-facts',
      say('只有财务和人事能导入工资事实。', 'Only finance and HR can import pay facts.'),
      say('请他们来发这份文件。', 'Ask one of them to send the file.'),
    );
  await db.transaction(async (tx) => {
    const { rows, added } = await importPayFacts(tx, table, {
      by,
      now: now(),
      file,
      messageId,
      eventId: `file:${messageId}`,
    });
    await complete(
      tx,
      noticeCard(
        say(
          `已导入 ${rows} 行工资事实，新增 ${added} 项。`,
          `${rows} rows of pay facts imported, ${added} facts entered.`,
        ),
        'success',
      ),
    );
  });
}

/** 工资方案 by a file: checked and kept, so that it can be proposed. Adopting it takes two people. */
async function importSchemeFile(
  bytes: Uint8Array,
  { db, by, now, complete, file, zone }: Import & { file: string; zone: string },
): Promise<void> {
  if (!mayPay('adoptScheme', by))
    throw new UserError(
      'denied.import-scheme',
      say(
        '只有财务、人事和总经理能提交工资方案。',
        'Only finance, HR and the general manager can hand in a pay scheme.',
      ),
      say('请他们来提交；生效要另一个人批准。', 'Ask one of them; a second person has to sign it.'),
    );
  const sent = readSchemeFile(new TextDecoder().decode(bytes));
  await db.transaction(async (tx) => {
    await keepSchemeText(tx, { hash: sent.hash, scheme: sent.scheme.scheme, text: sent.text }, now());
    await recordAudit(tx, {
      at: now(),
      actor: by.openId,
      via: 'file',
      command: 'scheme check',
      subject: `scheme:${sent.scheme.scheme}`,
      outcome: 'done',
      after: { file, hash: sent.hash },
    });
    await complete(tx, await checkCard(tx, sent, businessDay(now(), zone).slice(0, 7), true));
  });
}

/** 放假安排 by a file: administrators only. */
async function importNoticeFile(table: Table, { db, by, now, complete, messageId }: Import): Promise<void> {
  if (!by.roles.includes('admin'))
    throw new UserError(
      'denied.import-calendar',
      say('只有管理员能录入放假安排。', 'Only administrators can enter holiday notices.'),
      say('请管理员来发，或 /日历 录入。', 'Ask an administrator to send it, or to say /calendar add.'),
    );
  const notice = noticeFromTable(table);
  await db.transaction(async (tx) => {
    await complete(
      tx,
      await storeNotice(tx, notice, {
        by,
        via: 'file',
        saidAt: now(),
        now: now(),
        eventId: `file:${messageId}`,
        messageId,
        commandIndex: 0,
      }),
    );
  });
}
