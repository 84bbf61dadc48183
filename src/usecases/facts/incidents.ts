import { incidentsOfPeople } from '#db/pay-sources';
import { lastDayOf, yearOf } from '#domain/calendar/dates';
import { yuanText } from '#domain/money';
import { byPerson, type FactPart, type FactSource, faultClauses, sourceOf } from './source.ts';

/** Recorded without a charge: evidence for the appraisal, nothing for pay. */
const NOTE = 'NOTE';

/** 考核事件: those that the month pays for; under a yearly reward, the faults of the year so far, by the day on which they happened. */
export const incidentFacts: FactSource = {
  name: 'incidents',
  async collect(db, { month, people }) {
    const regular = people.filter(({ kind }) => kind === 'regular');
    const rows = byPerson(
      await incidentsOfPeople(
        db,
        regular.map(({ id }) => id),
        { month, from: `${yearOf(month)}-01-01`, to: lastDayOf(month) },
      ),
    );
    return new Map(
      regular.map(({ id, version }) => {
        const faults = faultClauses(version);
        const own = rows.of(id).filter((row) => row.clause !== NOTE);
        const common = (row: (typeof own)[number]) => ({
          id: `${row.id}`,
          clause: row.clause,
          date: row.date,
          ...(row.order && { order: row.order }),
          ...(row.note && { reason: row.note }),
          status: row.status,
          source: sourceOf({ ...row, at: row.saidAt }),
        });
        const facts = {
          incidents: own
            .filter((row) => !faults.includes(row.clause) && row.month === month)
            .map((row) => ({
              ...common(row),
              ...(row.lossFen !== null && { loss: yuanText(row.lossFen) }),
              ...(row.amountFen !== null && { amount: yuanText(row.amountFen) }),
            })),
          ...(faults.length > 0 && {
            faults: own
              .filter(
                (row) =>
                  faults.includes(row.clause) && row.date <= lastDayOf(month) && yearOf(row.date) === yearOf(month),
              )
              .map((row) => ({ ...common(row), ...(row.declaration && { declaration: row.declaration }) })),
          }),
        };
        return [id, { facts } as FactPart];
      }),
    );
  },
};
