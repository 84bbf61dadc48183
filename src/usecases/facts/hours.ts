import { saidHours } from '#db/pay-said';
import { type FactField, isFlag } from '#domain/hours/hours';
import { byPerson, type FactPart, type FactSource, sourceOf } from './source.ts';

/** Hours, nights and the manager's two yes-or-no, as they were recorded for the month. */
export const hoursFacts: FactSource = {
  name: 'hours',
  async collect(db, { month, people }) {
    const ids = people.flatMap(({ id, kind }) => (kind === 'regular' ? [id] : []));
    const said = byPerson(await saidHours(db, ids, month));
    return new Map(
      ids.flatMap((id): [number, FactPart][] => {
        const own = said.of(id);
        if (own.length === 0) return [];
        const hours: Record<string, unknown> = {};
        const flags: Record<string, unknown> = {};
        let nights: unknown;
        for (const { name, value, reason, origin, author, at, messageId } of own) {
          const source = sourceOf({ author, at, messageId, note: origin });
          if (isFlag(name as FactField)) flags[name] = { met: value === 'yes', ...(reason && { reason }), source };
          else if (name === 'nights') nights = { source, value };
          else hours[name] = { source, value };
        }
        return [[id, { facts: { flags, hours, ...(nights !== undefined && { nights }) } as FactPart['facts'] }]];
      }),
    );
  },
};
