import { recordAudit } from '#db/audit';
import type { Db } from '#db/client';
import { peopleNamed } from '#db/people';
import { isMonth } from '#domain/calendar/dates';
import { UserError } from '#domain/errors';
import { type Entry, readEntries } from '#domain/pay/manual-facts';
import type { Person } from '#domain/people/person';
import { join, say, type Text } from '#domain/text';
import { storePayFacts } from './pay/facts.ts';
import type { Table, TableRow } from './read-table.ts';

/** Columns of a file of pay facts, and the names that they may have. */
const columns: Record<string, string[]> = {
  sales: ['sales', '销售额'],
  processingFee: ['processing_fee', '加工费'],
  score: ['score', '得分', '考核得分'],
  kpi: ['kpi'],
  samples: ['samples', '打样', '试板样'],
  declarations: ['declarations', '报关单'],
  companyLoss: ['company_loss', '公司损失'],
  contractWage: ['contract_wage', '约定工资'],
  carriedIn: ['carried_in', '上月结转'],
  damagesBalance: ['damages_balance', '未扣完的赔偿'],
};
const personColumns = ['employee_no', '工号', 'open_id', 'name', '姓名', 'person'];
const monthColumns = ['month', '月份'];
const LISTED = 20;

const cellOf = ({ cells }: TableRow, names: readonly string[]): string =>
  names.map((name) => cells[name]).find((value) => value !== undefined && value !== '') ?? '';

export const looksLikePayFacts = (table: Table): boolean =>
  table.columns.some((column) => monthColumns.includes(column)) &&
  table.columns.some((column) => personColumns.includes(column)) &&
  Object.values(columns).some((names) => names.some((name) => table.columns.includes(name)));

/**
 * Stores pay facts of many people, all rows or none. Empty cells say nothing.
 *
 * @throws UserError naming each mistake by line and column
 */
export async function importPayFacts(
  tx: Db,
  table: Table,
  { by, now, file, messageId, eventId }: { by: Person; now: Date; file: string; messageId: string; eventId: string },
): Promise<{ rows: number; added: number }> {
  const problems: Text[] = [];
  const ready: { person: Person; month: string; entries: Entry[]; reason: string; line: number }[] = [];
  const wrong = (line: number, what: Text) => problems.push(join([say(`第 ${line} 行：`, `line ${line}: `), what]));
  for (const row of table.rows) {
    const word = cellOf(row, personColumns);
    const found = await peopleNamed(tx, word);
    if (found.length !== 1)
      wrong(
        row.line,
        say(
          `花名册里${found.length === 0 ? '没有' : '有不止一个'}「${word}」`,
          `“${word}” is ${found.length === 0 ? 'not on the roster' : 'not unique'}`,
        ),
      );
    else if (found[0]!.id === by.id)
      wrong(row.line, say('不能给自己录入工资事实', 'nobody enters facts for their own pay'));
    const month = cellOf(row, monthColumns).slice(0, 7);
    if (!isMonth(month))
      wrong(row.line, say(`「${month}」不是月份，请写成 2026-10`, `“${month}” is not a month, like 2026-10`));
    const entries: Entry[] = [];
    for (const [kind, names] of Object.entries(columns)) {
      const written = cellOf(row, names);
      if (written === '') continue;
      const read = readEntries(kind, written);
      if (Array.isArray(read)) entries.push(...read);
      else wrong(row.line, read);
    }
    if (found.length === 1)
      ready.push({
        person: found[0]!,
        month,
        entries,
        reason: cellOf(row, ['reason', '原因', '备注']),
        line: row.line,
      });
  }
  if (problems.length > 0)
    throw new UserError(
      'import.pay-facts',
      join(problems.slice(0, LISTED), '\n'),
      say(
        '改好后把整个文件再发一次；现在什么都没有导入。',
        'Correct them and send the whole file again; nothing was imported.',
      ),
    );
  let added = 0;
  for (const { person, month, entries, reason, line } of ready) {
    const stored = await storePayFacts(tx, person, month, entries, {
      reason,
      origin: `${file} ${line}`,
      by: by.id,
      saidAt: now,
      recordedAt: now,
      eventId,
      messageId,
      chatId: null,
      commandIndex: line,
    });
    added += stored.added.length;
  }
  await recordAudit(tx, {
    at: now,
    actor: by.openId,
    via: 'file',
    command: 'pay facts',
    subject: 'pay-facts',
    outcome: 'done',
    eventId,
    messageId,
    after: { file, rows: ready.length, added },
  });
  return { rows: ready.length, added };
}
