import type { Db } from '#db/client';
import { appendHours, type HoursEntry, holdHours, hoursOf, valuesOf } from '#db/hours';
import { demandOpenMonth } from '#db/locked-months';
import type { Month } from '#domain/calendar/dates';
import { UserError } from '#domain/errors';
import { type FactField, flagProblems, hoursProblems, type MonthValues } from '#domain/hours/hours';
import { join, say, type Text } from '#domain/text';

/** Who said it and through what. */
export interface Origin {
  by: number;
  via: HoursEntry['via'];
  origin: string;
  saidAt: Date;
  recordedAt: Date;
  eventId: string;
  messageId: string | null;
  commandIndex: number;
}

/** What is wrong with putting these values beside those that are known; empty when they may be stored. */
export async function problemsWith(
  tx: Db,
  personId: number,
  month: Month,
  values: MonthValues,
  reason: string | undefined,
): Promise<Text[]> {
  const known = valuesOf(await hoursOf(tx, personId, month));
  return [...hoursProblems(month, { ...known, ...values }), ...flagProblems(values, reason)];
}

/**
 * Stores values of one person's month: a typed line, a form, a row of a file and the attendance service all end here.
 *
 * @returns how many values changed
 * @throws UserError when the month is locked or the values cannot be
 */
export async function storeHours(
  tx: Db,
  person: { id: number; name: string },
  month: Month,
  { values, reason }: { values: MonthValues; reason?: string | undefined },
  origin: Origin,
): Promise<number> {
  await demandOpenMonth(tx, month);
  await holdHours(tx, person.id, month);
  const problems = await problemsWith(tx, person.id, month, values, reason);
  if (problems.length > 0)
    throw new UserError(
      'hours.impossible',
      join([say(`${person.name} ${month}：`, `${person.name} ${month}: `), join(problems, ' ')]),
      say('请核对考勤后改正再登记。', 'Check the attendance and say it again.'),
    );
  return appendHours(
    tx,
    Object.entries(values).map(([field, value]) => ({
      personId: person.id,
      month,
      field: field as FactField,
      value,
      reason: value === 'no' || origin.via === 'text' || origin.via === 'form' ? (reason ?? '') : '',
      ...origin,
    })),
  );
}
