import type { Db } from '#db/client';
import { ordersOfPeople, shippedSoFar } from '#db/pay-sources';
import { firstDayOf, lastDayOf, type Month } from '#domain/calendar/dates';
import { type Fen, multiply, ratio } from '#domain/money';
import type { MissedPay } from '#domain/pay/context';
import type { Facts } from '#domain/pay/facts';
import { type OpenLine, type PartialSettlement, settleWhatIsKnown } from '#domain/pay/partial';
import { type PayProblem, PayProblemFound } from '#domain/pay/problem';
import { type Settlement, whyNotMore } from '#domain/pay/settle';
import { applyChange } from '#domain/pay/what-if';
import { type Collected, collectFacts, peopleToPay, settingsOf } from '../facts/collect.ts';
import { amountOf } from '../facts/orders.ts';
import { uses } from '../facts/source.ts';
import { optionsOf, problemsOf, readFacts, versionOf } from './compute.ts';

export interface Estimate {
  collected: Collected;
  facts: Facts | undefined;
  settlement: Settlement | undefined;
  /** Lines that cannot be computed yet. */
  open: readonly OpenLine[];
  /** What is wrong with the facts themselves. */
  problems: readonly PayProblem[];
  missed: readonly MissedPay[];
  outlook: Outlook | undefined;
}

/** What the month would come to if what is due in it ships. Kept apart from the estimate: it is a hope. */
export interface Outlook {
  settlement: Settlement;
  /** Lines that are open even then. */
  open: readonly OpenLine[];
  orders: { no: string; deliveryDate: string; remainingFen: Fen }[];
  /** Nobody has scored yet: the outlook takes full marks, and says so. */
  assumesFullMarks: boolean;
}

export async function collectOne(
  db: Db,
  personId: number,
  month: Month,
  zone: string,
  without: readonly string[] = [],
): Promise<Collected | undefined> {
  const people = await peopleToPay(db, month, [personId]);
  return (await collectFacts(db, month, people, { zone, without }))[0];
}

/** What the facts so far come to; nothing is assumed. Undefined for somebody without a scheme. */
export async function estimate(db: Db, personId: number, month: Month, zone: string): Promise<Estimate | undefined> {
  const collected = await collectOne(db, personId, month, zone);
  if (!collected?.person.version) return undefined;
  const nothing = { collected, facts: undefined, settlement: undefined, open: [], missed: [], outlook: undefined };
  const read = readFacts(collected.inputs);
  if ('problems' in read) return { ...nothing, problems: [...collected.problems, ...read.problems] };
  const { facts } = read;
  const options = optionsOf(collected.inputs);
  const version = versionOf(collected.person.version, collected.person.kind);
  const known = (of: Facts): PartialSettlement => settleWhatIsKnown(of, version, options);
  try {
    const { settlement, open } = known(facts);
    const missed = open.length > 0 ? [] : whyNotMore(facts, version, options);
    const outlook = await outlookOf(db, collected, facts, month, known);
    return { collected, facts, settlement, open, problems: collected.problems, missed, outlook };
  } catch (error) {
    const problems = problemsOf(error);
    if (!problems) throw error;
    return { ...nothing, facts, problems: [...collected.problems, ...problems] };
  }
}

async function outlookOf(
  db: Db,
  { person }: Collected,
  facts: Facts,
  month: Month,
  known: (of: Facts) => PartialSettlement,
): Promise<Outlook | undefined> {
  const { version } = person;
  const settings = await settingsOf(db, month);
  const due = await ordersOfPeople(db, [person.id], { dueFrom: firstDayOf(month), dueTo: lastDayOf(month) });
  const shipped = await shippedSoFar(
    db,
    due.map(({ orderId }) => orderId),
  );
  let hoped = facts;
  const orders: Outlook['orders'] = [];
  for (const order of due) {
    const left = order.qty - (shipped.get(order.orderId) ?? 0);
    if (left <= 0) continue;
    for (const [measure, column, change] of [
      ['sales', 'amountFen', 'more-sales'],
      ['processingFee', 'processingFeeFen', 'more-processing'],
    ] as const) {
      if (!uses(version, measure)) continue;
      const whole = amountOf(order, column, { settings }, []);
      if (whole === undefined) continue;
      const remainingFen = multiply(whole, ratio(BigInt(left), BigInt(order.qty)));
      hoped = withChange(hoped, { change, amount: remainingFen });
      orders.push({ no: order.no, deliveryDate: order.deliveryDate, remainingFen });
    }
  }
  const byScore = version?.lines.some((rule) => rule.kind === 'score-weighted' && rule.score === 'appraisal') ?? false;
  const assumesFullMarks = byScore && !facts.appraisal;
  if (assumesFullMarks) hoped = withChange(hoped, { change: 'score', score: 1000n });
  if (orders.length === 0 && !assumesFullMarks) return undefined;
  return { ...known(hoped), orders, assumesFullMarks };
}

function withChange(facts: Facts, change: Parameters<typeof applyChange>[1]): Facts {
  try {
    return applyChange(facts, change);
  } catch (error) {
    // nothing to add to: the measure itself is missing, and is named as such
    if (error instanceof PayProblemFound) return facts;
    throw error;
  }
}
