import { hoursOfMany } from '#db/hours';
import { peopleByIds } from '#db/people';
import { isFlag } from '#domain/hours/hours';
import { type FactPart, type FactSource, sourceOf } from './source.ts';

/** Hours, nights and the manager's two yes-or-no, as they were recorded for the month. */
export const hoursFacts: FactSource = {
  name: 'hours',
  async collect(db, { month, people }) {
    const found = await hoursOfMany(
      db,
      people.flatMap(({ id, kind }) => (kind === 'regular' ? [id] : [])),
      month,
    );
    const speakers = await peopleByIds(
      db,
      [...found.values()].flatMap((fields) => [...fields.values()].map(({ by }) => by)),
    );
    return new Map(
      [...found].map(([id, fields]) => {
        const hours: Record<string, unknown> = {};
        const flags: Record<string, unknown> = {};
        let nights: unknown;
        for (const [field, entry] of fields) {
          const source = sourceOf({
            author: speakers.get(entry.by)!.openId,
            at: entry.saidAt,
            messageId: entry.messageId,
            ...(entry.origin && { note: entry.origin }),
          });
          if (isFlag(field))
            flags[field] = { met: entry.value === 'yes', ...(entry.reason && { reason: entry.reason }), source };
          else if (field === 'nights') nights = { value: entry.value, source };
          else hours[field] = { value: entry.value, source };
        }
        return [id, { facts: { hours, flags, ...(nights !== undefined && { nights }) } } as FactPart];
      }),
    );
  },
};
