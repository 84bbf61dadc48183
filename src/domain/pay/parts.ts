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

const positive: readonly Nature[] = ['earning', 'top-up'];
const others = (Object.keys(natureLabel) as Nature[]).filter((nature) => !positive.includes(nature));

export interface PayPart {
  readonly label: Text;
  readonly amountFen: Fen;
}

type PartLine = Pick<Line, 'nature' | 'label' | 'amountFen'>;

/** What adds to the month, line by line, in the order of the payslip; lines of one name together, those of 0 left out. */
export function earnedParts(lines: readonly PartLine[]): PayPart[] {
  const own = lines.filter(({ nature }) => positive.includes(nature));
  return [...new Map(own.map(({ label }) => [label.zh, label])).values()].flatMap((label) => {
    const amountFen = sumFen(own.flatMap((line) => (line.label.zh === label.zh ? [line.amountFen] : [])));
    return amountFen === 0n ? [] : [{ label, amountFen }];
  });
}

/** The whole month: earnings line by line, then what is taken or carried by what it is. The parts add up to the total. */
export function partsOfPay(lines: readonly PartLine[]): PayPart[] {
  return [
    ...earnedParts(lines),
    ...others.flatMap((nature) => {
      const amountFen = sumFen(lines.flatMap((line) => (line.nature === nature ? [line.amountFen] : [])));
      return amountFen === 0n ? [] : [{ label: natureLabel[nature], amountFen }];
    }),
  ];
}
