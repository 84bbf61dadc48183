import type { Db } from '#db/client';
import { paySettingsIn } from '#db/pay-facts';
import type { Month } from '#domain/calendar/dates';
import { type Contribution, contributionSchemes, readContribution } from '#domain/pay/contributions';

/** The company's switch and rules of a month. */
export interface TakeHomeSettings {
  on: boolean;
  paidIn: 'same-month' | 'next-month';
  rules: Contribution[];
}

export async function takeHomeSettings(db: Db, month: Month): Promise<TakeHomeSettings> {
  const settings = await paySettingsIn(db, month);
  return {
    on: settings.get('takeHome')?.value === 'on',
    paidIn: settings.get('paidIn')?.value === 'same-month' ? 'same-month' : 'next-month',
    rules: Object.keys(contributionSchemes).flatMap((scheme) => {
      const written = settings.get(`contribution.${scheme}`)?.value;
      return written === undefined ? [] : (readContribution(scheme, written) ?? []);
    }),
  };
}
