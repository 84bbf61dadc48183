import { type Fen, sumFen } from '#domain/money';
import type { Line, Nature } from '#domain/pay/context';
import { type Text, text } from '#domain/pay/text';

/** What a month's pay is made of, for charts: earnings by their line, everything else by what it is. */

export const natureLabel: Record<Nature, Text> = {
  earning: text('应得', 'earned'),
  'time-not-worked': text('出勤不足', 'time not worked'),
  damages: text('赔偿', 'damages'),
  fine: text('考核扣款', 'deductions'),
  forfeit: text('取消的奖励', 'rewards lost'),
  carry: text('结转', 'carried'),
  correction: text('更正', 'corrections'),
  'top-up': text('最低工资补足', 'top-up'),
};

/** The order in which natures stand in a column, from the ground up. */
const natures = Object.keys(natureLabel) as Nature[];

export interface PayPart {
  readonly label: Text;
  readonly amountFen: Fen;
}

/** The month by nature; parts of 0 are left out. They add up to the total. */
export function partsByNature(lines: readonly Pick<Line, 'nature' | 'amountFen'>[]): (PayPart & { nature: Nature })[] {
  return natures.flatMap((nature) => {
    const own = lines.filter((line) => line.nature === nature);
    const amountFen = sumFen(own.map((line) => line.amountFen));
    return amountFen === 0n ? [] : [{ nature, label: natureLabel[nature], amountFen }];
  });
}

/** What was earned, line by line, for a ring: what is 0 or less has no share of it. */
export function earnedParts(lines: readonly Pick<Line, 'nature' | 'label' | 'amountFen'>[]): PayPart[] {
  return lines
    .filter(({ nature, amountFen }) => (nature === 'earning' || nature === 'top-up') && amountFen > 0n)
    .map(({ label, amountFen }) => ({ label, amountFen }));
}
