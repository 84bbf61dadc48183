import type { Db } from '#db/client';
import { settledMonths, settlementsOfMonth } from '#db/pay-runs';
import type { Month } from '#domain/calendar/dates';
import { type Scheme, versionFor } from '#domain/pay/scheme';
import { readInputs } from '#domain/pay/stored';
import { replay } from '#domain/pay/what-if';
import { optionsOf, readFacts } from './pay/compute.ts';
import { schemeByHash } from './schemes.ts';

/** More would not be an answer in a chat any more. */
const MOST = 3000;

export interface ReplayedMonths {
  months: Month[];
  rows: { name: string; beforeFen: bigint; afterFen: bigint }[];
  problems: string[];
}

/** A draft over the newest locked months, from the very facts that were settled: what each person would have got. */
export async function replayDraft(db: Db, draft: Scheme, upTo: Month, count: number): Promise<ReplayedMonths> {
  const months = await settledMonths(db, upTo, count);
  const total = new Map<string, { name: string; beforeFen: bigint; afterFen: bigint }>();
  const problems: string[] = [];
  let seen = 0;
  for (const month of months) {
    // the newest version of the draft stands for all months: what would it have paid?
    const version = versionFor(draft, month) ?? draft.versions.at(-1)!;
    for (const row of await settlementsOfMonth(db, month)) {
      if (row.scheme !== draft.scheme || row.kind !== 'regular') continue;
      seen += 1;
      if (seen > MOST) break;
      const inputs = readInputs(row.inputs);
      const read = readFacts(inputs);
      const inForce = (await schemeByHash(db, row.schemeHash))!;
      if ('problems' in read) continue;
      const [result] = replay([read.facts], versionFor(inForce.scheme, month)!, version, optionsOf(inputs));
      const { name, id } = read.facts.person;
      if (result?.beforeFen === undefined || result.afterFen === undefined) {
        problems.push(result?.problem ?? `${name} ${month}`);
        continue;
      }
      const sum = total.get(id) ?? { name, beforeFen: 0n, afterFen: 0n };
      total.set(id, { name, beforeFen: sum.beforeFen + result.beforeFen, afterFen: sum.afterFen + result.afterFen });
    }
  }
  return { months: months.toReversed(), rows: [...total.values()], problems };
}
