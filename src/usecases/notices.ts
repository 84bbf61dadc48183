import { calendarCard } from '#cards/calendar-card';
import type { Card } from '#cards/kit';
import { recordAudit } from '#db/audit';
import { insertNotice, noticesOf } from '#db/calendar';
import type { Db } from '#db/client';
import { addMonths, type Month } from '#domain/calendar/dates';
import { type Contradiction, contradictions } from '#domain/calendar/deadlines';
import { type HolidayNotice, type Notices, noticeProblems } from '#domain/calendar/notice';
import { readDays } from '#domain/calendar/read-notice';
import { UserError } from '#domain/errors';
import type { Person } from '#domain/people/person';
import { say } from '#domain/text';
import type { Table } from './read-table.ts';

/** A year that nobody has entered is refused, never guessed. */
export const unknownYear = (year: number): UserError =>
  new UserError(
    'calendar.gap',
    say(`${year} 年放假安排尚未录入。`, `The holiday notice of ${year} has not been entered.`),
    say(
      '请管理员按国务院办公厅的通知录入：/日历 录入',
      'Please ask an administrator to enter it from the State Council’s notice: /calendar add',
    ),
  );

/** The months of a year's deadlines that cannot all be met as written. */
export function contradictionsOf(year: number, notices: Notices): Contradiction[] {
  const first = addMonths(`${year}-01`, -1);
  const periods = Array.from({ length: 12 }, (_, at): Month => addMonths(first, at));
  return contradictions(periods, notices);
}

export interface NoticeOrigin {
  by: Person;
  via: string;
  saidAt: Date;
  now: Date;
  eventId: string;
  messageId: string | null;
  commandIndex: number;
}

/**
 * Stores a year's notice beside the earlier ones and shows it, with the deadlines that it makes impossible.
 *
 * @throws UserError naming everything that is wrong with it
 */
export async function storeNotice(
  tx: Db,
  notice: HolidayNotice,
  { by, via, saidAt, now, eventId, messageId, commandIndex }: NoticeOrigin,
): Promise<Card> {
  const problems = noticeProblems(notice);
  if (problems.length > 0)
    throw new UserError(
      'calendar.problems',
      say(
        `${notice.year} 年的安排有问题：${problems.slice(0, 10).join('；')}`,
        `The notice of ${notice.year} is wrong: ${problems.slice(0, 10).join('; ')}`,
      ),
      say('请照通知原文核对，再录一次。', 'Please check it against the official text and enter it again.'),
    );
  const before = (await noticesOf(tx)).find(({ year }) => year === notice.year);
  await insertNotice(tx, {
    year: notice.year,
    notice,
    by: by.id,
    saidAt,
    recordedAt: now,
    eventId,
    messageId,
    commandIndex,
  });
  await recordAudit(tx, {
    at: now,
    actor: by.openId,
    via,
    command: 'calendar add',
    subject: `calendar:${notice.year}`,
    outcome: 'done',
    eventId,
    messageId: messageId ?? undefined,
    before,
    after: notice,
  });
  return calendarCard({
    notice,
    contradictions: contradictionsOf(notice.year, await noticesOf(tx)),
    mayAdd: true,
    news: say(`已录入 ${notice.year} 年`, `${notice.year} was entered`),
  });
}

const kinds: Record<string, 'off' | 'makeup' | 'statutory'> = {
  off: 'off',
  放假: 'off',
  休: 'off',
  makeup: 'makeup',
  上班: 'makeup',
  调休上班: 'makeup',
  班: 'makeup',
  statutory: 'statutory',
  法定: 'statutory',
  法定休假日: 'statutory',
};
const column = (table: Table, ...names: string[]): string | undefined =>
  names.find((name) => table.columns.includes(name));

/** One row a day: `date` and `kind` (放假, 上班, 法定), `notice` and `url` on any row. */
export const looksLikeNotice = (table: Table): boolean =>
  column(table, 'date', '日期') !== undefined && column(table, 'kind', '类别', '类型') !== undefined;

export function noticeFromTable(table: Table): HolidayNotice {
  const [dateColumn, kindColumn] = [column(table, 'date', '日期')!, column(table, 'kind', '类别', '类型')!];
  const days = { off: [] as string[], makeup: [] as string[], statutory: [] as string[] };
  const wrong: string[] = [];
  let year = 0;
  const first = (...names: string[]) =>
    table.rows.map((row) => names.map((name) => row.cells[name]).find(Boolean)).find(Boolean) ?? '';
  for (const { line, cells } of table.rows) {
    const read = readDays(cells[dateColumn] ?? '', year);
    const kind = kinds[(cells[kindColumn] ?? '').normalize('NFKC').toLowerCase()];
    if ('wrong' in read || read.days.length === 0 || !kind) {
      wrong.push(`${line}`);
      continue;
    }
    year ||= Number(read.days[0]!.slice(0, 4));
    days[kind].push(...read.days);
    // a statutory holiday is a day off as well, whether or not the file says so twice
    if (kind === 'statutory') days.off.push(...read.days.filter((day) => !days.off.includes(day)));
  }
  if (wrong.length > 0)
    throw new UserError(
      'calendar.file',
      say(
        `看不懂的行：${wrong.slice(0, 20).join('、')}`,
        `Lines that were not understood: ${wrong.slice(0, 20).join(', ')}`,
      ),
      say(
        '日期写成 2027-02-05，类别写 放假、上班 或 法定。',
        'Write dates like 2027-02-05, and off, makeup or statutory as the kind.',
      ),
    );
  const sorted = (list: string[]) => [...new Set(list)].sort();
  return {
    year,
    notice: first('notice', '文号') || '—',
    url: first('url', '网址') || '—',
    off: sorted(days.off),
    makeup: sorted(days.makeup),
    statutory: sorted(days.statutory),
  };
}
