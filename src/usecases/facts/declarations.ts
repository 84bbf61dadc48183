import { payFactsOf } from '#db/pay-facts';
import { paidYears } from '#db/pay-runs';
import { declaredRecords } from '#db/pay-sources';
import { peopleByIds } from '#db/people';
import { lastDayOf, monthOf, yearOf } from '#domain/calendar/dates';
import { byPerson, type FactPart, type FactSource, hasKind, sourceOf } from './source.ts';

/**
 * FT-R2. Export declarations that finance counted: those of the year so far and of the year before, since a fault may take back a reward that
 * was paid already. A month of which nothing is said is missing, not empty.
 */
export const declarationFacts: FactSource = {
  name: 'declarations',
  async collect(db, { month, people }) {
    const asks = people.filter(({ kind, version }) => kind === 'regular' && hasKind(version, 'yearly-reward'));
    const ids = asks.map(({ id }) => id);
    const rows = await payFactsOf(db, ids, { from: `${yearOf(month) - 1}-01`, to: month });
    const paid = new Set((await paidYears(db, ids)).map(({ personId, year }) => `${personId}:${year}`));
    const speakers = await peopleByIds(
      db,
      rows.map(({ by }) => by),
    );
    const grouped = byPerson(rows);
    const declared = byPerson(
      await declaredRecords(db, ids, { from: `${yearOf(month) - 1}-01-01`, to: lastDayOf(month) }),
    );
    return new Map(
      ids.flatMap((id): [number, FactPart][] => {
        const own = grouped.of(id).filter(({ key }) => key.startsWith('declaration'));
        const recorded = declared.of(id);
        if (!own.some((row) => row.month === month) && !recorded.some(({ date }) => monthOf(date) === month)) return [];
        const declarations = own
          .filter(({ key }) => key !== 'declarations')
          .map((row) => {
            const [date = '', order] = row.value.split(' ');
            return {
              no: row.key.slice('declaration.'.length),
              date,
              ...(order && { order }),
              ...(paid.has(`${id}:${date.slice(0, 4)}`) && yearOf(date) < yearOf(month) && { paid: true }),
              source: sourceOf({
                author: speakers.get(row.by)!.openId,
                at: row.saidAt,
                messageId: row.messageId,
                chatId: row.chatId,
                ...(row.origin && { note: row.origin }),
              }),
            };
          });
        const recordedAs = recorded
          // what finance entered for a number replaces what was recorded about it
          .filter(({ no }) => !declarations.some((entered) => entered.no === no))
          .map(({ no, date, order, ...said }) => ({
            no,
            date,
            order,
            ...(paid.has(`${id}:${date.slice(0, 4)}`) && yearOf(date) < yearOf(month) && { paid: true }),
            source: sourceOf({ ...said, at: said.saidAt }),
          }));
        return [[id, { facts: { declarations: [...declarations, ...recordedAs] } }]];
      }),
    );
  },
};
