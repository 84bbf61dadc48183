import type { Db } from '#db/client';
import { type PastSettlement, settlementsBetween } from '#db/pay-history';
import { addMonths, type IsoDate, type Month, monthOf } from '#domain/calendar/dates';
import { lunarNewYear } from '#domain/calendar/lunar';
import { ladderWords, standing } from '#domain/incident/ladder';
import type { Facts } from '#domain/pay/facts';
import { settleWhatIsKnown } from '#domain/pay/partial';
import { rewardStatement } from '#domain/pay/reward-statement';
import type { Rule } from '#domain/pay/rule';
import { type SchemeVersion, settingsFor } from '#domain/pay/scheme';
import type { Settlement } from '#domain/pay/settle';
import { readResult } from '#domain/pay/stored';
import { type RewardStatement, standingFaults, type YearRow, yearEndBonusLost } from '#domain/pay/yearly';
import type { Text } from '#domain/text';
import { type Collected, collectFacts, peopleToPay } from '../facts/collect.ts';
import { hasKind, type PayPerson } from '../facts/source.ts';
import { optionsOf, problemsOf, readFacts, versionOf } from './compute.ts';
import { collectOne } from './estimate.ts';
import { lockedPay } from './open.ts';

/** The last month of a year that has begun. */
export const lastMonthOf = (year: string, today: IsoDate): Month =>
  year === today.slice(0, 4) ? monthOf(today) : `${year}-12`;

export interface YearlyReward extends RewardStatement {
  /** The last day on which it can be paid, and the day it comes from. */
  payBy: IsoDate;
  newYear: IsoDate;
  ladder: Text[];
}

/** What a year has in store for one person: rewards that are paid once, and what may be lost of them. */
export interface YearOfPay {
  months: { month: Month; totalFen: bigint; locked: boolean }[];
  reward: YearlyReward | undefined;
  /** Incidents that cost the year-end bonus; undefined under a scheme that says nothing of one. */
  bonus: { lost: boolean; because: { month: Month; lineId: string }[] } | undefined;
}

const speaksOfBonus = (version: SchemeVersion | undefined): boolean =>
  version?.lines.some(
    (rule) => rule.kind === 'charge-bands' && rule.bands.some(({ effects }) => effects.includes('year-end-bonus-lost')),
  ) ?? false;

const settled = ({ month, result }: PastSettlement): { month: Month; lines: Settlement['lines'] } => ({
  month,
  lines: readResult(result).lines,
});

/** The reward as it stands at the end of the facts' month. Undefined without one, or while its facts are missing. */
function rewardOf(
  facts: Facts,
  version: SchemeVersion,
  options: ReturnType<typeof optionsOf>,
): YearlyReward | undefined {
  if (!facts.declarations || !facts.faults) return undefined;
  const found = rewardStatement(facts, version, options);
  const rule = version.lines.find(
    (each): each is Extract<Rule, { kind: 'yearly-reward' }> => each.kind === 'yearly-reward',
  );
  if (!found || !rule) return undefined;
  const faults = standingFaults(facts, settingsFor(version, facts.settings)).filter(
    ({ date }) => date.slice(0, 4) === `${found.year}`,
  );
  return {
    ...found,
    newYear: lunarNewYear(found.year + 1),
    ladder: ladderWords(
      standing(
        faults.map(({ date }) => date),
        rule.ladder,
        found.asOf,
      ),
    ),
  };
}

/** One person's year up to a month. Undefined for somebody without a scheme. */
export async function yearOfPay(db: Db, personId: number, month: Month, zone: string): Promise<YearOfPay | undefined> {
  const first = `${month.slice(0, 4)}-01`;
  const past = await settlementsBetween(db, [personId], { from: first, to: month });
  const months = past.map((row) => ({ month: row.month, totalFen: row.totalFen, locked: true }));
  const lines = past.map(settled);
  let last: { facts: Facts; version: SchemeVersion; options: ReturnType<typeof optionsOf> } | undefined;
  const locked = await lockedPay(db, personId, month);
  if (locked) last = locked;
  for (let open = first; open <= month; open = addMonths(open, 1)) {
    if (past.some((row) => row.month === open)) continue;
    const known = knownOf(await collectOne(db, personId, open, zone));
    if (!known) continue;
    lines.push({ month: open, lines: known.settlement.lines });
    if (open !== month) continue;
    // earlier months that were never settled here say what stands against the bonus, not what they paid
    months.push({ month: open, totalFen: known.settlement.totalFen, locked: false });
    last = known;
  }
  if (!last) return undefined;
  return {
    months: months.sort((a, b) => (a.month < b.month ? -1 : 1)),
    reward: rewardOf(last.facts, last.version, last.options),
    bonus: speaksOfBonus(last.version) ? yearEndBonusLost(lines, Number(first.slice(0, 4))) : undefined,
  };
}

function knownOf(collected: Collected | undefined) {
  const { version: inForce, kind } = collected?.person ?? {};
  if (!collected || !inForce || !kind) return undefined;
  const read = readFacts(collected.inputs);
  if ('problems' in read) return undefined;
  const [options, version] = [optionsOf(collected.inputs), versionOf(inForce, kind)];
  try {
    return {
      facts: read.facts,
      version,
      options,
      settlement: settleWhatIsKnown(read.facts, version, options).settlement,
    };
  } catch (error) {
    if (!problemsOf(error)) throw error;
    return undefined;
  }
}

/** People at a time: the results of a whole company and year are no small matter. */
const BATCH = 500;

/** Everybody with something yearly, for finance: what falls due before the lunar new year, and whose year-end bonus is in question. */
export async function yearOverview(
  db: Db,
  month: Month,
  zone: string,
): Promise<{ rows: YearRow[]; payBy: IsoDate | undefined; newYear: IsoDate | undefined }> {
  const everybody = await peopleToPay(db, month);
  const people = everybody.filter(({ version }) => hasKind(version, 'yearly-reward') || speaksOfBonus(version));
  const rewards: YearlyReward[] = [];
  const rows: YearRow[] = [];
  for (let at = 0; at < people.length; at += BATCH)
    for (const { row, reward } of await rowsOf(db, people.slice(at, at + BATCH), month, zone)) {
      rows.push(row);
      if (reward) rewards.push(reward);
    }
  // a card has no room for everybody: first come those of whom somebody has to think
  const asks = ({ incomplete, flagged, bonusLost }: YearRow) => incomplete || flagged || bonusLost.length > 0;
  const inOrder = [...rows.filter(asks), ...rows.filter((each) => !asks(each))];
  return { rows: inOrder, payBy: rewards[0]?.payBy, newYear: rewards[0]?.newYear };
}

async function rowsOf(
  db: Db,
  people: readonly PayPerson[],
  month: Month,
  zone: string,
): Promise<{ row: YearRow; reward: YearlyReward | undefined }[]> {
  const year = month.slice(0, 4);
  const past = await settlementsBetween(
    db,
    people.map(({ id }) => id),
    { from: `${year}-01`, to: month },
  );
  const collected = await collectFacts(db, month, people, { zone });
  return collected.map((each) => {
    const { id, name, version } = each.person;
    const own = past.filter(({ personId }) => personId === id);
    const known = knownOf(each);
    const open = known && !own.some((row) => row.month === month) ? [{ month, lines: known.settlement.lines }] : [];
    const reward = known && rewardOf(known.facts, known.version, known.options);
    const row: YearRow = {
      personId: id,
      name,
      declarations: reward?.declarations.length ?? 0,
      faults: reward?.faultCount ?? 0,
      earnedFen: reward?.earnedFen ?? 0n,
      incomplete: !known || (hasKind(version, 'yearly-reward') && !reward),
      paid: own.some((settlement) => settlement.month === `${year}-12`),
      flagged: reward?.hits.some(({ step }) => step.flag) ?? false,
      bonusLost: speaksOfBonus(version) ? yearEndBonusLost([...own.map(settled), ...open], Number(year)).because : [],
    };
    return { row, reward };
  });
}
