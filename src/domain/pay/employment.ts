import {
  daysBetween,
  daysInMonth,
  earlierOf,
  firstDayOf,
  type IsoDate,
  lastDayOf,
  laterOf,
} from '#domain/calendar/dates';
import { paidDaysBetween } from '#domain/calendar/workdays';
import { type Fen, multiply, ratio, smaller } from '#domain/money';
import type { FactUse, PayContext } from '#domain/pay/context';
import { type Text, text } from '#domain/pay/text';

/** The part of a month that a joiner or leaver is paid for fixed lines. */
export interface EmploymentShare {
  of(monthly: Fen): Fen;
  /** e.g. "× 20/31（5 月在职 20 天）", to follow the monthly amount. */
  readonly shown: Text;
  sheet(cell: string): string;
  readonly facts: readonly FactUse[];
}

/** First and last day employed within the month, or undefined for the whole month. */
export function employedSpan(context: Pick<PayContext, 'facts' | 'month'>): { from: IsoDate; to: IsoDate } | undefined {
  const { month, facts } = context;
  const { hiredOn, leftOn } = facts.profile;
  const [first, last] = [firstDayOf(month), lastDayOf(month)];
  if ((!hiredOn || hiredOn <= first) && (!leftOn || leftOn >= last)) return undefined;
  return { from: laterOf(first, hiredOn ?? first), to: earlierOf(last, leftOn ?? last) };
}

/**
 * The share of a joiner or leaver; undefined for the whole month.
 *
 * By calendar days employed ÷ calendar days of the month, or by 21.75 paid days, capped at the whole month.
 */
export function employmentShare(context: PayContext): EmploymentShare | undefined {
  const span = employedSpan(context);
  if (!span) return undefined;
  const label = (zh: string, en: string) =>
    text(`${zh}（${span.from} 至 ${span.to}）`, `${en} (${span.from} to ${span.to})`);
  const use = (path: string, name: Text, days: number): FactUse => ({
    path,
    label: name,
    value: `${days}`,
    sources: [],
  });
  if (context.settings.proration === 'paid-days') {
    const days = paidDaysBetween(span.from, span.to, context.notices);
    const share = ratio(BigInt(days) * 100n, 2175n);
    return {
      of: (monthly) => smaller(monthly, multiply(monthly, share)),
      shown: text(
        `÷ 21.75 × ${days}（${span.from} 至 ${span.to} 计薪 ${days} 天，不超过全月）`,
        `÷ 21.75 × ${days} (${days} paid days from ${span.from} to ${span.to}, at most the month)`,
      ),
      sheet: (cell) => `MIN(${cell},ROUND(${cell}/21.75*{employment.paidDays},2))`,
      facts: [use('employment.paidDays', label('在职计薪日', 'paid days employed'), days)],
    };
  }
  const days = daysBetween(span.from, span.to) + 1;
  const whole = daysInMonth(context.month);
  return {
    of: (monthly) => multiply(monthly, ratio(BigInt(days), BigInt(whole))),
    shown: text(
      `× ${days}/${whole}（${span.from} 至 ${span.to} 在职 ${days} 天）`,
      `× ${days}/${whole} (employed ${days} days, ${span.from} to ${span.to})`,
    ),
    sheet: (cell) => `ROUND(${cell}*{employment.days}/${whole},2)`,
    facts: [use('employment.days', label('在职自然日', 'calendar days employed'), days)],
  };
}
