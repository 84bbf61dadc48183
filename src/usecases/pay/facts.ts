import type { Db } from '#db/client';
import { hoursOf, valuesOf } from '#db/hours';
import { demandOpenMonth, isLocked } from '#db/locked-months';
import { appendPayFacts, holdPayFacts, type NewPayFact, payFactsOf } from '#db/pay-facts';
import type { Month } from '#domain/calendar/dates';
import { UserError } from '#domain/errors';
import { hoursProblems, type MonthValues } from '#domain/hours/hours';
import type { Entry } from '#domain/pay/manual-facts';
import { join, say } from '#domain/text';

/** Who said it and through what. */
export type FactOrigin = Omit<NewPayFact, 'personId' | 'month' | 'key' | 'value' | 'reason' | 'late'>;

/**
 * Stores facts of one person's month; typed lines, forms and rows of a file all end here. A fact of a locked month changes nothing that
 * was settled: it becomes a correction (`/pay correct`), and needs a reason.
 *
 * Hours that came late must be possible together with all that is known of the month, like those that came in time.
 *
 * @returns those that were new
 */
export async function storePayFacts(
  tx: Db,
  person: { id: number; name: string },
  month: Month,
  entries: readonly Entry[],
  { reason, ...origin }: FactOrigin & { reason: string },
): Promise<{ added: NewPayFact[]; late: boolean }> {
  const late = await isLocked(tx, month);
  if (late && !reason.trim())
    throw new UserError(
      'pay.late-reason',
      join([
        say(
          `${month} 已经锁定，${person.name} 的更正要写原因。`,
          `${month} is locked; a correction for ${person.name} needs a reason.`,
        ),
      ]),
      say(
        '在后面加 原因=……；差额会写进下一个未锁定的月份。',
        'Add reason=…; the difference goes into the next open month.',
      ),
    );
  // one place for hours while they can still change; afterwards they are facts that came late, like any other
  if (!late && entries.some(({ key }) => isHours(key)))
    throw new UserError(
      'pay.hours-are-open',
      say(`${month} 还没有锁定，工时直接改。`, `${month} is not locked: change the hours themselves.`),
      say(`例如 /工时 登记 ${person.name} ${month} 加班=24`, `Like /hours set ${person.name} ${month} overtime=24`),
    );
  if (!late) await demandOpenMonth(tx, month);
  await holdPayFacts(tx, person.id, month);
  await demandPossibleHours(tx, person, month, entries);
  const added = await appendPayFacts(
    tx,
    entries.map(({ key, value }) => ({ ...origin, personId: person.id, month, key, value, reason, late })),
  );
  return { added, late };
}

async function demandPossibleHours(
  tx: Db,
  person: { id: number; name: string },
  month: Month,
  entries: readonly Entry[],
): Promise<void> {
  const said = entries.filter(({ key }) => isHours(key));
  if (said.length === 0) return;
  const recorded = valuesOf(await hoursOf(tx, person.id, month));
  const cameLate = (await payFactsOf(tx, [person.id], { from: month, to: month })).filter(({ key }) => isHours(key));
  // the newest word counts; an empty one takes back what came late, and the recorded hours count again
  const late = Object.entries({ ...valuesByField(cameLate), ...valuesByField(said) }).filter(
    ([, value]) => value !== '',
  );
  const problems = hoursProblems(month, { ...recorded, ...Object.fromEntries(late) });
  if (problems.length > 0)
    throw new UserError(
      'hours.impossible',
      join([say(`${person.name} ${month}：`, `${person.name} ${month}: `), join(problems, ' ')]),
      say('请核对考勤后改正再录入；没有记下任何一项。', 'Check the attendance and say it again; nothing was noted.'),
    );
}

const HOURS = 'hours.';
const isHours = (key: string): boolean => key.startsWith(HOURS);
const valuesByField = (entries: readonly Entry[]): MonthValues =>
  Object.fromEntries(entries.map(({ key, value }) => [key.slice(HOURS.length), value]));
