import type { Db } from '#db/client';
import { demandOpenMonth, isLocked } from '#db/locked-months';
import { appendPayFacts, holdPayFacts, type NewPayFact } from '#db/pay-facts';
import type { Month } from '#domain/calendar/dates';
import { UserError } from '#domain/errors';
import type { Entry } from '#domain/pay/manual-facts';
import { join, say } from '#domain/text';

/** Who said it and through what. */
export type FactOrigin = Omit<NewPayFact, 'personId' | 'month' | 'key' | 'value' | 'reason' | 'late'>;

/**
 * Stores facts of one person's month; typed lines, forms and rows of a file all end here. A fact of a locked month changes nothing that
 * was settled: it becomes a correction (`/pay correct`), and needs a reason.
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
  if (!late && entries.some(({ key }) => key.startsWith('hours.')))
    throw new UserError(
      'pay.hours-are-open',
      say(`${month} 还没有锁定，工时直接改。`, `${month} is not locked: change the hours themselves.`),
      say(`例如 /工时 登记 ${person.name} ${month} 加班=24`, `Like /hours set ${person.name} ${month} overtime=24`),
    );
  if (!late) await demandOpenMonth(tx, month);
  await holdPayFacts(tx, person.id, month);
  const added = await appendPayFacts(
    tx,
    entries.map(({ key, value }) => ({ ...origin, personId: person.id, month, key, value, reason, late })),
  );
  return { added, late };
}
