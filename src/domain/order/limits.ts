import { daysBetween, type IsoDate } from '../calendar/dates.ts';
import { shortYuan } from '../money.ts';
import { say, type Text } from '../text.ts';
import type { Order } from './order.ts';

/** How far a merchandiser's own word goes; null: as far as they like. Above it the decision goes up the line. */
export interface Limits {
  /** Whole percent by which the unit price may be lowered. */
  priceDropPercent: number | null;
  /** Days by which the first promise may be exceeded. */
  delayDays: number | null;
  /** Largest gift or allowance to a customer. */
  giftFen: string | null;
}

export const noLimits: Limits = { priceDropPercent: null, delayDays: null, giftFen: null };

/** What of a change is beyond the limits, in words; empty when it may be decided by who follows the order. */
export function beyondLimits(
  { priceDropPercent, delayDays }: Limits,
  order: Pick<Order, 'unitPriceFen' | 'firstPromised'>,
  change: { price?: bigint | undefined; delivery?: IsoDate | undefined },
): Text[] {
  const beyond: Text[] = [];
  const before = order.unitPriceFen;
  if (
    priceDropPercent !== null &&
    before !== null &&
    change.price !== undefined &&
    change.price * 100n < before * BigInt(100 - priceDropPercent)
  )
    beyond.push(
      say(
        `单价降低超过 ${priceDropPercent}%（你的权限）`,
        `the unit price falls by more than ${priceDropPercent}%, your limit`,
      ),
    );
  const delay = change.delivery === undefined ? 0 : daysBetween(order.firstPromised, change.delivery);
  if (delayDays !== null && delay > delayDays)
    beyond.push(
      say(
        `货期比最初承诺晚 ${delay} 天，超过你的权限 ${delayDays} 天`,
        `the delivery is ${delay} days after the first promise; your limit is ${delayDays}`,
      ),
    );
  return beyond;
}

export function beyondGift({ giftFen }: Limits, amountFen: bigint): Text[] {
  if (giftFen === null || amountFen <= BigInt(giftFen)) return [];
  const limit = shortYuan(BigInt(giftFen));
  return [say(`赠送超过你的权限 ${limit} 元`, `the gift is above your limit of ${limit} yuan`)];
}
