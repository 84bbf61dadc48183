import { noticesOf } from '#db/calendar';
import type { Db } from '#db/client';
import { paySettingsIn } from '#db/pay-facts';
import { saidFacts } from '#db/pay-said';
import { idsToPay, peopleOfMonth } from '#db/pay-sources';
import { firstDayOf, lastDayOf, type Month } from '#domain/calendar/dates';
import { knownNotices } from '#domain/calendar/notices/known';
import type { Warning } from '#domain/pay/context';
import type { FactsInput } from '#domain/pay/facts';
import type { PayProblem } from '#domain/pay/problem';
import { versionFor } from '#domain/pay/scheme';
import type { Inputs } from '#domain/pay/stored';
import { schemesIn } from '../schemes.ts';
import { appraisalFacts } from './appraisal.ts';
import { carriedFacts } from './carried.ts';
import { declarationFacts } from './declarations.ts';
import { hoursFacts } from './hours.ts';
import { incidentFacts } from './incidents.ts';
import { manualFacts } from './manual.ts';
import { orderFacts } from './orders.ts';
import { profileFacts } from './profile.ts';
import { sampleFacts } from './samples.ts';
import { settingFacts } from './settings.ts';
import { type Asked, type FactPart, type FactSource, mergeFacts, type PayPerson } from './source.ts';

/** Everything that facts come from; what stands later overrules what stands before. */
export const factSources: readonly FactSource[] = [
  profileFacts,
  orderFacts,
  hoursFacts,
  incidentFacts,
  declarationFacts,
  sampleFacts,
  appraisalFacts,
  carriedFacts,
  settingFacts,
  manualFacts,
];

export interface Collected {
  person: PayPerson;
  inputs: Inputs;
  problems: PayProblem[];
  blocks: Warning[];
}

/** The company's settings of a month. */
export const settingsOf = (db: Db, month: Month): Promise<Asked['settings']> => paySettingsIn(db, month);

/** The ids of everybody who is settled in a month. */
export const everybodyToPay = (db: Db, month: Month): Promise<number[]> =>
  idsToPay(db, month, { first: firstDayOf(month), last: lastDayOf(month) });

/**
 * These people with what their settlement needs to know of them, whether they are employed in the month or not.
 *
 * @param personIds absent: everybody who is settled in it
 */
export async function peopleToPay(db: Db, month: Month, personIds?: readonly number[]): Promise<PayPerson[]> {
  const ids = personIds ?? (await everybodyToPay(db, month));
  const [first, last] = [firstDayOf(month), lastDayOf(month)];
  const schemes = await schemesIn(db, month);
  return (await peopleOfMonth(db, ids, month)).map((person): PayPerson => {
    const { scheme: named } = person.terms ?? {};
    const scheme = named ? schemes.get(named.trim().toLowerCase()) : undefined;
    const version = scheme && versionFor(scheme.scheme, month);
    const here = (!person.hiredOn || person.hiredOn <= last) && (!person.leftOn || person.leftOn >= first);
    return { ...person, kind: here ? 'regular' : 'after-leaving', scheme, version };
  });
}

/**
 * The facts of these people's month, from every source at once: one statement for a source and kind of fact, never one for a person.
 * What was said, by whom, when and in which message stands beside each.
 */
export async function collectFacts(
  db: Db,
  month: Month,
  people: readonly PayPerson[],
  { zone, without = [] }: { zone: string; without?: readonly string[] },
): Promise<Collected[]> {
  let entered: ReturnType<Asked['entered']> | undefined;
  const asked: Asked = {
    month,
    people,
    zone,
    settings: await settingsOf(db, month),
    entered() {
      entered ??= saidFacts(
        db,
        people.map(({ id }) => id),
        month,
      );
      return entered;
    },
  };
  // sent one behind the other on the transaction's one connection: the database works on one while the next is on its way
  const parts: Map<number, FactPart>[] = await Promise.all(
    factSources.filter(({ name }) => !without.includes(name)).map((source) => source.collect(db, asked)),
  );
  const year = Number(month.slice(0, 4));
  const notices = (await noticesOf(db)).filter((notice) => notice.year === year && !knownNotices.includes(notice));
  return people.map((person) => {
    const own = parts.flatMap((part) => part.get(person.id) ?? []);
    const merged = own.reduce<unknown>((facts, part) => mergeFacts(facts, part.facts), {}) as Omit<
      FactsInput,
      'person' | 'month'
    >;
    const facts: FactsInput = {
      person: { id: `${person.id}`, name: person.name },
      month,
      ...merged,
      // what finance entered for a criterion replaces what the appraisal says about it
      ...(merged.kpi && { kpi: [...new Map(merged.kpi.map((each) => [each.criterion, each])).values()] }),
    };
    return {
      person,
      inputs: { facts, notices },
      problems: own.flatMap(({ problems = [] }) => problems),
      blocks: own.flatMap(({ blocks = [] }) => blocks),
    };
  });
}
