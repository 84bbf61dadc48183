import type { Db } from '#db/client';
import { type PersonalTerm, personalTermsOf } from '#db/pay-personal';
import { addMonths, type Month } from '#domain/calendar/dates';
import { parseYuan } from '#domain/money';
import {
  estimateTakeHome,
  type MonthOfPay,
  paymentMonth,
  type TakeHomeEstimate,
  type TakeHomeTerms,
} from '#domain/pay/take-home';
import type { BasicDeduction } from '#domain/pay/tax';
import type { Person } from '#domain/people/person';
import { estimate } from './estimate.ts';
import { lockedPay } from './open.ts';
import { takeHomeSettings } from './take-home-settings.ts';

/** What counts of a person in a month: the newest word of each kind whose month has begun. */
export function termsIn(rows: readonly PersonalTerm[], month: Month): TakeHomeTerms {
  const value = (name: PersonalTerm['name']) => {
    const row = rows.find((each) => each.name === name && each.fromMonth <= month);
    return row?.value || undefined;
  };
  const yuan = (name: PersonalTerm['name']) => {
    const written = value(name);
    return written === undefined ? undefined : parseYuan(written);
  };
  return {
    insuranceBaseFen: yuan('insuranceBase'),
    fundBaseFen: yuan('fundBase') ?? yuan('insuranceBase'),
    specialFen: yuan('special') ?? 0n,
    basic: (value('basic') as BasicDeduction | undefined) ?? 'employed',
    bonusTax: value('bonusTax') as TakeHomeTerms['bonusTax'],
  };
}

export interface TakeHomeView {
  estimate: TakeHomeEstimate;
  /** The pay itself is an estimate as well: the month is not locked. */
  locked: boolean;
  partial: boolean;
  terms: TakeHomeTerms;
}

/** The take-home pay of a month: locked months of the year before it, then the month itself, locked or estimated. */
export async function takeHome(
  db: Db,
  person: Person,
  month: Month,
  { zone, bonusFen }: { zone: string; bonusFen?: bigint },
): Promise<TakeHomeView | undefined> {
  const { paidIn } = await takeHomeSettings(db, month);
  const rows = await personalTermsOf(db, person.id, month);
  const monthOf = async (of: Month, pay: Pick<MonthOfPay, 'settlement' | 'version'>): Promise<MonthOfPay> => ({
    month: of,
    settlement: pay.settlement,
    version: pay.version,
    terms: termsIn(rows, of),
    rules: (await takeHomeSettings(db, of)).rules,
  });
  const year = paymentMonth(month, paidIn).slice(0, 4);
  const earlier: MonthOfPay[] = [];
  for (let of = addMonths(`${year}-01`, paidIn === 'next-month' ? -1 : 0); of < month; of = addMonths(of, 1)) {
    const locked = await lockedPay(db, person.id, of);
    if (locked) earlier.push(await monthOf(of, locked));
  }
  const options = { paidIn, hiredOn: person.hiredOn ?? undefined, ...(bonusFen !== undefined && { bonusFen }) };
  const locked = await lockedPay(db, person.id, month);
  if (locked)
    return {
      estimate: estimateTakeHome(await monthOf(month, locked), earlier, options),
      locked: true,
      partial: false,
      terms: termsIn(rows, month),
    };
  const found = await estimate(db, person.id, month, zone);
  const version = found?.collected.person.version;
  if (!found?.settlement || !version) return undefined;
  return {
    estimate: estimateTakeHome(await monthOf(month, { settlement: found.settlement, version }), earlier, options),
    locked: false,
    partial: found.open.length > 0 || found.problems.length > 0,
    terms: termsIn(rows, month),
  };
}
