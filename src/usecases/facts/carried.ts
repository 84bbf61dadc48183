import { correctionsInto, lastSettlements } from '#db/pay-runs';
import { peopleByIds } from '#db/people';
import { yuanText } from '#domain/money';
import { byPerson, type FactPart, type FactSource, sourceOf } from './source.ts';

/** What earlier months left: what is still owed, damages beyond the cap, and the differences of locked months. */
export const carriedFacts: FactSource = {
  name: 'carried',
  async collect(db, { month, people }) {
    const ids = people.map(({ id }) => id);
    const last = new Map((await lastSettlements(db, ids, month)).map((row) => [row.personId, row]));
    const corrections = await correctionsInto(db, month, ids);
    const grouped = byPerson(corrections);
    const speakers = await peopleByIds(
      db,
      corrections.map(({ by }) => by),
    );
    return new Map(
      ids.map((id) => {
        const before = last.get(id);
        const own = grouped.of(id);
        const damagesFen = own.reduce((sum, each) => sum + each.damagesFen, before?.damagesFen ?? 0n);
        const from = before && { note: `${before.month} 结算` };
        const facts = {
          ...(before && before.carriedFen > 0n && { carriedIn: { value: yuanText(before.carriedFen), source: from } }),
          ...(damagesFen > 0n && {
            damagesBalance: { value: yuanText(damagesFen), ...(from && { source: from }) },
          }),
          ...(own.length > 0 && {
            corrections: own
              .filter(({ amountFen }) => amountFen !== 0n)
              .map((each) => ({
                month: each.month,
                amount: yuanText(each.amountFen),
                reason: each.reason,
                source: sourceOf({
                  author: speakers.get(each.by)!.openId,
                  at: each.saidAt,
                  messageId: each.messageId,
                  chatId: each.chatId,
                }),
              })),
          }),
        };
        return [id, { facts } as FactPart];
      }),
    );
  },
};
