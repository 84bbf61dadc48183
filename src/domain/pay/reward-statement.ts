import { type IsoDate, lastDayOf, yearOf } from '#domain/calendar/dates';
import type { Facts } from '#domain/pay/facts';
import { rewardPayBy } from '#domain/pay/kinds/yearly-reward';
import type { Rule } from '#domain/pay/rule';
import type { SchemeVersion } from '#domain/pay/scheme';
import { payContext, type SettleOptions } from '#domain/pay/settle';
import { type RewardStatement, rewardsOfYear } from '#domain/pay/yearly';

/**
 * The yearly reward as it stands at the end of the facts' month (or on `asOf`): each declaration with what became of
 * its reward and why. Undefined when the scheme has no yearly reward.
 */
export function rewardStatement(
  facts: Facts,
  version: SchemeVersion,
  options: SettleOptions = {},
  asOf: IsoDate = lastDayOf(facts.month),
): (RewardStatement & { readonly payBy: IsoDate }) | undefined {
  const rule = version.lines.find(
    (each): each is Extract<Rule, { kind: 'yearly-reward' }> => each.kind === 'yearly-reward',
  );
  if (!rule) return undefined;
  const { settings, lunar } = payContext(facts, version, options);
  const year = yearOf(facts.month);
  return { ...rewardsOfYear(facts, rule, settings, year, asOf), payBy: rewardPayBy(year, lunar) };
}
