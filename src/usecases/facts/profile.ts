import { monthOf } from '#domain/calendar/dates';
import { yuanText } from '#domain/money';
import type { FactSource } from './source.ts';
import { sourceOf } from './source.ts';

/** Wages by the terms of the month; dates of employment by the roster. */
export const profileFacts: FactSource = {
  name: 'profile',
  async collect(_, { people, month }) {
    return new Map(
      people.map(({ id, kind, hiredOn, leftOn, probationUntil, terms }) => {
        if (kind === 'after-leaving') return [id, { facts: {} }];
        const source = terms && sourceOf({ author: terms.recordedBy, at: terms.recordedAt, note: terms.fromMonth });
        const wage = (fen: bigint | null | undefined) =>
          fen === null || fen === undefined || !source ? undefined : { source, value: yuanText(fen) };
        const positionWage = wage(terms?.positionWageFen);
        const performanceBase = wage(terms?.performanceBaseFen);
        return [
          id,
          {
            facts: {
              profile: {
                ...(positionWage && { positionWage }),
                ...(performanceBase && { performanceBase }),
                ...(hiredOn && { hiredOn }),
                ...(probationUntil && { probationUntil }),
                // a later last day is none of this month's business
                ...(leftOn && monthOf(leftOn) === month && { leftOn }),
              },
            },
          },
        ];
      }),
    );
  },
};
