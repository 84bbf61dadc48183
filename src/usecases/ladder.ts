import type { Db } from '#db/client';
import { listIncidents } from '#db/incidents';
import { type IsoDate, lastDayOf, type Month, monthOf, yearOf } from '#domain/calendar/dates';
import { stateOf } from '#domain/incident/incident';
import type { IncidentKind } from '#domain/incident/kinds';
import { type LadderStanding, ladderWords, standing } from '#domain/incident/ladder';
import type { Facts } from '#domain/pay/facts';
import { settingsFor } from '#domain/pay/scheme';
import { type RewardTerms, rewardsOfYear } from '#domain/pay/yearly';
import type { Text } from '#domain/text';
import { collectFacts, peopleToPay } from './facts/collect.ts';
import { readFacts } from './pay/compute.ts';
import { incidentKindsOf } from './scheme-of.ts';

/** Days of the faults of a year that stand. */
export async function faultDates(db: Db, personId: number, year: string): Promise<IsoDate[]> {
  const all = await listIncidents(db, { personIds: [personId], from: `${year}-01-01`, to: `${year}-12-31` });
  const standing = all.filter((incident) => stateOf(incident) !== 'withdrawn');
  const kinds = await incidentKindsOf(db, standing);
  return standing.filter((incident) => kinds.get(incident)?.charge.by === 'fault').map(({ date }) => date);
}

/**
 * FT-F3 … FT-F5, for the employee: where he or she stands on the ladder on a day, how near the next step is and what it would cost in yuan
 * by the declarations recorded till today (till the year's end, for a day of a past year). Nothing for kinds without a ladder.
 */
export async function ladderOn(
  db: Db,
  personId: number,
  kind: IncidentKind | undefined,
  { on, today }: { on: IsoDate; today: IsoDate },
): Promise<Text[]> {
  if (kind?.charge.by !== 'fault') return [];
  const steps = standing(await faultDates(db, personId, on.slice(0, 4)), kind.charge.ladder, on);
  const yearsEnd = `${yearOf(on)}-12-31`;
  const known = today < on ? on : today < yearsEnd ? today : yearsEnd;
  return ladderWords(await withCosts(db, personId, steps, { on, month: monthOf(known) }));
}

/** Sources that have nothing to say about rewards. */
const OTHERS = ['orders', 'hours', 'appraisal', 'carried'];

/** Each step with what it takes: by the same arithmetic as the settlement, once with the ladder as it stands and once otherwise. */
async function withCosts(
  db: Db,
  personId: number,
  steps: readonly LadderStanding[],
  { on, month }: { on: IsoDate; month: Month },
): Promise<LadderStanding[]> {
  const [person] = await peopleToPay(db, month, [personId]);
  const rule = person?.version?.lines.find(({ kind }) => kind === 'yearly-reward');
  if (!person?.version || rule?.kind !== 'yearly-reward') return [...steps];
  // without the orders, no fact here depends on the zone
  const [collected] = await collectFacts(db, month, [person], { zone: 'UTC', without: OTHERS });
  const read = readFacts(collected!.inputs);
  if ('problems' in read) return [...steps];
  const settings = settingsFor(person.version, read.facts.settings);
  const earned = (facts: Facts, terms: RewardTerms) =>
    rewardsOfYear(facts, terms, settings, yearOf(on), lastDayOf(month)).earnedFen;
  const now = earned(read.facts, rule);
  return steps.map((step) => {
    if (!step.step.loses) return step;
    if (step.reached) {
      const without = {
        ...rule,
        ladder: rule.ladder.filter((each) => each !== step.step && each.from < step.step.from),
      };
      return { ...step, costFen: earned(read.facts, without) - now };
    }
    const more = Array.from({ length: step.left }, (_, at) => ({
      id: `next-${at}`,
      clause: rule.faults[0]!.clause,
      date: on,
      status: 'recorded' as const,
    }));
    const then = { ...read.facts, faults: [...(read.facts.faults ?? []), ...more] } as Facts;
    return { ...step, costFen: now - earned(then, rule) };
  });
}
