import { madeSamples } from '#db/pay-samples';
import type { PayProblem } from '#domain/pay/problem';
import { text } from '#domain/pay/text';
import { byPerson, type FactPart, type FactSource, hasKind, sourceOf } from './source.ts';

/**
 * JW-P1.3. Trial samples that were made in the month, from their records: pieces of a kind on the price list. What finance enters for the
 * month replaces them all. A month of which nothing was said is missing, not empty.
 */
export const sampleFacts: FactSource = {
  name: 'samples',
  async collect(db, { month, people, entered: enteredFacts }) {
    const ids = people
      .filter(({ kind, version }) => kind === 'regular' && hasKind(version, 'piece-list'))
      .map(({ id }) => id);
    const entered = new Set(
      (await enteredFacts()).flatMap(({ personId, name }) => (/^samples?(\.|$)/.test(name) ? [personId] : [])),
    );
    const made = byPerson(
      await madeSamples(
        db,
        ids.filter((id) => !entered.has(id)),
        month,
      ),
    );
    return new Map(
      ids.flatMap((id): [number, FactPart][] => {
        const own = made.of(id);
        if (own.length === 0) return [];
        const problems: PayProblem[] = [];
        const samples = own.flatMap(({ pieces, kind, madeOn, recordId, order, ...said }) => {
          if (!pieces) return [];
          if (!kind || !madeOn) {
            const [zh, en] = kind ? ['做好日期', 'the day it was made'] : ['打样种类', 'its kind'];
            problems.push({
              code: 'missing',
              at: `samples.${recordId}`,
              text: text(
                `样品 #${recordId} 登记了打样件数，还缺${zh}`,
                `sample #${recordId} has its pieces, but lacks ${en}`,
              ),
            });
            return [];
          }
          return [
            {
              kind,
              pieces,
              ...(order && { order }),
              source: sourceOf({ ...said, at: said.saidAt, note: `#${recordId}` }),
            },
          ];
        });
        return [[id, { facts: { samples } as FactPart['facts'], problems }]];
      }),
    );
  },
};
